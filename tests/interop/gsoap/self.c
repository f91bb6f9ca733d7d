/* What an employee does itself: its preferences and its password; and the logins
   that the administrator checks. */

#include <time.h>

#include "caller.h"

#define NEXT_PASSWORD "Another-Pass-2026"

static void preferences(struct caller *caller, struct agent employee)
{
    __auto_type read = ACCOUNTS_AS(caller, employee.name, PASSWORD, GetMyPreferences, SUCCESS, NULL);
    check_int(caller, "UserId of the preferences", employee.id, read->User->UserId);
    struct accounts__Reporting *reporting = read->Preferences->Reporting;
    check(caller, "HourlyCost for its employee", "none", reporting == NULL || reporting->HourlyCost == NULL);
    struct accounts__LiveChat *chat = read->Preferences->LiveChat;
    check(caller, "MaxActiveChats for its employee", "none", chat->MaxActiveChats == NULL);
    check_int(caller, "ChatPopup for its employee", 1, *chat->ChatPopup);
    struct accounts__EmployeeSettings quiet = {.LiveChat = &(struct accounts__LiveChat){.ChatPopup = NO}};
    __auto_type changed = ACCOUNTS_AS(caller, employee.name, PASSWORD, UpdateMyPreferences, SUCCESS, NULL,
        .preferences = &quiet);
    CHECK_SIZE(caller, "Changed", changed->Changed, string, 1);
    check_text(caller, "Changed", "ChatPopup", changed->Changed->string[0]);
    struct accounts__EmployeeSettings dear = {.Reporting = &(struct accounts__Reporting){&(xsd__decimal){1}}};
    ACCOUNTS_AS(caller, employee.name, PASSWORD, UpdateMyPreferences, NOT_PERMITTED, "HourlyCost",
        .preferences = &dear);
}

static void password_is_changed(struct caller *caller, struct agent employee)
{
    ACCOUNTS_AS(caller, employee.name, PASSWORD, ChangePassword, INVALID_VALUE, "oldPassword",
        .oldPassword = "wrong", .newPassword = NEXT_PASSWORD);
    ACCOUNTS_AS(caller, employee.name, PASSWORD, ChangePassword, SUCCESS, NULL,
        .oldPassword = PASSWORD, .newPassword = NEXT_PASSWORD);
    ACCOUNTS_AS(caller, employee.name, PASSWORD, GetMyPreferences, AUTHENTICATION_FAILED, NULL);
    ACCOUNTS_AS(caller, employee.name, NEXT_PASSWORD, GetMyPreferences, SUCCESS, NULL);
}

static void login_is_checked(struct caller *caller, struct agent employee)
{
    __auto_type granted = ACCOUNTS(caller, Authenticate, .username = employee.name, .password = NEXT_PASSWORD);
    check_int(caller, "IsAuthenticated", 1, granted->IsAuthenticated);
    check_int(caller, "Outcome", accounts__LoginOutcome__Granted, granted->Outcome);
    check_text(caller, "Username of the login", employee.name, granted->User->Username);
    __auto_type denied = ACCOUNTS(caller, Authenticate, .username = employee.name, .password = "wrong");
    check_int(caller, "IsAuthenticated with a wrong password", 0, denied->IsAuthenticated);
    check_int(caller, "Outcome with a wrong password", accounts__LoginOutcome__Denied, denied->Outcome);
    check(caller, "User of a login that fails", "no record", denied->User == NULL);
    struct accounts__User *user = ACCOUNTS(caller, GetUser, .userId = employee.id)->User;
    check(caller, "LastLogin", "a time", user->LastLogin != NULL);
    double after = difftime(user->LastLogin->tv_sec, user->CreatedAt.tv_sec);
    check(caller, "LastLogin", "a time soon after CreatedAt", after >= 0 && after < 3600);
}

void self(struct caller *caller, struct agent employee)
{
    preferences(caller, employee);
    password_is_changed(caller, employee);
    login_is_checked(caller, employee);
}
