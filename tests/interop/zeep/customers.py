"""Customers: an organization with a member, as records by value."""

from caller import ALREADY_EXISTS, NOT_FOUND, ROUND_TRIP

DOMAIN = 2
WEBSITE = "https://example.org/?a=b&c=d"


class Customers:
    def __init__(self, caller):
        self.caller = caller
        self.call = caller.call
        self.checks = caller.checks
        self.name = f"{ROUND_TRIP} {caller.unique}"

    def tell(self):
        organization_id = self.organization_comes()
        self.organization_is_found(organization_id)
        self.member_comes_and_goes(organization_id)
        self.organization_goes(organization_id)

    def organization_comes(self):
        values = {"string": [f"Name={self.name}", "PhoneNumber=+49 30 1", f"Website={WEBSITE}"]}
        made = self.call("CreateOrganization", values=values).Organization
        self.looks_like("the new organization", made, made.OrganizationID, "+49 30 1")
        self.checks.holds("its id", "1 or more", made.OrganizationID >= 1, made.OrganizationID)
        again = self.call("CreateOrganization", ALREADY_EXISTS, values=values)
        self.no_organization(again)
        return made.OrganizationID

    def organization_is_found(self, organization_id):
        found = self.call("GetOrganizationByID", organizationID=organization_id)
        self.looks_like("by id", found.Organization, organization_id, "+49 30 1")
        found = self.call("GetOrganizationByName", organizationName=self.name)
        self.looks_like("by name", found.Organization, organization_id, "+49 30 1")
        change = {"string": ["PhoneNumber=+81 3 2"]}
        changed = self.call(
            "EditOrganization", organizationID=organization_id, valuesToChange=change
        )
        self.looks_like("after a change", changed.Organization, organization_id, "+81 3 2")

    def member_comes_and_goes(self, organization_id):
        domain = f"{self.caller.unique}.example.org"
        member_id = self.call(
            "AddMemberToOrganization", organizationID=organization_id, type=DOMAIN, value=domain
        ).ID
        members = self.members(organization_id).OrganizationMemberInfo
        seen = [(member.ID, member.Type, member.Value) for member in members]
        self.checks.equal("members", [(member_id, DOMAIN, domain)], seen)
        removed = self.call("RemoveMemberFromOrganization", organizationMemberID=member_id)
        self.checks.equal("ID of the removed member", member_id, removed.ID)
        self.checks.equal("members as zeep reads them", None, self.members(organization_id))
        sent = self.caller.was_sent("OrganizationMembers")
        self.checks.equal("OrganizationMembers was sent", True, sent)

    def members(self, organization_id):
        answer = self.call("GetAllMembersInOrganization", organizationID=organization_id)
        return answer.OrganizationMembers

    def organization_goes(self, organization_id):
        gone = self.call("RemoveOrganization", organizationID=organization_id).Organization
        self.looks_like("the removed organization", gone, organization_id, "+81 3 2")
        self.no_organization(
            self.call("GetOrganizationByID", NOT_FOUND, organizationID=organization_id)
        )

    def looks_like(self, which, seen, organization_id, phone):
        expected = (organization_id, self.name, phone, WEBSITE)
        record = (seen.OrganizationID, seen.Name, seen.PhoneNumber, seen.Website)
        self.checks.equal(which, expected, record)

    def no_organization(self, refusal):
        """A record by value stands in a refusal too, with nothing in it."""
        seen = refusal.Organization
        self.checks.equal(
            "Organization of a refusal", (0, None), (seen.OrganizationID, seen.Name)
        )
