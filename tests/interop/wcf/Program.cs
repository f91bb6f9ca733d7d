// WCF's bindings against svcAccounts: BasicHttpBinding, and those that send
// WS-Addressing headers that must be understood, WSHttpBinding among them.

using System;
using System.Linq;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Text;

static class Program
{
    static int checks;

    static int Main(string[] arguments)
    {
        var address = new EndpointAddress(arguments[0] + "/Services2/svcAccounts.asmx");
        Tell("BasicHttpBinding", new BasicHttpBinding(), address);
        Tell("WSHttpBinding", new WSHttpBinding(SecurityMode.None), address);
        Tell("SOAP 1.1 with addressing", Encoded(MessageVersion.Soap11WSAddressing10), address);
        Tell("SOAP 1.2 with addressing of 2004", Encoded(MessageVersion.Soap12WSAddressingAugust2004), address);
        Console.WriteLine($"wcf: {checks} checks passed");
        return 0;
    }

    static Binding Encoded(MessageVersion version) =>
        new CustomBinding(new TextMessageEncodingBindingElement(version, Encoding.UTF8), new HttpTransportBindingElement());

    static void Tell(string name, Binding binding, EndpointAddress address)
    {
        var accounts = new ChannelFactory<IAccounts>(binding, address).CreateChannel();
        var answer = accounts.ListRoles(Login(Environment.GetEnvironmentVariable("ASMXD_ADMIN_PASSWORD"))).ListRolesResult;
        Check(name, "Result", true, answer.Result);
        Check(name, "the role 6", "Administrator", answer.Roles.Single(role => role.RoleId == 6).Name);
        Check(name, "Agent is for employees", true, answer.Roles.Single(role => role.RoleId == 4).IsEmployee);
        var wrong = accounts.ListRoles(Login("Story-Wrong-2026")).ListRolesResult;
        Check(name, "ResultCode of a wrong password", 1, wrong.ResultCode);
        Check(name, "a contradicting action", "a fault", Contradicted(accounts));
    }

    static ListRoles Login(string password) =>
        new ListRoles { authUserName = Environment.GetEnvironmentVariable("ASMXD_ADMIN_USERNAME"), authPassword = password };

    static string Contradicted(IAccounts accounts)
    {
        try
        {
            accounts.Contradicted(Login("any"));
            return "an answer";
        }
        catch (FaultException)
        {
            return "a fault";
        }
    }

    static void Check<T>(string binding, string what, T expected, T seen)
    {
        checks++;
        if (!Equals(expected, seen))
        {
            throw new Exception($"wcf, {binding}: {what}: expected {expected}, saw {seen}");
        }
    }
}
