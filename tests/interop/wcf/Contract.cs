// The part of svcAccounts that the client calls, as WCF's attributes declare it.

using System.Runtime.Serialization;
using System.ServiceModel;

static class Accounts
{
    public const string Namespace = "urn:asmxd:svcAccounts:1";
}

[DataContract(Namespace = Accounts.Namespace)]
public class Role
{
    [DataMember(Order = 0)] public short RoleId;
    [DataMember(Order = 1)] public string Name;
    [DataMember(Order = 2)] public bool IsEmployee;
}

[DataContract(Namespace = Accounts.Namespace)]
public class RolesResult
{
    [DataMember(Order = 0)] public string Message;
    [DataMember(Order = 1)] public bool Result;
    [DataMember(Order = 2)] public int ResultCode;
    [DataMember(Order = 3)] public Role[] Roles;
}

[MessageContract(WrapperName = "ListRoles", WrapperNamespace = Accounts.Namespace)]
public class ListRoles
{
    [MessageBodyMember(Namespace = Accounts.Namespace, Order = 0)] public string authUserName;
    [MessageBodyMember(Namespace = Accounts.Namespace, Order = 1)] public string authPassword;
}

[MessageContract(WrapperName = "ListRolesResponse", WrapperNamespace = Accounts.Namespace)]
public class ListRolesResponse
{
    [MessageBodyMember(Namespace = Accounts.Namespace, Order = 0)] public RolesResult ListRolesResult;
}

[ServiceContract(Namespace = Accounts.Namespace, Name = "svcAccountsSoap")]
public interface IAccounts
{
    [OperationContract(Action = Accounts.Namespace + "/ListRoles", ReplyAction = "*")]
    ListRolesResponse ListRoles(ListRoles request);

    // The body names ListRoles all the same, which the action contradicts.
    [OperationContract(Action = Accounts.Namespace + "/GetChanges", ReplyAction = "*", Name = "Contradicted")]
    ListRolesResponse Contradicted(ListRoles request);
}
