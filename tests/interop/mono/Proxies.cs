// What the generated proxies lack: they remember the HTTP status and operation of
// the last call, they call one operation that the WSDL does not have, and their
// results can be judged without knowing the type of each.

using System;
using System.Net;
using System.Web.Services.Protocols;

public interface IProxy
{
    LastCall Last { get; }
}

public class LastCall
{
    public int Status { get; private set; }
    public string Operation { get; private set; }

    /// Passes the response on, and the exception with which an error comes.
    public WebResponse Of(WebRequest request, Func<WebRequest, WebResponse> send)
    {
        Operation = OperationOf(request);
        try
        {
            var response = send(request);
            Status = StatusOf(response);
            return response;
        }
        catch (WebException error)
        {
            Status = StatusOf(error.Response);
            throw;
        }
    }

    static int StatusOf(WebResponse response)
    {
        return response is HttpWebResponse http ? (int)http.StatusCode : 0;
    }

    /// SOAP 1.1 names it in a header of its own, SOAP 1.2 in the content type.
    static string OperationOf(WebRequest request)
    {
        var action = request.Headers["SOAPAction"] ?? request.ContentType;
        return action.Substring(action.LastIndexOf('/') + 1).Trim('"');
    }
}

public interface IOutcome
{
    bool Result { get; }
    int ResultCode { get; }
    string Message { get; }
}

public interface IDefined : IOutcome
{
    StructureService.FieldError[] Errors { get; }
}

public interface IAccount : IOutcome
{
    AccountsService.FieldError[] Errors { get; }
}

namespace OrganizationService
{
    public partial class svcOrganization : IProxy
    {
        const string Namespace = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx";

        public LastCall Last { get; } = new LastCall();

        protected override WebResponse GetWebResponse(WebRequest request)
        {
            return Last.Of(request, base.GetWebResponse);
        }

        [SoapDocumentMethod(Namespace + "/NoSuchOperation", RequestNamespace = Namespace)]
        public string NoSuchOperation() => (string)Invoke("NoSuchOperation", new object[0])[0];
    }

    public partial class ActiveItemArrayResult : IOutcome { }
    public partial class AgentInfoArrayResult : IOutcome { }
    public partial class AgentRoleInfo : IOutcome { }
    public partial class BrandInfoArrayResult : IOutcome { }
    public partial class CustomFieldInfoArrayResult : IOutcome { }
    public partial class DailyStatItemArrayResult : IOutcome { }
    public partial class DepartmentInfoArrayResult : IOutcome { }
    public partial class GenericResult : IOutcome { }
    public partial class GroupInfoArrayResult : IOutcome { }
    public partial class OrganizationInfoMemberResult : IOutcome { }
    public partial class OrganizationInfoResult : IOutcome { }
    public partial class OrganizationMemberInfoArrayResult : IOutcome { }
    public partial class ReportInfoResultArray : IOutcome { }
    public partial class RoleInfoResultArray : IOutcome { }
    public partial class SettingsRequestResult : IOutcome { }
    public partial class StringRequestResult : IOutcome { }
    public partial class TimeLogCategoryInfoArrayResult : IOutcome { }
    public partial class UserInfoResult : IOutcome { }
}

namespace StructureService
{
    public partial class svcStructure : IProxy
    {
        const string Namespace = "urn:asmxd:svcStructure:1";

        public LastCall Last { get; } = new LastCall();

        protected override WebResponse GetWebResponse(WebRequest request)
        {
            return Last.Of(request, base.GetWebResponse);
        }

        [SoapDocumentMethod(Namespace + "/NoSuchOperation", RequestNamespace = Namespace)]
        public string NoSuchOperation() => (string)Invoke("NoSuchOperation", new object[0])[0];
    }

    public partial class ChangeResult : IDefined { }
    public partial class CreateReportResult : IDefined { }
    public partial class CreateResult : IDefined { }
    public partial class ListBrandsResult : IDefined { }
    public partial class ListCustomFieldsResult : IDefined { }
    public partial class ListDepartmentsResult : IDefined { }
    public partial class ListGroupsResult : IDefined { }
    public partial class ListLanguagesResult : IDefined { }
    public partial class ListMembershipsResult : IDefined { }
    public partial class ListReportsResult : IDefined { }
    public partial class ListTimeLogCategoriesResult : IDefined { }
}

namespace AccountsService
{
    public partial class svcAccounts : IProxy
    {
        const string Namespace = "urn:asmxd:svcAccounts:1";

        public LastCall Last { get; } = new LastCall();

        protected override WebResponse GetWebResponse(WebRequest request)
        {
            return Last.Of(request, base.GetWebResponse);
        }

        [SoapDocumentMethod(Namespace + "/NoSuchOperation", RequestNamespace = Namespace)]
        public string NoSuchOperation() => (string)Invoke("NoSuchOperation", new object[0])[0];
    }

    public partial class AssignRolesResult : IAccount { }
    public partial class AuthenticateResult : IAccount { }
    public partial class AvatarProvidersResult : IAccount { }
    public partial class AvatarResult : IAccount { }
    public partial class ChangesResult : IAccount { }
    public partial class ImportResult : IAccount { }
    public partial class ImportsResult : IAccount { }
    public partial class ExportResult : IAccount { }
    public partial class CreateRoleResult : IAccount { }
    public partial class CreateUserResult : IAccount { }
    public partial class DoneResult : IAccount { }
    public partial class EffectivePermissionsResult : IAccount { }
    public partial class EmployeeSettingsResult : IAccount { }
    public partial class ListCustomFieldsResult : IAccount { }
    public partial class ListLanguagesResult : IAccount { }
    public partial class ListUsersResult : IAccount { }
    public partial class PreferencesResult : IAccount { }
    public partial class RolePermissionsResult : IAccount { }
    public partial class RolesResult : IAccount { }
    public partial class TimeZonesResult : IAccount { }
    public partial class UpdateResult : IAccount { }
    public partial class UserResult : IAccount { }
    public partial class UserSettingsResult : IAccount { }
}
