// Ports that wsimport generated, as a client of asmxd, in both versions of SOAP:
// people with their settings come through svcAccounts, are changed, read and go
// again, and every operation of all services is called. It leaves nothing behind and
// may run beside others and again on the same server.
// Usage: client.jar BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

package story;

import java.io.StringReader;
import java.net.URI;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Service;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.soap.SOAPFaultException;

final class Main {
    private static final String ACCOUNTS = "urn:asmxd:svcAccounts:1";

    private Main() {}

    public static void main(String[] arguments) {
        var name = System.getenv("ASMXD_ADMIN_USERNAME");
        var password = System.getenv("ASMXD_ADMIN_PASSWORD");
        if (arguments.length != 1 || name == null || password == null) {
            stop("Usage: client.jar BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.");
        }
        // Otherwise each message has JAX-WS warn of the name under which it finds its own factory.
        System.setProperty("javax.xml.soap.SAAJMetaFactory", "com.sun.xml.messaging.saaj.soap.SAAJMetaFactoryImpl");
        for (var version = 1; version <= 2; version++) {
            run(URI.create(arguments[0]), version, name, password);
        }
    }

    private static void run(URI base, int version, String name, String password) {
        var label = "jaxws, SOAP 1." + version;
        var checks = new Checks(label);
        try {
            tell(new Caller(base, version, checks, name, password));
        } catch (Checks.Failed failed) {
            stop(failed.getMessage());
        } catch (Exception error) {
            error.printStackTrace();
            stop(label + ": expected an answer, saw " + error);
        }
        System.out.printf("%s: %d checks passed%n", label, checks.passed());
    }

    private static void stop(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }

    private static void tell(Caller caller) throws Exception {
        new Neighbours(caller).tell();
        new Accounts(caller).tell();
        new EveryOperation(caller).tell();
        unknownOperation(caller);
        caller.call(caller.accounts.listRoles(caller.name, caller.password));
    }

    private static void unknownOperation(Caller caller) throws Exception {
        var port = new QName(ACCOUNTS, caller.isSoap12() ? "svcAccountsSoap12" : "svcAccountsSoap");
        var stranger = caller.accountsService().createDispatch(port, Source.class, Service.Mode.PAYLOAD);
        stranger.getRequestContext().put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        stranger.getRequestContext().put(BindingProvider.SOAPACTION_URI_PROPERTY, ACCOUNTS + "/NoSuchOperation");
        SOAPFaultException fault = null;
        try {
            stranger.invoke(new StreamSource(new StringReader("<NoSuchOperation xmlns='" + ACCOUNTS + "'/>")));
        } catch (SOAPFaultException seen) {
            fault = seen;
        }
        caller.checks.holds("an unknown operation", "a fault", fault != null, fault);
        var status = stranger.getResponseContext().get(MessageContext.HTTP_RESPONSE_CODE);
        caller.checks.equal("HTTP status of an unknown operation", 500, status);
        var code = fault.getFault().getFaultCodeAsQName().getLocalPart();
        caller.checks.equal("code of its fault", caller.isSoap12() ? "Sender" : "Client", code);
    }
}
