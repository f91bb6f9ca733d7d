//! From the domain's words to the service's records.

use super::records::*;
use super::settings::AuthenticationMethod;
use crate::contract::DateTime;
use crate::domain::listing::Rank;
use crate::domain::permission::Area;
use crate::domain::rules::Rules;
use crate::domain::time::Instant;
use crate::domain::zone::Zone;
use crate::domain::{feed, property, role, user};
use crate::operations::people::Changed;

impl From<&role::Role> for Role {
    fn from(role: &role::Role) -> Self {
        Role { role_id: role.id.0, name: Some(role.name.clone()), is_employee: role.employee, is_built_in: role.id.is_built_in() }
    }
}

/// All roles of a person.
pub fn roles_of(user: &user::User) -> Option<Vec<Role>> {
    Some(user.roles().iter().map(Role::from).collect())
}

impl From<user::AuthenticationMethod> for AuthenticationMethod {
    fn from(method: user::AuthenticationMethod) -> Self {
        match method {
            user::AuthenticationMethod::Password => Self::Password,
            user::AuthenticationMethod::ActiveDirectory => Self::ActiveDirectory,
            user::AuthenticationMethod::ExternalProvider => Self::ExternalProvider,
        }
    }
}

impl From<Instant> for DateTime {
    fn from(instant: Instant) -> Self {
        DateTime(instant.to_string())
    }
}

/// A moment that may be missing.
pub fn moment(instant: Instant) -> Option<DateTime> {
    Some(instant.into())
}

impl From<Rank> for ListedRole {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::EndUser => ListedRole::EndUser,
            Rank::Employee => ListedRole::Employee,
            Rank::Agent => ListedRole::Agent,
            Rank::Manager => ListedRole::Manager,
            Rank::Administrator => ListedRole::Administrator,
        }
    }
}

/// A person as a record.
pub fn user_record(user: &user::User, rules: &Rules) -> User {
    let time_zone = property::effective(user, "TimeZone", rules);
    let zone = Zone::named(&time_zone);
    User {
        user_id: user.id.0,
        username: Some(user.username.as_str().to_owned()),
        display_name: Some(user.display_name.clone()),
        email_address: Some(user.email.clone()),
        is_email_verified: user.email_verified,
        enabled: user.enabled,
        external_id: Some(user.external_id.clone()),
        authentication_method: user.authentication.into(),
        authentication_domain: Some(user.authentication_domain.clone()),
        force_password_change: user.force_password_change,
        is_employee: user.is_employee(),
        role: Rank::of(&user.given_roles).into(),
        roles: roles_of(user),
        time_zone_iana: zone.as_ref().map(|zone| zone.iana().to_owned()),
        time_zone_windows: zone.as_ref().and_then(Zone::windows).map(str::to_owned),
        time_zone: Some(time_zone),
        avatar_url: Some(property::effective(user, "AvatarUrl", rules)),
        last_login: user.last_login.and_then(moment),
        created_at: user.created_at.into(),
        version: user.version,
    }
}

impl From<Changed> for UpdateResult {
    fn from(changed: Changed) -> Self {
        let names = changed.fields.iter().map(|field| (*field).to_owned()).collect();
        UpdateResult { changed: Some(names), version: changed.version, ..UpdateResult::default() }
    }
}

impl From<PermissionArea> for Area {
    fn from(area: PermissionArea) -> Self {
        Area::named(area.word()).unwrap_or(Area::Kb)
    }
}

impl From<Area> for PermissionArea {
    fn from(area: Area) -> Self {
        PermissionArea::ALL.iter().copied().find(|known| known.word() == area.name()).unwrap_or_default()
    }
}

impl From<feed::Change> for Change {
    fn from(change: feed::Change) -> Self {
        Change {
            sequence: change.sequence,
            at: change.at.into(),
            by_user_id: change.by.map_or(0, |by| by.0),
            by_username: Some(change.by_name),
            thing: ChangedThing::ALL.get(change.subject as usize).copied().unwrap_or_default(),
            id: Some(change.id),
            name: Some(change.name),
            action: ChangeAction::ALL.get(change.action as usize).copied().unwrap_or_default(),
            fields: Some(change.fields),
            import_id: change.import.map_or(0, |import| import.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::{Action, Subject};

    #[test]
    fn the_words_of_the_contract_are_those_of_the_domain() {
        for area in Area::ALL {
            assert_eq!(Area::from(PermissionArea::from(area)), area);
        }
        let things: Vec<String> = Subject::ALL.iter().map(|subject| format!("{subject:?}")).collect();
        assert_eq!(things, ChangedThing::ENUMERATION.words);
        let actions: Vec<String> = Action::ALL.iter().map(|action| format!("{action:?}")).collect();
        assert_eq!(actions, ChangeAction::ENUMERATION.words);
    }
}
