//! What is no hash that can be taken: each is refused with a sentence that tells what would be right and nothing of the hash.

use super::{examples, secret, workspace};
use asmxd::domain::password::{Imported, PasswordHash};
use proptest::prelude::*;

/// A text, and a part of what is said of it.
const REFUSED: &[(&str, &str)] = &[
    ("", "names no scheme"),
    ("secret", "names no scheme"),
    ("37f2db7aa5f89d958b0db2de5c28a3a3", "names no scheme"),
    ("$1$abcdefgh$abcdefghijklmnopqrstuv", "names no scheme"),
    ("{md5", "no } behind the scheme"),
    ("{}abc", "scheme that is not known"),
    ("{md4}37f2db7aa5f89d958b0db2de5c28a3a3", "scheme that is not known"),
    ("{plain}secret", "scheme that is not known"),
    ("{md5:}37f2db7aa5f89d958b0db2de5c28a3a3:x", "order that is not known; write {md5:password+salt}"),
    ("{md5}37f2db7aa5f89d958b0db2de5c28a3a3:x", "which comes first; write {md5:password+salt} or {md5:salt+password}."),
    ("{md5}37f2db7aa5f89d958b0db2de5c28a3a", "no digest of 16 bytes; write 32 hexadecimal digits"),
    ("{md5}37f2db7aa5f89d958b0db2de5c28a3ag", "no digest of 16 bytes"),
    ("{md5} 37f2db7aa5f89d958b0db2de5c28a3a3", "no digest of 16 bytes"),
    ("{md5}+7f2db7aa5f89d958b0db2de5c28a3a3", "no digest of 16 bytes"),
    ("{sha1}37f2db7aa5f89d958b0db2de5c28a3a3", "no digest of 20 bytes"),
    ("{sha256}", "no digest of 32 bytes"),
    ("{md5:salt+password}37f2db7aa5f89d958b0db2de5c28a3a3", "no salt"),
    ("{md5:salt+password}37f2db7aa5f89d958b0db2de5c28a3a3:", "salt of 0 bytes"),
    ("{ssha}/ja/ITBjsynrMPdut2pKR2+ypJc=", "salt of 0 bytes"),
    ("{ssha}/ja/", "too short"),
    ("{ssha}***", "not base64"),
    ("{bcrypt}$2x$08$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "no bcrypt hash"),
    ("$2b$8$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "no bcrypt hash"),
    ("$2b$08$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJ", "no bcrypt hash"),
    ("$2b$08$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJee", "no bcrypt hash"),
    ("$2b$15$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "cost of bcrypt; from 4 to 14"),
    ("$2b$03$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "cost of bcrypt; from 4 to 14"),
    ("$2b$-8$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "no number for the cost of bcrypt"),
    ("$2b$08$YYAISrYN:gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "not bcrypt's base64"),
    ("{argon2}$2b$08$YYAISrYN.gx.vKn1sSITjOJ8EXByfypI3QwY.0QS.qI4v44o2MsJe", "no Argon2 hash"),
    ("$argon2id$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "version 19"),
    ("$argon2id$v=16$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "version 19"),
    ("$argon2id$v=19$m=65537,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 8 to 65536"),
    ("$argon2id$v=19$m=99999999999,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 8 to 65536"),
    ("$argon2id$v=19$m=63,t=2,p=8$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 64 to 65536"),
    ("$argon2id$v=19$m=64,t=17,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 1 to 16"),
    ("$argon2id$v=19$m=64,t=0,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 1 to 16"),
    ("$argon2id$v=19$m=640,t=2,p=17$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "from 1 to 16"),
    ("$argon2id$v=19$m=64,t=2,p=1,keyid=AA$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "no Argon2 hash"),
    ("$argon2id$v=19$m=64,t=2,p=1$mAxQ$Fx1A1S0cHd+dYXqtc16bnQ", "salt of 3 bytes; from 8"),
    ("$argon2id$v=19$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$", "digest of 0 bytes; from 16"),
    ("$argon2id$v=19$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ$", "no Argon2 hash"),
    ("$argon2x$v=19$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "no Argon2 hash"),
    ("{pbkdf2-md5}$pbkdf2-md5$12000$c2FsdA$N/LbeqX4nZWLDbLeXCijow", "PBKDF2 with MD5"),
    ("{pbkdf2-sha1}$pbkdf2-sha256$12000$c2FsdA$N/LbeqX4nZWLDbLeXCijow", "another function"),
    ("$pbkdf2-sha256$2000001$c2FsdA$N/LbeqX4nZWLDbLeXCijow", "iterations of PBKDF2; from 1 to 2000000"),
    ("$pbkdf2-sha256$0$c2FsdA$N/LbeqX4nZWLDbLeXCijow", "iterations of PBKDF2; from 1 to 2000000"),
    ("$pbkdf2-sha256$1e4$c2FsdA$N/LbeqX4nZWLDbLeXCijow", "no number for the iterations"),
    ("$pbkdf2-sha256$12000$$N/LbeqX4nZWLDbLeXCijow", "salt of 0 bytes"),
    ("$pbkdf2-sha256$12000$c2FsdA$", "digest of 0 bytes"),
    ("$pbkdf2-sha256$12000$c2FsdA", "no PBKDF2 hash"),
    ("$pbkdf2-sha256$i=9,l=16$c2FsdA$AA", "no PBKDF2 hash"),
    ("pbkdf2_sha256$12000$salt$N/LbeqX4nZWLDbLeXCijow$", "no PBKDF2 hash"),
    ("pbkdf2_sha3$12000$salt$N/LbeqX4nZWLDbLeXCijow", "no PBKDF2 hash"),
    ("{aspnet-membership}BPxB0saPvmr2sE0e+t/bEPFx36M=", "no salt"),
    ("{aspnet-membership}BPxB0saPvmr2sE0e+t/bEPFx36M=:?", "salt that is not base64"),
    ("{aspnet-membership}BPxB0saPvmr2sE0e:jYmZ160R63mcj3Bl/pecxw==", "no digest of 20 bytes"),
    ("{aspnet-identity}", "too short"),
    ("{aspnet-identity}Ag==", "no version"),
    ("{aspnet-identity}AK/5lPEa", "49 bytes"),
    ("{aspnet-identity}AQAAAAE=", "too short"),
    ("{aspnet-identity}AQAAAAMAACcQAAAAEI2JmdetEet5nI9wZf6XnMdmiR7dTHXITt6xwgQvjqslTwsSD6Y3e+cI3tpfR9RgeQ==", "function"),
    ("{aspnet-identity}AQAAAAH/ACcQAAAAEI2JmdetEet5nI9wZf6XnMdmiR7dTHXITt6xwgQvjqslTwsSD6Y3e+cI3tpfR9RgeQ==", "to 2000000"),
    ("{aspnet-identity}AQAAAAEAACcQ/////42JmdetEet5nI9wZf6XnMdmiR7dTHXITt6xwgQvjqslTwsSD6Y3e+cI3tpfR9RgeQ==", "too short"),
    ("{aspnet-identity}AQAAAAEAACcQAAAAMI2JmdetEet5nI9wZf6XnMdmiR7dTHXITt6xwgQvjqslTwsSD6Y3e+cI3tpfR9RgeQ==", "digest of 0"),
    ("$wrapped$md5$password$", "no Argon2 hash"),
    ("$wrapped$md4$password$$argon2id$v=19$m=64,t=2,p=1$mAxQ/z2MBe0BMvxiaNZ9HQ$Fx1A1S0cHd+dYXqtc16bnQ", "no hash"),
];

#[test]
fn each_is_told_by_a_sentence_what_would_be_right() {
    for (text, said) in REFUSED {
        let error = Imported::parse(text).map(drop).expect_err(text);
        assert!(error.contains(said) && error.ends_with('.'), "{text}: {error}");
        let parts = text.split(['$', '}', ':']).filter(|part| part.len() > 15);
        assert!(parts.into_iter().all(|part| !error.contains(part)), "{text}: {error}");
    }
}

#[test]
fn a_text_that_is_too_long_or_has_too_long_a_salt_is_refused() {
    let (long, salt) = ("x".repeat(1025), "x".repeat(129));
    assert!(Imported::parse(&long).unwrap_err().contains("at most 1024 bytes"));
    let salted = format!("{{md5:password+salt}}37f2db7aa5f89d958b0db2de5c28a3a3:{salt}");
    assert!(Imported::parse(&salted).unwrap_err().contains("salt of 129 bytes"));
}

#[test]
fn a_refused_text_that_is_stored_all_the_same_is_nobodys_password() {
    let mut workspace = workspace();
    for (text, _) in REFUSED {
        for password in ["", "secret", text] {
            assert!(!workspace.verify(&secret(password), Some(&PasswordHash::from_stored((*text).to_owned()))), "{text}");
        }
    }
}

/// An example with a part of it replaced by anything.
fn damaged() -> impl Strategy<Value = String> {
    let texts: Vec<String> = examples().into_iter().map(|example| example.text).collect();
    (prop::sample::select(texts), any::<prop::sample::Index>(), 0..4_usize, "[ -~é\\PC]{0,3}").prop_map(
        |(text, at, gone, put)| {
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            let end = letters.len().min(at + gone);
            letters.splice(at..end, put.chars());
            letters.into_iter().collect()
        },
    )
}

fn is_read_or_refused(text: &str) {
    match Imported::parse(text) {
        Err(error) => assert!(error.ends_with('.') && error.len() < 200, "{error}"),
        Ok(imported) => {
            let mut workspace = workspace();
            let stored = workspace.adopt(&imported).unwrap();
            assert!(imported.is_stored_as(&stored, &mut workspace), "{text}");
            assert_eq!(imported.is_weak(), stored.as_str().starts_with("$wrapped$") && !text.starts_with("$wrapped$"));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        is_read_or_refused(&text);
    }

    #[test]
    fn any_text_behind_a_scheme_is_read_or_refused(
        scheme in "(argon2|bcrypt|pbkdf2-sha256|md5|sha1:salt\\+password|ssha|aspnet-membership|aspnet-identity)",
        text in "[A-Za-z0-9+/=.$:,_-]{0,80}",
    ) {
        is_read_or_refused(&format!("{{{scheme}}}{text}"));
    }

    #[test]
    fn a_damaged_hash_is_read_or_refused(text in damaged()) {
        is_read_or_refused(&text);
    }

    #[test]
    fn anything_that_is_stored_is_compared_without_harm(text in "\\$(wrapped|argon2id|2b|pbkdf2-sha1|md5)\\$[a-z0-9+$=,./]{0,60}") {
        prop_assert!(!workspace().verify(&secret("x"), Some(&PasswordHash::from_stored(text))));
    }
}
