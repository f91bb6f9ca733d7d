//! Changes of a person's settings: each value well formed, all of them judged together on what the person then is.
//!
//! Property strings and typed records end here alike. Whatever is wrong is collected, so that a caller is told of all of it at once.

pub use super::assignment::check_email;

use super::Error;
use super::assignment::{Assignment, Value, changeable, password_of, refused, resettable, set, store, value_of};
use super::avatar;
use super::ids::UserId;
use super::name::Name;
use super::password::PasswordHash;
use super::picture::Picture;
use super::rules::Rules;
use super::setting::{self, Kind, Setting};
use super::structure::Languages;
use super::user::{AuthenticationMethod, User};
use secrecy::SecretString;

/// In whose right a person is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// An administrator's: everything that can be changed.
    Administrator,
    /// The person's own: what the table says that it changes itself.
    Person,
}

/// Tells the tags of the languages or dictionaries there are.
pub type Tags<'t> = &'t dyn Fn(Languages) -> Result<Vec<String>, Error>;

/// Changes that were asked for together, and what was found wrong with them so far.
#[derive(Default)]
pub struct Changes {
    assignments: Vec<Assignment>,
    problems: Vec<Error>,
    /// The setting by which the person was found, which is its own however it is spelled.
    identity: Option<&'static str>,
}

impl Changes {
    /// Reads `Key=Value` items, split at the first `=`. Every key must be known, writable and named once, every value well formed.
    pub fn parse(parameter: &'static str, items: &[String], rules: &Rules, tags: Tags<'_>) -> Result<Self, Error> {
        let mut changes = Changes::default();
        for (index, item) in items.iter().enumerate() {
            match item.split_once('=') {
                None => {
                    let problem = format!("item {} has no '=': Key=Value is expected.", index + 1);
                    changes.problems.push(Error::invalid(parameter, problem));
                }
                Some((key, _)) if key.trim().is_empty() => {
                    changes.problems.push(Error::invalid(parameter, format!("item {} has no key before its '='.", index + 1)));
                }
                Some((key, text)) => changes.set(key.trim(), text, rules, tags)?,
            }
        }
        Ok(changes)
    }

    /// Asks for a value, given as text. It fails only where the tags cannot be told; a bad value is kept for [`apply`](Self::apply).
    pub fn set(&mut self, key: &str, text: &str, rules: &Rules, tags: Tags<'_>) -> Result<(), Error> {
        let needed = match setting::named(key).map(|setting| setting.kind) {
            Some(Kind::Language) => tags(Languages::Supported)?,
            Some(Kind::Dictionary) => tags(Languages::Dictionaries)?,
            _ => Vec::new(),
        };
        self.set_within(key, text, rules, &needed);
        Ok(())
    }

    /// Asks for a value, given as text, of a setting whose values are no tags.
    pub fn set_untagged(&mut self, key: &str, text: &str, rules: &Rules) {
        self.set_within(key, text, rules, &[]);
    }

    fn set_within(&mut self, key: &str, text: &str, rules: &Rules, tags: &[String]) {
        let found = changeable(key).and_then(|setting| Ok((setting, value_of(setting, key, text, rules, tags)?)));
        self.add(key, found);
    }

    /// Asks for a picture, given as its bytes; `name` is what messages call it.
    pub fn set_picture(&mut self, name: &str, bytes: Vec<u8>) {
        let found = changeable("Avatar").and_then(|setting| {
            let picture = Picture::decode(bytes).map_err(|problem| Error::invalid(name, problem))?;
            Ok((setting, Value::Picture(Some(picture))))
        });
        self.add(name, found);
    }

    /// Asks for a new password; `name` is what messages call it.
    pub fn set_password(&mut self, name: &str, password: &SecretString, rules: &Rules) {
        let found = changeable("Password").and_then(|setting| Ok((setting, password_of(name, password.clone(), rules)?)));
        self.add(name, found);
    }

    /// Asks for a setting's default (R30).
    pub fn reset(&mut self, key: &str, rules: &Rules) {
        let found = resettable(key).and_then(|setting| match (setting.kind, setting.default) {
            (Kind::Name | Kind::Secret, _) => Err(Error::invalid(key, "has no default: it cannot be reset.")),
            (Kind::Picture, _) => Ok((setting, Value::Picture(None))),
            (_, None) => Ok((setting, Value::Default)),
            (_, Some(text)) => Ok((setting, value_of(setting, key, text, rules, &[])?)),
        });
        self.add(key, found);
    }

    /// The same, where it is no mistake that the person has no such setting.
    pub fn clear(&mut self, key: &str, rules: &Rules) {
        let before = self.assignments.len();
        self.reset(key, rules);
        self.assignments.iter_mut().skip(before).for_each(|assignment| assignment.only_if_had = true);
    }

    /// Adds what was found wrong elsewhere, to be told along with the rest.
    pub fn object(&mut self, problem: Error) {
        self.problems.push(problem);
    }

    fn add(&mut self, key: &str, found: Result<(&'static Setting, Value), Error>) {
        match found {
            Err(problem) => self.problems.push(problem),
            Ok((setting, _)) if self.assignments.iter().any(|other| other.setting.key == setting.key) => {
                self.problems.push(Error::invalid(key, "is set twice in one call."));
            }
            Ok((setting, value)) => self.assignments.push(Assignment { setting, key: key.to_owned(), value, only_if_had: false }),
        }
    }

    /// Says by which setting somebody who is there was found: it then stays as it is, however it is spelled.
    pub fn identify_by(&mut self, key: &'static str) {
        self.identity = Some(key);
    }

    /// What is wrong whoever the person is.
    pub fn problems(&self) -> &[Error] {
        &self.problems
    }

    /// Whether nothing is asked for and nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.assignments.is_empty() && self.problems.is_empty()
    }

    /// The new password, if there is one among the changes; its hash is handed to [`apply`](Self::apply).
    pub fn password(&self) -> Option<&SecretString> {
        self.assignments.iter().find_map(|assignment| match &assignment.value {
            Value::Password(password) => Some(password),
            _ => None,
        })
    }

    /// The new picture, or that there is to be none any more, if either is among the changes.
    pub fn picture(&self) -> Option<Option<&Picture>> {
        self.assignments.iter().find_map(|assignment| match &assignment.value {
            Value::Picture(picture) => Some(picture.as_ref()),
            _ => None,
        })
    }

    /// The new user name, if there is one among the changes, with its key as it was spelled.
    pub fn username(&self) -> Option<(&str, &Name)> {
        self.assignments.iter().find_map(|assignment| match &assignment.value {
            Value::Name(name) => Some((assignment.key.as_str(), name)),
            _ => None,
        })
    }

    /// The text given for a setting, with its key as it was spelled.
    pub fn text(&self, key: &str) -> Option<(&str, &str)> {
        self.assignments.iter().find_map(|assignment| match &assignment.value {
            Value::Text(text) if assignment.setting.key == key => Some((assignment.key.as_str(), text.as_str())),
            _ => None,
        })
    }

    /// Makes the changes on `user` and answers all that is wrong: values, what may not be changed, and rules, which are judged on what the
    /// person then is. Unless that is nothing, `user` is to be thrown away.
    pub fn apply(&self, user: &mut User, by: By, hash: Option<&PasswordHash>, rules: &Rules) -> Vec<Error> {
        let mut problems = self.problems.clone();
        let (email, method, user_is_there) = (user.email.clone(), user.authentication, user.id != UserId(0));
        if user.id == UserId::QUEUE && !self.is_empty() {
            problems.push(Error::QueueUser { parameter: "userId" });
            return problems;
        }
        let is_identity = |assignment: &&Assignment| user_is_there && self.identity == Some(assignment.setting.key);
        for assignment in self.assignments.iter().filter(|assignment| !is_identity(assignment)) {
            match refused(assignment, user, by) {
                Some(Error::WrongAudience { .. }) if assignment.only_if_had => {}
                Some(problem) => problems.push(problem),
                None => set(user, assignment, rules),
            }
        }
        if let Some(hash) = hash {
            user.password = Some(hash.clone());
        }
        self.follow(user);
        if by == By::Person && user.email != email {
            user.email_verified = false;
        }
        if let Some(Err(problem)) = self.password().map(|password| rules.password.check(password, Some(&user.username))) {
            problems.push(Error::invalid(self.spelled("Password"), problem));
        }
        self.judge(user, method, hash.is_some(), &mut problems);
        problems
    }

    /// What changes along with a change, unless the call says otherwise.
    fn follow(&self, user: &mut User) {
        if user.display_name.trim().is_empty() {
            user.display_name = user.username.as_str().to_owned();
        }
        if let Some((_, address)) = self.text("CopyToAddress")
            && self.text("CopyToEnabled").is_none()
        {
            let enabled = (!address.is_empty()).to_string();
            store(user, "CopyToEnabled", &enabled, "false");
        }
        if let (Some(picture), false) = (self.picture(), self.names("AvatarProvider")) {
            let was_uploaded = user.settings.get("AvatarProvider").is_some_and(|provider| provider == avatar::UPLOAD);
            match picture {
                Some(_) => store(user, "AvatarProvider", avatar::UPLOAD, avatar::NONE),
                None if was_uploaded => store(user, "AvatarProvider", avatar::NONE, avatar::NONE),
                None => {}
            }
        }
        if user.authentication != AuthenticationMethod::ActiveDirectory && self.text("AuthenticationDomain").is_none() {
            user.authentication_domain.clear();
        }
    }

    fn judge(&self, user: &User, method: AuthenticationMethod, hashed: bool, problems: &mut Vec<Error>) {
        for (broken, involved, rule) in self.rules(user, method, hashed) {
            let is_told_of = |problem: &Error| problem.field().is_some_and(|field| is_one_of(involved, field));
            // A value that is wrong in itself was told of; what follows from it would only confuse.
            if let (true, false, [key, ..]) = (broken, problems.iter().any(is_told_of), involved) {
                problems.push(Error::Rule { key: self.spelled(key), rule });
            }
        }
    }

    /// The rules that a change may break: whether it does, the settings that are involved, and the rule as the end of a sentence that
    /// begins with the first of them. `method` is how the person logged in before, `hashed` whether a new hash came with the changes.
    fn rules(
        &self,
        user: &User,
        method: AuthenticationMethod,
        hashed: bool,
    ) -> [(bool, &'static [&'static str], &'static str); 5] {
        let is_set = |key| user.settings.get(key).is_some_and(|value: &String| !value.is_empty());
        let directory = user.authentication == AuthenticationMethod::ActiveDirectory;
        let by_password = user.authentication == AuthenticationMethod::Password;
        let given = hashed || self.password().is_some();
        let switched = user.authentication != method;
        let several = self.text("PhoneNumbers").is_some_and(|(_, numbers)| numbers.contains(';'));
        [
            (
                !directory && !user.authentication_domain.is_empty(),
                &["AuthenticationDomain", "AuthenticationMethod"],
                "needs AuthenticationMethod=ActiveDirectory.",
            ),
            (given && !by_password, &["Password", "AuthenticationMethod"], "needs AuthenticationMethod=Password."),
            (
                switched && by_password && user.password.is_none() && !given,
                &["AuthenticationMethod", "Password"],
                "needs a Password in the same call, since none is kept.",
            ),
            (is_set("CopyToEnabled") && !is_set("CopyToAddress"), &["CopyToEnabled", "CopyToAddress"], "needs a CopyToAddress."),
            (several && !user.is_employee(), &["PhoneNumbers"], "an end user has one telephone number."),
        ]
    }

    /// Whether a setting is among the changes, or among what is wrong with them.
    pub fn mentions(&self, key: &str) -> bool {
        let named = setting::named(key).map(|setting| setting.key);
        self.assignments.iter().any(|assignment| Some(assignment.setting.key) == named)
            || self
                .problems
                .iter()
                .any(|problem| problem.field().is_some_and(|field| setting::named(field).map(|found| found.key) == named))
    }

    /// Whether a setting is among the changes.
    fn names(&self, key: &str) -> bool {
        self.assignments.iter().any(|assignment| assignment.setting.key == key)
    }

    /// The key as the caller spelled it.
    fn spelled(&self, key: &str) -> String {
        self.assignments.iter().find(|assignment| assignment.setting.key == key).map_or(key, |found| &found.key).to_owned()
    }
}

fn is_one_of(keys: &[&str], field: &str) -> bool {
    setting::named(field).is_some_and(|setting| keys.contains(&setting.key))
}
