//! Many clients at once and few people: whatever order the calls really took, there is one, one after the other and within the times that
//! the clients saw, in which every answer is right. So a call is as if it happened at one moment.
//!
//! How that order is looked for is in `history.rs`; what is right, in `person.rs`; what else may happen between threads, in `tests/schedules/`.

mod history;
mod person;

use crate::support::{ADMIN, Desk, PASSWORD, Wire, kept_as, soap_request};
use asmxd::wire::soap::Version;
use history::{Call, explain, is_linearizable};
use person::{Told, What, World};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::time::Instant;

/// People that are changed, with their user names.
const PEOPLE: [(i32, &str); 2] = [(3, "agent"), (5, "customer")];
const CLIENTS: usize = 6;
const CALLS: usize = 14;
const ROUNDS: usize = 12;

#[test]
fn calls_of_many_clients_are_as_if_each_happened_at_one_moment() {
    for _ in 0..ROUNDS {
        let seed = RandomState::new().hash_one(0);
        let desk = Desk::open();
        let begin = PEOPLE.map(|(id, _)| World::read(&desk, id));
        let passwords = PEOPLE.map(|_| Mutex::new(vec![PASSWORD.to_owned()]));
        let histories = PEOPLE.map(|_| Mutex::new(Vec::new()));
        let clock = Instant::now();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (desk, histories, passwords) = (&desk, &histories, &passwords);
                scope.spawn(move || {
                    let mut client = Client::new(desk, passwords, seed.wrapping_add(client as u64));
                    for _ in 0..CALLS {
                        let person = client.pick(PEOPLE.len());
                        let what = client.what(person);
                        let called = clock.elapsed();
                        let told = client.call(person, &what);
                        histories[person].lock().unwrap().push(Call { what, told, called, returned: clock.elapsed() });
                    }
                });
            }
        });
        for ((begin, history), (id, name)) in begin.into_iter().zip(histories).zip(PEOPLE) {
            let mut history = history.into_inner().unwrap();
            let what = What::Read;
            history.push(Call { what, told: World::read(&desk, id).seen(), called: clock.elapsed(), returned: clock.elapsed() });
            assert!(is_linearizable(&begin, &history), "no order explains what was told of {name}:\n{}", explain(&history));
        }
    }
}

/// A client with a connection, and with the last version of each person that it was told.
struct Client<'d> {
    wire: Wire,
    /// The passwords that were or will be each person's, as far as anybody has thought of them.
    passwords: &'d [Mutex<Vec<String>>; PEOPLE.len()],
    random: u64,
    versions: HashMap<usize, i32>,
}

impl<'d> Client<'d> {
    fn new(desk: &Desk, passwords: &'d [Mutex<Vec<String>>; PEOPLE.len()], seed: u64) -> Self {
        Client { wire: Wire::connect(desk.address()), passwords, random: seed, versions: HashMap::new() }
    }

    /// A number below `bound`, by SplitMix64.
    fn pick(&mut self, bound: usize) -> usize {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        for (shift, factor) in [(30, 0xBF58_476D_1CE4_E5B9), (27, 0x94D0_49BB_1331_11EB)] {
            mixed = (mixed ^ (mixed >> shift)).wrapping_mul(factor);
        }
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    /// One of the last passwords that anybody thought of for the person.
    fn password(&mut self, person: usize) -> String {
        let back = self.pick(3);
        let passwords = self.passwords[person].lock().unwrap();
        passwords[passwords.len().saturating_sub(1 + back)].clone()
    }

    /// One that nobody had before: a password that comes back would be the same to the model, while a call that is under way fails with
    /// the hash that it was checked against, as it should.
    fn new_password(&self, person: usize) -> String {
        let mut passwords = self.passwords[person].lock().unwrap();
        let new = format!("password {}", passwords.len());
        passwords.push(new.clone());
        new
    }

    fn what(&mut self, person: usize) -> What {
        let name = format!("Name {}", self.pick(1000));
        match self.pick(12) {
            0 | 1 => What::Read,
            2 => What::ReadProperties,
            3 => What::Rename(name, None),
            4 | 5 => What::Rename(name, self.versions.get(&person).copied()),
            6 => What::SetProperty(name),
            7 => What::SetEnabled(self.pick(3) > 0),
            8 => What::SetPassword(self.new_password(person)),
            9 => What::ChangePassword(self.password(person), self.new_password(person)),
            _ => What::CallAs(self.password(person)),
        }
    }

    fn call(&mut self, person: usize, what: &What) -> Told {
        let (id, name) = PEOPLE[person];
        let user = match what {
            What::ChangePassword(old, _) | What::CallAs(old) => (name, old.as_str()),
            _ => (ADMIN, PASSWORD),
        };
        let (service, operation, parameters) = what.request(id);
        let bytes = match service {
            None => kept_as(user.0, user.1, operation, &parameters),
            Some(service) => {
                let body = format!(
                    "<{operation} xmlns=\"{}\"><authUserName>{}</authUserName><authPassword>{}</authPassword>{parameters}</{operation}>",
                    service.namespace, user.0, user.1
                );
                let request = soap_request(Version::Soap11, &format!("/Services2/{}.asmx", service.name), None, &body);
                String::from_utf8(request).unwrap().replacen("Connection: close\r\n", "", 1).into_bytes()
            }
        };
        self.wire.send(&bytes);
        let told = what.told(&self.wire.reply());
        if let Some(version) = told.version() {
            self.versions.insert(person, version);
        }
        told
    }
}
