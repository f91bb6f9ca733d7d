//! What svcStructure does over several calls, and what svcOrganization answers afterwards.

use crate::support::Desk;
use asmxd::domain::ids::UserId;
use asmxd::domain::structure::Activity;
use asmxd::domain::time::Instant;

const AGENT: i32 = 3;
const CUSTOMER: i32 = 5;
/// The people of the seed: somebody with the role Manager, and another agent.
const MANAGER: i32 = 6;
const SECOND: i32 = 7;
/// The role Manager.
const MANAGER_ROLE: i16 = 5;

/// A desk with the structure of the replay cases.
fn seeded() -> Desk {
    Desk::seeded("cases.toml")
}

/// Calls an operation that must succeed.
fn done(desk: &Desk, operation: &str, parameters: &str) {
    let reply = desk.structure(operation, parameters);
    assert_eq!(reply.code(), 0, "{operation}: {}", reply.body);
}

/// Code and message of a call that is refused; the one error must name the parameter.
fn refused(desk: &Desk, operation: &str, parameters: &str, field: &str) -> (i32, String) {
    let before = desk.dump();
    let reply = desk.structure(operation, parameters);
    assert_eq!(
        (reply.all("Field"), reply.all("Code")),
        (vec![field.to_owned()], vec![reply.code().to_string()]),
        "{}",
        reply.body
    );
    assert_eq!(desk.dump(), before, "{operation} was refused and changed something");
    (reply.code(), reply.text("Message"))
}

/// How many rows the tables of the dump have.
fn rows(dump: &str, table: &str) -> usize {
    let (_, rest) = dump.split_once(&format!("== {table}\n")).unwrap_or_else(|| panic!("there is no table {table}"));
    rest.lines().take_while(|line| !line.starts_with("== ")).count()
}

fn membership(group: i32, user: i32) -> String {
    format!(
        "<groupId>{group}</groupId><userId>{user}</userId><activeForTickets>true</activeForTickets>\
         <activeForChats>true</activeForChats><away>false</away>"
    )
}

/// Gives the agent the role Manager as well.
fn promote(desk: &Desk) {
    let role = format!("<userID>{AGENT}</userID><roleID>{MANAGER_ROLE}</roleID>");
    assert_eq!(desk.call("AddRoleToUser", &role).code(), 0);
}

/// Sets custom fields of a person.
fn fill(desk: &Desk, user: i32, items: &[&str]) {
    let items: String = items.iter().map(|item| format!("<string>{item}</string>")).collect();
    let parameters = format!("<userId>{user}</userId><customFieldValues>{items}</customFieldValues>");
    let reply = desk.call("SetUserCustomFields", &parameters);
    assert_eq!(reply.code(), 0, "{}", reply.body);
}

fn filled(desk: &Desk, user: i32) -> Vec<String> {
    desk.call("GetUserCustomFieldsList", &format!("<userId>{user}</userId>")).strings()
}

#[test]
fn removing_every_brand_with_cascade_leaves_no_structure_and_takes_nothing_else() {
    let desk = seeded();
    let before = desk.dump();
    for brand in [1, 2] {
        done(&desk, "RemoveBrand", &format!("<brandId>{brand}</brandId><cascade>true</cascade>"));
    }
    let after = desk.dump();
    for table in ["brands", "departments", "department_roles", "groups", "memberships"] {
        assert!(rows(&before, table) > 0 && rows(&after, table) == 0, "{table}");
    }
    for table in ["users", "user_roles", "roles", "permissions", "custom_fields", "reports", "time_log_categories", "languages"] {
        assert_eq!(rows(&after, table), rows(&before, table), "{table}");
    }
    for (operation, list) in [("ListBrands", "Brands"), ("ListDepartments", "Departments"), ("ListGroups", "Groups")] {
        let reply = desk.structure(operation, "");
        assert!(reply.has(list) && reply.all("Position").is_empty(), "{}", reply.body);
    }
    for operation in ["GetAllBrands", "GetAllDepartments", "GetAllGroups"] {
        assert_eq!(desk.call(operation, "").code(), 0);
    }
    done(&desk, "CreateBrand", "<name>Default</name>");
    assert_eq!(desk.structure("ListBrands", "").text("BrandId"), "3", "an id never comes back");
}

#[test]
fn what_was_refused_in_use_is_removed_once_it_is_not() {
    let desk = seeded();
    let group = "<groupId>2</groupId><cascade>false</cascade>";
    let (code, message) = refused(&desk, "RemoveGroup", group, "groupId");
    assert_eq!((code, message.contains("1 member;")), (6, true), "{message}");
    done(&desk, "RemoveMembership", &format!("<groupId>2</groupId><userId>{MANAGER}</userId>"));
    done(&desk, "RemoveGroup", group);
    done(&desk, "RemoveGroup", "<groupId>3</groupId>");
    done(&desk, "RemoveDepartment", "<departmentId>2</departmentId>");
    assert_eq!(refused(&desk, "RemoveBrand", "<brandId>1</brandId>", "brandId").0, 6, "it has another department");
}

#[test]
fn a_manager_sees_its_departments_whole_and_an_agent_its_groups() {
    let desk = seeded();
    done(&desk, "RemoveMembership", &format!("<groupId>1</groupId><userId>{AGENT}</userId>"));
    done(&desk, "SetMembership", &membership(3, AGENT));
    let seen = |operation: &str, id: &str| desk.structure_as("agent", operation, "").all(id);
    let members = |group: i32| desk.structure_as("agent", "ListMemberships", &format!("<groupId>{group}</groupId>"));
    assert_eq!(seen("ListDepartments", "DepartmentId"), ["2"]);
    assert_eq!(seen("ListGroups", "GroupId"), ["3"]);
    assert_eq!((members(2).code(), members(3).all("UserId")), (2, vec![AGENT.to_string()]));
    promote(&desk);
    assert_eq!(seen("ListDepartments", "DepartmentId"), ["2"]);
    assert_eq!(seen("ListGroups", "GroupId"), ["2", "3"]);
    assert_eq!(members(2).all("UserId"), [MANAGER.to_string()]);
    assert_eq!((members(1).code(), members(4).code()), (2, 2), "not those of other departments");
    done(&desk, "RemoveMembership", &format!("<groupId>3</groupId><userId>{AGENT}</userId>"));
    assert!(seen("ListDepartments", "DepartmentId").is_empty() && seen("ListGroups", "GroupId").is_empty());
    assert_eq!(members(3).code(), 2);
    assert_eq!(seen("ListBrands", "BrandId"), ["1", "2"], "brands are for every employee");
}

#[test]
fn a_department_has_one_front_line_as_long_as_it_has_groups() {
    let desk = seeded();
    done(&desk, "CreateGroup", "<departmentId>2</departmentId><name>Third line</name>");
    let front_line = || {
        let reply = desk.structure("ListGroups", "");
        let groups = reply.all("GroupId").into_iter().zip(reply.all("DepartmentId")).zip(reply.all("IsFrontLine"));
        let of_support = groups.filter(|((_, department), flag)| department == "2" && flag == "true");
        of_support.map(|((group, _), _)| group).collect::<Vec<_>>()
    };
    let remove = |group: i32| done(&desk, "RemoveGroup", &format!("<groupId>{group}</groupId><cascade>true</cascade>"));
    assert_eq!(front_line(), ["2"]);
    done(&desk, "SetFrontLineGroup", "<groupId>3</groupId>");
    assert_eq!(front_line(), ["3"]);
    remove(3);
    assert_eq!(front_line(), ["2"], "the first of those that are left");
    remove(2);
    assert_eq!(front_line(), ["6"]);
    remove(6);
    assert!(front_line().is_empty());
    done(&desk, "CreateGroup", "<departmentId>2</departmentId><name>Again</name>");
    assert_eq!(front_line(), ["7"]);
}

#[test]
fn a_field_in_use_keeps_its_type_and_goes_with_its_values() {
    let desk = seeded();
    fill(&desk, CUSTOMER, &["asset=PC 7", "account=b &amp; c"]);
    fill(&desk, AGENT, &["asset=PC 8"]);
    let as_date = "<fieldId>1</fieldId><name>asset</name><dataType>Date</dataType>";
    let (code, message) = refused(&desk, "UpdateCustomField", as_date, "dataType");
    assert_eq!((code, message.as_str()), (6, "dataType: cannot change while people have values."));
    let renamed = "<fieldId>1</fieldId><name>asset</name><displayName>Device</displayName><dataType>Text</dataType>\
                   <forEmployees>true</forEmployees><forUsers>true</forUsers>";
    done(&desk, "UpdateCustomField", renamed);
    assert!(filled(&desk, CUSTOMER).contains(&"Device=PC 7".to_owned()), "values stay: {:?}", filled(&desk, CUSTOMER));
    let (code, message) = refused(&desk, "RemoveCustomField", "<fieldId>1</fieldId>", "fieldId");
    assert_eq!((code, message.contains("values of people")), (6, true), "{message}");
    let before = desk.dump();
    done(&desk, "RemoveCustomField", "<fieldId>1</fieldId><cascade>true</cascade>");
    assert_eq!((rows(&before, "user_custom_fields"), rows(&desk.dump(), "user_custom_fields")), (3, 1));
    let left = filled(&desk, CUSTOMER);
    assert!(left.contains(&"Account=b & c".to_owned()) && !left.iter().any(|item| item.starts_with("Device=")), "{left:?}");
}

#[test]
fn a_report_that_roles_may_see_goes_with_their_permissions_only() {
    let desk = seeded();
    let [first, second] = ["0c6b3a52-6f0e-4d0e-9a5b-3f5f4f7d1a01", "0c6b3a52-6f0e-4d0e-9a5b-3f5f4f7d1a02"];
    let allowed =
        format!("<allowedPermissions><string>{first}</string><string>{second}</string></allowedPermissions><roleID>102</roleID>");
    assert_eq!(desk.call("SetReportPermissions", &allowed).code(), 0);
    let before = rows(&desk.dump(), "permissions");
    let report = format!("<reportId>{first}</reportId>");
    let (code, message) = refused(&desk, "RemoveReport", &report, "reportId");
    assert_eq!((code, message.contains("1 role's permission;")), (6, true), "{message}");
    done(&desk, "RemoveReport", &format!("{report}<cascade>true</cascade>"));
    assert_eq!(rows(&desk.dump(), "permissions"), before - 1);
    assert_eq!(desk.structure("ListReports", "").all("ReportId"), [second]);
}

#[test]
fn a_language_is_taken_from_those_who_chose_it_and_they_have_the_default_again() {
    let desk = seeded();
    for user in [AGENT, CUSTOMER] {
        assert_eq!(desk.set(user, &["PreferredLanguage=DE"]).0, 0);
    }
    assert_eq!(desk.set(SECOND, &["PreferredLanguage=fr"]).0, 0);
    assert_eq!(desk.set(AGENT, &["SpellCheckDictionary=de"]).0, 0);
    let (code, message) = refused(&desk, "RemoveLanguage", "<tag>de</tag>", "tag");
    assert_eq!((code, message.contains("2 choices of people;")), (6, true), "{message}");
    done(&desk, "RemoveLanguage", "<tag>De</tag><cascade>true</cascade>");
    for (user, language) in [(AGENT, "en"), (CUSTOMER, "en"), (SECOND, "fr")] {
        assert_eq!(desk.properties(user, &["PreferredLanguage"]), [format!("PreferredLanguage={language}")]);
    }
    assert_eq!(desk.properties(AGENT, &["SpellCheckDictionary"]), ["SpellCheckDictionary=de"], "a dictionary is no language");
    assert_eq!(desk.set(AGENT, &["PreferredLanguage=de"]).0, 5, "it is not there any more");
    done(&desk, "AddLanguage", "<tag>de</tag><name>Deutsch</name>");
    assert_eq!(desk.set(AGENT, &["PreferredLanguage=de"]).0, 0);
    let (code, _) = refused(&desk, "RemoveDictionary", "<tag>de</tag><cascade>false</cascade>", "tag");
    assert_eq!(code, 6);
    done(&desk, "RemoveDictionary", "<tag>de</tag><cascade>true</cascade>");
    assert_eq!(desk.properties(AGENT, &["PreferredLanguage"]), ["PreferredLanguage=de"], "a language is no dictionary");
    assert_ne!(desk.properties(AGENT, &["SpellCheckDictionary"]), ["SpellCheckDictionary=de"]);
}

#[test]
fn a_membership_shows_in_the_lists_of_agents_as_it_was_set() {
    let desk = seeded();
    let agents = |operation: &str| desk.call(operation, "<GroupID>3</GroupID>").all("UserName").len();
    let lists = ["GetAgentsForGroup", "GetActiveTicketAgentsForGroup", "GetActiveChatAgentsForGroup"];
    assert_eq!(lists.map(agents), [0, 0, 0]);
    done(&desk, "SetMembership", &membership(3, AGENT));
    assert_eq!(lists.map(agents), [1, 1, 1]);
    done(&desk, "SetMembership", &format!("<groupId>3</groupId><userId>{AGENT}</userId><away>true</away>"));
    assert_eq!(lists.map(agents), [1, 0, 0]);
    done(&desk, "RemoveMembership", &format!("<groupId>3</groupId><userId>{AGENT}</userId>"));
    assert_eq!(lists.map(agents), [0, 0, 0]);
}

/// The numbers that are answered of the agent.
fn counted(desk: &Desk) -> [String; 7] {
    let only_caller = |name: &str| format!("<{name}>true</{name}>");
    let now = desk.call_as("agent", "secret", "GetActiveItemCounts", &only_caller("useAuthenticatedAgent"));
    let day = desk.call_as("agent", "secret", "GetDailyTotals", &only_caller("useAuthenticatedUser"));
    assert_eq!((now.code(), day.code()), (0, 0), "{} {}", now.body, day.body);
    let now = ["ActiveTicketsCount", "ActiveLiveChatsCount", "InProgressTasksCount"].map(|name| now.text(name));
    let names = ["DailyTicketCount", "DailyChatCount", "DailyCallLogCount", "AverageTicketResponseTime"];
    let day = names.map(|name| day.text(name));
    [now.as_slice(), day.as_slice()].concat().try_into().unwrap()
}

#[test]
fn activity_replaces_an_earlier_report_and_counts_only_today() {
    let desk = seeded();
    assert_eq!(counted(&desk), ["0"; 7]);
    let yesterday = Instant::now().day() - 1;
    let old = Activity { active_tickets: 9, daily_chats: 9, average_response_time: 9.5, ..Activity::default() };
    desk.store().change(move |tx| tx.put_activity(UserId(AGENT), yesterday, &old)).unwrap();
    assert_eq!(counted(&desk), ["0"; 7], "what was reported yesterday");
    let report = format!(
        "<userId>{AGENT}</userId><activeTickets>1</activeTickets><activeLiveChats>2</activeLiveChats>\
         <inProgressTasks>3</inProgressTasks><dailyTickets>4</dailyTickets><dailyChats>5</dailyChats>\
         <dailyCallLogs>6</dailyCallLogs><averageTicketResponseTime>7.25</averageTicketResponseTime>"
    );
    done(&desk, "ReportAgentActivity", &report);
    assert_eq!(counted(&desk), ["1", "2", "3", "4", "5", "6", "7.25"]);
    assert_eq!(rows(&desk.dump(), "activity"), 1, "one report of an agent is kept");
    done(&desk, "ReportAgentActivity", &format!("<userId>{AGENT}</userId><dailyTickets>8</dailyTickets>"));
    assert_eq!(counted(&desk), ["0", "0", "0", "8", "0", "0", "0"], "the whole report is replaced");
    assert_eq!(desk.call("DeleteUser", &format!("<userId>{AGENT}</userId>")).code(), 0);
    assert_eq!(rows(&desk.dump(), "activity"), 0, "it goes with the agent");
}

#[test]
fn a_department_limited_to_a_role_that_is_removed_is_closed_until_somebody_opens_it() {
    let desk = seeded();
    let open_to_customer = || desk.call_as("customer", "secret", "GetDeptsForUserTicketSubmission", "").all("Name");
    let before = open_to_customer();
    assert!(!before.contains(&"Partners".to_owned()), "{before:?}");
    assert_eq!(desk.call("RemoveRole", "<roleID>101</roleID>").code(), 0);
    assert_eq!(open_to_customer(), before, "what was limited does not open by itself");
    done(&desk, "SetDepartmentAccess", "<departmentId>4</departmentId><isInternal>false</isInternal>");
    assert!(open_to_customer().contains(&"Partners".to_owned()));
}
