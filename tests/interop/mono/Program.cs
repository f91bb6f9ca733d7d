// A proxy that Mono's wsdl generated, as a client of asmxd: the story that every
// client of the interop tests tells, in all services. A person, a help desk and a
// customer come, are changed, read and go again, with the refusals on the way. It
// leaves nothing behind and may run beside others and again on the same server.
// The proxies decide on the version of SOAP, so that there are two programs.
// Usage: client.exe BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.

using System;
using System.Web.Services.Protocols;

public static class Program
{
    public static int Main(string[] arguments)
    {
        var name = Environment.GetEnvironmentVariable("ASMXD_ADMIN_USERNAME");
        var password = Environment.GetEnvironmentVariable("ASMXD_ADMIN_PASSWORD");
        if (arguments.Length != 1 || name == null || password == null)
            return Stop("Usage: client.exe BASE_URL, with ASMXD_ADMIN_USERNAME and ASMXD_ADMIN_PASSWORD set.");
        var version = new OrganizationService.svcOrganization().SoapVersion;
        var label = version == SoapProtocolVersion.Soap12 ? "mono, SOAP 1.2" : "mono, SOAP 1.1";
        var checks = new Checks(label);
        try
        {
            Tell(new Caller(arguments[0], checks, name, password));
        }
        catch (CheckFailed failed)
        {
            return Stop(failed.Message);
        }
        catch (Exception error)
        {
            return Stop($"{label}: expected an answer, saw {error}");
        }
        Console.WriteLine($"{label}: {checks.Passed} checks passed");
        return 0;
    }

    static int Stop(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }

    static void Tell(Caller caller)
    {
        new People(caller).Tell();
        var desk = new Desk(caller);
        desk.Open();
        desk.Look();
        new Definitions(caller, desk.AgentId, desk.Agent).Tell();
        new Customers(caller).Tell();
        desk.Close();
        new Accounts(caller).Tell();
        new EveryOperation(caller).Tell();
        UnknownOperation(caller, caller.Organization, () => caller.Organization.NoSuchOperation());
        UnknownOperation(caller, caller.Structure, () => caller.Structure.NoSuchOperation());
        UnknownOperation(caller, caller.Accounts, () => caller.Accounts.NoSuchOperation());
        caller.Call(caller.Organization.GetServerName(caller.Name, caller.Password));
    }

    static void UnknownOperation(Caller caller, IProxy proxy, Func<string> ask)
    {
        SoapException fault = null;
        try
        {
            ask();
        }
        catch (SoapException seen)
        {
            fault = seen;
        }
        var code = caller.IsSoap12 ? Soap12FaultCodes.SenderFaultCode : SoapException.ClientFaultCode;
        caller.Checks.Equal("HTTP status of an unknown operation", 500, proxy.Last.Status);
        caller.Checks.Equal("code of its fault", code, fault?.Code);
    }
}
