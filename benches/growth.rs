//! What the same call costs among a thousand people and among a million, side by side, from the bytes of a request to the bytes of its
//! answer, without HTTP.
//!
//! The caller is an administrator whose login is in the cache of verified ones; hashing costs the least that Argon2id can. Both
//! databases are written past the store, once a run, into the folder for temporary files; that of a million takes some 600 MB there.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up has to stop")]

#[path = "../tests/it/support/crowd.rs"]
mod crowd;

use asmxd::contract::Claim;
use asmxd::dispatch::{Pipeline, Progress, Request};
use asmxd::domain::ids::{GroupId, RoleId, UserId};
use asmxd::domain::name::Name;
use asmxd::domain::password::{Cost, Workspace};
use asmxd::domain::role;
use asmxd::domain::structure::Membership;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::login::{Hasher, Verified};
use asmxd::operations::{Server, Service, accounts, organization};
use asmxd::store::Store;
use asmxd::store::sqlite::{SqliteStore, Tuning};
use asmxd::wire::encoding;
use asmxd::wire::limits::Limits;
use asmxd::wire::soap::Version;
use crowd::Crowd;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

const PASSWORD: &str = "Long-Enough-2026";
const CHEAP: Cost = Cost { memory_kib: 8, iterations: 1 };
/// The column heads: how many people there are.
const PEOPLE: [u32; 2] = [1_000, 1_000_000];

/// The help desks of a run; taken away at its end, so that their folders are removed.
static BEDS: Mutex<BTreeMap<u32, Arc<Bed>>> = Mutex::new(BTreeMap::new());

fn main() {
    divan::main();
    BEDS.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// About one of the people.
mod person {
    use super::{PEOPLE, bed, crowd, measured};
    use divan::Bencher;

    const KEYS: &str = "<requestedValues><string>Username</string><string>DisplayName</string><string>EmailAddress</string>\
         <string>Enabled</string><string>PreferredLanguage</string></requestedValues>";

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 16)]
    fn get_users_properties(bencher: Bencher<'_, '_>, people: u32) {
        let bed = bed(people);
        measured(bencher, &bed, "GetUsersProperties", |bed| format!("<userId>{}</userId>{KEYS}", bed.somebody()));
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 16)]
    fn get_users_properties_by_username(bencher: Bencher<'_, '_>, people: u32) {
        let bed = bed(people);
        measured(bencher, &bed, "GetUsersPropertiesbyUsername", |bed| {
            format!("<username>{}</username>{KEYS}", crowd::name(bed.somebody()))
        });
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 16)]
    fn get_all_user_roles(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "GetAllUserRoles", |bed| format!("<userID>{}</userID>", bed.somebody()));
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 16)]
    fn get_groups_for_user(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "GetGroupsForUser", |bed| format!("<UserID>{}</UserID>", bed.some_agent()));
    }
}

/// Lists: a page of fifty people, ten departments, a group's ten agents, and all agents, whose cost is told for each agent.
mod list {
    use super::{PEOPLE, bed, measured, measured_of, scattered};
    use asmxd::operations::accounts;
    use divan::Bencher;
    use divan::counter::ItemsCount;

    /// One of the first twenty pages, by user name, so that the rows of a page lie far from each other.
    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 8)]
    fn list_users_by_username(bencher: Bencher<'_, '_>, people: u32) {
        let bed = bed(people);
        let tokens = bed.tokens(20);
        let count = u32::try_from(tokens.len()).expect("few tokens");
        measured_of(bencher, &bed, &accounts::SERVICE, "ListUsers", |_| {
            tokens.iter().cycle().nth(scattered(count) as usize).cloned().unwrap_or_default()
        });
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 8)]
    fn get_depts_for_user_ticket_submission(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "GetDeptsForUserTicketSubmission", |_| String::new());
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 8)]
    fn get_agents_for_group(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "GetAgentsForGroup", |bed| format!("<GroupID>{}</GroupID>", bed.some_group()));
    }

    #[divan::bench(args = PEOPLE, sample_count = 60, sample_size = 1)]
    fn get_all_agents(bencher: Bencher<'_, '_>, people: u32) {
        let bed = bed(people);
        measured(bencher.counter(ItemsCount::new(bed.crowd.agents)), &bed, "GetAllAgents", |_| String::new());
    }

    #[divan::bench(args = PEOPLE, sample_count = 60, sample_size = 1)]
    fn get_active_item_counts(bencher: Bencher<'_, '_>, people: u32) {
        let bed = bed(people);
        let all = "<useAuthenticatedAgent>false</useAuthenticatedAgent>";
        measured(bencher.counter(ItemsCount::new(bed.crowd.agents)), &bed, "GetActiveItemCounts", |_| all.to_owned());
    }
}

/// First pages of fifty of a list, by what is asked for; the last one ends where 2,000 people were looked at.
mod page {
    use super::{PEOPLE, bed, crowd, measured_of};
    use asmxd::operations::accounts;
    use divan::Bencher;
    use std::fmt;

    const KINDS: [(&str, &str); 9] = [
        ("by id", "<sortBy>Id</sortBy>"),
        ("by e-mail address, descending", "<sortBy>EmailAddress</sortBy><descending>true</descending>"),
        ("by role, descending", "<sortBy>Role</sortBy><descending>true</descending>"),
        ("of a custom role", "<roleId>100</roleId><sortBy>Id</sortBy>"),
        ("by last login, descending", "<sortBy>LastLogin</sortBy><descending>true</descending>"),
        ("a part that everybody has", "<text>PERSON-</text><textMatch>Part</textMatch>"),
        ("the same, descending", "<text>PERSON-</text><textMatch>Part</textMatch><descending>true</descending>"),
        ("a part that one person has", "<text>{one}</text><textMatch>Part</textMatch>"),
        (
            "nobody among 2,000",
            "<text>person-</text><sortBy>Username</sortBy><enabled>true</enabled><isEmailVerified>false</isEmailVerified>",
        ),
    ];

    /// A kind of page, by its name and parameters, among so many people.
    struct Page(u32, &'static str, &'static str);

    impl fmt::Display for Page {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}, {}", self.1, self.0)
        }
    }

    fn pages() -> impl Iterator<Item = Page> {
        KINDS.into_iter().flat_map(|(name, parameters)| PEOPLE.map(|people| Page(people, name, parameters)))
    }

    #[divan::bench(args = pages(), sample_count = 100, sample_size = 4)]
    fn of_a_list(bencher: Bencher<'_, '_>, page: &Page) {
        let bed = bed(page.0);
        measured_of(bencher, &bed, &accounts::SERVICE, "ListUsers", |bed| {
            let one = crowd::name(bed.somebody()).replace("person-", "");
            format!("{}<pageSize>50</pageSize>", page.2.replace("{one}", &one))
        });
    }
}

/// Changes: each is answered after its commit, which waits for the disk.
mod change {
    use super::{PEOPLE, bed, measured, new_name};
    use divan::Bencher;

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 1)]
    fn create_user2(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "CreateUser2", |_| {
            let name = new_name();
            format!(
                "<username>{name}</username><password>Long-Enough-2026</password><email>{name}@example.org</email>\
                 <isEmailVerified>true</isEmailVerified><displayName>Person {name}</displayName>"
            )
        });
    }

    /// Somebody with a role and a group.
    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 1)]
    fn delete_user(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "DeleteUser", |bed| format!("<userId>{}</userId>", bed.new_agent()));
    }

    #[divan::bench(args = PEOPLE, sample_count = 300, sample_size = 1)]
    fn add_role_to_user(bencher: Bencher<'_, '_>, people: u32) {
        measured(bencher, &bed(people), "AddRoleToUser", |bed| {
            format!("<userID>{}</userID><roleID>100</roleID>", bed.somebody_without_the_role())
        });
    }
}

/// Measures an operation of svcOrganization; each call has parameters of its own, made before.
fn measured(bencher: divan::Bencher<'_, '_>, bed: &Bed, operation: &str, parameters: impl Fn(&Bed) -> String) {
    measured_of(bencher, bed, &organization::SERVICE, operation, parameters);
}

fn measured_of(
    bencher: divan::Bencher<'_, '_>,
    bed: &Bed,
    service: &'static Service,
    operation: &str,
    parameters: impl Fn(&Bed) -> String,
) {
    let request = || request(service, operation, &parameters(bed));
    let answer = bed.answer(service, &request());
    assert!(is_right(&answer), "{operation} is refused: {}", String::from_utf8_lossy(&answer));
    bencher.with_inputs(request).bench_local_refs(|request| drop(bed.answer(service, request)));
}

/// A store with a crowd, a pipeline over it, and the folder of both, which goes last.
struct Bed {
    crowd: Crowd,
    pipeline: Arc<Pipeline>,
    store: Arc<dyn Store>,
    _folder: TempDir,
}

fn bed(people: u32) -> Arc<Bed> {
    let mut beds = BEDS.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(beds.entry(people).or_insert_with(|| Arc::new(Bed::with(people))))
}

impl Bed {
    fn with(people: u32) -> Self {
        // 100 and 10,000 agents, 10 and 1,000 groups.
        let (agents, groups) = if people < 10_000 { (people / 10, people / 100) } else { (people / 100, people / 1000) };
        let crowd = Crowd { people, agents, groups, departments: 10 };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("growth.db");
        drop(SqliteStore::open(&path, Tuning::default()).expect("a store"));
        let hash = Workspace::new(CHEAP).hash(&SecretString::from(PASSWORD)).expect("a hash");
        let connection = rusqlite::Connection::open(&path).expect("the database");
        crowd.fill(&connection, hash.as_str()).expect("a crowd");
        drop(connection);
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path, Tuning::default()).expect("the store again"));
        let hasher = Hasher::start(1, 512, Duration::from_secs(60), CHEAP).expect("a hasher thread");
        let verified = Verified::new(10, Duration::from_secs(3600)).expect("a cache");
        let server = Server { name: "bench".to_owned(), ..Server::default() };
        let pipeline = Pipeline::new(Arc::clone(&store), hasher, verified, server, Limits::default());
        let bed = Bed { crowd, pipeline, store, _folder: folder };
        let service = &organization::SERVICE;
        assert!(is_right(&bed.answer(service, &request(service, "GetServerName", ""))), "the login is refused");
        bed
    }

    /// The bytes of one call's answer.
    fn answer(&self, service: &'static Service, request: &[u8]) -> Vec<u8> {
        let text = encoding::decode(request, Some("utf-8")).expect("UTF-8");
        let from = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
        let request = Request { service, action: None, guess: Version::Soap11, claim: Claim::Absent, from, text: &text };
        match self.pipeline.begin(&request) {
            Progress::Done(answer) => answer.encode(),
            Progress::Waiting(waiting) => {
                let (done, answers) = channel();
                // Whoever waits ends the run when no answer comes.
                waiting.start(move |answer| drop(done.send(answer)));
                answers.recv().expect("an answer").encode()
            }
        }
    }

    /// The parameters that ask for each of the first pages of the list of people by user name.
    fn tokens(&self, pages: usize) -> Vec<String> {
        let size = "<sortBy>Username</sortBy><pageSize>50</pageSize>";
        let service = &accounts::SERVICE;
        let next = |asked: &String| {
            let answer = self.answer(service, &request(service, "ListUsers", asked));
            let answer = String::from_utf8(answer).expect("UTF-8");
            let token = answer.split_once("<ContinuationToken>")?.1.split_once('<')?.0;
            Some(format!("{size}<continuationToken>{token}</continuationToken>"))
        };
        std::iter::successors(Some(size.to_owned()), next).take(pages).collect()
    }

    /// The ids of the people, one after the other in no order.
    fn somebody(&self) -> u32 {
        2 + scattered(self.crowd.people)
    }

    /// The ids of the agents, in no order.
    fn some_agent(&self) -> u32 {
        self.crowd.agent(scattered(self.crowd.agents))
    }

    /// The ids of the groups, in no order.
    fn some_group(&self) -> u32 {
        1 + scattered(self.crowd.groups)
    }

    /// Somebody who can be given the custom role.
    fn somebody_without_the_role(&self) -> u32 {
        let id = self.somebody();
        self.store.change(move |tx| tx.take_role(user_id(id), RoleId(100))).expect("a role taken");
        id
    }

    /// Somebody new with a role and a group.
    fn new_agent(&self) -> i32 {
        let name = new_name();
        let made = self.store.change(move |tx| {
            let user = User {
                username: Name::new(&name).expect("a name"),
                display_name: format!("Person {name}"),
                email: format!("{name}@example.org"),
                email_verified: true,
                password: None,
                ..User::nobody()
            };
            let user = tx.insert_user(&user, Instant::now())?;
            tx.give_role(user, role::AGENT)?;
            tx.put_membership(&Membership { group: GroupId(1), user, active_tickets: true, active_chats: true, away: false })?;
            Ok(user.0)
        });
        made.expect("a new agent")
    }
}

/// Each number below `end` once before one comes again: 7919 is a prime that divides no number of people, agents or groups.
fn scattered(end: u32) -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = u64::from(NEXT.fetch_add(1, Ordering::Relaxed)) * 7919 % u64::from(end);
    u32::try_from(number).expect("less than `end`")
}

fn user_id(id: u32) -> UserId {
    UserId(i32::try_from(id).expect("an id"))
}

/// A name that no other has; an odd factor scatters the numbers without making two the same.
fn new_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("new-{:08x}", NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B1))
}

fn is_right(answer: &[u8]) -> bool {
    String::from_utf8_lossy(answer).contains("<Result>true</Result>")
}

fn request(service: &Service, operation: &str, parameters: &str) -> Vec<u8> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"{}\"><soap:Body><{operation} xmlns=\"{}\">\
         <authUserName>{}</authUserName><authPassword>{PASSWORD}</authPassword>{parameters}</{operation}></soap:Body></soap:Envelope>",
        Version::Soap11.namespace(),
        service.namespace,
        crowd::name(2),
    );
    text.into_bytes()
}
