//! People that were read lately, kept in memory: a call about somebody who is known here asks the database nothing.
//!
//! The writer keeps it right. Before each commit it forgets whoever the transaction touched, as SQLite itself told it row by row, and
//! a view takes from here only what was read before the view began; see [`Window`]. What another process changes in the file is seen
//! within [`GLANCE`](super::writer::GLANCE).
//!
//! A read that finds both of its people here costs less than half of the server's CPU time of one that asks the database, with 64
//! connections on 2 cores: 21 µs instead of 48.

use crate::domain::ids::UserId;
use crate::domain::user::User;
use quick_cache::{Weighter, sync, unsync};
use rusqlite::Connection;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Parts with a lock each, so that threads seldom wait for each other.
const SHARDS: usize = 16;
/// What a person takes up besides its texts: the allocator's share, and that of the cache.
const OVERHEAD: usize = 192;
/// Where the clock stands between commits, and while the writer forgets, modulo three.
const IDLE: u64 = 0;
const FORGETTING: u64 = 1;
/// People that a transaction may touch before it counts as having touched all.
const MANY: usize = 4096;

/// The people in memory.
pub struct People {
    /// Counts commits by threes: idle after the nth at 3n, forgetting whom the next one touched at 3n + 1, committing at 3n + 2.
    clock: AtomicU64,
    shards: [Mutex<Shard>; SHARDS],
    /// Who had which name key when it was read; whoever is in `shards` tells whether that still holds.
    names: sync::Cache<Box<str>, UserId>,
    /// Whom the open transaction touched.
    touched: Arc<Mutex<Touched>>,
}

type Shard = unsync::Cache<UserId, Known, Weight>;

/// A person, and after how many commits it was read.
#[derive(Clone)]
struct Known {
    user: Arc<User>,
    since: u64,
}

#[derive(Default)]
struct Touched {
    people: HashSet<UserId>,
    all: bool,
}

#[derive(Clone)]
struct Weight;

impl Weighter<UserId, Known> for Weight {
    fn weight(&self, _: &UserId, known: &Known) -> u64 {
        let User { username, display_name, email, external_id, authentication_domain, password, avatar, .. } = &*known.user;
        let texts = [username.as_str(), username.key(), display_name, email, external_id, authentication_domain];
        let hash = password.as_ref().map_or(0, |hash| hash.as_str().len());
        let settings = known.user.settings.values().map(|value| value.len() + 64);
        let roles = known.user.given_roles.iter().map(|role| role.name.len() + 64);
        let texts = texts.iter().map(|text| text.len()).chain(settings).chain(roles).sum::<usize>();
        (size_of::<User>() + OVERHEAD + texts + hash + avatar.as_ref().map_or(0, String::len)) as u64
    }
}

/// What a view may take from memory.
///
/// Let a view begin after n commits. While the writer is idle the snapshot that it may still open is that after n; people in memory that
/// were read after at most n commits are as they are there, since whoever a later commit touches is forgotten before it happens. While
/// commit n is being made, the snapshot may be that before or after it; people who were read before and are still here were not touched
/// by it. If commit n + 1 begins to forget before the view is over, a snapshot that it opened may be later than what it took from memory:
/// then it is [`torn`](People::is_torn), and has to be run again without memory.
#[derive(Clone, Copy)]
pub struct Window {
    clock: u64,
}

impl People {
    /// Memory for so many KiB of people; what one takes up is estimated.
    pub fn new(kib: u32) -> Self {
        let bytes = u64::from(kib) * 1024;
        let people = usize::try_from(bytes).unwrap_or(usize::MAX) / (size_of::<User>() + OVERHEAD);
        let shard = || Mutex::new(Shard::with_weighter(people / SHARDS, bytes / SHARDS as u64, Weight));
        People {
            clock: AtomicU64::new(0),
            shards: std::array::from_fn(|_| shard()),
            names: sync::Cache::new(people),
            touched: Arc::default(),
        }
    }

    /// The window of a view that begins now; none while the writer is forgetting.
    pub fn window(&self) -> Option<Window> {
        let clock = self.clock.load(Ordering::SeqCst);
        (clock % 3 != FORGETTING).then_some(Window { clock })
    }

    /// The person with this id, if it is known and was read early enough.
    pub fn by_id(&self, window: Window, id: UserId) -> Option<Arc<User>> {
        let known = lock(self.shard(id)).get(&id).cloned();
        known.filter(|known| known.since <= window.latest()).map(|known| known.user)
    }

    /// The person with this name key, the same way.
    pub fn by_name(&self, window: Window, key: &str) -> Option<Arc<User>> {
        let user = self.by_id(window, self.names.get(key)?)?;
        (user.username.key() == key).then_some(user)
    }

    /// Whether what a view took from memory may be earlier than what it read in the database.
    pub fn is_torn(&self, window: Window) -> bool {
        Window { clock: self.clock.load(Ordering::SeqCst) }.begun() != window.begun()
    }

    /// Remembers a person that a view has read, unless a commit came in between, or may have.
    pub fn remember(&self, window: Window, user: &Arc<User>) {
        let known = Known { user: Arc::clone(user), since: window.latest() };
        let mut shard = lock(self.shard(user.id));
        // Whoever forgets afterwards waits for the shard, and finds the person here.
        if window.clock % 3 == IDLE && self.clock.load(Ordering::SeqCst) == window.clock {
            shard.insert(user.id, known);
            drop(shard);
            self.names.insert(user.username.key().into(), user.id);
        }
    }

    /// Has the writer's connection tell whom its transactions touch: whatever changes of a person, its own row is written too, be it for
    /// its version.
    pub fn watch(&self, writer: &Connection) -> rusqlite::Result<()> {
        let touched = Arc::clone(&self.touched);
        writer.update_hook(Some(move |_, _: &str, table: &str, row: i64| match table {
            "users" => lock(&touched).add(row),
            "roles" => lock(&touched).all = true,
            _ => {}
        }))
    }

    /// Tells that the writer begins a transaction.
    pub fn begin(&self) {
        *lock(&self.touched) = Touched::default();
    }

    /// For the writer's own transaction: the person with this id, if it is known and not touched yet.
    pub fn untouched(&self, id: UserId) -> Option<Arc<User>> {
        let known = lock(self.shard(id)).get(&id).map(|known| Arc::clone(&known.user));
        known.filter(|user| !lock(&self.touched).has(user.id))
    }

    /// The same by name key.
    pub fn untouched_by_name(&self, key: &str) -> Option<Arc<User>> {
        self.untouched(self.names.get(key)?).filter(|user| user.username.key() == key)
    }

    /// Forgets whom the writer's transaction touched, right before its commit.
    pub fn forget_touched(&self) {
        self.clock.fetch_add(1, Ordering::SeqCst);
        let touched = lock(&self.touched);
        if touched.all {
            self.shards.iter().for_each(|shard| lock(shard).clear());
        } else {
            touched.people.iter().for_each(|id| drop(lock(self.shard(*id)).remove(id)));
        }
        self.clock.fetch_add(1, Ordering::SeqCst);
    }

    /// Tells that the commit is over, whatever came of it.
    pub fn settle(&self) {
        self.clock.fetch_add(1, Ordering::SeqCst);
    }

    /// Forgets everybody, after somebody else has changed the file.
    pub fn forget_all(&self) {
        lock(&self.touched).all = true;
        self.forget_touched();
        self.settle();
    }

    fn shard(&self, id: UserId) -> &Mutex<Shard> {
        let [first, ..] = &self.shards;
        usize::try_from(id.0).ok().and_then(|id| self.shards.get(id % SHARDS)).unwrap_or(first)
    }
}

impl Window {
    /// The commits that had begun.
    fn begun(self) -> u64 {
        self.clock.div_ceil(3)
    }

    /// The commits that were over: what was read after more of them is not for the view.
    fn latest(self) -> u64 {
        self.clock / 3
    }
}

impl Touched {
    fn add(&mut self, row: i64) {
        match i32::try_from(row) {
            Ok(id) if self.people.len() < MANY => drop(self.people.insert(UserId(id))),
            _ => self.all = true,
        }
    }

    fn has(&self, id: UserId) -> bool {
        self.all || self.people.contains(&id)
    }
}

/// Nothing that is done under these locks can panic half-way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
