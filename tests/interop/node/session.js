// One client of the npm package soap, generated from the live WSDL of a service,
// and one of its ports. It keeps the HTTP status of the last answer.

import soap from "soap";

const NAMESPACES = {
  svcOrganization: "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx",
  svcStructure: "urn:asmxd:svcStructure:1",
  svcAccounts: "urn:asmxd:svcAccounts:1",
};
const PORTS = { "1.1": "Soap", "1.2": "Soap12" };
const HTTP = { timeout: 60_000 };

export class Session {
  /** The HTTP status of the last answer. */
  status = 0;

  #base;
  #client;
  #namespace;
  #port;

  constructor(base, client, service, version) {
    this.#base = base;
    this.#client = client;
    this.#namespace = NAMESPACES[service];
    this.#port = client[service][`${service}${PORTS[version]}`];
    client.on("response", (_body, response) => (this.status = response?.status ?? 0));
  }

  /** The package writes SOAP 1.2 envelopes only when told so, whatever the port. */
  static async open(base, service, version) {
    const forceSoap12Headers = version === "1.2";
    const options = { disableCache: true, forceSoap12Headers, wsdl_options: HTTP };
    const address = `${base}/Services2/${service}.asmx?WSDL`;
    return new Session(base, await soap.createClientAsync(address, options), service, version);
  }

  static async openAll(base, version) {
    return {
      organization: await Session.open(base, "svcOrganization", version),
      structure: await Session.open(base, "svcStructure", version),
      accounts: await Session.open(base, "svcAccounts", version),
    };
  }

  /** Calls as one of whom the package tells by HTTP Basic or by a UsernameToken of its own. */
  async callSecuredBy(way, { name, password }, operation) {
    const { BasicAuthSecurity, WSSecurity } = soap;
    const token = { passwordType: "PasswordText", hasTimeStamp: false, hasNonce: false };
    this.#client.setSecurity(
      way === "Basic"
        ? new BasicAuthSecurity(name, password)
        : new WSSecurity(name, password, token),
    );
    try {
      return await this.call(operation, {});
    } finally {
      this.#client.setSecurity(null);
    }
  }

  /** What a site-relative address answers to a plain GET: its status and its bytes. */
  async fetch(address) {
    const signal = AbortSignal.timeout(HTTP.timeout);
    const response = await fetch(this.#base + address, { signal });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  async call(operation, parameters) {
    const answer = await this.#send(operation, parameters, HTTP);
    return answer[`${operation}Result`];
  }

  /** Calls an operation that the WSDL does not have; the code of the fault, or undefined. The
   * package sends the `known` operation, under the other's name. */
  async faultCodeOf(operation, known) {
    const postProcess = (xml) => xml.replaceAll(known, operation);
    this.#client.setSOAPAction(`${this.#namespace}/${operation}`);
    try {
      await this.#send(known, {}, { ...HTTP, postProcess });
    } catch (error) {
      const fault = error.root?.Envelope?.Body?.Fault;
      return fault?.faultcode ?? fault?.Code?.Value;
    } finally {
      this.#client.setSOAPAction(undefined);
    }
    return undefined;
  }

  #send(operation, parameters, options) {
    return new Promise((resolve, reject) => {
      const done = (error, answer) => (error ? reject(error) : resolve(answer));
      this.#port[operation](parameters, done, options);
    });
  }
}
