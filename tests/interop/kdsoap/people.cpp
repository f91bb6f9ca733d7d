// People: a person comes, is changed, becomes an agent who logs in and stands in the
// lists of svcOrganization, and goes.

#include "caller.h"

using namespace Organization;

static int user_comes(Caller &caller, const QString &name)
{
    auto request = caller.as_administrator<TNS__CreateUser2>();
    request.setUsername(name);
    request.setPassword(PASSWORD);
    request.setEmail(name + "@example.org");
    request.setIsEmailVerified(true);
    request.setDisplayName(ROUND_TRIP);
    int id = ANSWER(caller, organization, createUser2, request, Success).userID();
    caller.checks.holds("id of a new user", "3 or more", id >= 3, QString::number(id));
    auto again = ANSWER(caller, organization, createUser2, request, AlreadyExists);
    caller.checks.equal("UserID of a refused create", 0, again.userID());
    return id;
}

// They come in the order asked.
static void properties_are(Caller &caller, int id, const QStringList &expected)
{
    QStringList keys;
    for (const auto &property : expected)
        keys += property.section('=', 0, 0);
    auto request = caller.as_administrator<TNS__GetUsersProperties>();
    request.setUserId(id);
    request.setRequestedValues(strings<TNS__ArrayOfString>(keys));
    auto answer = ANSWER(caller, organization, getUsersProperties, request, Success);
    caller.checks.equal("properties", expected, answer.requestResults().string());
}

static void properties(Caller &caller, const QString &name, int id)
{
    auto display_name = QString("DisplayName=") + ROUND_TRIP;
    auto email = "EMAILADDRESS=" + name + "@example.org";
    properties_are(caller, id, {display_name, email, "NoSuchKey=", "isemailverified=true"});
    QStringList written {"DisplayNameForChat=Zoë 😀 (chat)", "TimeZone=Europe/Berlin", "DisplayName=a=b == c="};
    auto request = caller.as_administrator<TNS__SetUsersProperties>();
    request.setUserId(id);
    request.setUserPropertyValues(strings<TNS__ArrayOfString>(written));
    ANSWER(caller, organization, setUsersProperties, request, Success);
    properties_are(caller, id, written);
}

static void becomes_an_agent(Caller &caller, int id)
{
    auto request = caller.as_administrator<TNS__AddRoleToUser>();
    request.setUserID(id);
    request.setRoleID(AGENT);
    ANSWER(caller, organization, addRoleToUser, request, Success);
    QList<int> ids;
    auto all = caller.as_administrator<TNS__GetAllRoles>();
    for (const auto &role : ANSWER(caller, organization, getAllRoles, all, Success).roles().roleInfo())
        ids += role.roleID();
    caller.checks.holds("all roles", "4 among them", ids.contains(AGENT), "others");
}

static void logs_in(Caller &caller, const QString &name, int id)
{
    TNS__ValidateAgent login;
    login.setAgentUserName(name);
    login.setAgentPassword(PASSWORD);
    auto valid = ANSWER(caller, organization, validateAgent, login, Success);
    caller.checks.equal("Agent.ID", id, valid.agent().iD());
    caller.checks.equal("Roles", QList<int> {1, 2, 3, AGENT}, valid.roles().short_());
    QStringList names;
    auto all = caller.as_administrator<TNS__GetAllAgents>();
    for (const auto &agent : ANSWER(caller, organization, getAllAgents, all, Success).agents().agentInfo())
        if (agent.iD() == id)
            names += agent.userName();
    caller.checks.equal("our agent among all", {name}, names);
}

// Tried on the story's own user: the administrator must not be locked out.
static void wrong_passwords(Caller &caller, const QString &name)
{
    TNS__GetServerName request;
    request.setAuthUserName(name);
    request.setAuthPassword("wrong");
    ANSWER(caller, organization, getServerName, request, AuthenticationFailed);
    TNS__ValidateAgent login;
    login.setAgentUserName(name);
    login.setAgentPassword("wrong");
    auto refusal = ANSWER(caller, organization, validateAgent, login, AuthenticationFailed);
    caller.checks.equal("whether Roles stands in a refusal", false, refusal.hasValueForRoles());
}

void people(Caller &caller)
{
    auto name = caller.unique + "-agent";
    int id = user_comes(caller, name);
    properties(caller, name, id);
    becomes_an_agent(caller, id);
    logs_in(caller, name, id);
    wrong_passwords(caller, name);
    auto request = caller.as_administrator<TNS__DeleteUser>();
    request.setUserId(id);
    ANSWER(caller, organization, deleteUser, request, Success);
    ANSWER(caller, organization, deleteUser, request, NotFound);
}
