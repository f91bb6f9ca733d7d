//! Pages of people in SQL: along which index a list is walked, and from where.
//!
//! A list is one or two walks. Each goes along one index in the list's order, so that nothing is sorted and a page costs the same among
//! any number of people; who stands on the way is judged by `Listing::admits`. The indexes are named, so that no statistics change it.

use super::read::Session;
use super::{failed, search};
use crate::domain::Error;
use crate::domain::ids::UserId;
use crate::domain::listing::{Listed, Listing, LoginFilter, Mark, Page, People, Place, Rank, Sort, TextFilter};
use crate::domain::name;
use crate::domain::time::Instant;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

/// The most people that are looked at for a page; a page may end there, with its token, before it is full.
const EXAMINED: usize = 2000;

/// What is read of each, behind its id.
const COLUMNS: &str = "username, display_name, email, email_verified, enabled, users.rank, last_login";

/// A part of a list, walked along one index.
struct Walk {
    /// Who belongs into this part.
    listing: Listing,
    /// Where among the parts it comes, before descending turns them round; [`part`] tells it of a place.
    part: u8,
    /// Tables, with the index.
    from: &'static str,
    /// The column by which people of the same key are ordered.
    id: &'static str,
    /// The column that is walked along, if it is another one.
    key: Option<&'static str>,
    /// What the index finds at once, as conditions that may have a parameter.
    conditions: Vec<(&'static str, Option<Value>)>,
    /// Where the keys begin and where they end, if there are any.
    range: (Option<Value>, Option<Value>),
    /// The id behind which a walk by ids begins.
    low: i32,
    /// A walk by ids that goes along with this one: both together are walked in the order of their ids.
    beside: Option<Box<Walk>>,
}

impl Session<'_> {
    /// A page of a list.
    pub fn page(&self, listing: &Listing) -> Result<Page, Error> {
        listing.checked()?;
        let mut after = listing.place()?;
        let mut walks = self.walks(listing)?;
        if listing.descending {
            walks.reverse();
        }
        let mut page = Page { people: Vec::new(), next: None };
        let mut examined = 0;
        for walk in walks {
            let from = match after.as_ref().map(|place| part(listing.sort, place)) {
                Some(reached) if reached == walk.part => after.as_ref(),
                Some(reached) if (reached > walk.part) != listing.descending => continue,
                _ => None,
            };
            let (sql, parameters) = walk.statement(from);
            let mut statement = self.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(parameters)).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                let (person, holds_role) = listed(row).map_err(failed)?;
                let admitted = holds_role && walk.listing.admits(&person);
                if examined == EXAMINED || (admitted && page.people.len() == listing.size) {
                    page.next = after.as_ref().map(|place| listing.token(place));
                    return Ok(page);
                }
                examined += 1;
                after = Some(walk.place(&person));
                page.people.extend(admitted.then_some(person));
            }
        }
        Ok(page)
    }

    /// The walks of a list, in ascending order.
    fn walks(&self, listing: &Listing) -> Result<Vec<Walk>, Error> {
        let whole = || listing.clone();
        Ok(match listing.sort {
            Sort::Id => match &listing.text {
                Some(TextFilter::Part(text)) => self.by_part(listing, text)?,
                _ => vec![by_id(whole(), 0)],
            },
            Sort::Username | Sort::EmailAddress => vec![by_text(listing)],
            Sort::Role => {
                let mut walks = Vec::new();
                if listing.people != People::Employees {
                    walks.push(by_id(Listing { people: People::EndUsers, ..whole() }, 0));
                }
                if listing.people != People::EndUsers {
                    walks.push(by_rank(listing));
                }
                walks
            }
            Sort::IsEmailVerified => {
                let wanted = |verified: &bool| listing.verified.is_none_or(|wanted| wanted == *verified);
                let walk = |verified| by_id(Listing { verified: Some(verified), ..whole() }, verified.into());
                [false, true].into_iter().filter(wanted).map(walk).collect()
            }
            Sort::LastLogin => {
                let mut walks = Vec::new();
                if !matches!(listing.last_login, Some(LoginFilter::Between { .. })) {
                    walks.push(by_id(Listing { last_login: Some(LoginFilter::Never), ..whole() }, 0));
                }
                if listing.last_login != Some(LoginFilter::Never) {
                    walks.push(by_login(listing));
                }
                walks
            }
        })
    }

    /// People with a text in their names or address: of most the search index tells; those whose entries are to be made anew are looked
    /// at beside, and those who are new after them.
    fn by_part(&self, listing: &Listing, text: &str) -> Result<Vec<Walk>, Error> {
        let expression = Value::from(search::expression(&name::key(text)));
        let mut stale = Walk::new(listing.clone(), 0, "search_stale CROSS JOIN users ON users.id = search_stale.id");
        stale.id = "search_stale.id";
        let mut found = Walk::new(listing.clone(), 0, "user_search CROSS JOIN users ON users.id = user_search.rowid");
        found.id = "user_search.rowid";
        found.beside = Some(Box::new(stale));
        let found = found.with("user_search MATCH ?", expression).that("user_search.rowid NOT IN search_stale");
        let mut rest = Walk::new(listing.clone(), 0, "users NOT INDEXED");
        rest.low = rest.low.max(self.indexed_up_to()?);
        Ok(vec![found, rest])
    }
}

/// People by their ids, along what finds the fewest.
fn by_id(listing: Listing, part: u8) -> Walk {
    if let Some(role) = listing.role.filter(|role| !role.is_automatic()) {
        let from = "user_roles INDEXED BY user_roles_by_role CROSS JOIN users ON users.id = user_roles.user_id";
        let mut walk = Walk::new(listing, part, from).with("user_roles.role_id = ?", Value::from(role.0));
        walk.id = "user_roles.user_id";
        walk
    } else if listing.enabled == Some(false) {
        Walk::new(listing, part, "users INDEXED BY disabled_by_id").that("enabled = 0")
    } else if listing.people == People::Employees && listing.last_login == Some(LoginFilter::Never) {
        Walk::new(listing, part, "users INDEXED BY employees_by_last_login").that("users.rank <> 0").that("last_login IS NULL")
    } else if listing.people == People::Employees {
        Walk::new(listing, part, "users INDEXED BY employees_by_id").that("users.rank <> 0")
    } else if listing.last_login == Some(LoginFilter::Never) {
        Walk::new(listing, part, "users INDEXED BY users_by_last_login").that("last_login IS NULL")
    } else if let Some(verified) = listing.verified {
        Walk::new(listing, part, "users INDEXED BY users_by_verified").with("email_verified = ?", Value::from(verified))
    } else {
        Walk::new(listing, part, "users NOT INDEXED")
    }
}

/// People by user name or e-mail address, all or those that begin with a text.
fn by_text(listing: &Listing) -> Walk {
    let employees = listing.people == People::Employees;
    let walk = |from| Walk::new(listing.clone(), 0, from);
    let mut walk = match (listing.sort, listing.enabled) {
        (Sort::EmailAddress, _) if employees => walk("users INDEXED BY employees_by_email").that("users.rank <> 0"),
        (Sort::EmailAddress, _) => walk("users INDEXED BY users_by_email"),
        (_, Some(false)) => walk("users INDEXED BY disabled_by_username").that("enabled = 0"),
        _ if employees => walk("users INDEXED BY employees_by_username").that("users.rank <> 0"),
        _ => walk("users INDEXED BY sqlite_autoindex_users_1"),
    };
    walk.range = match &listing.text {
        Some(TextFilter::Prefix(prefix)) => {
            let prefix = name::key(prefix);
            (Some(Value::from(prefix.clone())), successor(&prefix).map(Value::from))
        }
        _ => (Some(Value::from(String::new())), None),
    };
    walk.along(if listing.sort == Sort::EmailAddress { "email_key" } else { "username_key" })
}

/// Employees by their rank.
fn by_rank(listing: &Listing) -> Walk {
    let employees = Listing { people: People::Employees, ..listing.clone() };
    let mut walk = Walk::new(employees, 1, "users INDEXED BY employees_by_rank").that("users.rank <> 0");
    walk.range = (Some(Value::from(Rank::Employee as i64)), None);
    walk.along("users.rank")
}

/// People who have logged in, by when they last did.
fn by_login(listing: &Listing) -> Walk {
    let (from, until) = match listing.last_login {
        Some(LoginFilter::Between { from, until }) => (from, until),
        _ => (None, None),
    };
    let ever = Listing { last_login: Some(LoginFilter::Between { from, until }), ..listing.clone() };
    let mut walk = match listing.people {
        People::Employees => Walk::new(ever, 1, "users INDEXED BY employees_by_last_login").that("users.rank <> 0"),
        _ => Walk::new(ever, 1, "users INDEXED BY users_by_last_login"),
    };
    // Whoever never logged in lies before all times in the index.
    let from = from.map_or(i64::MIN, |instant| instant.0);
    walk.range = (Some(Value::from(from)), until.map(|instant| Value::from(instant.0)));
    walk.along("last_login")
}

/// The part of a list in which a place is.
fn part(sort: Sort, place: &Place) -> u8 {
    match (sort, &place.mark) {
        (Sort::Role | Sort::IsEmailVerified, Mark::Number(number)) => (*number > 0).into(),
        (Sort::LastLogin, Mark::Number(_)) => 1,
        _ => 0,
    }
}

/// The least text that is greater than all that begin with this one.
fn successor(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

impl Walk {
    fn new(listing: Listing, part: u8, from: &'static str) -> Walk {
        let (id, low) = ("users.id", UserId::QUEUE.0);
        Walk { listing, part, from, id, key: None, conditions: Vec::new(), range: (None, None), low, beside: None }
    }

    /// How far the walk has come with somebody, who need not belong into the list.
    fn place(&self, person: &Listed) -> Place {
        let mark = match self.listing.sort {
            _ if self.key.is_some() => return self.listing.place_of(person),
            Sort::Role | Sort::IsEmailVerified => Mark::Number(self.part.into()),
            Sort::LastLogin => Mark::Never,
            _ => Mark::Id,
        };
        Place { mark, id: person.id }
    }

    /// In the order of a column.
    fn along(self, key: &'static str) -> Walk {
        Walk { key: Some(key), ..self }
    }

    /// Only where a condition holds.
    fn that(mut self, condition: &'static str) -> Walk {
        self.conditions.push((condition, None));
        self
    }

    /// Only where a condition on a value holds.
    fn with(mut self, condition: &'static str, value: Value) -> Walk {
        self.conditions.push((condition, Some(value)));
        self
    }

    /// The statement and its parameters, from behind a place or from the beginning.
    fn statement(&self, behind: Option<&Place>) -> (String, Vec<Value>) {
        let direction = if self.listing.descending { "DESC" } else { "ASC" };
        let (mut sql, mut parameters) = self.rows(behind);
        if let Some(beside) = &self.beside {
            let (more, its) = beside.rows(behind);
            sql = format!("{sql} UNION ALL {more} ORDER BY 1 {direction}");
            parameters.extend(its);
        } else {
            let key = self.key.map(|key| format!("{key} {direction}, ")).unwrap_or_default();
            sql = format!("{sql} ORDER BY {key}{} {direction}", self.id);
        }
        (sql, parameters)
    }

    /// The same without an order.
    fn rows(&self, behind: Option<&Place>) -> (String, Vec<Value>) {
        let Walk { id, from, listing: Listing { descending, role, .. }, .. } = self;
        let beyond = if *descending { "<" } else { ">" };
        let mut parameters = Vec::new();
        let holds_role = match role.filter(|role| !role.is_automatic() && !from.starts_with("user_roles")) {
            Some(role) => {
                parameters.push(Value::from(role.0));
                "EXISTS (SELECT 1 FROM user_roles WHERE user_id = users.id AND role_id = ?)"
            }
            None => "1",
        };
        let mut conditions = Vec::new();
        for (condition, value) in self.conditions.iter().cloned().chain(self.bounds(behind.is_some())) {
            conditions.push(condition.to_owned());
            parameters.extend(value);
        }
        match (self.key, behind) {
            (Some(_), None) => {}
            (Some(key), Some(place)) => {
                conditions.push(format!("({key}, {id}) {beyond} (?, ?)"));
                parameters.extend([value(&place.mark), Value::from(place.id.0)]);
            }
            (None, behind) => {
                let last = behind.map(|place| place.id.0);
                conditions.push(format!("{id} > ?"));
                parameters.push(Value::from(last.filter(|_| !descending).unwrap_or_default().max(self.low)));
                if let Some(last) = last.filter(|_| *descending) {
                    conditions.push(format!("{id} < ?"));
                    parameters.push(Value::from(last));
                }
            }
        }
        let conditions = conditions.join(" AND ");
        (format!("SELECT {id}, {COLUMNS}, {holds_role} FROM {from} WHERE {conditions}"), parameters)
    }

    /// The ends of the range, but for the one whose place has been taken by the place that was reached: of two bounds on the same side
    /// SQLite would use either.
    fn bounds(&self, reached: bool) -> impl Iterator<Item = (&'static str, Option<Value>)> {
        let descending = self.listing.descending;
        let (low, high) = match self.key {
            Some("username_key") => ("username_key >= ?", "username_key < ?"),
            Some("email_key") => ("email_key >= ?", "email_key < ?"),
            Some("users.rank") => ("users.rank >= ?", "users.rank < ?"),
            _ => ("last_login >= ?", "last_login < ?"),
        };
        let (from, until) = self.range.clone();
        let from = from.filter(|_| descending || !reached).map(|from| (low, Some(from)));
        let until = until.filter(|_| !descending || !reached).map(|until| (high, Some(until)));
        from.into_iter().chain(until)
    }
}

fn value(mark: &Mark) -> Value {
    match mark {
        Mark::Id | Mark::Never => Value::Null,
        Mark::Text(text) => Value::from(text.clone()),
        Mark::Number(number) => Value::from(*number),
    }
}

/// Somebody, and whether it holds the role that is asked for.
fn listed(row: &Row<'_>) -> rusqlite::Result<(Listed, bool)> {
    let rank: u8 = row.get(6)?;
    let last_login: Option<i64> = row.get(7)?;
    let person = Listed {
        id: UserId(row.get(0)?),
        username: row.get(1)?,
        display_name: row.get(2)?,
        email: row.get(3)?,
        verified: row.get(4)?,
        enabled: row.get(5)?,
        rank: Rank::ALL.get(usize::from(rank)).copied().unwrap_or(Rank::EndUser),
        last_login: last_login.map(Instant),
    };
    Ok((person, row.get(8)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_a_prefix_end_before_its_successor() {
        assert_eq!(successor("ab").as_deref(), Some("ac"));
        assert_eq!(successor("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(successor("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(successor("\u{10ffff}"), None);
    }
}
