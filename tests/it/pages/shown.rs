//! What the pages show, and to whom.

use super::{get, tree};
use crate::support::{Desk, PATH, golden};
use asmxd::describe::{self, Bindings, View};
use asmxd::operations::{SERVICES, service};

fn operation_page(name: &str, operation: &str, bindings: Bindings, values: usize) -> String {
    let service = service(name).unwrap();
    let address = format!("http://localhost/Services2/{name}.asmx");
    let view = View { here: &format!("{name}.asmx"), address: &address, bindings, values };
    let entry = service.operation(operation).unwrap();
    String::from_utf8(describe::operation_page(service, entry.declaration, view)).unwrap()
}

#[test]
fn some_pages_are_checked_in() {
    golden("fixtures/pages/index.html", &String::from_utf8(describe::index("Services2/")).unwrap());
    let organization = service("svcOrganization").unwrap();
    let page = describe::service_page(organization, "svcOrganization.asmx", None);
    golden("fixtures/pages/svcOrganization.html", &String::from_utf8(page).unwrap());
    for (service, operation, bindings) in [
        ("svcOrganization", "GetUsersProperties", Bindings::On),
        ("svcOrganization", "CreateUser2", Bindings::Here),
        ("svcAccounts", "UpdateUserSettings", Bindings::Here),
    ] {
        golden(&format!("fixtures/pages/{service}.{operation}.html"), &operation_page(service, operation, bindings, 2));
    }
}

#[test]
fn every_link_of_the_index_and_of_the_services_leads_to_a_page_or_a_document() {
    let desk = Desk::open();
    let mut found = 0;
    for begin in ["/Services2", "/services2/", PATH, &format!("{PATH}/"), &format!("{PATH}/?op=GetAllRoles")] {
        let page = get(&desk, begin).body;
        for link in tree(&page).descendants().filter_map(|node| node.attribute("href")).filter(|link| !link.starts_with('#')) {
            // As a browser resolves it.
            let mut folder: Vec<&str> = begin.split('?').next().unwrap().split('/').collect();
            folder.pop();
            let mut rest = link;
            while let Some(after) = rest.strip_prefix("../") {
                folder.pop();
                rest = after;
            }
            let target = format!("{}/{rest}", folder.join("/"));
            let reply = get(&desk, &target);
            assert_eq!(reply.status, 200, "{begin} links to {link}, which is {target}");
            assert!(!reply.body.contains("role=\"alert\""), "{target}");
            found += 1;
        }
    }
    let operations: usize = SERVICES.iter().map(|service| service.operations.len()).sum();
    assert!(found > 2 * operations, "{found} links");
}

#[test]
fn the_index_tells_each_function_with_its_inputs_and_what_it_returns() {
    let index = String::from_utf8(describe::index("")).unwrap();
    let document = tree(&index);
    let rows: Vec<Vec<String>> = document
        .descendants()
        .filter(|node| node.has_tag_name("tr"))
        .map(|row| {
            let cells = row.children().filter(|cell| cell.has_tag_name("td"));
            cells.map(|cell| cell.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()).collect()
        })
        .filter(|row: &Vec<String>| !row.is_empty())
        .collect();
    let declared = SERVICES.iter().flat_map(|service| service.operations).map(|entry| entry.declaration.name);
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), declared.collect::<Vec<_>>());
    let row = rows.iter().find(|row| row[0] == "GetUsersProperties").unwrap();
    let inputs = "string authUserName, string authPassword, int userId, ArrayOfString requestedValues";
    assert_eq!(row[1..], [inputs.to_owned(), "SettingsRequestResult".to_owned()]);
}

#[test]
fn an_operation_is_found_in_any_case_and_an_unknown_one_is_told_on_the_services_page() {
    let desk = Desk::open();
    let page = get(&desk, &format!("{PATH}?op=createuser2"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1>CreateUser2</h1>") && !page.body.contains("role=\"alert\""));
    for (asked, told) in [("Nope", "'Nope'"), ("%3Cscript%3Ealert(1)%3C/script%3E", "'&lt;script&gt;alert(1)&lt;/script&gt;'")] {
        let page = get(&desk, &format!("{PATH}?op={asked}"));
        assert_eq!(page.status, 200);
        assert!(page.body.contains("role=\"alert\"") && page.body.contains(told), "{}", page.body);
        assert!(page.body.contains("<h1>svcOrganization</h1>") && !page.body.contains("<script"));
    }
    let long = get(&desk, &format!("{PATH}?op={}", "x".repeat(4000))).body;
    assert!(long.contains("xxx") && !long.contains(&"x".repeat(100)));
}

#[test]
fn a_head_request_is_answered_like_a_get_without_the_body() {
    let desk = Desk::open();
    for target in ["/Services2", PATH, &format!("{PATH}?op=CreateUser2"), &format!("{PATH}?op=Nope"), &format!("{PATH}?disco")] {
        let full = get(&desk, target);
        let head = desk.send(format!("HEAD {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{target}");
        assert_eq!(head.header("content-length"), Some(full.body.len().to_string().as_str()), "{target}");
        assert_eq!(head.header("content-type"), full.header("content-type"), "{target}");
    }
}

#[test]
fn every_page_says_to_programs_where_the_discovery_document_is() {
    let desk = Desk::open();
    for target in [PATH.to_owned(), format!("{PATH}?op=CreateUser2")] {
        let page = get(&desk, &target).body;
        let document = tree(&page);
        let link = document.descendants().find(|node| node.has_tag_name("link")).unwrap();
        assert_eq!((link.attribute("rel"), link.attribute("type")), (Some("alternate"), Some("text/xml")));
        assert_eq!(link.attribute("href"), Some("svcOrganization.asmx?disco"));
    }
}

#[test]
fn the_form_and_the_samples_follow_what_may_be_sent_without_soap() {
    let headings = |page: &str| -> Vec<String> {
        let samples = ["SOAP 1.1", "SOAP 1.2", "HTTP GET", "HTTP POST"];
        samples.into_iter().filter(|name| page.contains(&format!("<h2>{name}</h2>"))).map(str::to_owned).collect()
    };
    for (operation, bindings, has_form, samples) in [
        ("GetAllRoles", Bindings::Off, false, &["SOAP 1.1", "SOAP 1.2"][..]),
        ("GetAllRoles", Bindings::Elsewhere, false, &["SOAP 1.1", "SOAP 1.2", "HTTP POST"]),
        ("GetAllRoles", Bindings::Here, true, &["SOAP 1.1", "SOAP 1.2", "HTTP POST"]),
        ("GetAllRoles", Bindings::On, true, &["SOAP 1.1", "SOAP 1.2", "HTTP GET", "HTTP POST"]),
        ("CreateUser2", Bindings::On, true, &["SOAP 1.1", "SOAP 1.2", "HTTP POST"]),
    ] {
        let page = operation_page("svcOrganization", operation, bindings, 1);
        assert_eq!(page.contains("<form"), has_form, "{operation} {bindings:?}");
        assert_eq!(headings(&page), samples, "{operation} {bindings:?}");
    }
    let elsewhere = operation_page("svcOrganization", "GetAllRoles", Bindings::Elsewhere, 1);
    assert!(elsewhere.contains("only for requests from the local machine"));
    let complex = operation_page("svcAccounts", "UpdateUserSettings", Bindings::On, 1);
    assert!(!complex.contains("<form") && complex.contains("No test form is available"));
    assert_eq!(headings(&complex), ["SOAP 1.1", "SOAP 1.2"]);
}

#[test]
fn each_form_has_a_labelled_input_for_each_parameter_and_hides_passwords() {
    let mut forms = 0;
    for service in SERVICES {
        for entry in service.operations.iter().filter(|entry| entry.declaration.fits_a_form()) {
            let page = operation_page(service.name, entry.declaration.name, Bindings::Here, 1);
            let document = tree(&page);
            let form = document.descendants().find(|node| node.has_tag_name("form")).unwrap();
            let action = format!("{}.asmx/{}", service.name, entry.declaration.name);
            assert_eq!((form.attribute("method"), form.attribute("action")), (Some("post"), Some(action.as_str())));
            let inputs = form.descendants().filter(|node| node.has_tag_name("input") || node.has_tag_name("select"));
            let inputs: Vec<_> = inputs.collect();
            let names = entry.declaration.parameters.iter().map(|field| Some(field.name));
            assert!(inputs.iter().map(|input| input.attribute("name")).eq(names), "{action}");
            for (input, field) in inputs.iter().zip(entry.declaration.parameters) {
                let label =
                    form.descendants().find(|node| node.has_tag_name("label") && node.attribute("for") == input.attribute("id"));
                assert!(label.is_some_and(|label| label.text().unwrap().starts_with(field.name)), "{action} {}", field.name);
                let is_secret = field.name.to_lowercase().contains("password") && !field.name.to_lowercase().contains("force");
                if is_secret && input.has_tag_name("input") {
                    assert_eq!(input.attribute("type"), Some("password"), "{action} {}", field.name);
                    assert_eq!(input.attribute("autocomplete"), Some("off"));
                }
            }
            forms += 1;
        }
    }
    assert!(forms > 80, "{forms} forms");
}

#[test]
fn a_list_has_as_many_inputs_as_are_asked_for_within_reason() {
    for (asked, expected) in [(0, 1), (1, 1), (3, 3), (1_000_000, 20)] {
        let page = operation_page("svcOrganization", "GetUsersProperties", Bindings::Here, asked);
        assert_eq!(page.matches("name=\"requestedValues\"").count(), expected);
        assert_eq!(page.contains("one value more"), expected < 20);
        let document = tree(&page);
        let mut ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let before = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), before, "an id stands twice");
    }
}

#[test]
fn no_page_shows_the_marks_of_another_format() {
    for service in SERVICES {
        for entry in service.operations {
            let page = operation_page(service.name, entry.declaration.name, Bindings::On, 1);
            let document = tree(&page);
            let texts = document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
            for text in texts {
                assert!(!text.contains('`') && !text.contains("]("), "{}: {text}", entry.declaration.name);
            }
        }
    }
}

#[test]
fn pages_are_small() {
    assert!(describe::index("").len() < 64 * 1024);
    for service in SERVICES {
        assert!(describe::service_page(service, "x.asmx", None).len() < 16 * 1024, "{}", service.name);
        for entry in service.operations {
            let size = operation_page(service.name, entry.declaration.name, Bindings::On, 1).len();
            assert!(size < 64 * 1024, "{}: {size}", entry.declaration.name);
        }
    }
}
