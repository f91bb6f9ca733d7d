// Stubs that Axis 1.4 generated, as a client of asmxd over HTTP/1.0, in both versions
// of SOAP: a small story in all services. It leaves nothing behind and may run beside
// others and again on the same server.
// Usage: client.jar BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

package story;

import java.net.URI;

final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var name = System.getenv("ASMXD_ADMIN_USERNAME");
        var password = System.getenv("ASMXD_ADMIN_PASSWORD");
        if (arguments.length != 1 || name == null || password == null) {
            stop("Usage: client.jar BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.");
        }
        for (var version = 1; version <= 2; version++) {
            run(URI.create(arguments[0]), version, name, password);
        }
    }

    private static void run(URI base, int version, String name, String password) {
        var label = "axis, SOAP 1." + version;
        var checks = new Checks(label);
        try {
            var caller = new Caller(base, version, checks, name, password);
            new People(caller).tell();
            new Desk(caller).tell();
            new Accounts(caller).tell();
            caller.unknownOperation();
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
}
