// The story that every client of the interop tests tells, in all services: a
// person, a help desk and a customer come, are changed, read and go again, with
// the refusals on the way. It leaves nothing behind and may run beside others
// and again on the same server.

import { Accounts } from "./accounts.js";
import { Customers } from "./customers.js";
import { Definitions } from "./definitions.js";
import { Desk } from "./desk.js";
import { People } from "./people.js";

export async function tell(caller, faultCode) {
  await new People(caller).tell();
  const desk = new Desk(caller);
  await desk.open();
  await desk.look();
  await new Definitions(caller, desk.agentId, desk.agent).tell();
  await new Customers(caller).tell();
  await desk.close();
  await new Accounts(caller).tell();
  await unknownOperation(caller, faultCode);
}

async function unknownOperation(caller, faultCode) {
  const known = [
    [caller.organization, "GetServerName"],
    [caller.structure, "ListBrands"],
    [caller.accounts, "ListRoles"],
  ];
  for (const [session, operation] of known) {
    const seen = await session.faultCodeOf("NoSuchOperation", operation);
    caller.checks.equal("HTTP status of an unknown operation", 500, session.status);
    caller.checks.equal("code of its fault", faultCode, seen);
  }
  await caller.call("GetServerName");
}
