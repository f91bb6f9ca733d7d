// Accounts: an employee comes through svcAccounts with settings on several tabs,
// which are read, sent back with changes, and refused; its roles change and it goes.

#include "caller.h"

using namespace Accounts;

static constexpr int NOBODY = 2'000'000'000;
static const QString SIGNATURE = "Kind regards\nZoë <b>&amp; 日本</b>";
static const QString ZONE = "W. Europe Standard Time";
static const QStringList PHONES {"+49 30 1", "+81 3 2"};

static TNS__EmployeeSettings first_settings()
{
    TNS__Options options;
    options.setTimeZone(ZONE);
    options.setPortalSignature(SIGNATURE);
    TNS__LiveChat chat;
    chat.setMaxActiveChats(3);
    TNS__Reporting reporting;
    reporting.setHourlyCost(12.5);
    TNS__ContactInfo contact;
    contact.setPhoneNumbers(strings<TNS__ArrayOfString>(PHONES));
    TNS__EmployeeSettings settings;
    settings.setOptions(options);
    settings.setLiveChat(chat);
    settings.setReporting(reporting);
    settings.setContactInfo(contact);
    return settings;
}

static int employee_comes(Caller &caller)
{
    auto name = caller.unique + "-employee";
    auto request = caller.as_administrator<TNS__CreateEmployee>();
    request.setUsername(name);
    request.setPassword(PASSWORD);
    request.setEmailAddress(name + "@example.org");
    request.setIsEmailVerified(true);
    request.setDisplayName(ROUND_TRIP);
    request.setSettings(first_settings());
    int id = ANSWER(caller, accounts, createEmployee, request, Success).userId();
    caller.checks.holds("id of a new employee", "3 or more", id >= 3, QString::number(id));
    return id;
}

static TNS__EmployeeSettingsResult read(Caller &caller, int id)
{
    auto request = caller.as_administrator<TNS__GetEmployeeSettings>();
    request.setUserId(id);
    return ANSWER(caller, accounts, getEmployeeSettings, request, Success);
}

static TNS__UpdateEmployeeSettings update(Caller &caller, int id, const TNS__EmployeeSettings &settings)
{
    auto request = caller.as_administrator<TNS__UpdateEmployeeSettings>();
    request.setUserId(id);
    request.setSettings(settings);
    return request;
}

static void check_settings(Caller &caller, const TNS__EmployeeSettings &settings, bool sounds)
{
    auto &checks = caller.checks;
    auto options = settings.options();
    QStringList seen {options.displayName(), options.timeZone(), options.portalSignature()};
    checks.equal("texts of Options", {ROUND_TRIP, ZONE, SIGNATURE}, seen);
    checks.equal("whether Password stands there", false, options.hasValueForPassword());
    bool by_password = options.authenticationMethod() == TNS__AuthenticationMethod::Password;
    checks.equal("whether the AuthenticationMethod is Password", true, by_password);
    checks.equal("MaxActiveChats", 3, settings.liveChat().maxActiveChats());
    checks.equal("ChatSounds", sounds, settings.liveChat().chatSounds());
    checks.equal("HourlyCost", 12.5f, settings.reporting().hourlyCost());
    checks.equal("PhoneNumbers", PHONES, settings.contactInfo().phoneNumbers().string());
}

// All tabs are sent back as they were read, but for custom fields: others define them meanwhile.
static void read_change_write(Caller &caller, int id, const TNS__EmployeeSettingsResult &first)
{
    auto chat = first.settings().liveChat();
    chat.setChatSounds(false);
    TNS__EmployeeSettings settings;
    settings.setOptions(first.settings().options());
    settings.setWebInterface(first.settings().webInterface());
    settings.setTickets(first.settings().tickets());
    settings.setLiveChat(chat);
    settings.setContactInfo(first.settings().contactInfo());
    settings.setReporting(first.settings().reporting());
    settings.setCommunity(first.settings().community());
    auto request = update(caller, id, settings);
    request.setExpectedVersion(first.version());
    auto answer = ANSWER(caller, accounts, updateEmployeeSettings, request, Success);
    caller.checks.equal("Changed", {"ChatSounds"}, answer.changed().string());
    auto kept = read(caller, id);
    caller.checks.equal("Version read back", answer.version(), kept.version());
    check_settings(caller, kept.settings(), false);
    ANSWER(caller, accounts, updateEmployeeSettings, request, RuleBroken, "expectedVersion");
}

static void refusal(Caller &caller, int id)
{
    TNS__Options options;
    options.setDisplayName("Somebody else");
    TNS__LiveChat chat;
    chat.setMaxActiveChats(500);
    TNS__Reporting reporting;
    reporting.setHourlyCost(-1);
    TNS__EmployeeSettings settings;
    settings.setOptions(options);
    settings.setLiveChat(chat);
    settings.setReporting(reporting);
    auto request = update(caller, id, settings);
    ANSWER(caller, accounts, updateEmployeeSettings, request, InvalidValue, "MaxActiveChats", "HourlyCost");
    check_settings(caller, read(caller, id).settings(), false);
}

static QList<int> ids(const TNS__ArrayOfRole &roles)
{
    QList<int> ids;
    for (const auto &role : roles.role())
        ids += role.roleId();
    return ids;
}

static void assign(Caller &caller, int id, TNS__AssignMode::Type mode,
    const QList<int> &before, const QList<int> &after)
{
    TNS__ArrayOfInt users;
    users.setInt({id});
    auto request = caller.as_administrator<TNS__AssignRoles>();
    request.setUserIds(users);
    request.setRoleIds(shorts<TNS__ArrayOfShort>({AGENT}));
    request.setMode(mode);
    auto rows = ANSWER(caller, accounts, assignRoles, request, Success).assignments().roleAssignment();
    caller.checks.equal("assignments", 1, int(rows.size()));
    caller.checks.equal("roles before", before, ids(rows[0].before()));
    caller.checks.equal("roles after", after, ids(rows[0].after()));
}

static void goes(Caller &caller, int id)
{
    TNS__ArrayOfInt users;
    users.setInt({id, NOBODY});
    auto request = caller.as_administrator<TNS__DeleteUsers>();
    request.setUserIds(users);
    ANSWER(caller, accounts, deleteUsers, request, NotFound, "userIds[1]");
    users.setInt({id});
    request.setUserIds(users);
    ANSWER(caller, accounts, deleteUsers, request, Success);
    auto asked = caller.as_administrator<TNS__GetUser>();
    asked.setUserId(id);
    auto gone = ANSWER(caller, accounts, getUser, asked, NotFound, "userId");
    caller.checks.equal("whether User stands in a refusal", false, gone.hasValueForUser());
}

void accounts(Caller &caller)
{
    int id = employee_comes(caller);
    auto first = read(caller, id);
    check_settings(caller, first.settings(), true);
    read_change_write(caller, id, first);
    refusal(caller, id);
    // An employee that was given no roles is an agent.
    assign(caller, id, TNS__AssignMode::Remove, {1, 2, 3, AGENT}, {1, 2, 3});
    assign(caller, id, TNS__AssignMode::Add, {1, 2, 3}, {1, 2, 3, AGENT});
    goes(caller, id);
}
