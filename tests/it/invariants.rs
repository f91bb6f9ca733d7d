//! Whatever is asked of the services, and in whatever order, some things stay true. After each of many random calls all of them are checked.

mod step;

use crate::support::{ADMIN, Desk, PASSWORD, Reply};
use asmxd::domain::ids::UserId;
use asmxd::domain::role;
use asmxd::domain::setting::SETTINGS;
use asmxd::domain::user::{AuthenticationMethod, User};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use roxmltree::Document;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use step::{By, Numbers, Step, Whose, step};

const QUEUE: i32 = 1;
const AGENT: i32 = 3;
const CUSTOMER: i32 = 5;
const CASES: u32 = 24;
const CALLS: usize = 40;

#[test]
fn whatever_is_asked_of_both_services_the_invariants_stay_true() {
    let mut runner =
        TestRunner::new(Config { cases: CASES, failure_persistence: None, max_shrink_iters: 150, ..Config::default() });
    let calls = prop::collection::vec(any::<Numbers>(), CALLS);
    let outcome = runner.run(&calls, |calls| {
        let mut world = World::open();
        for numbers in calls {
            world.take(numbers).map_err(TestCaseError::fail)?;
        }
        world.both_services_agree(&world.state.people()).map_err(TestCaseError::fail)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// What is stored, at one moment.
struct State {
    dump: String,
    feed: i64,
    users: BTreeMap<i32, Arc<User>>,
    /// What belongs to each person, line by line, without its version.
    own: BTreeMap<i32, Vec<String>>,
}

impl State {
    fn of(desk: &Desk) -> State {
        let dump = desk.dump();
        let (own, versions) = own_lines(&dump);
        let ids: Vec<i32> = versions.keys().copied().collect();
        let users = desk.store().view(|read| {
            let found = ids.iter().map(|id| Ok((*id, read.user(UserId(*id))?.expect("it is in the dump"))));
            found.collect::<Result<_, _>>()
        });
        State { feed: desk.feed_length(), users: users.unwrap(), own, dump }
    }

    fn people(&self) -> Vec<i32> {
        self.users.keys().copied().collect()
    }

    fn version(&self, id: i32) -> i32 {
        self.users.get(&id).map_or(0, |user| user.version)
    }
}

/// The lines of a dump that are a person's, and the versions.
fn own_lines(dump: &str) -> (BTreeMap<i32, Vec<String>>, BTreeMap<i32, i32>) {
    let (mut own, mut versions, mut table) = (BTreeMap::<i32, Vec<String>>::new(), BTreeMap::new(), "");
    let number = |line: &str, column: &str| {
        let (_, rest) = line.split_once(&format!("{column}=\"Integer("))?;
        rest.split_once(')')?.0.parse().ok()
    };
    for line in dump.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            table = name;
            continue;
        }
        let owner = if table == "users" { number(line, "id") } else { number(line, "user_id") };
        let Some(owner) = owner.filter(|_| table != "activity") else { continue };
        let mut line = line.to_owned();
        if let (true, Some(version)) = (table == "users", number(&line, "version")) {
            versions.insert(owner, version);
            line = line.replace(&format!("version=\"Integer({version})\" "), "");
        }
        own.entry(owner).or_default().push(format!("{table}: {line}"));
    }
    (own, versions)
}

struct World {
    desk: Desk,
    state: State,
    passwords: BTreeMap<i32, &'static str>,
    done: Vec<String>,
}

type Outcome = Result<(), String>;

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what()) }
}

impl World {
    fn open() -> World {
        let desk = Desk::seeded("cases.toml");
        // Something to lose: languages, numbers, roles.
        assert_eq!(
            desk.set(
                AGENT,
                &["PreferredLanguage=de", "SpellCheckDictionary=de", "PhoneNumbers=1;2", "CopyToAddress=c@example.org"]
            )
            .0,
            0
        );
        assert_eq!(desk.set(CUSTOMER, &["PreferredLanguage=de", "SpellCheckDictionary=en-GB"]).0, 0);
        for role in [101, 102] {
            let given = format!("<userID>{CUSTOMER}</userID><roleID>{role}</roleID>");
            assert_eq!(desk.call("AddRoleToUser", &given).code(), 0);
        }
        let passwords = (2..=5).map(|id| (id, PASSWORD)).collect();
        World { state: State::of(&desk), desk, passwords, done: Vec::new() }
    }

    fn call(&self, (user, password): (&str, &str), service: &str, operation: &str, parameters: &str) -> Reply {
        match service {
            "svcOrganization" => self.desk.call_as(user, password, operation, parameters),
            "svcAccounts" => self.desk.accounts_as(user, password, operation, parameters),
            _ => self.desk.structure_with((user, password), operation, parameters),
        }
    }

    /// Somebody's login, as far as it is known and can be used.
    fn login(&self, id: i32) -> Option<(&str, &'static str)> {
        let user = self.state.users.get(&id).filter(|user| user.may_log_in())?;
        Some((user.username.as_str(), self.passwords.get(&id)?))
    }

    /// An administrator who can log in.
    fn administrator(&self) -> Option<(&str, &'static str)> {
        let administrators = self.state.users.values().filter(|user| user.holds(role::ADMINISTRATOR));
        administrators.filter_map(|user| self.login(user.id.0)).next()
    }

    /// Makes a call and checks all that has to be true afterwards.
    fn take(&mut self, numbers: Numbers) -> Outcome {
        let step = step(numbers, &self.state.people(), |id| self.state.version(id));
        let caller = match step.by {
            By::Administrator => self.administrator(),
            By::Person(id) => self.login(id),
        };
        let Some(caller) = caller else { return Ok(()) };
        let reply = self.call(caller, step.service, step.operation, &step.parameters);
        if reply.status != 200 {
            return Err(self.told(&step, &format!("status {}: {}", reply.status, reply.body)));
        }
        self.done.push(format!(
            "{} {} by {:?} -> {} {}",
            step.operation,
            step.parameters,
            step.by,
            reply.code(),
            reply.text("Message")
        ));
        let before = std::mem::replace(&mut self.state, State::of(&self.desk));
        if reply.code() == 0 {
            self.learn(&step);
        }
        let outcome = self.changed_rightly(&before, reply.code()).and_then(|()| self.is_sound());
        let touched: Vec<i32> =
            self.state.people().into_iter().filter(|id| before.own.get(id) != self.state.own.get(id)).collect();
        outcome.and_then(|()| self.both_services_agree(&touched)).map_err(|problem| self.told(&step, &problem))
    }

    fn told(&self, step: &Step, problem: &str) -> String {
        let done: Vec<_> = self.done.iter().rev().take(12).rev().map(|line| line.chars().take(400).collect::<String>()).collect();
        format!("{problem}\nafter {step:?}\nlast calls:\n{}", done.join("\n"))
    }

    /// Remembers a password that was set.
    fn learn(&mut self, step: &Step) {
        let (id, password) = match &step.password {
            None => return,
            Some((Whose::Known(id), password)) => (Some(*id), password),
            Some((Whose::Newcomer, password)) => (self.state.users.keys().next_back().copied(), password),
        };
        if let Some(id) = id {
            self.passwords.insert(id, password);
        }
    }

    /// A refused call changes nothing, a change is told of, and the versions follow.
    fn changed_rightly(&self, before: &State, code: i32) -> Outcome {
        let (after, is_same) = (&self.state, before.dump == self.state.dump);
        ensure(matches!(code, 0..=6), || format!("code {code}"))?;
        ensure(code == 0 || is_same, || "it was refused and changed something".to_owned())?;
        ensure(is_same == (after.feed == before.feed), || "the feed does not tell of a change, or of none".to_owned())?;
        let told = self.desk.store().view(|read| read.changes(0, usize::MAX)).unwrap();
        let numbers: Vec<i64> = told.iter().map(|change| change.sequence).collect();
        ensure(numbers == (1..=after.feed).collect::<Vec<_>>(), || format!("the feed has gaps: {numbers:?}"))?;
        for (id, lines) in &after.own {
            let Some(old) = before.own.get(id) else { continue };
            let (was, is) = (before.version(*id), after.version(*id));
            ensure(if old == lines { was == is } else { was < is }, || format!("version of {id}: {was}, then {is}"))?;
            let recent = told.iter().filter(|change| change.sequence > before.feed);
            let of_person = recent.filter(|change| change.id == id.to_string() && change.subject as u8 == 0).count();
            ensure((of_person > 0) == (old != lines), || format!("the feed tells of {id} wrongly"))?;
        }
        ensure(before.own.get(&QUEUE) == after.own.get(&QUEUE), || "the queue was changed".to_owned())
    }

    /// What is always true of what is stored.
    fn is_sound(&self) -> Outcome {
        let users = &self.state.users;
        let unique = |values: Vec<&str>| values.iter().collect::<BTreeSet<_>>().len() == values.len();
        ensure(unique(users.values().map(|user| user.username.key()).collect()), || "two have one name".to_owned())?;
        let external = users.values().map(|user| user.external_id.as_str()).filter(|id| !id.is_empty()).collect();
        ensure(unique(external), || "two have one external id".to_owned())?;
        for (id, user) in users {
            let manager = user.holds(role::MANAGER);
            ensure(!manager || user.holds(role::AGENT), || format!("{id} is a manager and no agent"))?;
            let set = |key: &str| user.settings.get(key).is_some_and(|value| !value.is_empty() && value != "false");
            ensure(!set("CopyToEnabled") || set("CopyToAddress"), || format!("{id} copies to nobody"))?;
            let directory = user.authentication == AuthenticationMethod::ActiveDirectory;
            ensure(directory || user.authentication_domain.is_empty(), || format!("{id} has a domain without a directory"))?;
        }
        let Some(caller) = self.administrator() else { return Err("no administrator can log in".to_owned()) };
        let entered = self.call(caller, "svcOrganization", "GetServerName", "");
        ensure(entered.code() == 0, || format!("the administrator {} cannot log in", caller.0))
    }

    /// What the services answer of these people.
    fn both_services_agree(&self, people: &[i32]) -> Outcome {
        let caller = self.administrator().unwrap_or((ADMIN, PASSWORD));
        let ask = |service, operation, parameters: &str| self.call(caller, service, operation, parameters);
        for id in people.iter().filter(|id| **id != QUEUE) {
            let user = &self.state.users[id];
            let keys: String = SETTINGS.iter().map(|setting| format!("<string>{}</string>", setting.key)).collect();
            let asked = format!("<userId>{id}</userId><requestedValues>{keys}</requestedValues>");
            let texts = ask("svcOrganization", "GetUsersProperties", &asked).strings();
            let texts: BTreeMap<&str, &str> = texts.iter().filter_map(|text| text.split_once('=')).collect();
            let operations = ["GetUserSettings", "GetEmployeeSettings"];
            for operation in &operations[..1 + usize::from(user.is_employee())] {
                let reply = ask("svcAccounts", operation, &format!("<userId>{id}</userId>"));
                agree(&reply, &texts, user.version).map_err(|problem| format!("{operation} of {id}: {problem}"))?;
            }
            let numbers = texts["PhoneNumbers"].split(';').filter(|number| !number.is_empty()).count();
            ensure(numbers <= if user.is_employee() { 4 } else { 1 }, || format!("{id} shows {numbers} numbers"))?;
            let verified = texts["IsEmailVerified"] == "true";
            let roles = |service, operation, parameter: &str, element: &str| {
                let reply = ask(service, operation, &format!("<{parameter}>{id}</{parameter}>"));
                (reply.code(), reply.all(element))
            };
            let (one, other) = (
                roles("svcOrganization", "GetAllUserRoles", "userID", "RoleID"),
                roles("svcAccounts", "GetUserRoles", "userId", "RoleId"),
            );
            ensure(one == other && one.0 == 0, || format!("roles of {id}: {one:?} and {other:?}"))?;
            ensure(one.1.contains(&"3".to_owned()) == verified, || format!("role 3 of {id} does not follow its flag"))?;
        }
        Ok(())
    }
}

/// Whether typed settings and texts tell the same.
fn agree(reply: &Reply, texts: &BTreeMap<&str, &str>, version: i32) -> Outcome {
    ensure(reply.code() == 0, || reply.body.clone())?;
    ensure(reply.text("Version") == version.to_string(), || format!("version {}", reply.text("Version")))?;
    let document = Document::parse(&reply.body).unwrap();
    let settings = document.descendants().find(|node| node.tag_name().name() == "Settings").unwrap();
    let mut told = 0;
    for node in settings.descendants().filter(roxmltree::Node::is_element) {
        let Some(text) = texts.get(node.tag_name().name()).filter(|_| node.tag_name().name() != "CustomFields") else { continue };
        let items: Vec<_> = node.children().filter(roxmltree::Node::is_element).filter_map(|item| item.text()).collect();
        let typed = if items.is_empty() { node.text().unwrap_or_default().to_owned() } else { items.join(";") };
        ensure(typed == **text, || format!("{} is {typed:?} and {text:?}", node.tag_name().name()))?;
        told += 1;
    }
    ensure(told >= 18, || format!("only {told} settings: {}", reply.body))
}
