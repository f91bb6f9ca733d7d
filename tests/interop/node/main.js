// The npm package soap as a client of asmxd: tells the story over SOAP 1.1 and SOAP 1.2.
// Usage: main.js BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

import { Caller } from "./caller.js";
import { CheckFailed, Checks } from "./checks.js";
import { Session } from "./session.js";
import { tell } from "./story.js";

const VERSIONS = [
  { version: "1.1", faultCode: "soap:Client" },
  { version: "1.2", faultCode: "soap:Sender" },
];

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

async function run(base, administrator) {
  let passed = 0;
  for (const { version, faultCode } of VERSIONS) {
    const checks = new Checks(`node, SOAP ${version}`);
    try {
      const sessions = await Session.openAll(base, version);
      await tell(new Caller(sessions, checks, administrator, version), faultCode);
    } catch (error) {
      const unforeseen = `${checks.label}: expected an answer, saw ${error}`;
      stop(error instanceof CheckFailed ? error.message : unforeseen);
    }
    passed += checks.passed;
  }
  console.log(`node: SOAP 1.1 and 1.2, ${passed} checks passed`);
}

const base = process.argv[2];
const name = process.env.ASMXD_ADMIN_USERNAME;
const password = process.env.ASMXD_ADMIN_PASSWORD;
if (!base || !name || !password) {
  stop("Usage: main.js BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.");
}
await run(base, { name, password });
