// The stubs that Axis generates set SOAP 1.1 in every call, whatever port they are
// of. These services make their calls stay with SOAP 1.2.

package story;

import org.apache.axis.client.Call;
import org.apache.axis.client.Service;
import org.apache.axis.soap.SOAPConstants;

final class Soap12 extends Call {
    private Soap12(Service service) {
        super(service);
        super.setSOAPVersion(SOAPConstants.SOAP12_CONSTANTS);
    }

    @Override
    public void setSOAPVersion(SOAPConstants version) {
        // It stays what it is.
    }

    static final class Organization extends organization.SvcOrganizationLocator {
        @Override
        public Call createCall() {
            return new Soap12(this);
        }
    }

    static final class Structure extends structure.SvcStructureLocator {
        @Override
        public Call createCall() {
            return new Soap12(this);
        }
    }

    static final class Accounts extends accounts.SvcAccountsLocator {
        @Override
        public Call createCall() {
            return new Soap12(this);
        }
    }
}
