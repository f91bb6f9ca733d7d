// One client of the npm package soap, generated from the live WSDL, and one
// port of its service. It keeps the HTTP status of the last answer.

import soap from "soap";

const SERVICE = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx";
const PATH = "/Services2/svcOrganization.asmx";
const HTTP = { timeout: 60_000 };

export class Session {
  /** The HTTP status of the last answer. */
  status = 0;

  #client;
  #port;

  constructor(client, port) {
    this.#client = client;
    this.#port = client.svcOrganization[port];
    client.on("response", (_body, response) => (this.status = response?.status ?? 0));
  }

  /** The package writes SOAP 1.2 envelopes only when told so, whatever the port. */
  static async open(base, port, soap12) {
    const options = { disableCache: true, forceSoap12Headers: soap12, wsdl_options: HTTP };
    return new Session(await soap.createClientAsync(`${base}${PATH}?WSDL`, options), port);
  }

  async call(operation, parameters) {
    const answer = await this.#send(operation, parameters, HTTP);
    return answer[`${operation}Result`];
  }

  /** Calls an operation that the WSDL does not have; the code of the fault, or undefined. */
  async faultCodeOf(operation) {
    const postProcess = (xml) => xml.replaceAll("GetServerName", operation);
    this.#client.setSOAPAction(`${SERVICE}/${operation}`);
    try {
      await this.#send("GetServerName", {}, { ...HTTP, postProcess });
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
