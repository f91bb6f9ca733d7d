// What every part of the story needs: the stubs of all services in one version of
// SOAP, answers that are judged at once, and the names and values that it uses.

package story;

import accounts.SvcAccountsLocator;
import accounts.SvcAccountsSoap_PortType;
import java.lang.reflect.Array;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.apache.axis.AxisFault;
import org.apache.axis.client.Call;
import org.apache.axis.client.Stub;
import org.apache.axis.transport.http.HTTPConstants;
import organization.SvcOrganizationLocator;
import organization.SvcOrganizationSoap_PortType;
import structure.SvcStructureLocator;
import structure.SvcStructureSoap_PortType;

final class Caller {
    static final int AUTHENTICATION_FAILED = 1;
    static final int NOT_FOUND = 3;
    static final int ALREADY_EXISTS = 4;
    static final int INVALID_VALUE = 5;
    static final int RULE_BROKEN = 6;

    static final short AGENT_ROLE = 4;
    static final String ROUND_TRIP = "Zoë <&> \"O'Neil\" 日本";
    static final String USER_PASSWORD = "Story-Pass-2026";

    final SvcOrganizationSoap_PortType organization;
    final SvcStructureSoap_PortType structure;
    final SvcAccountsSoap_PortType accounts;
    final Checks checks;
    final String name;
    final String password;

    /** No one else has this in a name. */
    final String unique;

    private final boolean isSoap12;
    private final Map<String, Object> stubs;

    Caller(URI base, int version, Checks checks, String name, String password) throws Exception {
        this.checks = checks;
        this.name = name;
        this.password = password;
        isSoap12 = version == 2;
        var services = base.resolve("/Services2/");
        organization = (isSoap12 ? new Soap12.Organization() : new SvcOrganizationLocator())
                .getsvcOrganizationSoap(services.resolve("svcOrganization.asmx").toURL());
        structure = (isSoap12 ? new Soap12.Structure() : new SvcStructureLocator())
                .getsvcStructureSoap(services.resolve("svcStructure.asmx").toURL());
        accounts = (isSoap12 ? new Soap12.Accounts() : new SvcAccountsLocator())
                .getsvcAccountsSoap(services.resolve("svcAccounts.asmx").toURL());
        stubs = Map.of("organization", organization, "structure", structure, "accounts", accounts);
        stubs.values().forEach(stub -> ((Stub) stub).setTimeout(60_000));
        var random = UUID.randomUUID().toString().substring(0, 8);
        unique = "axis-soap%d-%d-%s".formatted(version, ProcessHandle.current().pid(), random);
    }

    /** An answer, which has to be a success; nothing stands in its {@code Errors}. */
    <T> T call(T answer) throws Exception {
        return refused(answer, 0);
    }

    /** An answer that has to refuse with {@code code}, because of {@code fields} where a service tells them. */
    <T> T refused(T answer, int code, String... fields) throws Exception {
        var service = answer.getClass().getPackageName();
        var call = ((Stub) stubs.get(service))._getCall();
        var operation = call.getOperationName().getLocalPart();
        checks.equal("HTTP status of " + operation, 200, status(call));
        var message = member(answer, "getMessage");
        var outcome = List.of(member(answer, "isResult"), member(answer, "getResultCode"));
        var what = "Result and ResultCode of %s (%s)".formatted(operation, message);
        checks.equal(what, List.of(code == 0, code), outcome);
        checks.equal("Message of " + operation + " is empty", code == 0, "".equals(message));
        if (!service.equals("organization")) {
            var expected = new ArrayList<String>();
            for (var field : fields) {
                expected.add(field + " " + code);
            }
            checks.equal("Errors of " + operation, expected, errors(answer));
        }
        return answer;
    }

    private static List<String> errors(Object answer) throws Exception {
        var seen = new ArrayList<String>();
        var errors = member(answer, "getErrors");
        for (var at = 0; errors != null && at < Array.getLength(errors); at++) {
            var error = Array.get(errors, at);
            seen.add(member(error, "getField") + " " + member(error, "getCode"));
        }
        return seen;
    }

    /** The generated types of answers have no type in common. */
    private static Object member(Object answer, String getter) throws Exception {
        return answer.getClass().getMethod(getter).invoke(answer);
    }

    private static Object status(Call call) {
        return call.getMessageContext().getProperty(HTTPConstants.MC_HTTP_STATUS_CODE);
    }

    /** Each service answers an operation that it does not have with a fault. */
    void unknownOperation() throws Exception {
        for (var stub : stubs.values()) {
            var known = ((Stub) stub)._getCall();
            var namespace = known.getOperationName().getNamespaceURI();
            var call = (Call) known.getService().createCall();
            call.setTargetEndpointAddress(known.getTargetEndpointAddress());
            call.setUseSOAPAction(true);
            call.setSOAPActionURI(namespace + "/NoSuchOperation");
            AxisFault fault = null;
            try {
                call.invoke(new QName(namespace, "NoSuchOperation"), new Object[0]);
            } catch (AxisFault seen) {
                fault = seen;
            }
            checks.holds("an unknown operation", "a fault", fault != null, fault);
            checks.equal("HTTP status of an unknown operation", 500, status(call));
            var code = fault.getFaultCode().getLocalPart();
            checks.equal("code of its fault", isSoap12 ? "Sender" : "Client", code);
        }
    }
}
