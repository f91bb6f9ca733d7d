//! The record types of the service about people (R29): results begin with `Message`, `Result`, `ResultCode`, `Errors`.

pub use super::records_of_changes::*;
pub use super::records_of_roles::*;

use super::settings::{AuthenticationMethod, EmployeeSettings, UserSettings};
use crate::contract::{DateTime, enumeration, record};
use crate::operations::FieldError;

record! {
    /// The result of a call that answers nothing else.
    answer DoneResult {}
}

record! {
    /// The result of making a person.
    answer CreateUserResult {
        /// The new person's id; 0 on failure.
        user_id as "UserId": i32,
    }
}

record! {
    /// The result of a change of a person.
    answer UpdateResult {
        /// The names of the settings that are different now; empty when all of them were so already.
        changed as "Changed": Option<Vec<String>>,
        /// The person's version now; 0 on failure.
        version as "Version": i32,
    }
}

record! {
    /// A person.
    answer UserResult {
        /// The person.
        user as "User": Option<User>,
    }
}

record! {
    /// A person as it is.
    class User {
        /// Its id.
        user_id as "UserId": i32,
        /// Login name.
        username as "Username": Option<String>,
        /// The name that people see.
        display_name as "DisplayName": Option<String>,
        /// E-mail address; may be empty.
        email_address as "EmailAddress": Option<String>,
        /// Whether the address was verified.
        is_email_verified as "IsEmailVerified": bool,
        /// Whether the person can log in and call.
        enabled as "Enabled": bool,
        /// The key of another system; may be empty.
        external_id as "ExternalId": Option<String>,
        /// How the person proves who it is.
        authentication_method as "AuthenticationMethod": AuthenticationMethod,
        /// The directory's domain; may be empty.
        authentication_domain as "AuthenticationDomain": Option<String>,
        /// Whether the person has to change its password.
        force_password_change as "ForcePasswordChange": bool,
        /// Whether the person holds an employee role.
        is_employee as "IsEmployee": bool,
        /// The highest of its roles, as lists of people show it.
        role as "Role": ListedRole,
        /// All its roles, in the order of their ids.
        roles as "Roles": Option<Vec<Role>>,
        /// The time zone as it was chosen, or the server's.
        time_zone as "TimeZone": Option<String>,
        /// The same zone by its IANA name.
        time_zone_iana as "TimeZoneIana": Option<String>,
        /// The same zone by its Windows id; left out where Windows has no such zone.
        time_zone_windows as "TimeZoneWindows": Option<String>,
        /// Site-relative address of the avatar.
        avatar_url as "AvatarUrl": Option<String>,
        /// When the person last logged in; left out for never.
        last_login as "LastLogin": Option<DateTime>,
        /// When the person was made.
        created_at as "CreatedAt": DateTime,
        /// Counts the person's changes, from 1; what expectedVersion is compared with.
        version as "Version": i32,
    }
}

enumeration! {
    /// The highest of a person's roles, as lists of people show it.
    ListedRole {
        /// No employee role.
        EndUser,
        /// Custom employee roles only.
        Employee,
        /// Agent.
        Agent,
        /// Manager.
        Manager,
        /// Administrator.
        Administrator,
    }
}

record! {
    /// The settings of an employee.
    answer EmployeeSettingsResult {
        /// The employee's id; 0 on failure.
        user_id as "UserId": i32,
        /// The employee's version, for expectedVersion; 0 on failure.
        version as "Version": i32,
        /// The settings.
        settings as "Settings": Option<EmployeeSettings>,
    }
}

record! {
    /// The settings of a person.
    answer UserSettingsResult {
        /// The person's id; 0 on failure.
        user_id as "UserId": i32,
        /// The person's version, for expectedVersion; 0 on failure.
        version as "Version": i32,
        /// The settings.
        settings as "Settings": Option<UserSettings>,
    }
}

record! {
    /// What a person may change of itself.
    answer PreferencesResult {
        /// The person.
        user as "User": Option<User>,
        /// What it may change; what only administrators change is left out.
        preferences as "Preferences": Option<EmployeeSettings>,
    }
}

enumeration! {
    /// How a login ended.
    LoginOutcome {
        /// The login failed; why is not told.
        Denied,
        /// The login is right.
        Granted,
        /// The password is right, and the person is disabled.
        Disabled,
        /// The password is right, and the person logs in by another method.
        OtherMethod,
    }
}

record! {
    /// How a login ended.
    answer AuthenticateResult {
        /// Whether the person may come in.
        is_authenticated as "IsAuthenticated": bool,
        /// How the login ended; a reason is told only where the password was right.
        outcome as "Outcome": LoginOutcome,
        /// Whether the person has to change its password.
        must_change_password as "MustChangePassword": bool,
        /// The person, if the login is right; its LastLogin is that of the login before.
        user as "User": Option<User>,
    }
}

enumeration! {
    /// Where a text is looked for in a list of people.
    TextMatch {
        /// At the beginning of the user name or e-mail address, whichever the list is sorted by: Username or EmailAddress.
        Prefix,
        /// Anywhere in user name, display name or e-mail address, from three characters on; sorted by Id.
        Part,
    }
}

enumeration! {
    /// What a list of people is sorted by.
    SortBy {
        /// The id, which is the order in which people were made.
        Id,
        /// The user name; goes with a text at its beginning.
        Username,
        /// The e-mail address, people without one first; goes with a text at its beginning.
        EmailAddress,
        /// The highest role, end users first.
        Role,
        /// Whether the address was verified, those where it was not first.
        IsEmailVerified,
        /// The time of the last login, people who never logged in first; goes with its range.
        LastLogin,
    }
}

record! {
    /// A page of a list of people.
    answer ListUsersResult {
        /// The people of this page; it may hold fewer than asked, even none, while a token follows.
        users as "Users": Option<Vec<ListedUser>>,
        /// What the next call is given as continuationToken; left out after the last page.
        continuation_token as "ContinuationToken": Option<String>,
    }
}

record! {
    /// A person in a list.
    class ListedUser {
        /// Its id.
        user_id as "UserId": i32,
        /// Login name.
        username as "Username": Option<String>,
        /// The name that people see.
        display_name as "DisplayName": Option<String>,
        /// E-mail address; may be empty.
        email_address as "EmailAddress": Option<String>,
        /// The highest of its roles.
        role as "Role": ListedRole,
        /// Whether the address was verified.
        is_email_verified as "IsEmailVerified": bool,
        /// Whether it can log in and call.
        enabled as "Enabled": bool,
        /// When it last logged in; left out for never.
        last_login as "LastLogin": Option<DateTime>,
    }
}
