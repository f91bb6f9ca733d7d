// What every part of the story needs: the ports of all services in one version of
// SOAP, answers that are judged at once, and the names and values that it uses.

package story;

import accounts.ArrayOfFieldError;
import accounts.FieldError;
import accounts.SvcAccounts;
import accounts.SvcAccountsSoap;
import com.sun.xml.ws.developer.SchemaValidationFeature;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;
import organization.SvcOrganization;
import organization.SvcOrganizationSoap;
import structure.SvcStructure;
import structure.SvcStructureSoap;

final class Caller {
    static final int AUTHENTICATION_FAILED = 1;
    static final int NOT_AUTHORIZED = 2;
    static final int NOT_FOUND = 3;
    static final int INVALID_VALUE = 5;
    static final int RULE_BROKEN = 6;

    static final String ROUND_TRIP = "Zoë <&> \"O'Neil\" 日本";
    static final String USER_PASSWORD = "Story-Pass-2026";

    final SvcOrganizationSoap organization;
    final SvcStructureSoap structure;
    final SvcAccountsSoap accounts;
    final Checks checks;
    final URI base;
    final String name;
    final String password;

    /** No one else has this in a name. */
    final String unique;

    private final int version;
    private final Map<String, Object> ports;

    /** What is sent and what is answered is held against the schema. */
    private final SchemaValidationFeature strict = new SchemaValidationFeature();

    /** The ports know their addresses from the live WSDL. */
    Caller(URI base, int version, Checks checks, String name, String password) throws Exception {
        this.base = base;
        this.version = version;
        this.checks = checks;
        this.name = name;
        this.password = password;
        var organizations = new SvcOrganization(wsdl("svcOrganization"));
        var structures = new SvcStructure(wsdl("svcStructure"));
        organization = version == 1
                ? organizations.getSvcOrganizationSoap(strict)
                : organizations.getSvcOrganizationSoap12(strict);
        structure = version == 1
                ? structures.getSvcStructureSoap(strict)
                : structures.getSvcStructureSoap12(strict);
        accounts = accountsPort();
        ports = Map.of("organization", organization, "structure", structure, "accounts", accounts);
        var random = UUID.randomUUID().toString().substring(0, 8);
        unique = "jaxws-soap%d-%d-%s".formatted(version, ProcessHandle.current().pid(), random);
    }

    SvcAccounts accountsService() throws Exception {
        return new SvcAccounts(wsdl("svcAccounts"));
    }

    /** A port of its own, for whoever changes how it calls. */
    SvcAccountsSoap accountsPort() throws Exception {
        var service = accountsService();
        return version == 1 ? service.getSvcAccountsSoap(strict) : service.getSvcAccountsSoap12(strict);
    }

    private URL wsdl(String service) throws Exception {
        return base.resolve("/Services2/" + service + ".asmx?WSDL").toURL();
    }

    boolean isSoap12() {
        return version == 2;
    }

    /** An answer, which has to be a success; nothing stands in its {@code Errors}. */
    <T> T call(T answer) throws Exception {
        return refused(answer, 0);
    }

    /**
     * An answer that has to refuse with {@code code}, in svcAccounts because of {@code fields};
     * there are none if it is not for what was said.
     */
    <T> T refused(T answer, int code, String... fields) throws Exception {
        var outcome = outcome(answer);
        var what = "ResultCode of %s (%s)".formatted(outcome.operation, outcome.message);
        checks.equal(what, code, outcome.code);
        if (answer.getClass().getPackageName().equals("accounts")) {
            var expected = new TreeMap<String, Integer>();
            for (var field : fields) {
                expected.put(field, code);
            }
            checks.equal("Errors of " + outcome.operation, expected, errors(answer));
        }
        return answer;
    }

    private record Outcome(String operation, int code, String message) {}

    /** What every answer tells, whatever it is. */
    private Outcome outcome(Object answer) throws Exception {
        var context = ((BindingProvider) ports.get(answer.getClass().getPackageName())).getResponseContext();
        var operation = ((QName) context.get(MessageContext.WSDL_OPERATION)).getLocalPart();
        var code = (int) member(answer, "getResultCode");
        var message = (String) member(answer, "getMessage");
        checks.equal("HTTP status of " + operation, 200, context.get(MessageContext.HTTP_RESPONSE_CODE));
        checks.equal("Result of " + operation, code == 0, member(answer, "isResult"));
        checks.equal("Message of " + operation + " is empty", code == 0, "".equals(message));
        return new Outcome(operation, code, message);
    }

    /** An answer that may be anything, a success or a refusal. */
    <T> T answered(T answer) throws Exception {
        outcome(answer);
        return answer;
    }

    private static Map<String, Integer> errors(Object answer) throws Exception {
        var seen = new TreeMap<String, Integer>();
        var errors = (ArrayOfFieldError) member(answer, "getErrors");
        var list = errors == null ? new ArrayList<FieldError>() : errors.getFieldError();
        list.forEach(error -> seen.put(error.getField(), error.getCode()));
        return seen;
    }

    /** The generated types of answers have no type in common. */
    private static Object member(Object answer, String getter) throws Exception {
        return answer.getClass().getMethod(getter).invoke(answer);
    }
}
