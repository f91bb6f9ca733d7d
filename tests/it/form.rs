//! Calls by HTTP GET and by form posts, over real sockets: who may make them, what they run and never run, how they are read and answered.

use crate::support::{Desk, PATH, Reply, cheap};
use asmxd::config::Config;
use asmxd::http::Forms;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};

const LOGIN: &str = "authUserName=admin&authPassword=secret";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const STRUCTURE: &str = "/Services2/svcStructure.asmx";
const ACCOUNTS: &str = "/Services2/svcAccounts.asmx";

fn with(forms: Forms) -> Desk {
    Desk::with(Config { forms, ..cheap() })
}

fn on() -> Desk {
    with(Forms::On)
}

fn ask(desk: &Desk, method: &str, target: &str, heads: &str) -> Reply {
    desk.send(format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{heads}\r\n").as_bytes())
}

/// A query to svcOrganization as the administrator.
fn get(desk: &Desk, operation: &str, query: &str) -> Reply {
    ask(desk, "GET", &format!("{PATH}/{operation}?{LOGIN}{query}"), "")
}

fn posted(target: &str, heads: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{heads}Content-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn post_to(desk: &Desk, path: &str, operation: &str, body: &str) -> Reply {
    desk.send(&posted(&format!("{path}/{operation}"), FORM, &format!("{LOGIN}{body}")))
}

/// A form posted to svcOrganization as the administrator.
fn post(desk: &Desk, operation: &str, body: &str) -> Reply {
    post_to(desk, PATH, operation, body)
}

fn is_unrecognized(reply: &Reply, operation: &str) {
    let text = format!("Request format is unrecognized for URL unexpectedly ending in '/{operation}'.\n");
    assert_eq!((reply.status, reply.body.as_str()), (500, text.as_str()));
}

fn is_text(reply: &Reply, status: u16, text: &str) {
    assert_eq!((reply.status, reply.body.as_str()), (status, format!("{text}\n").as_str()));
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn a_form_of_this_machine_may_call_and_a_query_may_not_unless_it_is_configured() {
    let desk = Desk::open();
    assert_eq!(post(&desk, "GetServerName", "").code(), 0);
    is_unrecognized(&get(&desk, "GetServerName", ""), "GetServerName");
    let desk = with(Forms::Off);
    is_unrecognized(&post(&desk, "GetServerName", ""), "GetServerName");
    is_unrecognized(&get(&desk, "GetServerName", ""), "GetServerName");
    let desk = on();
    assert_eq!(post(&desk, "GetServerName", "").code(), 0);
    assert_eq!(get(&desk, "GetServerName", "").code(), 0);
}

#[test]
fn what_a_proxy_passes_on_is_not_of_this_machine() {
    for header in
        ["Forwarded: for=192.0.2.1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "Via: 1.1 p", "X-Real-IP: ::1"]
    {
        let request = posted(&format!("{PATH}/GetServerName"), &format!("{FORM}{header}\r\n"), LOGIN);
        is_unrecognized(&Desk::open().send(&request), "GetServerName");
        assert_eq!(on().send(&request).code(), 0, "{header}");
    }
}

/// An address of this machine that is no loopback, if it has one; nothing is sent to find out.
fn outer_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.250:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback() && !address.is_unspecified())
}

fn send_from(address: IpAddr, desk: &Desk, request: &[u8]) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(address, 0)).unwrap();
        socket.connect(desk.address()).await.unwrap().into_std().unwrap()
    });
    let mut stream: TcpStream = stream;
    stream.set_nonblocking(false).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    Reply::parse(&answer)
}

/// The decision itself is tested beside it (`src/http/forms.rs`), for machines that have but a loopback.
#[test]
fn another_machine_may_call_only_when_the_bindings_are_on() {
    let Some(address) = outer_address() else { return };
    let request = posted(&format!("{PATH}/GetServerName"), FORM, LOGIN);
    is_unrecognized(&send_from(address, &Desk::open(), &request), "GetServerName");
    assert_eq!(send_from(address, &on(), &request).code(), 0);
}

#[test]
fn the_answer_is_a_document_whose_root_is_the_result() {
    let reply = get(&on(), "GetServerName", "");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/xml; charset=utf-8")));
    assert_eq!(reply.header("cache-control"), Some("private, max-age=0"));
    let (root, rest) = reply.body.split_once("\n  <").unwrap();
    assert_eq!(
        root,
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<StringRequestResult xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"{}\">",
            crate::support::NS
        )
    );
    assert!(rest.contains("\n  <Result>true</Result>\n  <ResultCode>0</ResultCode>\n</StringRequestResult>"), "{}", reply.body);
}

#[test]
fn what_fails_is_a_result_as_it_is_over_soap() {
    let desk = on();
    let reply = get(&desk, "GetOrganizationByID", "&organizationID=999");
    let soap = desk.call("GetOrganizationByID", "<organizationID>999</organizationID>");
    assert_ne!(soap.code(), 0);
    assert_eq!((reply.status, reply.code(), reply.text("Message")), (200, soap.code(), soap.text("Message")));
    let reply = ask(&desk, "GET", &format!("{PATH}/GetServerName?authUserName=admin&authPassword=wrong"), "");
    assert_eq!((reply.status, reply.code(), reply.text("Message").as_str()), (200, 1, "Login failed."));
}

#[test]
fn nothing_that_writes_or_signs_in_is_run_by_get() {
    let desk = on();
    let before = desk.dump();
    let newcomer = "&username=new&password=long+enough&email=n@example.org&isEmailVerified=true&displayName=New";
    for target in [
        format!("{PATH}/CreateUser2?{LOGIN}{newcomer}"),
        format!("{PATH}/AddRole?{LOGIN}&roleName=x&employeeRole=true"),
        format!("{PATH}/ValidateAgent?agentUserName=agent&agentPassword=secret"),
        format!("{STRUCTURE}/CreateBrand?{LOGIN}&name=x"),
        format!("{ACCOUNTS}/Authenticate?{LOGIN}&username=agent&password=secret"),
        format!("{ACCOUNTS}/DisableUser?{LOGIN}&userId=5"),
    ] {
        let reply = ask(&desk, "GET", &target, "");
        assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")), "{target}: {}", reply.body);
    }
    assert_eq!(desk.dump(), before);
    let reply = post(&desk, "CreateUser2", newcomer);
    assert_eq!((reply.status, reply.code()), (200, 0), "{}", reply.body);
    assert_ne!(desk.dump(), before);
}

#[test]
fn operations_that_no_form_can_call_are_not_valid_and_letter_case_counts() {
    let desk = on();
    for (path, operation) in [
        (PATH, "Nope"),
        (PATH, "GetAllRoles/"),
        (PATH, "a%3Cb%3E"),
        (ACCOUNTS, "CreateUser"),
        (ACCOUNTS, "SetAvatar"),
        (ACCOUNTS, "DeleteUsers"),
    ] {
        let name = operation.replace("%3C", "&lt;").replace("%3E", "&gt;");
        is_text(&post_to(&desk, path, operation, ""), 500, &format!("{name} Web Service method name is not valid."));
    }
    let text = "Invalid method name 'createuser', method names are case sensitive. The method name 'CreateUser' with the same name but \
                different casing was found.\nParameter name: methodName";
    is_text(&post(&desk, "createuser", ""), 500, text);
    let reply = ask(&with(Forms::Off), "GET", &format!("{PATH}/%3Cscript%3E"), "");
    is_unrecognized(&reply, "&lt;script&gt;");
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn parameters_are_named_in_any_case_and_unknown_ones_are_passed_over() {
    let query = "AUTHUSERNAME=admin&AuthPassword=secret&USERID=5&RequestedValues=username&nope=1";
    let reply = ask(&on(), "GET", &format!("{PATH}/GetUsersProperties?{query}"), "");
    assert_eq!(reply.strings(), ["username=customer"]);
}

#[test]
fn a_name_that_is_repeated_is_an_array_and_elsewhere_the_first_counts() {
    let desk = on();
    let reply = get(&desk, "GetUsersProperties", "&userId=5&userId=x&requestedValues=username&requestedValues=email");
    assert_eq!(reply.strings(), ["username=customer", "email=customer@example.org"]);
    is_text(&get(&desk, "GetUsersProperties", "&userId=5"), 500, "Missing parameter: requestedValues.");
}

#[test]
fn values_are_escaped_as_forms_escape_them_in_utf_8_or_in_the_charset_that_is_named() {
    let desk = on();
    let name = |reply: &Reply| {
        assert_eq!(reply.code(), 0, "{}", reply.body);
        desk.properties(5, &["displayname"])
    };
    let of = |value: &str| format!("&userId=5&userPropertyValues=displayname={value}");
    assert_eq!(name(&post(&desk, "SetUsersProperties", &of("A+%26%20B%3C%2B"))), ["displayname=A & B<+"]);
    assert_eq!(name(&post(&desk, "SetUsersProperties", &of("Zo%C3%AB+%E2%98%83"))), ["displayname=Zoë ☃"]);
    assert_eq!(name(&post(&desk, "SetUsersProperties", &of("Zoë"))), ["displayname=Zoë"]);
    let latin = "Content-Type: application/x-www-form-urlencoded; charset=iso-8859-1\r\n";
    let request = posted(&format!("{PATH}/SetUsersProperties"), latin, &format!("{LOGIN}{}", of("M%FCller")));
    assert_eq!(name(&desk.send(&request)), ["displayname=Müller"]);
}

#[test]
fn bytes_that_are_no_text_and_characters_that_xml_forbids_are_refused() {
    let desk = on();
    let before = desk.dump();
    for value in ["%FF", "%C3%28", "%ED%A0%80", "%00", "%EF%BF%BF"] {
        let reply = post(&desk, "AddRole", &format!("&roleName=x{value}&employeeRole=true"));
        assert_eq!((reply.status, reply.header("content-type")), (400, Some("text/plain; charset=utf-8")), "{value}");
        assert_eq!(get(&desk, "GetOrganizationByName", &format!("&organizationName={value}")).status, 400, "{value}");
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn missing_and_bad_values_are_told_in_the_references_words() {
    let desk = on();
    is_text(&ask(&desk, "GET", &format!("{PATH}/GetServerName?authUserName=admin"), ""), 500, "Missing parameter: authPassword.");
    let request = posted(&format!("{PATH}/GetServerName?{LOGIN}"), FORM, "");
    is_text(&desk.send(&request), 500, "Missing parameter: authUserName.");
    is_text(&post(&desk, "AddRole", "&roleName=x"), 500, "Missing parameter: employeeRole.");
    let bad = |value: &str, text: &str| {
        let reply = post(&desk, "AddRole", &format!("&roleName=x&employeeRole={value}"));
        let inner = "String was not recognized as a valid Boolean.";
        is_text(&reply, 500, &format!("Cannot convert {text} to System.Boolean.\nParameter name: type ---> {inner}"));
    };
    bad("maybe", "maybe");
    bad("1", "1");
    bad("%3Cb%3E%27", "&lt;b&gt;&#39;");
    assert_eq!(post(&desk, "AddRole", "&roleName=x&employeeRole=True").code(), 0);
    let reply = get(&desk, "GetOrganizationByName", "&organizationName=%3Cb%3E");
    let text =
        "A potentially dangerous Request.QueryString value was detected from the client (organizationName=&quot;...&quot;).";
    is_text(&reply, 500, text);
}

#[test]
fn optional_parameters_of_our_own_services_may_be_missing_or_empty_and_required_ones_may_not() {
    let desk = on();
    for query in ["", "&max=", "&max=1"] {
        let reply = ask(&desk, "GET", &format!("{ACCOUNTS}/GetChanges?{LOGIN}{query}"), "");
        assert_eq!((reply.status, reply.code()), (200, 0), "{query}: {}", reply.body);
    }
    is_text(&ask(&desk, "GET", &format!("{ACCOUNTS}/GetUser?{LOGIN}"), ""), 500, "Missing parameter: userId.");
    let reply = ask(&desk, "GET", &format!("{STRUCTURE}/ListBrands"), "");
    assert_eq!((reply.status, reply.code()), (200, 1), "nobody is a failed login: {}", reply.body);
}

#[test]
fn other_content_types_are_refused_as_the_reference_refuses_them() {
    let desk = on();
    for content_type in ["text/xml; charset=utf-8", "multipart/form-data; boundary=x", "application/json", "text/plain"] {
        let heads = format!("Content-Type: {content_type}\r\n");
        let reply = desk.send(&posted(&format!("{PATH}/GetServerName"), &heads, LOGIN));
        is_text(&reply, 500, &format!("Request format is invalid: {content_type}."));
    }
}

#[test]
fn what_a_browser_sends_by_itself_lets_nobody_in() {
    let desk = on();
    let basic = "Authorization: Basic YWRtaW46c2VjcmV0\r\n";
    let reply = ask(&desk, "GET", &format!("{STRUCTURE}/ListBrands"), basic);
    assert_eq!((reply.status, reply.code()), (200, 1));
    let reply = desk.send(&posted(&format!("{STRUCTURE}/CreateBrand"), &format!("{FORM}{basic}"), "name=x"));
    assert_eq!((reply.status, reply.code()), (200, 1));
    let challenging = Desk::with(Config { challenge: true, forms: Forms::On, ..cheap() });
    let reply = ask(&challenging, "GET", &format!("{STRUCTURE}/ListBrands"), "");
    assert_eq!((reply.status, reply.header("www-authenticate")), (200, None));
}

#[test]
fn a_page_of_another_site_makes_no_calls() {
    let desk = on();
    let before = desk.dump();
    let send = |heads: &str| {
        let request = posted(&format!("{STRUCTURE}/CreateBrand"), &format!("{FORM}{heads}"), &format!("{LOGIN}&name=x"));
        desk.send(&request)
    };
    for heads in ["Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n", "Origin: null\r\n"] {
        assert_eq!(send(heads).status, 403, "{heads}");
    }
    assert_eq!(ask(&desk, "GET", &format!("{PATH}/GetServerName?{LOGIN}"), "Sec-Fetch-Site: cross-site\r\n").status, 403);
    assert_eq!(desk.dump(), before);
    assert_eq!(send("Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n").code(), 0);
}

#[test]
fn other_methods_are_not_allowed_and_the_limit_of_bodies_holds() {
    let desk = on();
    for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let reply = ask(&desk, method, &format!("{PATH}/GetServerName?{LOGIN}"), "");
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, POST")), "{method}");
    }
    let large = format!("&x={}", "a".repeat(5 * 1024 * 1024));
    assert_eq!(post(&desk, "GetServerName", &large).status, 413);
    let many = "&x".repeat(20_000);
    assert_eq!(post(&desk, "GetServerName", &many).status, 400);
}
