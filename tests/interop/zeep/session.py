"""One zeep client, generated from the live WSDL and bound to one port of the
service. It keeps the last HTTP answer, so that a check can look at the status
and at what was really sent."""

import zeep
from lxml import etree

NAMESPACE = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx"
PATH = "/Services2/svcOrganization.asmx"
SECONDS = 60


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
        envelope.find("{*}Body")[0].tag = f"{{{NAMESPACE}}}{self.name}"
        headers = {
            key: value.replace(f"/{operation.name}", f"/{self.name}")
            for key, value in http_headers.items()
        }
        return envelope, headers


class Session:
    def __init__(self, base, port):
        self.transport = RecordingTransport(timeout=SECONDS, operation_timeout=SECONDS)
        self.client = zeep.Client(f"{base}{PATH}?WSDL", transport=self.transport)
        self.service = self.client.bind("svcOrganization", port)

    @property
    def status(self):
        """The HTTP status of the last answer."""
        return self.transport.last.status_code

    def call(self, operation, parameters):
        return getattr(self.service, operation)(**parameters)

    def was_sent(self, element):
        """Whether the last answer holds the element. zeep shows an empty list
        and a missing one both as None, so only the text can tell."""
        answer = etree.fromstring(self.transport.last.content)
        return answer.find(f".//{{{NAMESPACE}}}{element}") is not None

    def fault_of(self, operation):
        """Calls an operation that the WSDL does not have; the Fault as zeep
        reads it, or None."""
        self.client.plugins.append(CallAs(operation))
        try:
            self.call("GetServerName", {})
        except zeep.exceptions.Fault as fault:
            return fault
        finally:
            self.client.plugins.pop()
        return None
