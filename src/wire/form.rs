//! Names and values as queries and forms encode them, as a `Source`, and the plain XML that answers them (section 2.8 of
//! `asmx-behaviour.md`).
//!
//! Error texts are ASP.NET's, escaped for HTML as it escapes them. Which operation is meant, and who may call it so, is not known here.

use super::encoding;
use super::lexical;
use super::limits::Limits;
use super::xml::{XSD, XSI, XmlSink, XmlWriter, first_forbidden};
use crate::contract::{Enumeration, Field, ReadError, ReadErrorKind, Record, Reply, Source, Type};
use percent_encoding::percent_decode;
use secrecy::SecretString;
use std::vec::IntoIter;

/// The content type of a result.
pub const XML: &str = "text/xml; charset=utf-8";
/// The content type of an error.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// The media type of forms.
pub const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// Names and values in their order, decoded.
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=1&b=2`; the charset is that of the decoded bytes, by default UTF-8.
    pub fn read(bytes: &[u8], charset: Option<&str>, limits: &Limits) -> Result<Form, ReadError> {
        let mut pairs = Vec::new();
        for piece in bytes.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty()) {
            if pairs.len() >= limits.items {
                return Err(malformed(format!("There are more than {} parameters.", limits.items)));
            }
            let mut halves = piece.splitn(2, |&byte| byte == b'=');
            let mut half = || text(halves.next().unwrap_or_default(), charset);
            let (name, value) = (half()?, half()?);
            if name.len() > limits.name_length {
                return Err(malformed(format!("A parameter's name is longer than {} bytes.", limits.name_length)));
            }
            if value.len() > limits.text {
                return Err(malformed(format!("The parameter {} is longer than {} bytes.", escaped(&name), limits.text)));
            }
            pairs.push((name, value));
        }
        Ok(Form(pairs))
    }

    /// Refuses values with markup in them, as the reference refuses them in a query. The text does not repeat the value, which may be a
    /// password.
    pub fn refuse_markup(&self) -> Result<(), ReadError> {
        match self.0.iter().find(|(_, value)| is_dangerous(value)) {
            None => Ok(()),
            Some((name, _)) => Err(wrong(format!(
                "A potentially dangerous Request.QueryString value was detected from the client ({}=&quot;...&quot;).",
                escaped(name)
            ))),
        }
    }

    /// The parameters, with names in any case. `complete` says that each must be there, and not just those that are required.
    pub fn source(&self, complete: bool) -> FormSource<'_> {
        FormSource { form: self, complete, next: 0, field: None, value: "", items: Vec::new().into_iter() }
    }
}

/// Decodes a name or a value. What XML could not carry is refused here as well, so that both ways take the same texts.
fn text(encoded: &[u8], charset: Option<&str>) -> Result<String, ReadError> {
    let blanks: Vec<u8> = encoded.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    let bytes: Vec<u8> = percent_decode(&blanks).collect();
    let text = encoding::decode_part(&bytes, charset).map_err(malformed)?;
    match first_forbidden(&text) {
        Some(_) => Err(malformed("The parameters hold a character that XML does not allow.".to_owned())),
        None => Ok(text.into_owned()),
    }
}

/// Where a tag or a character reference begins, as ASP.NET's request validation sees it.
fn is_dangerous(value: &str) -> bool {
    let after = |mark: char| value.split(mark).skip(1).filter_map(|rest| rest.chars().next());
    after('<').any(|next| next.is_ascii_alphabetic() || "!/?".contains(next)) || after('&').any(|next| next == '#')
}

/// Text with HTML's special characters escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn malformed(message: String) -> ReadError {
    ReadError { kind: ReadErrorKind::Malformed, path: None, position: None, message }
}

fn wrong(message: String) -> ReadError {
    ReadError { kind: ReadErrorKind::Value, path: None, position: None, message }
}

/// Reads parameters in the order of their declaration; of one that comes twice the first value counts, unless it is an array.
pub struct FormSource<'f> {
    form: &'f Form,
    complete: bool,
    /// The index of the field to look for next.
    next: usize,
    field: Option<&'static Field>,
    value: &'f str,
    /// Further values, for an array.
    items: IntoIter<&'f str>,
}

impl FormSource<'_> {
    fn converted<T>(&self, ty: &str, parsed: Result<T, String>) -> Result<T, ReadError> {
        parsed.map_err(|problem| {
            let cannot = escaped(&format!("Cannot convert {} to {ty}.\nParameter name: type", self.value));
            ReadError { path: self.field.map(|field| field.name), ..wrong(format!("{cannot} ---> {}", escaped(&problem))) }
        })
    }
}

impl Source for FormSource<'_> {
    fn field(&mut self, fields: &'static [Field]) -> Result<Option<usize>, ReadError> {
        while let Some(field) = fields.get(self.next) {
            let index = self.next;
            self.next += 1;
            let pairs = self.form.0.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field.name));
            let values: Vec<&str> = pairs.map(|(_, value)| value.as_str()).collect();
            if let Some(&first) = values.first() {
                (self.field, self.value, self.items) = (Some(field), first, values.into_iter());
                return Ok(Some(index));
            }
            if self.complete || field.required {
                return Err(ReadError { path: Some(field.name), ..wrong(format!("Missing parameter: {}.", field.name)) });
            }
        }
        Ok(None)
    }

    fn item(&mut self, _: &'static str) -> Result<bool, ReadError> {
        let next = self.items.next();
        self.value = next.unwrap_or_default();
        Ok(next.is_some())
    }

    /// A form has no null: what people leave empty where there may be a number, a word or a time was not given.
    fn null(&mut self) -> Result<bool, ReadError> {
        let may_be_empty = |field: &Field| field.required || matches!(field.ty, Type::String | Type::Secret | Type::Array(_));
        Ok(lexical::trim(self.value).is_empty() && !self.field.is_some_and(may_be_empty))
    }

    fn string(&mut self) -> Result<String, ReadError> {
        Ok(self.value.to_owned())
    }

    fn secret(&mut self) -> Result<SecretString, ReadError> {
        Ok(SecretString::from(self.value))
    }

    /// `true` and `false` in any letter case; unlike in XML, numbers are none.
    fn boolean(&mut self) -> Result<bool, ReadError> {
        let parsed = match lexical::trim(self.value) {
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err("String was not recognized as a valid Boolean.".to_owned()),
        };
        self.converted("System.Boolean", parsed)
    }

    fn int(&mut self) -> Result<i32, ReadError> {
        self.converted("System.Int32", lexical::int(self.value))
    }

    /// What is too large for more than one type is so for the first.
    fn short(&mut self) -> Result<i16, ReadError> {
        let first = |problem: String| problem.split(" ---> ").next().unwrap_or_default().to_owned();
        self.converted("System.Int16", lexical::short(self.value).map_err(first))
    }

    fn long(&mut self) -> Result<i64, ReadError> {
        self.converted("System.Int64", lexical::long(self.value))
    }

    fn double(&mut self) -> Result<f64, ReadError> {
        self.converted("System.Double", lexical::double(self.value))
    }

    fn decimal(&mut self) -> Result<String, ReadError> {
        self.converted("System.Decimal", lexical::decimal(self.value))
    }

    fn date_time(&mut self) -> Result<String, ReadError> {
        let problem = |_| "String was not recognized as a valid DateTime.".to_owned();
        self.converted("System.DateTime", lexical::date_time(self.value).map_err(problem))
    }

    fn base64(&mut self) -> Result<Vec<u8>, ReadError> {
        self.converted("System.Byte[]", lexical::base64(self.value))
    }

    fn word(&mut self, enumeration: &'static Enumeration) -> Result<usize, ReadError> {
        let text = lexical::trim(self.value);
        let known = enumeration.words.iter().position(|word| *word == text);
        self.converted(enumeration.name, known.ok_or_else(|| format!("Requested value '{text}' was not found.")))
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        Ok(())
    }
}

/// The document that answers a form: the result record as its root, indented by two.
pub fn answer(namespace: &str, record: &Record, reply: &dyn Reply) -> Vec<u8> {
    let mut writer = XmlWriter::indented();
    writer.declaration();
    writer.start_with(record.name, &[("xmlns:xsd", XSD), ("xmlns:xsi", XSI), ("xmlns", namespace)]);
    reply.members(&mut XmlSink::new(&mut writer));
    writer.end(record.name);
    writer.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field { name: "authUserName", doc: "", ty: Type::String, required: false },
        Field { name: "roleID", doc: "", ty: Type::Short, required: true },
        Field { name: "max", doc: "", ty: Type::Int, required: false },
    ];

    fn form(text: &str) -> Result<Form, ReadError> {
        Form::read(text.as_bytes(), None, &Limits { items: 5, name_length: 20, text: 10, ..Limits::default() })
    }

    fn values(text: &str, charset: Option<&str>) -> Result<Vec<String>, String> {
        let read = Form::read(text.as_bytes(), charset, &Limits::default()).map_err(|error| error.message)?;
        Ok(read.0.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    /// What comes of the one value, read in this way.
    fn one<T>(value: &str, read: impl Fn(&mut dyn Source) -> Result<T, ReadError>) -> Result<T, String> {
        let form = form(&format!("roleid={value}")).map_err(|error| error.message)?;
        let mut source = form.source(false);
        assert_eq!(source.field(FIELDS).map_err(|error| error.message)?, Some(1));
        read(&mut source).map_err(|error| error.message)
    }

    #[test]
    fn escapes_are_bytes_of_the_charset_and_a_plus_is_a_blank() {
        let good = |text, charset, expected: &[&str]| assert_eq!(values(text, charset).unwrap(), expected, "{text}");
        good("a=1+2%2B3&b&&=x&c=d=e", None, &["a=1 2+3", "b=", "=x", "c=d=e"]);
        good("n%61me=Zo%C3%AB+%e2%98%83&raw=é", None, &["name=Zoë ☃", "raw=é"]);
        good("a=%zz%4&b=100%", None, &["a=%zz%4", "b=100%"]);
        good("a=%E9", Some("iso-8859-1"), &["a=é"]);
        good("a=%EF%BB%BFx", None, &["a=\u{feff}x"]);
        good("a=%C3%AB", Some("x-unknown"), &["a=ë"]);
    }

    #[test]
    fn bytes_that_do_not_fit_and_characters_that_xml_forbids_are_refused() {
        for (text, charset) in
            [("a=%E9", None), ("a=%C3%28", Some("utf-8")), ("a=%00", None), ("%01=a", None), ("a=b", Some("utf-16"))]
        {
            assert!(values(text, charset).is_err(), "{text}");
        }
    }

    #[test]
    fn the_number_of_parameters_and_their_lengths_are_limited() {
        for (text, good) in [
            ("a&b&c&d&e", true),
            ("a&b&c&d&e&f", false),
            ("a=0123456789", true),
            ("a=0123456789x", false),
            ("a=%30%31%32%33%34%35%36%37%38%39", true),
            ("aaaaaaaaaaaaaaaaaaaa=", true),
            ("aaaaaaaaaaaaaaaaaaaaa=", false),
        ] {
            assert_eq!(form(text).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn what_is_required_or_must_be_complete_is_missed_and_the_rest_is_not() {
        let first = |text: &str, complete| {
            let form = form(text).unwrap();
            form.source(complete).field(FIELDS).map_err(|error| error.message)
        };
        assert_eq!(first("AUTHUSERNAME=x", false), Ok(Some(0)));
        assert_eq!(first("roleid=1", false), Ok(Some(1)));
        assert_eq!(first("roleid=1", true), Err("Missing parameter: authUserName.".to_owned()));
        assert_eq!(first("max=1", false), Err("Missing parameter: roleID.".to_owned()));
    }

    #[test]
    fn values_have_the_forms_and_the_complaints_of_the_reference() {
        for (text, value) in [("True", true), ("true", true), ("+FALSE+", false)] {
            assert_eq!(one(text, |source| source.boolean()), Ok(value), "{text}");
        }
        let cannot =
            |value: &str, ty: &str, why: &str| format!("Cannot convert {value} to {ty}.\nParameter name: type ---> {why}");
        let no_boolean = "String was not recognized as a valid Boolean.";
        assert_eq!(one("maybe", |s| s.boolean()), Err(cannot("maybe", "System.Boolean", no_boolean)));
        assert_eq!(one("1", |s| s.boolean()), Err(cannot("1", "System.Boolean", no_boolean)));
        let form = "Input string was not in a correct format.";
        assert_eq!(one("<b>", |s| s.int()), Err(cannot("&lt;b&gt;", "System.Int32", form)));
        assert_eq!(one("", |s| s.int()), Err(cannot("", "System.Int32", form)));
        let large = "Value was either too large or too small for an Int16.";
        assert_eq!(one("9999999999", |s| s.short()), Err(cannot("9999999999", "System.Int16", large)));
        assert_eq!(one("-7", |s| s.short()), Ok(-7));
        let no_time = "String was not recognized as a valid DateTime.";
        assert_eq!(one("x", |s| s.date_time()), Err(cannot("x", "System.DateTime", no_time)));
    }

    #[test]
    fn an_optional_number_that_is_left_empty_was_not_given() {
        let null = |text: &str| {
            let form = form(&format!("roleID=1&{text}")).unwrap();
            let mut source = form.source(false);
            while let Some(index) = source.field(FIELDS).unwrap() {
                if index != 1 {
                    return source.null().unwrap();
                }
            }
            panic!("nothing was found")
        };
        assert!(null("max=") && null("max=+"));
        assert!(!null("max=0") && !null("authUserName="));
        assert_eq!(one("", |source| source.null()), Ok(false));
    }

    #[test]
    fn markup_in_a_query_is_refused_without_repeating_it() {
        for (value, good) in [("a<b", false), ("<!", false), ("&%23x", false), ("a<", true), ("1<2", true), ("a>b", true)] {
            let form = Form::read(format!("p={}", value.replace('&', "%26")).as_bytes(), None, &Limits::default()).unwrap();
            let outcome = form.refuse_markup();
            assert_eq!(outcome.is_ok(), good, "{value}");
            assert!(good || !outcome.unwrap_err().message.contains(value), "{value}");
        }
    }
}
