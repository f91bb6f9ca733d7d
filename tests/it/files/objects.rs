//! JSON and XML: members in any order become columns, and what is odd is told with its name.

use super::support::{Found, found, refused};
use asmxd::import::files::Format::{Json, Xml};

fn people(found: &Found) -> (Vec<&str>, Vec<Vec<&str>>) {
    (found.columns.iter().map(String::as_str).collect(), found.cells())
}

#[test]
fn columns_are_the_members_in_the_order_in_which_they_first_come() {
    let expected = (
        vec!["Username", "Roles", "CustomFields.Asset no.", "Enabled"],
        vec![vec!["ann", "Agent;Manager", "17", ""], vec!["bob", "", "", "true"]],
    );
    let json = r#"[{"Username":"ann","Roles":["Agent","Manager"],"CustomFields":{"Asset no.":17}},
        {"Enabled":true,"Username":"bob","Roles":null}]"#;
    let found_json = found(Json, json);
    assert_eq!(people(&found_json), expected);
    assert_eq!(found_json.lines(), [1, 2]);
    let lines = json.trim_matches(['[', ']']).replace("}},", "}}\n\n");
    assert_eq!(people(&found(Json, lines)), expected);
    let xml = "<?xml version='1.0'?>\n<Import xmlns='urn:asmxd:import:1'>\n<User><Username>ann</Username><Roles>Agent;Manager</Roles>\
        <CustomFields><CustomField Name='Asset no.'>17</CustomField></CustomFields></User>\n<User>\n\
        <Enabled><![CDATA[true]]></Enabled><!-- x --><Username>b&#111;b</Username><Roles/></User></Import>";
    let found_xml = found(Xml, xml);
    assert_eq!(people(&found_xml), expected);
    assert_eq!(found_xml.lines(), [3, 4]);
}

#[test]
fn numbers_keep_their_digits_and_texts_their_characters() {
    let found = found(Json, r#"{"a": 1234567890123456789012345, "b": 10.50, "c": "\u00e9\n\u0000", "d": false, "e": -0}"#);
    assert_eq!(found.cells(), [["1234567890123456789012345", "10.50", "é\n\0", "false", "-0"]]);
}

#[test]
fn what_is_nested_too_deep_or_there_twice_is_a_bad_row_that_names_it() {
    for (format, text, told) in [
        (Json, r#"{"a":1}{"a":{"b":1}}{"a":2}"#, "'a' is nested too deep"),
        (Json, r#"{"a":1}{"a":[[1]]}{"a":2}"#, "'a' is nested too deep"),
        (Json, r#"{"a":1}{"CustomFields":{"b":{}}}{"a":2}"#, "'b' is nested too deep"),
        (Json, r#"{"a":1}{"a":1,"a":2}{"a":2}"#, "'a' stands there twice"),
        (Json, r#"{"a":1}{"a":["x;y"]}{"a":2}"#, "an item of 'a' holds a ';'"),
        (
            Xml,
            "<Import><User><a>1</a></User><User><a><b>1</b></a></User><User><a>2</a></User></Import>",
            "'a' holds an element <b>",
        ),
        (
            Xml,
            "<Import><User><a>1</a></User><User><a>1</a><a>2</a></User><User><a>2</a></User></Import>",
            "'a' stands there twice",
        ),
        (Xml, "<Import><User><a>1</a></User><User>x</User><User><a>2</a></User></Import>", "text stands between the elements"),
        (
            Xml,
            "<Import><User><a>1</a></User><User><CustomFields><CustomField/></CustomFields></User><User><a>2</a></User></Import>",
            "a CustomField has no attribute Name",
        ),
    ] {
        let found = found(format, text);
        let firsts: Vec<&str> = found.rows.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(firsts, ["1", "2"], "{text}");
        let told_of: Vec<&str> = found.bad.iter().map(|bad| bad.problem.as_str()).collect();
        assert!(matches!(told_of.as_slice(), [one] if one.starts_with(told)), "{text}: {told_of:?}");
        assert_eq!(found.bad[0].record.number, 2);
    }
}

#[test]
fn what_is_no_json_is_told_with_its_line() {
    for (text, told) in [
        ("[{\"a\":1},\n{\"a\":}]", "line 2: this is no JSON: expected value"),
        ("{\"a\":1}\n\n{\"a\":1,\n\"b\"", "line 4: this is no JSON: EOF"),
        ("[{\"a\":1}\n{\"a\":1}]", "line 2: between two objects"),
        ("[{\"a\":1}\n", "line 2: the file ends before its array does"),
        ("[{\"a\":1}]\nx", "line 2: the file goes on after its array"),
        ("[1]", "line 1: an object has to begin here"),
        ("[{\"a\":1},]", "line 1: an object has to begin here"),
        ("\"a\"", "line 1: an object has to begin here"),
    ] {
        assert!(refused(Json, text).starts_with(told), "{text}: {}", refused(Json, text));
    }
    assert!(found(Json, " [ ] \n").rows.is_empty());
}

#[test]
fn what_is_no_xml_of_ours_is_told_with_its_line() {
    for (text, told) in [
        ("<Import>\n<User><a>1</b></User></Import>", "line 2: this is no XML"),
        ("<Import>\n<User>", "line 2: the document ends before"),
        ("<People>\n</People>", "line 1: the document has to be one element <Import"),
        ("<Import xmlns='urn:other'/>", "line 1: the document has to be one element <Import"),
        ("<Import>\n<Person/></Import>", "line 2: <Person> stands where only <User> may"),
        ("<Import/><Import/>", "line 1: the document has to be one element"),
        ("<Import>\n<User><a>&nbsp;</a></User></Import>", "line 2: the entity &nbsp; is unknown"),
        ("<!DOCTYPE Import [<!ENTITY a 'aaaa'>]>\n<Import/>", "line 1: a document type is not allowed"),
        ("", "line 1: the document ends"),
    ] {
        assert!(refused(Xml, text).starts_with(told), "{text}: {}", refused(Xml, text));
    }
}

#[test]
fn depth_costs_no_stack() {
    let deep = 1_000_000;
    let json = format!("{{\"a\":{}1{}}}", "[".repeat(deep), "]".repeat(deep));
    assert!(found(Json, json).bad[0].problem.starts_with("'a' is nested too deep"));
    let xml = format!("<Import><User><a>{}{}</a></User></Import>", "<b>".repeat(60_000), "</b>".repeat(60_000));
    assert!(found(Xml, xml).bad[0].problem.starts_with("'a' holds an element <b>"));
    let deeper = format!("<Import><User><a>{}", "<b>".repeat(deep));
    assert!(refused(Xml, deeper).contains("nests elements deeper"));
}
