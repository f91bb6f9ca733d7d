//! The record types of the service about pictures, what can be chosen from, and the feed of changes.

use crate::contract::{Bytes, DateTime, enumeration, record};
use crate::operations::FieldError;

record! {
    /// A person's picture.
    answer AvatarResult {
        /// The media type of the picture, for instance image/png; left out where there is none.
        media_type as "MediaType": Option<String>,
        /// The picture as it was sent; left out where there is none.
        picture as "Picture": Option<Bytes>,
        /// When it was sent; left out where there is none.
        uploaded_at as "UploadedAt": Option<DateTime>,
        /// Site-relative address of the avatar that is shown.
        avatar_url as "AvatarUrl": Option<String>,
    }
}

record! {
    /// The time zones.
    answer TimeZonesResult {
        /// The zones in the order of their IANA names.
        time_zones as "TimeZones": Option<Vec<TimeZone>>,
    }
}

record! {
    /// A time zone.
    class TimeZone {
        /// Its IANA name.
        iana as "Iana": Option<String>,
        /// Its Windows id; left out where Windows has no such zone.
        windows as "Windows": Option<String>,
        /// A name for people.
        display_name as "DisplayName": Option<String>,
    }
}

record! {
    /// The providers of avatars.
    answer AvatarProvidersResult {
        /// Their names, by which AvatarProvider is set.
        providers as "Providers": Option<Vec<String>>,
    }
}

enumeration! {
    /// What kind of thing was changed.
    ChangedThing {
        /// A person.
        User,
        /// A role.
        Role,
        /// A brand.
        Brand,
        /// A department.
        Department,
        /// A group.
        Group,
        /// The definition of a custom field.
        CustomField,
        /// A report.
        Report,
        /// A time-log category.
        TimeLogCategory,
        /// A supported language.
        Language,
        /// A spell-check dictionary.
        Dictionary,
        /// A customer organization.
        Organization,
        /// A batch import.
        Import,
    }
}

enumeration! {
    /// What was done to it.
    ChangeAction {
        /// It was made.
        Created,
        /// Some of it was changed.
        Updated,
        /// It was removed.
        Deleted,
    }
}

record! {
    /// A part of the feed of changes.
    answer ChangesResult {
        /// The changes in the order in which they were made.
        changes as "Changes": Option<Vec<Change>>,
        /// Where to go on: what the next call is given as since. It stays the same while nothing is changed.
        token as "Token": Option<String>,
        /// Whether there are more at once.
        has_more as "HasMore": bool,
    }
}

record! {
    /// A change. It tells what was changed, and never a value.
    class Change {
        /// Its place in the feed: 1, 2, 3 and so on, without gaps.
        sequence as "Sequence": i64,
        /// When it was made.
        at as "At": DateTime,
        /// Who made it; 0 for the server itself.
        by_user_id as "ByUserId": i32,
        /// The user name of who made it; empty if that person is gone.
        by_username as "ByUsername": Option<String>,
        /// What kind of thing was changed.
        thing as "Thing": ChangedThing,
        /// Which one: its id, a report's GUID, or a language's tag.
        id as "Id": Option<String>,
        /// Its name, as it was then or is now; empty for what is gone unless this is the entry that tells of it.
        name as "Name": Option<String>,
        /// What was done to it.
        action as "Action": ChangeAction,
        /// What was changed of it: for a person the names of settings, and Groups; empty where all of it came or went.
        fields as "Fields": Option<Vec<String>>,
        /// The import that it was part of; 0 for none.
        import_id as "ImportId": i32,
    }
}
