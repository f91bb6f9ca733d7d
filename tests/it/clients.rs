//! How known programs call the service and what they make of the answers: the requests of `fixtures/clients/`, sent byte by byte.
//!
//! A folder is `<client>__<what>`: `case.toml` with `says`, and per step `<number>.<step>.http`, which may hold `{{name}}` for what the
//! client fills in. `<number>.<step>.<case>.xml` is the answer, byte by byte; `BLESS=1 cargo test` writes it.

use crate::support::{ADMIN, Desk, PASSWORD, Reply, golden, on_the_wire, repository};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// A client with the account that it was configured with.
struct Client<'d> {
    desk: &'d Desk,
    folder: &'static str,
    user: &'static str,
    password: &'static str,
}

impl<'d> Client<'d> {
    fn new(desk: &'d Desk, folder: &'static str) -> Self {
        let text = std::fs::read_to_string(repository("fixtures/clients").join(folder).join("case.toml")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        assert!(table["says"].as_str().unwrap().ends_with('.'), "{folder}: no sentence");
        Client { desk, folder, user: ADMIN, password: PASSWORD }
    }

    /// Sends the request of a step; the answer has to be the one that is checked in for this case of it.
    fn step(&self, step: &str, case: &str, filled_in: &[(&str, &str)]) -> Reply {
        let folder = format!("fixtures/clients/{}", self.folder);
        let mut request = std::fs::read_to_string(repository(&folder).join(format!("{step}.http"))).unwrap();
        for (name, value) in [("user", self.user), ("password", self.password)].iter().chain(filled_in) {
            request = request.replace(&format!("{{{{{name}}}}}"), value);
        }
        let reply = self.desk.send(&on_the_wire(request.as_bytes()));
        // These clients take everything but 200 for a broken connection.
        assert_eq!(reply.status, 200, "{step} {case}: {}", reply.body);
        golden(&format!("{folder}/{step}.{case}.xml"), &reply.body);
        reply
    }
}

fn seeded() -> Desk {
    Desk::seeded("cases.toml")
}

/// The element at the end of a path of local names from `node`, as an XPath without a test of the namespace finds it.
fn at<'a, 'i>(node: Node<'a, 'i>, path: &str) -> Option<Node<'a, 'i>> {
    path.split('/').try_fold(node, |node, name| node.children().find(|child| child.tag_name().name() == name))
}

/// The text at the end of a path; such clients take an element that is missing for an error.
fn text(node: Node<'_, '_>, path: &str) -> String {
    at(node, path).unwrap_or_else(|| panic!("there is no {path}")).text().unwrap_or_default().to_owned()
}

/// The result of an operation in the envelope of a version.
fn result<'a, 'i>(document: &'a Document<'i>, envelope: &str, operation: &str) -> Node<'a, 'i> {
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.tag_name().namespace()), ("Envelope", Some(envelope)));
    at(root, &format!("Body/{operation}Response/{operation}Result")).unwrap_or_else(|| panic!("no result of {operation}"))
}

/// Fails unless the children come in this order: a data contract reader drops what comes out of order.
fn assert_in_order(node: Node<'_, '_>, names: &[&str]) {
    let found: Vec<_> = node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect();
    assert_eq!(found, names);
}

/// The records of a list by the key that the client keeps them under, which has to be unique; the list has to be there.
fn dictionary(result: Node<'_, '_>, list: &str, key: &str, value: &str) -> BTreeMap<String, String> {
    let records: Vec<_> = at(result, list).unwrap_or_else(|| panic!("no {list}")).children().filter(Node::is_element).collect();
    let dictionary: BTreeMap<_, _> = records.iter().map(|record| (text(*record, key), text(*record, value))).collect();
    assert_eq!(dictionary.len(), records.len(), "{key} is the key of a dictionary");
    dictionary
}

#[test]
fn the_call_log_plug_in_fills_its_lists_of_groups_and_agents() {
    let desk = seeded();
    let client = Client::new(&desk, "call_log_plug_in__groups_and_their_agents");
    let reply = client.step("1.get_all_groups", "all", &[]);
    assert_eq!(reply.header("Content-Type"), Some("text/xml; charset=utf-8"));
    assert_eq!(reply.header("Content-Encoding"), None, "compressed answers are off by default (R35)");
    let document = Document::parse(&reply.body).unwrap();
    let found = result(&document, SOAP_11, "GetAllGroups");
    assert_in_order(found, &["Groups", "Message", "Result", "ResultCode"]);
    let groups = dictionary(found, "Groups", "Name", "ID");
    assert_eq!(groups.len(), 5);
    let mut agents = BTreeMap::new();
    for (name, id) in &groups {
        let reply = client.step("2.get_agents_for_group", id, &[("group", id)]);
        let document = Document::parse(&reply.body).unwrap();
        let found = result(&document, SOAP_11, "GetAgentsForGroup");
        assert_in_order(found, &["Agents", "Message", "Result", "ResultCode"]);
        let records = at(found, "Agents").unwrap();
        records.children().filter(Node::is_element).for_each(|agent| assert_in_order(agent, &["DisplayName", "ID", "UserName"]));
        agents.insert(name.as_str(), dictionary(found, "Agents", "DisplayName", "UserName").into_values().collect::<Vec<_>>());
    }
    assert_eq!(agents["Sales frontline"], ["second", "agent"]);
    assert_eq!(agents["On call"], ["second"]);
    assert!(agents["Empty"].is_empty(), "a group without agents is an empty list and no missing one");
}

#[test]
fn the_cms_offers_departments_and_signs_people_up() {
    let desk = seeded();
    let client = Client::new(&desk, "cms__departments_and_sign_up");
    let reply = client.step("1.get_all_departments", "all", &[]);
    let document = Document::parse(&reply.body).unwrap();
    let found = result(&document, SOAP_12, "GetAllDepartments");
    let departments = dictionary(found, "Departments", "Name", "ID");
    assert_eq!(departments["Sales"], "1");
    assert_eq!(departments.len(), 4);
    // The answer of a sign-up is ignored; somebody who signs up a second time is no broken connection either.
    let reply = client.step("2.create_user", "first", &[]);
    let document = Document::parse(&reply.body).unwrap();
    assert_eq!(text(result(&document, SOAP_12, "CreateUser"), "Result"), "true");
    let reply = client.step("2.create_user", "again", &[]);
    let document = Document::parse(&reply.body).unwrap();
    assert_eq!(text(result(&document, SOAP_12, "CreateUser"), "ResultCode"), "4");
    let keys = ["Username", "DisplayName", "IsEmailVerified"];
    assert_eq!(desk.properties(8, &keys), ["Username=visitor@example.com", "DisplayName=Vera Visitor", "IsEmailVerified=false"]);
    let password = "a &amp; long enough one";
    assert_eq!(
        desk.call_as("visitor@example.com", password, "GetDeptsForUserTicketSubmission", "").all("Name"),
        ["Sales", "Support"]
    );
}

#[test]
fn the_php_script_cuts_the_prefix_out_of_the_answer() {
    let desk = seeded();
    let client = Client::new(&desk, "php_script__a_person_is_made");
    let read = |case: &str, path: &str| {
        let reply = client.step("1.create_user2", case, &[]);
        assert!(reply.header("Content-Type").unwrap().starts_with("text/xml"));
        let cut = reply.body.replace("soap:", "").replace("SOAP:", "");
        let document = Document::parse(&cut).unwrap();
        let root = document.root_element();
        assert_eq!((root.tag_name().name(), root.tag_name().namespace()), ("Envelope", None), "the prefix has to be soap");
        let texts: Vec<_> =
            path.split(' ').map(|name| text(root, &format!("Body/CreateUser2Response/CreateUser2Result/{name}"))).collect();
        texts
    };
    assert_eq!(read("made", "Result ResultCode Message UserID"), ["true", "0", "", "8"]);
    assert_eq!(read("taken", "Result ResultCode Message UserID"), ["false", "4", "username: is taken.", "0"]);
    assert_eq!(desk.properties(8, &["DisplayName"]), ["DisplayName=caller"]);
}

#[test]
fn the_portal_shows_the_picture_of_an_agent() {
    let desk = seeded();
    let client = Client::new(&desk, "portal__an_agent_and_its_picture");
    let reply = client.step("1.get_all_agents", "all", &[]);
    let document = Document::parse(&reply.body).unwrap();
    let found = result(&document, SOAP_11, "GetAllAgents");
    let agents = dictionary(found, "Agents", "UserName", "ID");
    let reply = client.step("2.get_users_properties", "found", &[("agent", &agents["second"])]);
    let document = Document::parse(&reply.body).unwrap();
    let found = result(&document, SOAP_11, "GetUsersProperties");
    assert_eq!(text(found, "Result"), "true");
    let first = text(found, "RequestResults/string");
    let (key, address) = first.split_once('/').expect("the address of the picture begins with a slash");
    assert_eq!(
        (key, format!("https://desk.example.org/{address}").as_str()),
        ("AvatarUrl=", "https://desk.example.org/avatars/default.png")
    );
}

#[test]
fn the_portal_tells_why_a_call_failed() {
    let desk = seeded();
    let client = Client { password: "wrong", ..Client::new(&desk, "portal__an_agent_and_its_picture") };
    let reply = client.step("1.get_all_agents", "refused", &[]);
    let document = Document::parse(&reply.body).unwrap();
    let found = result(&document, SOAP_11, "GetAllAgents");
    let told: Vec<_> = ["Result", "ResultCode", "Message"].into_iter().map(|name| text(found, name)).collect();
    assert_eq!(told, ["false", "1", "Login failed."]);
    assert!(at(found, "Agents").is_none());
}
