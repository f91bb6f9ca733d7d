// Customers: an organization with a member, as records by value.

import { ALREADY_EXISTS, NOT_FOUND, ROUND_TRIP } from "./caller.js";

const DOMAIN = 2;
const WEBSITE = "https://example.org/?a=b&c=d";

export class Customers {
  constructor(caller) {
    this.caller = caller;
    this.checks = caller.checks;
    this.name = `${ROUND_TRIP} ${caller.unique}`;
  }

  async tell() {
    const organizationID = await this.organizationComes();
    await this.organizationIsFound(organizationID);
    await this.memberComesAndGoes(organizationID);
    await this.organizationGoes(organizationID);
  }

  async organizationComes() {
    const strings = [`Name=${this.name}`, "PhoneNumber=+49 30 1", `Website=${WEBSITE}`];
    const values = { string: strings };
    const answer = await this.caller.call("CreateOrganization", { values });
    const id = answer.Organization.OrganizationID;
    this.checks.holds("id of a new organization", "1 or more", id >= 1, id);
    this.looksLike("the new organization", answer, id, "+49 30 1");
    const again = await this.caller.call("CreateOrganization", { values }, ALREADY_EXISTS);
    this.noOrganization(again);
    return id;
  }

  async organizationIsFound(organizationID) {
    const { caller } = this;
    const byId = await caller.call("GetOrganizationByID", { organizationID });
    this.looksLike("by id", byId, organizationID, "+49 30 1");
    const asked = { organizationName: this.name };
    const byName = await caller.call("GetOrganizationByName", asked);
    this.looksLike("by name", byName, organizationID, "+49 30 1");
    const valuesToChange = { string: ["PhoneNumber=+81 3 2"] };
    const changed = await caller.call("EditOrganization", { organizationID, valuesToChange });
    this.looksLike("after a change", changed, organizationID, "+81 3 2");
  }

  async memberComesAndGoes(organizationID) {
    const value = `${this.caller.unique}.example.org`;
    const member = { organizationID, type: DOMAIN, value };
    const id = (await this.caller.call("AddMemberToOrganization", member)).ID;
    const members = await this.members(organizationID);
    const expected = [{ Type: DOMAIN, Value: value, ID: id }];
    this.checks.equal("members", expected, members.OrganizationMemberInfo);
    const gone = { organizationMemberID: id };
    const removed = await this.caller.call("RemoveMemberFromOrganization", gone);
    this.checks.equal("ID of the removed member", id, removed.ID);
    this.checks.equal("members at the end", null, await this.members(organizationID));
  }

  async members(organizationID) {
    const answer = await this.caller.call("GetAllMembersInOrganization", { organizationID });
    return answer.OrganizationMembers;
  }

  async organizationGoes(organizationID) {
    const gone = await this.caller.call("RemoveOrganization", { organizationID });
    this.looksLike("the removed organization", gone, organizationID, "+81 3 2");
    this.noOrganization(
      await this.caller.call("GetOrganizationByID", { organizationID }, NOT_FOUND),
    );
  }

  looksLike(which, answer, id, phone) {
    const expected = {
      Name: this.name,
      PhoneNumber: phone,
      Website: WEBSITE,
      OrganizationID: id,
    };
    this.checks.equal(which, expected, answer.Organization);
  }

  /** A record by value stands in a refusal too, with nothing in it. */
  noOrganization(refusal) {
    this.checks.equal("Organization of a refusal", { OrganizationID: 0 }, refusal.Organization);
  }
}
