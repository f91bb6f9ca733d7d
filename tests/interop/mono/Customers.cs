// Customers: an organization with a member, as records by value.

using System.Linq;
using OrganizationService;

public class Customers
{
    const int Domain = 2;
    const string Website = "https://example.org/?a=b&c=d";

    readonly Caller caller;
    readonly Checks checks;
    readonly svcOrganization service;
    readonly string admin, password, name;

    public Customers(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
        service = caller.Organization;
        admin = caller.Name;
        password = caller.Password;
        name = $"{Caller.RoundTrip} {caller.Unique}";
    }

    public void Tell()
    {
        var id = OrganizationComes();
        OrganizationIsFound(id);
        MemberComesAndGoes(id);
        OrganizationGoes(id);
    }

    int OrganizationComes()
    {
        var values = new[] { "Name=" + name, "PhoneNumber=+49 30 1", "Website=" + Website };
        var answer = service.CreateOrganization(admin, password, values);
        var id = answer.Organization.OrganizationID;
        checks.Holds("id of a new organization", "1 or more", id >= 1, id);
        LooksLike("the new organization", answer, id, "+49 30 1");
        NoOrganization(service.CreateOrganization(admin, password, values), Code.AlreadyExists);
        return id;
    }

    void OrganizationIsFound(int id)
    {
        LooksLike("by id", service.GetOrganizationByID(admin, password, id), id, "+49 30 1");
        LooksLike("by name", service.GetOrganizationByName(admin, password, name), id, "+49 30 1");
        var change = new[] { "PhoneNumber=+81 3 2" };
        LooksLike("after a change", service.EditOrganization(admin, password, id, change), id, "+81 3 2");
    }

    void MemberComesAndGoes(int id)
    {
        var domain = caller.Unique + ".example.org";
        var memberId = caller.Call(service.AddMemberToOrganization(admin, password, id, Domain, domain)).ID;
        var seen = Members(id).Select(member => (member.ID, member.Type, member.Value));
        checks.Equal("members", new[] { (memberId, Domain, domain) }, seen);
        var removed = caller.Call(service.RemoveMemberFromOrganization(admin, password, memberId));
        checks.Equal("ID of the removed member", memberId, removed.ID);
        checks.Equal("members at the end", new OrganizationMemberInfo[0], Members(id));
        var refusal = service.GetAllMembersInOrganization(admin, password, 999999);
        checks.Equal("members in a refusal", null, caller.Call(refusal, Code.NotFound).OrganizationMembers);
    }

    OrganizationMemberInfo[] Members(int id)
    {
        return caller.Call(service.GetAllMembersInOrganization(admin, password, id)).OrganizationMembers;
    }

    void OrganizationGoes(int id)
    {
        LooksLike("the removed organization", service.RemoveOrganization(admin, password, id), id, "+81 3 2");
        NoOrganization(service.GetOrganizationByID(admin, password, id), Code.NotFound);
    }

    void LooksLike(string which, OrganizationInfoResult answer, int id, string phone)
    {
        var seen = caller.Call(answer).Organization;
        var record = (seen.OrganizationID, seen.Name, seen.PhoneNumber, seen.Website);
        checks.Equal(which, (id, name, phone, Website), record);
    }

    /// A record by value stands in a refusal too, with nothing in it.
    void NoOrganization(OrganizationInfoResult refusal, int code)
    {
        var seen = caller.Call(refusal, code).Organization;
        checks.Holds("Organization of a refusal", "a record", seen != null, seen);
        var record = (seen.OrganizationID, seen.Name, seen.PhoneNumber, seen.Website);
        checks.Equal("what is in it", (0, (string)null, (string)null, (string)null), record);
    }
}
