//! Names of people and roles: which are allowed, and when two are the same (R19).

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use unicode_security::MixedScript;
use unicode_security::confusable_detection::skeleton;

/// The most characters a name may have (`settings.md`, `Username`).
pub const MAX_LENGTH: usize = 100;

/// A name as it is kept: normalised to NFC and trimmed, with the key by which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    text: String,
    key: String,
}

impl Name {
    /// Checks a name; the error says what would be right.
    pub fn new(text: &str) -> Result<Self, String> {
        let text = nfc(text.trim_matches(|outer: char| outer.is_whitespace() || JOINERS.contains(&outer)));
        if text.is_empty() {
            return Err("is required.".to_owned());
        }
        if text.chars().count() > MAX_LENGTH {
            return Err(format!("has more than {MAX_LENGTH} characters."));
        }
        if text.chars().any(|character| character.is_control() || is_unseen(character)) {
            return Err("holds a character that cannot be seen.".to_owned());
        }
        if !text.is_ascii() && !text.as_ref().is_single_script() && text.chars().any(passes_for_ascii) {
            return Err("mixes scripts with letters that look alike.".to_owned());
        }
        Ok(Name { key: key(&text), text: text.into_owned() })
    }

    /// The empty name, which nobody can have.
    pub const fn none() -> Self {
        Name { text: String::new(), key: String::new() }
    }

    /// The name as people see it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form in which it is compared.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The form in which any text is compared with names: NFC, trimmed, case folded. It need not be an allowed name.
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        return text.trim().to_ascii_lowercase();
    }
    let text: String = text.chars().filter(|character| !JOINERS.contains(character)).collect();
    let text = text.trim();
    let folded = CaseMapper::new().fold_string(&nfc(text)).into_owned();
    nfc(&folded).into_owned()
}

/// The joiners that some scripts spell with; they are kept, and do not count when names are compared.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// Whether nothing is to be seen of a character: marks of direction, soft hyphens, blanks without width and their kin.
fn is_unseen(character: char) -> bool {
    !JOINERS.contains(&character)
        && matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E01EF}')
}

/// Whether a letter outside ASCII looks like one within it (the skeletons of UTS 39 section 4).
fn passes_for_ascii(character: char) -> bool {
    let mut bytes = [0; 4];
    !character.is_ascii() && skeleton(character.encode_utf8(&mut bytes)).all(|letter| letter.is_ascii_alphanumeric())
}

fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_composition_or_outer_blanks() {
        assert_eq!(key(" Admin "), key("ADMIN"));
        assert_eq!(key("Zoe\u{308}"), key("ZO\u{cb}"));
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_ne!(key("paypal"), key("paypa1"));
    }

    #[test]
    fn a_name_is_kept_trimmed_and_composed() {
        assert_eq!(Name::new("  Zoe\u{308} ").unwrap().as_str(), "Zo\u{eb}");
    }

    #[test]
    fn empty_long_and_control_names_are_refused() {
        assert!(Name::new("   ").is_err());
        assert!(Name::new(&"é".repeat(MAX_LENGTH)).is_ok());
        assert!(Name::new(&"é".repeat(MAX_LENGTH + 1)).is_err());
        assert!(Name::new("a\u{0}b").is_err());
    }

    #[test]
    fn what_cannot_be_seen_makes_no_other_name() {
        for hidden in
            ["ad\u{200b}min", "\u{202e}admin", "ad\u{ad}min", "admin\u{feff}x", "admin\u{fe0f}", "admin\u{34f}", "admin\u{2800}"]
        {
            assert!(Name::new(hidden).is_err(), "{hidden:?}");
        }
        assert_eq!(key("ad\u{200d}min"), key("admin"));
        assert_eq!(key("\u{200d} admin"), key("admin"));
        assert_eq!(Name::new("\u{200d} admin").unwrap().as_str(), "admin");
        assert!(Name::new("می\u{200c}خواهم").is_ok(), "a joiner that the script spells with");
    }

    #[test]
    fn look_alikes_are_refused_only_where_scripts_are_mixed() {
        assert!(Name::new("p\u{430}ypal").is_err(), "a Cyrillic letter among Latin ones");
        assert!(Name::new("\u{43f}\u{430}\u{432}\u{435}\u{43b}").is_ok(), "all Cyrillic");
        assert!(Name::new("rn0OIl1").is_ok(), "ASCII is never judged");
        assert!(Name::new("Zoë 日本").is_ok(), "Latin and Han do not look alike");
    }
}
