//! The permissions that roles can be given: the one catalogue, by area.
//!
//! The old product's own names are not known; these are asmxd's, and `docs/permissions.md` is made from the table. Reports are not in it:
//! their permissions are the ids of the reports.

/// An area of permissions. The number is that of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table below describes each area")]
pub enum Area {
    Kb = 0,
    News = 1,
    Ticket = 2,
    Task = 3,
    CallLog = 4,
    WhosOn = 5,
    Report = 6,
    ManageArea = 7,
    Event = 8,
    Distribution = 9,
}

impl Area {
    /// All of them, in the order of their numbers.
    pub const ALL: [Area; 10] = [
        Area::Kb,
        Area::News,
        Area::Ticket,
        Area::Task,
        Area::CallLog,
        Area::WhosOn,
        Area::Report,
        Area::ManageArea,
        Area::Event,
        Area::Distribution,
    ];

    /// Its name, as in the operations that set it.
    pub const fn name(self) -> &'static str {
        match self {
            Area::Kb => "KB",
            Area::News => "News",
            Area::Ticket => "Ticket",
            Area::Task => "Task",
            Area::CallLog => "CallLog",
            Area::WhosOn => "WhosOn",
            Area::Report => "Report",
            Area::ManageArea => "ManageArea",
            Area::Event => "Event",
            Area::Distribution => "Distribution",
        }
    }

    /// The area with this name, without regard to case.
    pub fn named(name: &str) -> Option<Area> {
        Area::ALL.into_iter().find(|area| area.name().eq_ignore_ascii_case(name))
    }

    /// The permissions of the area, in the order of the catalogue.
    pub fn permissions(self) -> impl Iterator<Item = &'static Permission> {
        CATALOGUE.iter().filter(move |permission| permission.area == self)
    }

    /// The permission of this English name, without regard to case.
    pub fn permission(self, name: &str) -> Option<&'static Permission> {
        self.permissions().find(|permission| permission.name.eq_ignore_ascii_case(name.trim()))
    }
}

/// A single permission.
#[derive(Debug, PartialEq, Eq)]
pub struct Permission {
    /// Its area.
    pub area: Area,
    /// Its English name, by which it is set.
    pub name: &'static str,
    /// The name that people see.
    pub display_name: &'static str,
}

const fn permission(area: Area, name: &'static str, display_name: &'static str) -> Permission {
    Permission { area, name, display_name }
}

/// Every permission.
#[rustfmt::skip]
pub static CATALOGUE: &[Permission] = &[
    permission(Area::Kb, "View", "Read articles"),
    permission(Area::Kb, "ViewPrivate", "Read private articles"),
    permission(Area::Kb, "Add", "Write articles"),
    permission(Area::Kb, "Edit", "Change articles"),
    permission(Area::Kb, "Delete", "Delete articles"),
    permission(Area::Kb, "Approve", "Approve articles"),
    permission(Area::Kb, "ManageFolders", "Manage folders"),
    permission(Area::News, "View", "Read news"),
    permission(Area::News, "Add", "Write news"),
    permission(Area::News, "Edit", "Change news"),
    permission(Area::News, "Delete", "Delete news"),
    permission(Area::Ticket, "ViewOwn", "See own tickets"),
    permission(Area::Ticket, "ViewGroup", "See tickets of own groups"),
    permission(Area::Ticket, "ViewDepartment", "See all tickets of own departments"),
    permission(Area::Ticket, "Create", "Create tickets"),
    permission(Area::Ticket, "Reply", "Reply to tickets"),
    permission(Area::Ticket, "EditProperties", "Change properties of tickets"),
    permission(Area::Ticket, "Transfer", "Transfer tickets"),
    permission(Area::Ticket, "Close", "Close tickets"),
    permission(Area::Ticket, "Delete", "Delete tickets"),
    permission(Area::Ticket, "AddNote", "Write notes"),
    permission(Area::Ticket, "EditNote", "Change notes"),
    permission(Area::Ticket, "Merge", "Merge tickets"),
    permission(Area::Task, "ViewOwn", "See own tasks"),
    permission(Area::Task, "ViewAll", "See everybody's tasks"),
    permission(Area::Task, "Create", "Create tasks"),
    permission(Area::Task, "Assign", "Assign tasks to others"),
    permission(Area::Task, "Edit", "Change tasks"),
    permission(Area::Task, "Delete", "Delete tasks"),
    permission(Area::CallLog, "ViewOwn", "See own call logs"),
    permission(Area::CallLog, "ViewAll", "See everybody's call logs"),
    permission(Area::CallLog, "Create", "Write call logs"),
    permission(Area::CallLog, "Edit", "Change call logs"),
    permission(Area::CallLog, "Delete", "Delete call logs"),
    permission(Area::WhosOn, "View", "See visitors of the site"),
    permission(Area::WhosOn, "ViewHistory", "See earlier visits"),
    permission(Area::WhosOn, "StartChat", "Invite visitors to a chat"),
    permission(Area::ManageArea, "ManageCannedReplies", "Manage canned replies"),
    permission(Area::ManageArea, "ManageSignatures", "Manage signatures"),
    permission(Area::ManageArea, "ManageSurveys", "Manage surveys"),
    permission(Area::ManageArea, "ManageStatuses", "Manage ticket statuses"),
    permission(Area::ManageArea, "ManageCustomFields", "Manage custom fields"),
    permission(Area::ManageArea, "ManageUsers", "Manage end users"),
    permission(Area::ManageArea, "ViewAgentStatus", "See the status of agents"),
    permission(Area::ManageArea, "SetAgentStatus", "Change the status of agents"),
    permission(Area::Event, "ViewOwn", "See own events"),
    permission(Area::Event, "Create", "Create own events"),
    permission(Area::Event, "CreateGlobal", "Create events for everybody"),
    permission(Area::Event, "Edit", "Change events"),
    permission(Area::Event, "Delete", "Delete events"),
    permission(Area::Distribution, "ReceiveTickets", "Receive tickets"),
    permission(Area::Distribution, "ReceiveChats", "Receive live chats"),
    permission(Area::Distribution, "PullFromQueue", "Take tickets from the queue"),
    permission(Area::Distribution, "ChangeOwnStatus", "Change one's own receiving status"),
    permission(Area::Distribution, "CherryPick", "Choose among waiting tickets and chats"),
];

/// `docs/permissions.md`.
pub fn markdown() -> String {
    use std::fmt::Write;
    let mut text = String::from(
        "# Permissions\n\nMade from the catalogue in `src/domain/permission.rs`; `BLESS=1 cargo test` rewrites this file.\n\n\
         `Set...Permissions` replaces the set of its area for a role; in the area KB for one category, 0 being all. Names are matched without \
         regard to case. The permissions of the area Report are the ids of the reports (`GetAllReports`).\n",
    );
    for area in Area::ALL.into_iter().filter(|area| area.permissions().next().is_some()) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n## {}\n\n| name | |\n|---|---|", area.name());
        for permission in area.permissions() {
            let _ = writeln!(text, "| `{}` | {} |", permission.name, permission.display_name);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_within_their_area_and_every_area_but_reports_has_some() {
        for area in Area::ALL {
            let mut names: Vec<_> = area.permissions().map(|permission| permission.name.to_lowercase()).collect();
            assert_eq!(names.is_empty(), area == Area::Report, "{area:?}");
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{area:?}");
        }
        assert_eq!(Area::Kb.permission(" view "), Area::Kb.permission("View"));
    }
}
