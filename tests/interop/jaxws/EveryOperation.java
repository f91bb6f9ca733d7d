// Every operation of all services through its generated method, asked by a user who
// may hardly do anything, and those that list everything by the administrator too:
// whatever the answer is, it holds against the schema.

package story;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import javax.jws.WebMethod;

final class EveryOperation {
    private final Caller caller;
    private final String user;

    EveryOperation(Caller caller) {
        this.caller = caller;
        user = caller.unique + "-nobody";
    }

    void tell() throws Exception {
        var email = user + "@example.org";
        var userId = caller.call(caller.accounts.createUser(
                caller.name, caller.password, user, Caller.USER_PASSWORD, email,
                null, null, null, null, null)).getUserId();
        askAll(caller.organization, 54);
        askAll(caller.structure, 47);
        askAll(caller.accounts, 40);
        caller.call(caller.accounts.deleteUsers(caller.name, caller.password, Lists.ints(List.of(userId))));
    }

    private void askAll(Object port, int fewest) throws Exception {
        var methods = Arrays.stream(port.getClass().getInterfaces())
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.isAnnotationPresent(WebMethod.class))
                .toList();
        caller.checks.holds("operations", fewest + " or more", methods.size() >= fewest, methods.size());
        for (var method : methods) {
            ask(port, method, user, Caller.USER_PASSWORD);
            if (method.getParameterCount() == 2) {
                caller.call(ask(port, method, caller.name, caller.password));
            }
        }
    }

    private Object ask(Object port, Method method, String name, String password) throws Exception {
        var arguments = Arrays.stream(method.getParameterTypes()).map(EveryOperation::argument).toArray();
        arguments[0] = name;
        arguments[1] = password;
        return caller.answered(method.invoke(port, arguments));
    }

    /** The first value of an enumeration, otherwise nothing or zero. */
    private static Object argument(Class<?> type) {
        return type.isEnum() ? type.getEnumConstants()[0] : Array.get(Array.newInstance(type, 1), 0);
    }
}
