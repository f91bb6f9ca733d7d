//! Every method of the store with arguments that mean something in a crowd of any size.

use crate::support::crowd_name;
use asmxd::domain::Error;
use asmxd::domain::custom_field::{CustomField, DataType};
use asmxd::domain::ids::{BrandId, CustomFieldId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use asmxd::domain::listing::{Listed, Listing, LoginFilter, People, Rank, Sort, TextFilter};
use asmxd::domain::name::Name;
use asmxd::domain::organization::{MemberKind, Organization};
use asmxd::domain::password::PasswordHash;
use asmxd::domain::permission::Area;
use asmxd::domain::picture::Picture;
use asmxd::domain::structure::{Activity, Group, Item, Languages, Members, Membership, Scope};
use asmxd::domain::time::Instant;
use asmxd::domain::user::{AuthenticationMethod, User};
use asmxd::store::Write;
use asmxd::store::sqlite::{catch_up_search, merge_search};
use rusqlite::Connection;
use std::sync::atomic::{AtomicU32, Ordering};

/// A call of a method; the text tells calls of the same method apart.
pub struct Call {
    pub method: &'static str,
    pub with: &'static str,
    pub run: fn(&mut dyn Write) -> Result<(), Error>,
    /// What the writer does after it, between calls.
    pub then: fn(&Connection) -> rusqlite::Result<()>,
}

/// What comes of a method, without what it answers.
pub struct Came(pub Result<(), Error>);

impl<T> From<Result<T, Error>> for Came {
    fn from(result: Result<T, Error>) -> Self {
        Came(result.map(drop))
    }
}

impl From<()> for Came {
    fn from((): ()) -> Self {
        Came(Ok(()))
    }
}

macro_rules! calls {
    ($($method:ident($($argument:expr),*) $($with:literal)?;)*) => {
        &[$(Call { method: stringify!($method), with: concat!($($with)?), run: |tx| Came::from(tx.$method($($argument),*)).0, then: |_| Ok(()) }),*]
    };
}
pub(super) use calls;

/// An agent and administrator, with a row in every table about people; it belongs to group 2.
pub const AGENT: UserId = UserId(12);
/// Somebody else, without any.
pub const PERSON: UserId = UserId(5);
pub const NOW: Instant = Instant(1_790_000_000_000);
const DAY: i64 = 20_000;

pub const READS: &[Call] = calls! {
    credential_by_name("person-6a99b44c");
    credential(AGENT);
    user(AGENT);
    user_id_by_name("person-6a99b44c");
    user_id_by_external_id("crm-person-6a99b44c");
    user_ids_by_email("person-6a99b44c@example.org", 2);
    email_is_used("person-6a99b44c@example.org", None);
    email_is_used("person-6a99b44c@example.org", Some(PERSON)) "by others";
    has_administrator_besides(AGENT);
    people(&by(Sort::Id)) "by id";
    people(&by(Sort::Username)) "by user name";
    people(&by(Sort::EmailAddress)) "by address";
    people(&by(Sort::Role)) "by rank";
    people(&by(Sort::IsEmailVerified)) "by verified";
    people(&by(Sort::LastLogin)) "by login";
    people(&back(by(Sort::Username))) "by user name, back";
    people(&back(by(Sort::EmailAddress))) "by address, back";
    people(&back(by(Sort::Role))) "by rank, back";
    people(&back(by(Sort::LastLogin))) "by login, back";
    people(&employees(by(Sort::Id))) "employees by id";
    people(&employees(by(Sort::Username))) "employees by user name";
    people(&employees(by(Sort::EmailAddress))) "employees by address";
    people(&employees(by(Sort::Role))) "employees by rank";
    people(&employees(by(Sort::LastLogin))) "employees by login";
    people(&disabled(by(Sort::Id))) "disabled by id";
    people(&disabled(by(Sort::Username))) "disabled by user name";
    people(&Listing { role: Some(RoleId(100)), ..by(Sort::Id) }) "with a role";
    people(&Listing { verified: Some(true), ..by(Sort::Id) }) "verified";
    people(&Listing { last_login: Some(LoginFilter::Never), ..by(Sort::Id) }) "never logged in";
    people(&Listing { last_login: Some(month()), ..by(Sort::LastLogin) }) "logged in then";
    people(&text(TextFilter::Prefix("person-6".to_owned()), Sort::Username)) "by the beginning of the name";
    people(&text(TextFilter::Prefix("person-6".to_owned()), Sort::EmailAddress)) "by the beginning of the address";
    people(&text(TextFilter::Part("person-6a99b44c".to_owned()), Sort::Id)) "by a part";
    people(&back(text(TextFilter::Part("layed".to_owned()), Sort::Id))) "by a part, back";
    people(&Listing { role: Some(RoleId(100)), ..text(TextFilter::Part("layed".to_owned()), Sort::Id) }) "by a part, with a role";
    people(&behind(AGENT, by(Sort::Id))) "by id, further";
    people(&behind(AGENT, by(Sort::Username))) "by user name, further";
    people(&behind(AGENT, back(by(Sort::EmailAddress)))) "by address, further back";
    people(&behind(AGENT, by(Sort::Role))) "by rank, further";
    people(&behind(AGENT, by(Sort::IsEmailVerified))) "by verified, further";
    people(&behind(PERSON, by(Sort::LastLogin))) "by login, further";
    people(&behind(AGENT, employees(by(Sort::Username)))) "employees by user name, further";
    people(&behind(AGENT, text(TextFilter::Part("layed".to_owned()), Sort::Id))) "by a part, further";
    role(RoleId(100));
    role_id_by_name("partner");
    roles();
    changes(0, 100);
    last_change();
    avatar(AGENT);
    avatar_by_name("person-6a99b44c.png");
};

pub const STRUCTURE_READS: &[Call] = calls! {
    agents(Scope::Everything) "everything";
    agents(Scope::GroupsOf(AGENT)) "of groups";
    agents(Scope::DepartmentsOf(AGENT)) "of departments";
    agent(AGENT);
    agents_of_department(DepartmentId(2));
    agents_of_group(GroupId(2), Members::All) "all";
    agents_of_group(GroupId(2), Members::ActiveForTickets) "active for tickets";
    agents_of_group(GroupId(2), Members::ActiveForChats) "active for chats";
    agents_of_group(GroupId(2), Members::AvailableForChats) "available for chats";
    brands();
    departments(Scope::Everything) "everything";
    departments(Scope::GroupsOf(AGENT)) "of groups";
    departments(Scope::DepartmentsOf(AGENT)) "of departments";
    groups(Scope::Everything) "everything";
    groups(Scope::GroupsOf(AGENT)) "of groups";
    groups(Scope::DepartmentsOf(AGENT)) "of departments";
    department(DepartmentId(2));
    group(GroupId(2));
    groups_of_department(DepartmentId(2));
    groups_of_user(AGENT);
    memberships(GroupId(2));
    custom_fields();
    custom_values(AGENT);
    permissions(RoleId(100), Area::Ticket, 0);
    all_permissions(RoleId(100));
    reports();
    time_log_categories();
    languages(Languages::Supported) "supported";
    languages(Languages::Dictionaries) "dictionaries";
    organization(OrganizationId(1));
    organization_id_by_name("company 0");
    members(OrganizationId(1));
    member_exists(1);
    activity(AGENT, DAY);
    use_of(&Item::Brand(BrandId(1))) "a brand";
    use_of(&Item::Department(DepartmentId(2))) "a department";
    use_of(&Item::Group(GroupId(2))) "a group";
    use_of(&Item::CustomField(CustomFieldId(1))) "a custom field";
    use_of(&report()) "a report";
    use_of(&Item::TimeLogCategory(1)) "a time-log category";
    use_of(&language("de")) "a language";
    use_of(&dictionary("de")) "a dictionary";
};

pub const WRITES: &[Call] = calls! {
    on_behalf_of(AGENT, NOW);
    attempt(&mut |tx| tx.give_role(PERSON, RoleId(100)));
    insert_user(&new_user(), NOW);
    update_user(&User::nobody(), &a_user());
    delete_user(AGENT);
    note_login(AGENT, NOW);
    upgrade_password(AGENT, &hash("hash"), &hash("new"));
    insert_role(&name("new"), true);
    rename_role(RoleId(100), &name("new"));
    delete_role(RoleId(100));
    give_role(PERSON, RoleId(100));
    take_role(AGENT, RoleId(100));
    put_avatar(PERSON, &picture(), NOW) "for the first time";
    put_avatar(AGENT, &picture(), NOW) "in place of another";
    copy_avatar(AGENT, PERSON, NOW);
    delete_avatar(AGENT);
};

/// What the writer does for the search index, after newcomers, a new name and somebody who is gone.
pub const FOLLOWING: &[Call] = &[
    Call { method: "delete_user", with: "and the index follows", run: |tx| many_changes(tx), then: |sql| entries(sql, 64) },
    Call { method: "update_user", with: "and pieces are merged", run: |tx| many_changes(tx), then: |sql| merge_search(sql, 12) },
];

fn many_changes(tx: &mut dyn Write) -> Result<(), Error> {
    (0..100).try_for_each(|_| a_newcomer(tx))?;
    let person = tx.user(PERSON)?.ok_or_else(|| Error::internal("nobody"))?;
    tx.update_user(&person, &User { display_name: "new".to_owned(), ..User::clone(&person) })?;
    tx.delete_user(AGENT)
}

fn entries(sql: &Connection, most: u32) -> rusqlite::Result<()> {
    catch_up_search(sql, most).map(|made| assert_eq!(made, most))
}

fn a_newcomer(tx: &mut dyn Write) -> Result<(), Error> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let username = name(&format!("new {}", NEXT.fetch_add(1, Ordering::Relaxed)));
    tx.insert_user(&User { username, ..new_user() }, NOW).map(drop)
}

pub const STRUCTURE_WRITES: &[Call] = calls! {
    insert_brand(&name("new"));
    insert_department(BrandId(1), &name("new"));
    set_access(DepartmentId(2), true, &[RoleId(4), RoleId(5)]);
    insert_group(DepartmentId(2), &name("new"));
    set_front_line(&a_group());
    put_membership(&Membership { group: GroupId(2), user: AGENT, active_tickets: true, active_chats: true, away: true });
    delete_membership(GroupId(2), AGENT);
    insert_custom_field(&field(0));
    update_custom_field(&field(1));
    put_custom_value(PERSON, CustomFieldId(1), "new") "a value";
    put_custom_value(AGENT, CustomFieldId(1), "") "nothing";
    replace_permissions(RoleId(100), Area::Ticket, 0, &["View".to_owned(), "Edit".to_owned()]);
    insert_report("6f9619ff-8b86-d011-b42d-00c04fc964ff", &name("new"));
    insert_time_log_category(&name("new"), "");
    set_description(1, "new");
    insert_language(Languages::Supported, "eo", "Esperanto") "supported";
    insert_language(Languages::Dictionaries, "eo", "Esperanto") "dictionaries";
    rename(&Item::Brand(BrandId(1)), &name("new")) "a brand";
    rename(&Item::Department(DepartmentId(2)), &name("new")) "a department";
    rename(&Item::Group(GroupId(2)), &name("new")) "a group";
    rename(&Item::CustomField(CustomFieldId(1)), &name("new")) "a custom field";
    rename(&report(), &name("new")) "a report";
    rename(&Item::TimeLogCategory(1), &name("new")) "a time-log category";
    rename(&language("de"), &name("new")) "a language";
    rename(&dictionary("de"), &name("new")) "a dictionary";
    reorder(&[Item::Brand(BrandId(1))]) "brands";
    reorder(&[Item::Department(DepartmentId(2)), Item::Department(DepartmentId(1))]) "departments";
    reorder(&[Item::Group(GroupId(2)), Item::Group(GroupId(1))]) "groups";
    reorder(&[Item::CustomField(CustomFieldId(1))]) "custom fields";
    reorder(&[report()]) "reports";
    reorder(&[Item::TimeLogCategory(1)]) "time-log categories";
    reorder(&[language("de"), language("cs")]) "languages";
    reorder(&[dictionary("de"), dictionary("cs")]) "dictionaries";
    delete(&Item::Brand(BrandId(1))) "a brand";
    delete(&Item::Department(DepartmentId(2))) "a department";
    delete(&Item::Group(GroupId(2))) "a group";
    delete(&Item::CustomField(CustomFieldId(1))) "a custom field";
    delete(&report()) "a report";
    delete(&Item::TimeLogCategory(1)) "a time-log category";
    delete(&language("de")) "a language";
    delete(&dictionary("de")) "a dictionary";
    insert_organization(&organization(0));
    update_organization(&organization(1));
    delete_organization(OrganizationId(1));
    put_member(OrganizationId(1), MemberKind::Email, "new");
    delete_member(1);
    put_activity(AGENT, DAY, &Activity::default());
};

fn hash(text: &str) -> PasswordHash {
    PasswordHash::from_stored(text.to_owned())
}

/// A page of everybody.
fn by(sort: Sort) -> Listing {
    Listing {
        people: People::Everybody,
        text: None,
        role: None,
        verified: None,
        enabled: None,
        last_login: None,
        sort,
        descending: false,
        size: 20,
        after: None,
    }
}

fn back(listing: Listing) -> Listing {
    Listing { descending: true, ..listing }
}

fn employees(listing: Listing) -> Listing {
    Listing { people: People::Employees, ..listing }
}

fn disabled(listing: Listing) -> Listing {
    Listing { enabled: Some(false), ..listing }
}

fn text(text: TextFilter, sort: Sort) -> Listing {
    Listing { text: Some(text), ..by(sort) }
}

/// A time in which a few of the crowd logged in last.
fn month() -> LoginFilter {
    LoginFilter::Between { from: Some(Instant(40)), until: Some(Instant(60)) }
}

/// The page behind somebody of the crowd.
fn behind(id: UserId, listing: Listing) -> Listing {
    let username = crowd_name(u32::try_from(id.0).unwrap());
    let agent = id == AGENT;
    let place = listing.place_of(&Listed {
        id,
        email: format!("{username}@example.org"),
        display_name: String::new(),
        verified: true,
        enabled: true,
        rank: if agent { Rank::Administrator } else { Rank::EndUser },
        last_login: Some(Instant(30)),
        username,
    });
    Listing { after: Some(listing.token(&place)), ..listing }
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn new_user() -> User {
    User {
        username: name("new"),
        display_name: String::new(),
        email: "new@example.org".to_owned(),
        email_verified: true,
        password: None,
        ..User::nobody()
    }
}

fn a_user() -> User {
    User {
        id: AGENT,
        username: name("new"),
        display_name: String::new(),
        email: "new@example.org".to_owned(),
        email_verified: true,
        enabled: true,
        external_id: "new".to_owned(),
        authentication: AuthenticationMethod::ALL[0],
        authentication_domain: String::new(),
        password: None,
        force_password_change: false,
        created_at: NOW,
        last_login: None,
        version: 1,
        avatar: None,
        settings: [("TimeZone", "UTC".to_owned())].into(),
        given_roles: Vec::new(),
    }
}

/// The default avatar will do.
fn picture() -> Picture {
    Picture::decode(include_bytes!("../../../src/http/default-avatar.png").to_vec()).unwrap()
}

fn a_group() -> Group {
    Group { id: GroupId(2), department: DepartmentId(2), name: String::new(), front_line: false, position: 1 }
}

fn field(id: i32) -> CustomField {
    CustomField {
        id: CustomFieldId(id),
        name: name("new"),
        display_name: name("new"),
        data_type: DataType::ALL[0],
        default: String::new(),
        options: Vec::new(),
        global: false,
        required: false,
        for_employees: true,
        for_users: true,
        position: 0,
    }
}

fn organization(id: i32) -> Organization {
    Organization { id: OrganizationId(id), name: name("new"), phone: String::new(), website: String::new() }
}

fn report() -> Item {
    Item::Report("6f9619ff-8b86-d011-b42d-00c04fc964ff".to_owned())
}

fn language(tag: &str) -> Item {
    Item::Language(Languages::Supported, tag.to_owned())
}

fn dictionary(tag: &str) -> Item {
    Item::Language(Languages::Dictionaries, tag.to_owned())
}
