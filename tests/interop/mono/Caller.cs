// What every part of the story needs: calls to the services that are judged at
// once, and the names and values that it uses.

using System;
using System.Diagnostics;
using System.Linq;
using System.Web.Services.Protocols;
using AccountsService;
using OrganizationService;
using StructureService;

public static class Code
{
    public const int Success = 0;
    public const int AuthenticationFailed = 1;
    public const int NotAuthorized = 2;
    public const int NotFound = 3;
    public const int AlreadyExists = 4;
    public const int InvalidValue = 5;
    public const int RuleBroken = 6;
}

public class Caller
{
    public const string RoundTrip = "Zoë <&> \"O'Neil\" 日本";
    public const string UserPassword = "Story-Pass-2026";

    public readonly svcOrganization Organization = new svcOrganization();
    public readonly svcStructure Structure = new svcStructure();
    public readonly svcAccounts Accounts = new svcAccounts();
    public readonly Checks Checks;
    public readonly string Name;
    public readonly string Password;

    /// No one else has this in a name.
    public readonly string Unique;

    public Caller(string address, Checks checks, string name, string password)
    {
        Organization.Url = address + "/Services2/svcOrganization.asmx";
        Structure.Url = address + "/Services2/svcStructure.asmx";
        Accounts.Url = address + "/Services2/svcAccounts.asmx";
        Checks = checks;
        Name = name;
        Password = password;
        var soap = IsSoap12 ? "2" : "1";
        var random = Guid.NewGuid().ToString("N").Substring(0, 8);
        Unique = $"mono-soap{soap}-{Process.GetCurrentProcess().Id}-{random}";
    }

    /// The generator decides, by its option -protocol.
    public bool IsSoap12 => Organization.SoapVersion == SoapProtocolVersion.Soap12;

    /// An answer of svcOrganization; its outcome has to be `code`.
    public T Call<T>(T answer, int code = Code.Success) where T : IOutcome
    {
        return Judged(Organization, answer, code);
    }

    /// An answer of svcStructure. What it refuses stands in `Errors`.
    public T Define<T>(T answer, int code = Code.Success) where T : IDefined
    {
        Judged(Structure, answer, code);
        var errors = $"Errors of {Structure.Last.Operation} is there";
        Checks.Equal(errors, code != Code.Success, answer.Errors != null);
        return answer;
    }

    /// An answer of svcStructure that has to refuse with `code` because of `field`.
    public T Refused<T>(T answer, int code, string field) where T : IDefined
    {
        Define(answer, code);
        var errors = answer.Errors.Select(error => (error.Field, error.Code, error.Message));
        Checks.Equal($"Errors of {Structure.Last.Operation}", new[] { (field, code, answer.Message) }, errors);
        return answer;
    }

    /// An answer of svcAccounts, which has to be a success.
    public T Account<T>(T answer) where T : IAccount
    {
        Judged(Accounts, answer, Code.Success);
        Checks.Equal($"Errors of {Accounts.Last.Operation}", null, answer.Errors);
        return answer;
    }

    /// An answer of svcAccounts that has to refuse with `code` because of `fields`, in the
    /// order of the alphabet; there are none if it is not for what was said.
    public T AccountRefused<T>(T answer, int code, params string[] fields) where T : IAccount
    {
        Judged(Accounts, answer, code);
        var errors = answer.Errors ?? new AccountsService.FieldError[0];
        var expected = fields.Select(field => (field, code));
        var seen = errors.OrderBy(error => error.Field).Select(error => (error.Field, error.Code));
        Checks.Equal($"Errors of {Accounts.Last.Operation}", expected, seen);
        return answer;
    }

    T Judged<T>(IProxy proxy, T answer, int code) where T : IOutcome
    {
        var operation = proxy.Last.Operation;
        Checks.Equal($"HTTP status of {operation}", 200, proxy.Last.Status);
        var outcome = (answer.Result, answer.ResultCode);
        var what = $"Result and ResultCode of {operation} ({answer.Message})";
        Checks.Equal(what, (code == Code.Success, code), outcome);
        Checks.Equal($"Message of {operation} is empty", code == Code.Success, answer.Message == "");
        return answer;
    }

    public UserInfoResult CreateUser2(string name)
    {
        return Organization.CreateUser2(Name, Password, name, UserPassword, name + "@example.org", true, RoundTrip);
    }
}
