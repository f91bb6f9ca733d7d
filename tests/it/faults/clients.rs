//! Clients that change people of their own, and remember what they were told.
//!
//! Nobody else touches a client's people and a client makes one call after the other, so of what a file holds of them only two states
//! can be right: what the last answer left, and that with all of the call that was not answered. One that is half there is neither.

use super::state::{BEGIN, People, Person};
use crate::cli::SECRET;
use crate::support::{Chance, Wire, kept_as, newcomer, soap_request};
use asmxd::wire::soap::Version;

/// Fewer people than this and rather one is made, more and rather some are removed.
const FEW: usize = 5;
const MANY: usize = 30;
/// Characters of a long text: together some 40 kB.
const LONG: usize = 10_000;
/// The sets of roles that are given, with what the request says.
const ROLES: [&[i64]; 3] = [&[4], &[4, 5], &[6]];

/// A state of a client's people, from when it was asked for until the next answer; both in the order that `Clock` tells.
struct Known {
    asked: u64,
    answered: Option<u64>,
    people: People,
}

/// Tells how far the world is. It never goes back.
pub type Clock<'c> = &'c (dyn Fn() -> u64 + Sync);

/// A client with its people.
pub struct Client {
    name: String,
    chance: Chance,
    calls: u32,
    /// Whether it writes long texts, so that much is written in little time.
    wordy: bool,
    history: Vec<Known>,
}

/// What came of a call.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It was refused with this code.
    Refused(i32),
    /// The server is gone.
    Gone,
}

impl Client {
    /// A client without people, whose choices follow from the seed.
    pub fn new(name: &str, seed: u64, wordy: bool) -> Client {
        let nobody = Known { asked: 0, answered: Some(0), people: People::new() };
        Client { name: format!("{name}-"), chance: Chance::new(seed), calls: 0, wordy, history: vec![nobody] }
    }

    /// How many calls it made.
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// Makes a call of its choice and remembers what is so if it is done.
    pub fn call(&mut self, wire: &mut Wire, clock: Clock<'_>) -> Outcome {
        self.calls += 1;
        let mut people = self.history.last().unwrap().people.clone();
        let request = self.choose(&mut people);
        self.history.push(Known { asked: clock(), answered: None, people });
        let sent = wire.send_what_is_taken(&request);
        let Some(reply) = sent.ok().and_then(|()| wire.reply_if_any()) else { return Outcome::Gone };
        let (code, now) = (reply.code(), clock());
        if code != 0 {
            self.history.pop();
            return Outcome::Refused(code);
        }
        let id = reply.all("UserID").into_iter().chain(reply.all("UserId")).next().and_then(|id| id.parse().ok());
        let known = self.history.last_mut().unwrap();
        known.answered = Some(now);
        if let (Some(id), Some(newcomer)) = (id, known.people.values_mut().find(|person| person.id == 0)) {
            newcomer.id = id;
        }
        Outcome::Done
    }

    /// Fails unless its people among all of a file are as they may be when the clock stood at `now`; answers them.
    pub fn recognize(&self, all: &People, now: u64) -> Result<People, String> {
        let mine: People =
            all.iter().filter(|(name, _)| name.starts_with(&self.name)).map(|(n, p)| (n.clone(), p.clone())).collect();
        let sure = self.history.iter().rposition(|known| known.answered.is_some_and(|answered| answered <= now)).unwrap();
        let may = self.history[sure..].iter().take_while(|known| known.asked <= now);
        if may.clone().any(|known| agree(&known.people, &mine)) {
            return Ok(mine);
        }
        let differences: Vec<_> = may.map(|known| difference(&known.people, &mine)).collect();
        Err(format!("{}: what was answered is not there, or half of something is: {}", self.name, differences.join(" or ")))
    }

    /// Goes on from what was found.
    pub fn adopt(&mut self, people: People, now: u64) {
        self.history.push(Known { asked: now, answered: Some(now), people });
    }

    /// A request of its choice, with what it makes of people.
    fn choose(&mut self, people: &mut People) -> Vec<u8> {
        let tag = format!("{}{}", self.name, self.calls);
        let names: Vec<String> = people.keys().cloned().collect();
        let choice = match names.len() {
            count if count < FEW => 0,
            count if count > MANY => 9,
            _ => self.chance.below(10),
        };
        if choice < 2 {
            return self.make(tag, people);
        }
        if choice == 9 {
            let gone = [self.chance.one_of(&names), self.chance.one_of(&names)].map(|name| people[name].id);
            people.retain(|_, person| !gone.contains(&person.id));
            return accounts("DeleteUsers", &format!("<userIds>{}</userIds>", ids(&gone)));
        }
        if choice == 8 {
            let several = [0; 4].map(|_| people[self.chance.one_of(&names)].id);
            let roles = *self.chance.one_of(&ROLES);
            people
                .values_mut()
                .filter(|person| several.contains(&person.id))
                .for_each(|p| p.roles = roles.iter().copied().collect());
            return assign(&several, roles);
        }
        let person = people.get_mut(self.chance.one_of(&names)).unwrap();
        self.change(choice, tag, person)
    }

    fn make(&mut self, name: String, people: &mut People) -> Vec<u8> {
        let mut person = Person { display: name.clone(), ..Person::default() };
        let simple = kept_as("admin", SECRET, "CreateUser2", &newcomer(&name));
        let with_everything = accounts(
            "CreateEmployee",
            &format!(
                "<username>{name}</username><password>long enough</password><emailAddress>{name}@example.org</emailAddress>\
                 <roleNames><string>manager</string></roleNames><settings><Options><ExternalId>{name}</ExternalId></Options>\
                 <LiveChat><DisplayNameForChat>{name}</DisplayNameForChat></LiveChat></settings>"
            ),
        );
        let request = if self.chance.below(2) == 0 {
            simple
        } else {
            person = Person { external: name.clone(), chat: name.clone(), roles: [4, 5].into(), ..person };
            with_everything
        };
        people.insert(name, person);
        request
    }

    fn change(&mut self, choice: usize, tag: String, person: &mut Person) -> Vec<u8> {
        let id = person.id;
        match choice {
            2 | 3 => {
                let request = format!("<userId>{id}</userId><displayName>{tag}</displayName><externalId>{tag}</externalId>");
                (person.display, person.external) = (tag.clone(), tag);
                accounts("UpdateUser", &request)
            }
            4 => {
                let operation = if person.roles.remove(&6) { "RemoveRoleFromUser" } else { "AddRoleToUser" };
                if operation == "AddRoleToUser" {
                    person.roles.insert(6);
                }
                kept_as("admin", SECRET, operation, &format!("<userID>{id}</userID><roleID>6</roleID>"))
            }
            _ => {
                let mut items =
                    vec![format!("DisplayName={tag}"), format!("DisplayNameForChat={tag}"), format!("ExternalId={tag}")];
                if self.wordy && !person.roles.is_empty() {
                    let text: String = tag.chars().chain(std::iter::repeat('𝒳')).take(LONG).collect();
                    person.signature = (text.chars().take(BEGIN).collect(), i64::try_from(LONG).unwrap());
                    items.push(format!("PortalSignature={text}"));
                }
                (person.display, person.chat, person.external) = (tag.clone(), tag.clone(), tag);
                let items: String = items.iter().map(|item| format!("<string>{item}</string>")).collect();
                let parameters = format!("<userId>{id}</userId><userPropertyValues>{items}</userPropertyValues>");
                kept_as("admin", SECRET, "SetUsersProperties", &parameters)
            }
        }
    }
}

fn ids(ids: &[i64]) -> String {
    ids.iter().map(|id| format!("<int>{id}</int>")).collect()
}

/// Gives several people just these roles.
fn assign(to: &[i64], roles: &[i64]) -> Vec<u8> {
    let roles: String = roles.iter().map(|role| format!("<short>{role}</short>")).collect();
    accounts("AssignRoles", &format!("<userIds>{}</userIds><roleIds>{roles}</roleIds><mode>Replace</mode>", ids(to)))
}

/// A call of svcAccounts by the administrator that leaves the connection open.
fn accounts(operation: &str, parameters: &str) -> Vec<u8> {
    let body = format!(
        "<{operation} xmlns=\"urn:asmxd:svcAccounts:1\"><authUserName>admin</authUserName>\
         <authPassword>{SECRET}</authPassword>{parameters}</{operation}>"
    );
    let request = soap_request(Version::Soap11, "/Services2/svcAccounts.asmx", None, &body);
    String::from_utf8(request).unwrap().replacen("Connection: close\r\n", "", 1).into_bytes()
}

/// The same people; the id of one that was not answered is not known.
fn agree(known: &People, found: &People) -> bool {
    known.len() == found.len() && known.iter().all(|(name, person)| found.get(name).is_some_and(|found| same(person, found)))
}

fn same(known: &Person, found: &Person) -> bool {
    let id = if known.id == 0 { found.id } else { known.id };
    Person { id, ..known.clone() } == *found
}

/// The first thing that is different.
fn difference(known: &People, found: &People) -> String {
    let missing = known.iter().find(|(name, person)| !found.get(*name).is_some_and(|found| same(person, found)));
    match missing {
        Some((name, person)) => format!("{name} should be {person:?} and is {:?}", found.get(name)),
        None => format!("{:?} should not be there", found.keys().find(|name| !known.contains_key(*name))),
    }
}
