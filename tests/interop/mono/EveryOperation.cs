// Every operation of both services through its generated method, asked by a user
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
            CheckMember(method.Name, answer.Result, member.Name, member.PropertyType, member.GetValue(answer));
    }

    static object Default(Type type)
    {
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// A success has its lists, a refusal has none; `Errors` is the other way round, and there
    /// only if a parameter is to blame. Records by value are always there.
    void CheckMember(string operation, bool success, string name, Type type, object value)
    {
        var what = $"{name} of {operation} is there";
        if (type.IsArray && name != "Errors")
            checks.Equal(what, success, value != null);
        else if (type.IsArray && success)
            checks.Equal(what, false, value != null);
        else if (type.IsClass && type != typeof(string) && !type.IsArray)
            checks.Equal(what, true, value != null);
    }
}
