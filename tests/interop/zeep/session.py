"""One zeep client, generated from the live WSDL of a service and bound to one of
its ports. It keeps the last HTTP answer, so that a check can look at the status
and at what was really sent."""

import zeep
from lxml import etree

SECONDS = 60
PORTS = {"1.1": "Soap", "1.2": "Soap12"}


class RecordingTransport(zeep.Transport):
    """zeep's own transport; it only remembers the last answer to a POST."""

    last = None

    def post(self, address, message, headers):
        self.last = super().post(address, message, headers)
        return self.last


class CallAs(zeep.Plugin):
    """Sends each call under another operation's name, in body and action."""

    def __init__(self, name):
        self.name = name

    def egress(self, envelope, http_headers, operation, binding_options):
        asked = envelope.find("{*}Body")[0]
        asked.tag = etree.QName(etree.QName(asked).namespace, self.name)
        headers = {
            key: value.replace(f"/{operation.name}", f"/{self.name}")
            for key, value in http_headers.items()
        }
        return envelope, headers


class Session:
    def __init__(self, base, service, soap_version):
        self.base = base
        self.soap_version = soap_version
        self.transport = RecordingTransport(timeout=SECONDS, operation_timeout=SECONDS)
        address = f"{base}/Services2/{service}.asmx?WSDL"
        self.client = zeep.Client(address, transport=self.transport)
        self.service = self.client.bind(service, f"{service}{PORTS[soap_version]}")

    @property
    def status(self):
        """The HTTP status of the last answer."""
        return self.transport.last.status_code

    def call(self, operation, parameters):
        return getattr(self.service, operation)(**parameters)

    @property
    def text(self):
        """The last answer as it was sent."""
        return self.transport.last.text

    def picture(self, address):
        """The HTTP answer to a plain GET of a site-relative address."""
        return self.transport.session.get(self.base + address, timeout=SECONDS)

    def was_sent(self, element):
        """Whether the last answer holds the element. zeep shows an empty list
        and a missing one both as None, so only the text can tell."""
        answer = etree.fromstring(self.transport.last.content)
        return answer.find(f".//{{*}}{element}") is not None

    def fault_of(self, operation, instead_of):
        """Calls an operation that the WSDL does not have; the Fault as zeep
        reads it, or None."""
        self.client.plugins.append(CallAs(operation))
        try:
            self.call(instead_of, {})
        except zeep.exceptions.Fault as fault:
            return fault
        finally:
            self.client.plugins.pop()
        return None
