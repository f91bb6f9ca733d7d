//! A second, independent codec judges ours from outside: yaserde writes what we read, and reads what we write.

use crate::support::{ADMIN, Desk, NS, PASSWORD, PATH, soap_request};
use asmxd::wire::soap::Version;
use yaserde_derive::{YaDeserialize, YaSerialize};

#[derive(YaSerialize, Default, Debug)]
#[yaserde(
    rename = "CreateUser2",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx" }
)]
struct CreateUser2 {
    #[yaserde(rename = "authUserName", prefix = "t")]
    user: String,
    #[yaserde(rename = "authPassword", prefix = "t")]
    caller_password: String,
    #[yaserde(prefix = "t")]
    username: String,
    #[yaserde(prefix = "t")]
    password: String,
    #[yaserde(prefix = "t")]
    email: String,
    #[yaserde(rename = "isEmailVerified", prefix = "t")]
    is_email_verified: bool,
    #[yaserde(rename = "displayName", prefix = "t")]
    display_name: String,
}

#[derive(YaDeserialize, Default, Debug, PartialEq)]
#[yaserde(
    rename = "CreateUser2Result",
    prefix = "t",
    namespaces = { "t" = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx" }
)]
struct CreateUser2Result {
    #[yaserde(rename = "Message", prefix = "t")]
    message: String,
    #[yaserde(rename = "Result", prefix = "t")]
    result: bool,
    #[yaserde(rename = "ResultCode", prefix = "t")]
    code: i32,
    #[yaserde(rename = "UserID", prefix = "t")]
    user_id: i32,
}

/// The element `name` of a message, as a document of its own.
fn cut(message: &str, name: &str) -> String {
    let begin = message.find(&format!("<{name}>")).unwrap() + name.len() + 2;
    let end = message.find(&format!("</{name}>")).unwrap();
    format!("<{name} xmlns=\"{NS}\">{}</{name}>", &message[begin..end])
}

#[test]
fn an_independent_codec_writes_what_we_read_and_reads_what_we_write() {
    let desk = Desk::open();
    let request = CreateUser2 {
        user: ADMIN.to_owned(),
        caller_password: PASSWORD.to_owned(),
        username: "from outside".to_owned(),
        password: "  keeps <its> blanks & all ".to_owned(),
        email: "outside@example.org".to_owned(),
        is_email_verified: true,
        display_name: "Zoë <&> \"O'Neil\" 日本".to_owned(),
    };
    let options = yaserde::ser::Config { write_document_declaration: false, ..Default::default() };
    let body = yaserde::ser::to_string_with_config(&request, &options).unwrap();
    for (version, expected) in [(Version::Soap11, (0, true, 6)), (Version::Soap12, (4, false, 0))] {
        let reply = desk.send(&soap_request(version, PATH, None, &body));
        let result: CreateUser2Result = yaserde::de::from_str(&cut(&reply.body, "CreateUser2Result")).unwrap();
        assert_eq!((result.code, result.result, result.user_id), expected, "{result:?}");
        assert_eq!(result.message.is_empty(), result.result);
    }
    let reply = desk.call_as("from outside", "  keeps &lt;its> blanks &amp; all ", "GetServerName", "");
    assert_eq!(reply.code(), 2, "the password has its blanks, and an end user may not ask: {}", reply.body);
    assert_eq!(desk.properties(6, &["DisplayName"]), ["DisplayName=Zoë <&> \"O'Neil\" 日本"]);
}
