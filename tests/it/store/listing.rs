//! Lists of people against a naive model: all people in memory, filtered and sorted by hand.

use super::{NOW, add, insert, stored};
use crate::support::change;
use asmxd::domain::Error;
use asmxd::domain::ids::{RoleId, UserId};
use asmxd::domain::listing::{Listed, Listing, LoginFilter, Page, People, Rank, Sort, TextFilter, Token};
use asmxd::domain::name::{Name, key};
use asmxd::domain::role;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::store::{Store, Write};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

const SORTS: [Sort; 6] = [Sort::Id, Sort::Username, Sort::EmailAddress, Sort::Role, Sort::IsEmailVerified, Sort::LastLogin];
/// The custom roles of [`furnish`]: the first makes employees, the second does not.
const EMPLOYEE: RoleId = RoleId(100);
const PARTNER: RoleId = RoleId(101);

/// All people by id, all on one page.
pub fn all() -> Listing {
    Listing {
        people: People::Everybody,
        text: None,
        role: None,
        verified: None,
        enabled: None,
        last_login: None,
        sort: Sort::Id,
        descending: false,
        size: 1000,
        after: None,
    }
}

pub fn part(text: &str) -> Listing {
    Listing { text: Some(TextFilter::Part(text.to_owned())), ..all() }
}

fn between(from: Option<i64>, until: Option<i64>) -> LoginFilter {
    LoginFilter::Between { from: from.map(Instant), until: until.map(Instant) }
}

pub fn page(store: &dyn Store, listing: &Listing) -> Result<Page, Error> {
    store.view(|read| read.people(listing))
}

/// The whole list, page by page.
pub fn pages(store: &dyn Store, listing: &Listing) -> Vec<Listed> {
    let mut listing = listing.clone();
    let mut people = Vec::new();
    loop {
        let page = page(store, &listing).unwrap();
        assert!(page.people.len() <= listing.size && people.len() < 10_000, "{listing:?} goes on and on");
        people.extend(page.people);
        match page.next {
            Some(next) => listing.after = Some(next),
            None => return people,
        }
    }
}

pub fn ids(people: &[Listed]) -> Vec<i32> {
    people.iter().map(|person| person.id.0).collect()
}

/// People of every kind, with ties and blanks in every column. Some ids are missing. Some of the people are in the search index.
fn furnish(store: &dyn Store) -> Vec<User> {
    change(store, |tx| {
        tx.insert_role(&Name::new("Night Shift").unwrap(), true)?;
        tx.insert_role(&Name::new("Partner").unwrap(), false)?;
        for number in 0..200 {
            let gone = insert(tx, &format!("somebody {number}"))?;
            tx.delete_user(gone)?;
        }
        (0..150).try_for_each(|number| one(tx, number))?;
        [209, 256, 257, 300, 351].into_iter().try_for_each(|id| tx.delete_user(UserId(id)))
    })
    .unwrap();
    (202..=351).filter_map(|id| stored(store, UserId(id))).collect()
}

fn one(tx: &mut dyn Write, number: usize) -> Result<(), Error> {
    let first = ["Zoë", "anna", "ANNABEL", "Straße", "bo", "日本語", "x\"y*", "Joanna"][number * 7 % 8];
    let user = User {
        username: Name::new(&format!("{first} {}", number * 37 % 150)).unwrap(),
        display_name: ["", "Hanna AND Otto", "Şule", "O'Neil^2 100%"][number % 4].to_owned(),
        email: ["", "Info@Example.org", "a@example.org", "anna.zoe@example.com"][number * 3 % 8 % 4].to_owned(),
        email_verified: number.is_multiple_of(3),
        password: None,
        ..User::nobody()
    };
    let id = tx.insert_user(&user, NOW)?;
    if number.is_multiple_of(5) {
        let user = tx.user(id)?.unwrap();
        tx.update_user(&user, &User { enabled: false, ..(*user).clone() })?;
    }
    if !number.is_multiple_of(4) {
        let time = i64::try_from(number / 8).unwrap() - 5;
        tx.note_login(id, Instant(time))?;
    }
    for (every, role) in [(7, EMPLOYEE), (11, role::AGENT), (13, role::MANAGER), (17, role::ADMINISTRATOR), (6, PARTNER)] {
        if number.is_multiple_of(every) {
            tx.give_role(id, role)?;
        }
    }
    Ok(())
}

/// What the list is by the words of its filters and the order of its sort.
fn expected(people: &[User], listing: &Listing) -> Vec<i32> {
    let mut found: Vec<&User> = people.iter().filter(|user| belongs(user, listing)).collect();
    found.sort_by_key(|user| {
        let (text, number) = match listing.sort {
            Sort::Id => (String::new(), 0),
            Sort::Username => (user.username.key().to_owned(), 0),
            Sort::EmailAddress => (key(&user.email), 0),
            Sort::Role => (String::new(), Rank::of(&user.given_roles) as i64),
            Sort::IsEmailVerified => (String::new(), user.email_verified.into()),
            Sort::LastLogin => (String::new(), user.last_login.map_or(i64::MIN, |time| time.0)),
        };
        (text, number, user.id)
    });
    if listing.descending {
        found.reverse();
    }
    found.iter().map(|user| user.id.0).collect()
}

fn belongs(user: &User, listing: &Listing) -> bool {
    let texts = [user.username.key().to_owned(), key(&user.display_name), key(&user.email)];
    let has_text = match &listing.text {
        None => true,
        Some(TextFilter::Part(part)) => texts.iter().any(|text| text.contains(&key(part))),
        Some(TextFilter::Prefix(prefix)) => texts[if listing.sort == Sort::Username { 0 } else { 2 }].starts_with(&key(prefix)),
    };
    let logged_in = match (listing.last_login, user.last_login) {
        (None, _) | (Some(LoginFilter::Never), None) => true,
        (Some(LoginFilter::Between { from, until }), Some(time)) => {
            from.is_none_or(|from| time >= from) && until.is_none_or(|until| time < until)
        }
        _ => false,
    };
    let of_kind = match listing.people {
        People::Everybody => true,
        People::Employees => user.is_employee(),
        People::EndUsers => !user.is_employee(),
    };
    has_text
        && logged_in
        && of_kind
        && listing.role.is_none_or(|id| user.roles().iter().any(|role| role.id == id))
        && listing.verified.is_none_or(|verified| user.email_verified == verified)
        && listing.enabled.is_none_or(|enabled| user.enabled == enabled)
}

/// Every filter with every other, unsorted and unchecked.
fn combinations() -> Vec<Listing> {
    let texts = [
        None,
        Some(TextFilter::Prefix(" ANN".to_owned())),
        Some(TextFilter::Prefix("z".to_owned())),
        Some(TextFilter::Part("Anna".to_owned())),
        Some(TextFilter::Part("LE.o".to_owned())),
    ];
    let roles = [None, Some(role::REGISTERED), Some(role::VERIFIED), Some(role::AGENT), Some(PARTNER)];
    let logins = [
        None,
        Some(LoginFilter::Never),
        Some(between(Some(-2), Some(4))),
        Some(between(None, Some(1))),
        Some(between(None, None)),
    ];
    let mut listings = vec![all()];
    fn with<T: Clone>(listings: Vec<Listing>, values: &[T], set: fn(&mut Listing, T)) -> Vec<Listing> {
        let mut made = Vec::new();
        for listing in listings {
            for value in values {
                let mut listing = listing.clone();
                set(&mut listing, value.clone());
                made.push(listing);
            }
        }
        made
    }
    listings = with(listings, &[People::Everybody, People::Employees, People::EndUsers], |to, people| to.people = people);
    listings = with(listings, &texts, |to, text| to.text = text);
    listings = with(listings, &roles, |to, role| to.role = role);
    listings = with(listings, &logins, |to, login| to.last_login = login);
    listings = with(listings, &[None, Some(true), Some(false)], |to, verified| to.verified = verified);
    listings = with(listings, &[None, Some(true), Some(false)], |to, enabled| to.enabled = enabled);
    listings = with(listings, &SORTS, |to, sort| to.sort = sort);
    with(listings, &[false, true], |to, descending| to.descending = descending)
}

pub fn every_list_is_what_its_filters_and_its_order_say(store: &dyn Store) {
    let people = furnish(store);
    let mut allowed = 0;
    for listing in combinations().into_iter().filter(|listing| listing.checked().is_ok()) {
        let listing = Listing { size: 40, ..listing };
        let found = ids(&pages(store, &listing));
        assert_eq!(found, expected(&people, &listing), "{listing:?}");
        allowed += usize::from(!found.is_empty());
    }
    assert!(allowed > 1000, "{allowed} lists held somebody");
}

pub fn pages_of_any_size_hold_everybody_once(store: &dyn Store) {
    let people = furnish(store);
    let texts = [None, Some(TextFilter::Part("anna".to_owned()))];
    for (sort, text) in SORTS.map(|sort| (sort, None)).into_iter().chain(texts.map(|text| (Sort::Id, text))) {
        for descending in [false, true] {
            let listing = Listing { sort, text: text.clone(), descending, ..all() };
            let wanted = expected(&people, &listing);
            for size in (1..=9).chain([wanted.len() - 1, wanted.len(), wanted.len() + 1]) {
                let listing = Listing { size, ..listing.clone() };
                assert_eq!(ids(&pages(store, &listing)), wanted, "{listing:?}");
            }
            let full = page(store, &Listing { size: wanted.len(), ..listing.clone() }).unwrap();
            assert_eq!(full.next, None, "nothing follows a last page that happens to be full");
            let size = wanted.len() - 1;
            assert!(page(store, &Listing { size, ..listing }).unwrap().next.is_some());
        }
    }
}

pub fn somebody_in_a_list_is_shown_as_it_is(store: &dyn Store) {
    let people = furnish(store);
    for (shown, user) in pages(store, &all()).iter().zip(&people) {
        let wanted = Listed {
            id: user.id,
            username: user.username.as_str().to_owned(),
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            verified: user.email_verified,
            enabled: user.enabled,
            rank: Rank::of(&user.given_roles),
            last_login: user.last_login,
        };
        assert_eq!(*shown, wanted);
    }
    assert!(people.iter().all(|user| user.id != UserId::QUEUE) && people.len() == 145);
}

pub fn a_rank_follows_the_roles(store: &dyn Store) {
    let id = add(store, "somebody");
    let rank = || pages(store, &all())[0].rank;
    let employee = change(store, |tx| tx.insert_role(&Name::new("employee").unwrap(), true)).unwrap();
    let partner = change(store, |tx| tx.insert_role(&Name::new("partner").unwrap(), false)).unwrap();
    let mut seen = vec![rank()];
    for given in [partner, employee, role::MANAGER, role::AGENT, role::ADMINISTRATOR] {
        change(store, move |tx| tx.give_role(id, given)).unwrap();
        seen.push(rank());
    }
    for taken in [role::MANAGER, role::ADMINISTRATOR, role::AGENT] {
        change(store, move |tx| tx.take_role(id, taken)).unwrap();
        seen.push(rank());
    }
    change(store, move |tx| tx.delete_role(employee)).unwrap();
    seen.push(rank());
    use Rank::*;
    assert_eq!(seen, [EndUser, EndUser, Employee, Manager, Manager, Administrator, Administrator, Agent, Employee, EndUser]);
    assert!(pages(store, &Listing { people: People::Employees, ..all() }).is_empty());
}

pub fn a_token_that_is_damaged_or_of_another_list_is_refused(store: &dyn Store) {
    furnish(store);
    for sort in SORTS {
        let listing = Listing { sort, size: 60, ..all() };
        let token = page(store, &listing).unwrap().next.unwrap();
        let with = |text: String| page(store, &Listing { after: Some(Token(text)), ..listing.clone() });
        assert!(with(token.0.clone()).is_ok());
        let refused = |outcome: Result<Page, Error>| matches!(outcome, Err(Error::InvalidValue { parameter, .. }) if parameter == "continuationToken");
        for index in 0..token.0.len() {
            let mut text = token.0.clone().into_bytes();
            text[index] = if text[index] == b'A' { b'B' } else { b'A' };
            assert!(refused(with(String::from_utf8(text).unwrap())), "{sort:?} with another character {index}");
            assert!(refused(with(token.0[..index].to_owned())), "{sort:?} cut after {index} characters");
        }
        for more in ["A", "AAAA", "=", " ", "\u{e9}"] {
            assert!(refused(with(format!("{}{more}", token.0))), "{sort:?} with {more:?}");
        }
        let after = Some(token);
        for other in [
            Listing { descending: true, after: after.clone(), ..listing.clone() },
            Listing { people: People::EndUsers, after: after.clone(), ..listing.clone() },
            Listing { verified: Some(true), after: after.clone(), ..listing.clone() },
            Listing { enabled: Some(true), after: after.clone(), ..listing.clone() },
            Listing { sort: if sort == Sort::Id { Sort::Role } else { Sort::Id }, after: after.clone(), ..listing.clone() },
        ] {
            assert!(refused(page(store, &other)), "{other:?}");
        }
        assert!(page(store, &Listing { size: 7, after, ..listing }).is_ok(), "the size may change from page to page");
    }
}

pub fn whoever_does_not_change_comes_once_though_others_come_and_go(store: &dyn Store) {
    for (sort, text) in
        SORTS.map(|sort| (sort, None)).into_iter().chain([(Sort::Id, Some(TextFilter::Part("person".to_owned())))])
    {
        for descending in [false, true] {
            let kept: BTreeSet<i32> = (0..60).map(|_| newcomer(store)).collect();
            let mut listing = Listing { sort, descending, text: text.clone(), size: 9, ..all() };
            let mut seen = Vec::new();
            loop {
                let page = page(store, &listing).unwrap();
                seen.extend(ids(&page.people).into_iter().filter(|id| kept.contains(id)));
                // The last of the page goes, unless it is one of those that are watched, and others come everywhere.
                let gone: Vec<UserId> = page.people.iter().map(|person| person.id).filter(|id| !kept.contains(&id.0)).collect();
                change(store, move |tx| gone.iter().try_for_each(|id| tx.delete_user(*id))).unwrap();
                (0..4).for_each(|_| _ = newcomer(store));
                if page.next.is_none() || seen.len() >= kept.len() {
                    break;
                }
                listing.after = page.next;
            }
            let once: BTreeSet<i32> = seen.iter().copied().collect();
            assert_eq!((once.len(), seen.len()), (kept.len(), kept.len()), "{sort:?} {descending}");
        }
    }
}

/// Somebody whose name comes before or after those of others without order.
fn newcomer(store: &dyn Store) -> i32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("person {:08x}", NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B1));
    change(store, move |tx| {
        let id = insert(tx, &name)?;
        if id.0 % 3 == 0 {
            tx.give_role(id, role::AGENT)?;
        }
        if id.0 % 2 == 0 {
            tx.note_login(id, Instant(i64::from(id.0 % 7)))?;
        }
        Ok(id.0)
    })
    .unwrap()
}

pub fn a_list_that_could_not_be_quick_is_refused_by_the_name_of_the_parameter(store: &dyn Store) {
    let prefix = |text: &str| Some(TextFilter::Prefix(text.to_owned()));
    let part = |text: &str| Some(TextFilter::Part(text.to_owned()));
    let rows = [
        ("pageSize", Listing { size: 0, ..all() }),
        ("pageSize", Listing { size: 1001, ..all() }),
        ("text", Listing { text: part(" an "), ..all() }),
        ("text", Listing { text: prefix("  "), sort: Sort::Username, ..all() }),
        ("sortBy", Listing { text: prefix("a"), ..all() }),
        ("sortBy", Listing { text: prefix("a"), sort: Sort::LastLogin, ..all() }),
        ("sortBy", Listing { text: part("ann"), sort: Sort::Username, ..all() }),
        ("sortBy", Listing { role: Some(role::AGENT), sort: Sort::Username, ..all() }),
        ("sortBy", Listing { last_login: Some(LoginFilter::Never), sort: Sort::Role, ..all() }),
        ("sortBy", Listing { last_login: Some(between(None, None)), ..all() }),
        ("lastLoginUntil", Listing { last_login: Some(between(Some(7), Some(7))), sort: Sort::LastLogin, ..all() }),
        ("continuationToken", Listing { after: Some(Token(String::new())), ..all() }),
    ];
    for (name, listing) in rows {
        let refused = listing.checked();
        assert!(matches!(&refused, Err(Error::InvalidValue { parameter, .. }) if parameter == name), "{listing:?}: {refused:?}");
        assert_eq!(page(store, &listing).err(), refused.err(), "the store refuses the same");
    }
}

pub fn a_page_ends_where_too_many_were_looked_at_and_the_next_goes_on(store: &dyn Store) {
    let last = change(store, |tx| {
        (0..4500).try_for_each(|number| insert(tx, &format!("somebody {number:04}")).map(drop))?;
        let last = insert(tx, "the last one")?;
        let user = tx.user(last)?.unwrap();
        tx.update_user(&user, &User { email_verified: true, ..(*user).clone() })?;
        Ok(last)
    })
    .unwrap();
    let mut listing = Listing { verified: Some(true), sort: Sort::Username, size: 10, ..all() };
    let first = page(store, &listing).unwrap();
    assert!(first.people.is_empty() && first.next.is_some());
    assert_eq!(ids(&pages(store, &listing)), [last.0]);
    listing.sort = Sort::Id;
    let found = page(store, &listing).unwrap();
    assert_eq!((ids(&found.people), found.next), (vec![last.0], None), "an index tells at once");
}
