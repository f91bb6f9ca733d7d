//! One random call: what may be asked, by whom, through which service. Numbers choose, so that a failing sequence shrinks by itself.

use crate::support::{PASSWORD, newcomer, picture};
use asmxd::domain::picture::Format;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The numbers that make a call.
pub type Numbers = [u8; 6];

/// In whose name a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// An administrator who can log in.
    Administrator,
    /// The person with this id, if it can log in.
    Person(i32),
}

/// A call.
#[derive(Debug, Clone)]
pub struct Step {
    pub service: &'static str,
    pub operation: &'static str,
    pub by: By,
    pub parameters: String,
    /// The person whose password this is after the call, if it succeeds: by id, or the newcomer.
    pub password: Option<(Whose, &'static str)>,
}

/// Whose password a call sets.
#[derive(Debug, Clone, Copy)]
pub enum Whose {
    Known(i32),
    Newcomer,
}

const NAMES: [&str; 8] = ["Ann", " ANN ", "Zoe\u{308}", "Zo\u{eb}", "bob", "queue", "agent", "eve"];
/// The second is refused by every policy.
const PASSWORDS: [&str; 4] = ["long enough 1", "no", "long enough 2", "long enough 3"];
const ROLES: [i16; 9] = [4, 5, 6, 100, 101, 102, 3, 6, 999];
/// Settings, each with values that are right and wrong.
const ITEMS: &[(&str, &[&str])] = &[
    ("Username", &["ann", "Zo\u{eb}", "queue", ""]),
    ("AuthenticationMethod", &["Password", "ActiveDirectory", "ExternalProvider", "Password"]),
    ("AuthenticationDomain", &["CORP", "", "CORP"]),
    ("Password", PASSWORDS.as_slice()),
    ("ForcePasswordChange", &["true", "false"]),
    ("EmailAddress", &["one@example.org", "two@example.org", "", "nobody"]),
    ("Enabled", &["true", "false", "true"]),
    ("ExternalId", &["x1", "x2", "", " x1 "]),
    ("IsEmailVerified", &["true", "false"]),
    ("DisplayName", &["Somebody", "", " Else "]),
    ("TimeZone", &["Europe/Berlin", "W. Europe Standard Time", "UTC", "Mars"]),
    ("PreferredLanguage", &["de", "en", "tlh"]),
    ("PortalSignature", &["Regards\nZ", ""]),
    ("AvatarProvider", &["None", "Upload", "Gravatar", "Nowhere"]),
    ("Avatar", &["", "picture", "other"]),
    ("SpellCheckDictionary", &["de", "en-GB", "tlh"]),
    ("ReminderPopup", &["true", "false"]),
    ("CopyToAddress", &["copy@example.org", "", "nobody"]),
    ("CopyToEnabled", &["true", "false"]),
    ("ReplyFromAddresses", &["a@example.org;b@example.org", "", "b"]),
    ("MaxActiveChats", &["0", "7", "101"]),
    ("BlockChatsDuringCallLogs", &["true", "false"]),
    ("PhoneNumbers", &["1", "", "1;2;3;4", "5;6", "1;2;3;4;5"]),
    ("HourlyCost", &["10.00", "12.50", "1.234"]),
    ("SubscribeToCommunityPosts", &["true", "false"]),
];
/// The tabs of employees' settings, with the settings that stand on them.
const TABS: [(&str, &[&str]); 6] = [
    ("WebInterface", &["SpellCheckDictionary", "ReminderPopup"]),
    ("Tickets", &["CopyToAddress", "CopyToEnabled", "ReplyFromAddresses"]),
    ("LiveChat", &["MaxActiveChats", "BlockChatsDuringCallLogs"]),
    ("ContactInfo", &["PhoneNumbers"]),
    ("Reporting", &["HourlyCost"]),
    ("Community", &["SubscribeToCommunityPosts"]),
];
/// The settings that the records of end users lack.
const OF_EMPLOYEES: [&str; 8] = [
    "PortalSignature",
    "ReminderPopup",
    "CopyToAddress",
    "CopyToEnabled",
    "ReplyFromAddresses",
    "MaxActiveChats",
    "BlockChatsDuringCallLogs",
    "HourlyCost",
];

fn pick<T: Copy>(from: &[T], number: u8) -> T {
    from[usize::from(number) % from.len()]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn bytes(which: &str) -> String {
    match which {
        "picture" => STANDARD.encode(picture(Format::Png, 1).bytes()),
        "other" => STANDARD.encode(picture(Format::Gif, 2).bytes()),
        _ => String::new(),
    }
}

/// One or two settings with values.
fn items([first, second, value, other]: [u8; 4]) -> Vec<(&'static str, &'static str)> {
    let item = |key: u8, value: u8| {
        let (key, values) = pick(ITEMS, key);
        (key, pick(values, value))
    };
    let both = [item(first, value), item(second, other)];
    both[..usize::from(1 + second % 2)].to_vec()
}

fn strings(items: &[(&str, &str)]) -> String {
    let text = |(key, value): &(&str, &str)| {
        let value = if *key == "Avatar" { bytes(value) } else { escaped(value) };
        format!("<string>{key}={value}</string>")
    };
    items.iter().map(text).collect()
}

fn element(key: &str, value: &str) -> String {
    let inner = match key {
        "Avatar" => bytes(value),
        "PhoneNumbers" | "ReplyFromAddresses" => {
            value.split(';').filter(|item| !item.is_empty()).map(|item| format!("<string>{item}</string>")).collect()
        }
        _ => escaped(value),
    };
    format!("<{key}>{inner}</{key}>")
}

/// The same settings as the record of employees has them.
fn by_tab(items: &[(&str, &str)]) -> String {
    let tab_of = |key: &str| TABS.iter().find(|(_, keys)| keys.contains(&key)).map_or("Options", |(tab, _)| tab);
    let tabs = ["Options"].into_iter().chain(TABS.map(|(tab, _)| tab));
    tabs.map(|tab| {
        let inner: String = items.iter().filter(|(key, _)| tab_of(key) == tab).map(|(key, value)| element(key, value)).collect();
        if inner.is_empty() { inner } else { format!("<{tab}>{inner}</{tab}>") }
    })
    .collect()
}

/// The same as the record of end users has them; it lacks some.
fn in_one_list(items: &[(&str, &str)]) -> String {
    items.iter().filter(|(key, _)| !OF_EMPLOYEES.contains(key)).map(|(key, value)| element(key, value)).collect()
}

/// A call, made of numbers. `version` tells the version of a person.
pub fn step(numbers: Numbers, people: &[i32], version: impl Fn(i32) -> i32) -> Step {
    let [kind, who, a, b, c, d] = numbers;
    // One more than there are: somebody who is not there.
    let person = if usize::from(who) % (people.len() + 1) == people.len() { 77 } else { pick(people, who) };
    let chosen = Chosen {
        person,
        other: pick(people, a),
        version: version(person),
        user: format!("<userId>{person}</userId>"),
        items: items([a, b, c, d]),
        role: pick(&ROLES, b),
        name: pick(&NAMES, a),
        password: pick(&PASSWORDS, b),
        numbers: [a, b, c, d],
    };
    match kind % 28 {
        kind @ 0..=6 => chosen.newcomers(kind),
        kind @ 7..=13 => chosen.settings(kind - 7),
        kind @ 14..=20 => chosen.roles(kind - 14),
        kind => chosen.person(kind - 21),
    }
}

/// What numbers chose for a call; it uses some of it.
struct Chosen {
    person: i32,
    other: i32,
    version: i32,
    user: String,
    items: Vec<(&'static str, &'static str)>,
    role: i16,
    name: &'static str,
    password: &'static str,
    numbers: [u8; 4],
}

impl Chosen {
    /// A call of svcAccounts about the person.
    fn about(&self, operation: &'static str, parameters: &str) -> Step {
        accounts(operation, format!("{}{parameters}", self.user))
    }

    /// The same, if it may set the password that is among the settings.
    fn sets(&self, step: Step) -> Step {
        let password = self.items.iter().find(|(key, _)| *key == "Password");
        Step { password: password.map(|(_, value)| (Whose::Known(self.person), *value)), ..step }
    }

    /// A call by the person itself.
    fn by_itself(&self, operation: &'static str, parameters: String) -> Step {
        Step { by: By::Person(self.person), ..accounts(operation, parameters) }
    }

    /// People come and go.
    fn newcomers(&self, kind: u8) -> Step {
        let Chosen { name, password, role, user, items, .. } = self;
        let first = &items[..1];
        let new = |step: Step| Step { password: Some((Whose::Newcomer, password)), ..step };
        let basics =
            format!("<username>{name}</username><password>{password}</password><emailAddress>new@example.org</emailAddress>");
        let more = |settings: String| format!("{basics}<roleIds><short>{role}</short></roleIds><settings>{settings}</settings>");
        match kind {
            0 => {
                let parameters = newcomer("new").replace(">new</username>", &format!(">{name}</username>"));
                new(organization("CreateUser2", parameters.replace("long enough", password)))
            }
            1 => new(accounts("CreateUser", more(in_one_list(first)))),
            2 => new(accounts("CreateEmployee", more(by_tab(first)))),
            3 | 4 => new(self.about("CloneUser", &basics)),
            5 => organization("DeleteUser", user.clone()),
            _ => accounts("DeleteUsers", format!("<userIds><int>{}</int><int>{}</int></userIds>", self.person, self.other)),
        }
    }

    /// Settings as texts and typed, for somebody and by somebody.
    fn settings(&self, kind: u8) -> Step {
        let Chosen { items, user, numbers: [_, _, c, d], .. } = self;
        match kind {
            0 | 1 => {
                let items = strings(items);
                self.sets(organization("SetUsersProperties", format!("{user}<userPropertyValues>{items}</userPropertyValues>")))
            }
            2 => self.sets(self.about("UpdateEmployeeSettings", &format!("<settings>{}</settings>", by_tab(items)))),
            3 => {
                let step = self.about("UpdateUserSettings", &format!("<settings>{}</settings>", in_one_list(items)));
                self.sets(step)
            }
            4 => {
                let expected = self.version - i32::from(d % 2);
                let settings = by_tab(&[("DisplayName", pick(&["One", "Two"], *c))]);
                let expected = format!("<expectedVersion>{expected}</expectedVersion>");
                self.about("UpdateEmployeeSettings", &format!("<settings>{settings}</settings>{expected}"))
            }
            5 => {
                let keys: String = items.iter().map(|(key, _)| format!("<string>{key}</string>")).collect();
                self.about(pick(&["UpdateEmployeeSettings", "UpdateUserSettings"], *d), &format!("<reset>{keys}</reset>"))
            }
            _ => self.by_itself("UpdateMyPreferences", format!("<preferences>{}</preferences>", by_tab(items))),
        }
    }

    /// Roles come, go, are given and taken.
    fn roles(&self, kind: u8) -> Step {
        let Chosen { person, role, numbers: [a, b, c, d], .. } = self;
        let of_user = format!("<userID>{person}</userID><roleID>{role}</roleID>");
        let roles = [*role, pick(&ROLES, *c)].map(|role| format!("<short>{role}</short>"));
        let roles = format!("<roleIds>{}</roleIds>", roles[..usize::from(1 + c % 2)].concat());
        let mode = format!("<mode>{}</mode>", pick(&["Replace", "Add", "Remove"], *d));
        match kind {
            0 | 1 => organization(pick(&["AddRoleToUser", "RemoveRoleFromUser"], kind), of_user),
            2 => accounts("AssignRoles", format!("<userIds><int>{person}</int></userIds>{roles}{mode}")),
            3 => accounts("AssignRoles", format!("<userIds><int>{person}</int><int>{}</int></userIds>{roles}{mode}", self.other)),
            4 => {
                let name = pick(&["First", "SECOND", ""], *c);
                accounts("RenameRole", format!("<roleId>{role}</roleId><name>{name}</name>"))
            }
            5 => match a % 2 {
                0 => accounts("CreateRole", "<name>First</name><isEmployee>true</isEmployee>".to_owned()),
                _ => organization("AddRole", "<roleName>Second</roleName>".to_owned()),
            },
            _ => match b % 3 {
                0 => accounts("DeleteRole", format!("<roleId>{role}</roleId>")),
                1 => organization("RemoveRole", format!("<roleID>{role}</roleID>")),
                _ => accounts("DeleteRole", format!("<roleId>{}</roleId>", pick(&[100, 101, 102], *c))),
            },
        }
    }

    /// What else is a person's: passwords, pictures, custom fields, groups, languages.
    fn person(&self, kind: u8) -> Step {
        let Chosen { person, password, user, name, numbers: [_, _, c, d], .. } = self;
        let (c, d) = (*c, *d);
        let knows = |step: Step| Step { password: Some((Whose::Known(*person), password)), ..step };
        match kind {
            0 => self.about(pick(&["EnableUser", "DisableUser", "RequirePasswordChange"], c), ""),
            1 => {
                let old = pick(&[PASSWORD, PASSWORDS[0], PASSWORDS[2]], c);
                let parameters = format!("<oldPassword>{old}</oldPassword><newPassword>{password}</newPassword>");
                knows(self.by_itself("ChangePassword", parameters))
            }
            2 => {
                let require = format!("<requireChange>{}</requireChange>", c % 2);
                knows(self.about("SetPassword", &format!("<newPassword>{password}</newPassword>{require}")))
            }
            3 => {
                let members = [("enabled", "false"), ("externalId", "x1"), ("username", "ann"), ("isEmailVerified", "true")];
                let (key, value) = pick(&members, c);
                self.about("UpdateUser", &format!("<{key}>{value}</{key}><displayName>{name}</displayName>"))
            }
            4 => {
                let picture = format!("<picture>{}</picture>", bytes(pick(&["picture", "other", ""], c)));
                match d % 3 {
                    0 => self.about("SetAvatar", &picture),
                    1 => self.about("RemoveAvatar", ""),
                    _ => self.by_itself("SetMyAvatar", picture),
                }
            }
            5 => organization("SetUserCustomFields", format!("{user}<customFieldValues>{}</customFieldValues>", custom(c, d))),
            _ => around(user, c, d),
        }
    }
}

/// A change of the structure that people feel.
fn around(user: &str, c: u8, d: u8) -> Step {
    let member = format!("<groupId>{}</groupId>{user}<activeForTickets>true</activeForTickets>", 1 + c % 3);
    let tag = format!("<tag>{}</tag>", pick(&["de", "en-GB"], c));
    let (operation, parameters) = match d % 6 {
        0 => ("SetMembership", member),
        1 => ("RemoveMembership", member.split("<activeForTickets>").next().unwrap_or_default().to_owned()),
        2 => ("RemoveLanguage", tag + "<cascade>true</cascade>"),
        3 => ("RemoveDictionary", tag + "<cascade>true</cascade>"),
        4 => ("AddLanguage", tag + "<name>Language</name>"),
        _ => ("AddDictionary", tag + "<name>Dictionary</name>"),
    };
    step_of("svcStructure", operation, parameters)
}

fn accounts(operation: &'static str, parameters: String) -> Step {
    step_of("svcAccounts", operation, parameters)
}

fn organization(operation: &'static str, parameters: String) -> Step {
    step_of("svcOrganization", operation, parameters)
}

fn step_of(service: &'static str, operation: &'static str, parameters: String) -> Step {
    Step { service, operation, by: By::Administrator, parameters, password: None }
}

fn custom(field: u8, value: u8) -> String {
    let (name, values) =
        pick(&[("asset", ["A1", ""]), ("seats", ["3", "many"]), ("Account", ["a", "b & c"]), ("Desk no.", ["7", ""])], field);
    format!("<string>{name}={}</string>", escaped(pick(&values, value)))
}
