// Every operation of all services through its generated method, asked by a user
// who may hardly do anything, and those that list everything by the administrator
// too: whatever the answer is, it has the shape that programs written against the
// generated proxies rely on.

using System;
using System.Linq;
using System.Reflection;
using System.Web.Services.Protocols;

public class EveryOperation
{
    readonly Caller caller;
    readonly Checks checks;
    readonly string user;

    public EveryOperation(Caller caller)
    {
        this.caller = caller;
        checks = caller.Checks;
        user = caller.Unique + "-nobody";
    }

    public void Tell()
    {
        var userId = caller.Call(caller.CreateUser2(user)).UserID;
        AskAll(caller.Organization, 54);
        AskAll(caller.Structure, 47);
        AskAll(caller.Accounts, 48);
        caller.Call(caller.Organization.DeleteUser(caller.Name, caller.Password, userId));
    }

    void AskAll(SoapHttpClientProtocol proxy, int fewest)
    {
        var methods = proxy.GetType().GetMethods().Where(IsOperation).ToList();
        checks.Holds("operations of the proxy", $"{fewest} or more", methods.Count >= fewest, methods.Count);
        foreach (var method in methods)
        {
            Ask(proxy, method, user, Caller.UserPassword);
            if (method.GetParameters().Length == 2)
                Ask(proxy, method, caller.Name, caller.Password);
        }
    }

    static bool IsOperation(MethodInfo method)
    {
        return method.Name != "NoSuchOperation" && method.IsDefined(typeof(SoapDocumentMethodAttribute), false);
    }

    void Ask(object proxy, MethodInfo method, string name, string password)
    {
        var arguments = method.GetParameters().Select(parameter => Default(parameter.ParameterType)).ToArray();
        arguments[0] = name;
        arguments[1] = password;
        var answer = (IOutcome)method.Invoke(proxy, arguments);
        checks.Equal($"HTTP status of {method.Name}", 200, ((IProxy)proxy).Last.Status);
        checks.Equal($"ResultCode 0 of {method.Name}", answer.Result, answer.ResultCode == Code.Success);
        checks.Equal($"empty Message of {method.Name}", answer.Result, answer.Message == "");
        foreach (var member in answer.GetType().GetProperties())
            CheckMember(method.Name, answer, member);
    }

    static object Default(Type type)
    {
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// A success has its lists, a refusal has none; `Errors` is the other way round, and there
    /// only if a parameter is to blame. A record is always there, but in svcAccounts only in a
    /// success. Bytes depend on what is stored.
    void CheckMember(string operation, IOutcome answer, PropertyInfo member)
    {
        var type = member.PropertyType;
        var isThere = member.GetValue(answer) != null;
        var what = $"{member.Name} of {operation} is there";
        if (member.Name == "Errors")
            checks.Holds(what, "none in a success", !(answer.Result && isThere), isThere);
        else if (type.IsArray && type != typeof(byte[]))
            checks.Equal(what, answer.Result, isThere);
        else if (type.IsClass && !type.IsArray && type != typeof(string))
            checks.Equal(what, answer.Result || !(answer is IAccount), isThere);
    }
}
