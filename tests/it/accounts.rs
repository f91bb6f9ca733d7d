//! What svcAccounts does over several calls: what is read can be written back, what comes at once, who is like whom.

mod changes;
mod logins;
mod pictures;

use crate::support::{Desk, PASSWORD, Reply, change};
use asmxd::domain::ids::UserId;
use asmxd::domain::user::User;
use std::sync::Barrier;

const ADMINISTRATOR: i32 = 2;
const AGENT: i32 = 3;
const CUSTOMER: i32 = 5;
/// The people of the seed: a manager, and another agent.
const MANAGER: i32 = 6;
const SECOND: i32 = 7;
/// The role of the seed that makes nobody an employee.
const PARTNER: i32 = 101;

/// A desk with the structure of the replay cases.
fn seeded() -> Desk {
    Desk::seeded("cases.toml")
}

/// Calls an operation that must succeed.
fn done(desk: &Desk, operation: &str, parameters: &str) -> Reply {
    let reply = desk.accounts(operation, parameters);
    assert_eq!(reply.code(), 0, "{operation}: {}", reply.body);
    reply
}

/// Calls an operation about a person that must succeed.
fn of(desk: &Desk, operation: &str, user: i32, parameters: &str) -> Reply {
    done(desk, operation, &format!("<userId>{user}</userId>{parameters}"))
}

/// What stands in an element, as it was sent.
fn inner<'r>(reply: &'r Reply, name: &str) -> &'r str {
    let (_, rest) = reply.body.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name}: {}", reply.body));
    rest.rsplit_once(&format!("</{name}>")).unwrap().0
}

/// Everything that can be set, of everybody who can have it.
pub fn furnish(desk: &Desk) {
    let everybody = [
        "DisplayName= Zoë <&> ",
        "DisplayNameForChat=Z",
        "TimeZone=W. Europe Standard Time",
        "PreferredLanguage=de",
        "SpellCheckDictionary=de",
        "SubscribeToCommunityPosts=true",
        "PhoneNumbers=+49 30 1",
    ];
    let employees = [
        "PortalSignature=Regards\n  Z",
        "CopyToAddress=c@example.org",
        "CopyToEnabled=false",
        "HourlyCost=12.5",
        "ReplyFromAddresses=a@example.org;b@example.org",
        "MaxActiveChats=7",
        "ReminderPopup=false",
    ];
    for user in [AGENT, CUSTOMER, SECOND] {
        assert_eq!(desk.set(user, &everybody).0, 0);
        assert_eq!(desk.set(user, &[&format!("ExternalId=crm-{user}")]).0, 0);
    }
    for user in [AGENT, SECOND] {
        assert_eq!(desk.set(user, &employees).0, 0);
        assert_eq!(desk.set(user, &["PhoneNumbers=1;2;3"]).0, 0);
    }
    assert_eq!(desk.set(SECOND, &["AuthenticationMethod=ActiveDirectory", "AuthenticationDomain=CORP"]).0, 0);
    let lines = "<settings><Options><PortalSignature>one&#13;&#10;two&#9;three </PortalSignature></Options></settings>";
    of(desk, "UpdateEmployeeSettings", AGENT, lines);
    let fields = "<settings><CustomFields><CustomFieldValue><Name>Asset</Name><Value> A &amp; B </Value></CustomFieldValue>\
         </CustomFields></settings>";
    of(desk, "UpdateUserSettings", CUSTOMER, fields);
    change(desk.store(), |tx| {
        let before = tx.user(UserId(ADMINISTRATOR))?.unwrap();
        tx.update_user(&before, &User { email: String::new(), ..(*before).clone() })
    })
    .unwrap();
}

/// Writes back what was read of people, and tells what came of it.
fn write_back(desk: &Desk, users: &[i32]) {
    for user in users {
        let record = of(desk, "GetUser", *user, "");
        let pairs = [("GetUserSettings", "UpdateUserSettings"), ("GetEmployeeSettings", "UpdateEmployeeSettings")];
        for (get, update) in &pairs[..if record.text("IsEmployee") == "true" { 2 } else { 1 }] {
            let read = of(desk, get, *user, "");
            let before = desk.dump();
            let (settings, version) = (inner(&read, "Settings"), read.text("Version"));
            let settings = format!("<settings>{settings}</settings><expectedVersion>{version}</expectedVersion>");
            let written = of(desk, update, *user, &settings);
            assert_eq!((written.all("string"), written.text("Version")), (vec![], version), "{update} of {user}: {settings}");
            assert_eq!(desk.dump(), before, "{update} of {user}");
        }
    }
}

fn write_back_of_itself(desk: &Desk, user: &str) {
    let read = desk.accounts_as(user, PASSWORD, "GetMyPreferences", "");
    assert_eq!(read.code(), 0, "{}", read.body);
    let (before, version) = (desk.dump(), read.text("Version"));
    let preferences = inner(&read, "Preferences");
    let parameters = format!("<preferences>{preferences}</preferences><expectedVersion>{version}</expectedVersion>");
    let written = desk.accounts_as(user, PASSWORD, "UpdateMyPreferences", &parameters);
    assert_eq!((written.code(), written.all("string")), (0, vec![]), "{user}: {}", written.body);
    assert_eq!(desk.dump(), before, "{user}");
}

#[test]
fn what_is_read_of_anybody_can_be_written_back_and_changes_nothing() {
    let desk = seeded();
    write_back(&desk, &[ADMINISTRATOR, AGENT, 4, CUSTOMER, MANAGER, SECOND]);
    furnish(&desk);
    write_back(&desk, &[ADMINISTRATOR, AGENT, 4, CUSTOMER, MANAGER, SECOND]);
    for user in ["admin", "agent", "probe-ex-fix", "customer"] {
        write_back_of_itself(&desk, user);
    }
}

#[test]
fn what_is_read_of_an_end_user_who_was_an_employee_can_be_written_back_and_what_is_unseen_stays() {
    let desk = seeded();
    furnish(&desk);
    of(&desk, "SetAvatar", AGENT, &format!("<picture>{}</picture>", pictures::base64(1)));
    let roles = format!("<userIds><int>{AGENT}</int></userIds><roleIds><short>4</short></roleIds>");
    done(&desk, "AssignRoles", &format!("{roles}<mode>Remove</mode>"));
    write_back(&desk, &[AGENT]);
    write_back_of_itself(&desk, "agent");
    done(&desk, "AssignRoles", &format!("{roles}<mode>Add</mode>"));
    assert_eq!(desk.properties(AGENT, &["PhoneNumbers", "HourlyCost"]), ["PhoneNumbers=1;2;3", "HourlyCost=12.50"]);
}

#[test]
fn of_many_updates_that_expect_one_version_exactly_one_wins() {
    let desk = seeded();
    let version = of(&desk, "GetEmployeeSettings", AGENT, "").text("Version");
    let start = Barrier::new(12);
    let update = |number: i32| {
        start.wait();
        let settings = format!("<settings><Options><DisplayName>Number {number}</DisplayName></Options></settings>");
        let parameters = format!("<userId>{AGENT}</userId>{settings}<expectedVersion>{version}</expectedVersion>");
        (number, desk.accounts("UpdateEmployeeSettings", &parameters))
    };
    let update = &update;
    let replies: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..12).map(|number| scope.spawn(move || update(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|(_, reply)| reply.code() == 0);
    assert_eq!(won.len(), 1);
    for (_, reply) in &lost {
        assert_eq!((reply.code(), reply.text("Field").as_str()), (6, "expectedVersion"), "{}", reply.body);
    }
    assert_eq!(desk.properties(AGENT, &["DisplayName"]), [format!("DisplayName=Number {}", won[0].0)]);
    let now = of(&desk, "GetEmployeeSettings", AGENT, "").text("Version");
    assert_eq!(now, won[0].1.text("Version"));
}

#[test]
fn of_two_last_administrators_who_resign_at_once_one_stays() {
    let desk = seeded();
    let roles = "<roleIds><short>6</short></roleIds>";
    for _ in 0..8 {
        let both = format!("<userIds><int>{ADMINISTRATOR}</int><int>{AGENT}</int></userIds>{roles}<mode>Add</mode>");
        let restored = ["admin", "agent"].map(|user| desk.accounts_as(user, PASSWORD, "AssignRoles", &both).code());
        assert!(restored.contains(&0), "{restored:?}");
        let start = Barrier::new(2);
        let resign = |user: &str, id: i32| {
            start.wait();
            let own = format!("<userIds><int>{id}</int></userIds>{roles}<mode>Remove</mode>");
            desk.accounts_as(user, PASSWORD, "AssignRoles", &own).code()
        };
        let mut codes = std::thread::scope(|scope| {
            let one = scope.spawn(|| resign("admin", ADMINISTRATOR));
            let other = scope.spawn(|| resign("agent", AGENT));
            [one.join().unwrap(), other.join().unwrap()]
        });
        codes.sort_unstable();
        assert_eq!(codes, [0, 6]);
    }
}

#[test]
fn a_clone_has_what_its_model_has_but_not_what_is_the_models_own() {
    let desk = seeded();
    furnish(&desk);
    of(&desk, "SetAvatar", AGENT, &format!("<picture>{}</picture>", pictures::base64(1)));
    assert_eq!(desk.call_as("agent", PASSWORD, "ValidateAgent", "").code(), 0);
    let own = "<username>twin</username><password>quite another</password><emailAddress>twin@example.org</emailAddress>";
    let id: i32 = of(&desk, "CloneUser", AGENT, own).text("UserId").parse().unwrap();
    let kept = [
        "TimeZone",
        "PreferredLanguage",
        "SpellCheckDictionary",
        "PortalSignature",
        "AvatarProvider",
        "AvatarUrl",
        "CopyToAddress",
        "CopyToEnabled",
        "ReplyFromAddresses",
        "MaxActiveChats",
        "PhoneNumbers",
        "HourlyCost",
        "ReminderPopup",
        "SubscribeToCommunityPosts",
    ];
    assert_eq!(desk.properties(id, &kept), desk.properties(AGENT, &kept));
    let own = ["DisplayName", "EmailAddress", "ExternalId", "IsEmailVerified", "LastLogin"];
    let expected = ["DisplayName=twin", "EmailAddress=twin@example.org", "ExternalId=", "IsEmailVerified=false", "LastLogin="];
    assert_eq!(desk.properties(id, &own), expected);
    let roles = |id: i32| of(&desk, "GetUserRoles", id, "").all("RoleId");
    assert_eq!(
        (roles(id), roles(AGENT)),
        (["1", "2", "4"].map(str::to_owned).to_vec(), ["1", "2", "3", "4"].map(str::to_owned).to_vec())
    );
    let groups = |id: i32| desk.call("GetGroupsForUser", &format!("<UserID>{id}</UserID>")).all("ID");
    assert!(!groups(id).is_empty() && groups(id) == groups(AGENT));
    let fields = |id: i32| desk.call("GetUserCustomFieldsList", &format!("<userId>{id}</userId>")).strings();
    assert_eq!(fields(id), fields(AGENT));
    let picture = |id: i32| of(&desk, "GetAvatar", id, "").text("Picture");
    assert!(!picture(id).is_empty() && picture(id) == picture(AGENT));
    assert_eq!(desk.accounts_as("twin", PASSWORD, "GetMyPreferences", "").code(), 1);
    assert_eq!(desk.accounts_as("twin", "quite another", "GetMyPreferences", "").code(), 0);
    of(&desk, "RemoveAvatar", AGENT, "");
    assert!(!picture(id).is_empty(), "its picture is its own");
}
