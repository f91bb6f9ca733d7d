// Lists as svcAccounts takes them: each is a generated type that holds one.

package story;

import accounts.ArrayOfInt;
import accounts.ArrayOfPermission;
import accounts.ArrayOfShort;
import accounts.ArrayOfString;
import accounts.Permission;
import java.util.List;

final class Lists {
    private Lists() {}

    static ArrayOfString strings(List<String> items) {
        var list = new ArrayOfString();
        list.getString().addAll(items);
        return list;
    }

    static ArrayOfInt ints(List<Integer> items) {
        var list = new ArrayOfInt();
        list.getInt().addAll(items);
        return list;
    }

    static ArrayOfShort shorts(Short... items) {
        var list = new ArrayOfShort();
        list.getShort().addAll(List.of(items));
        return list;
    }

    static ArrayOfPermission permissions(List<Permission> items) {
        var list = new ArrayOfPermission();
        list.getPermission().addAll(items);
        return list;
    }
}
