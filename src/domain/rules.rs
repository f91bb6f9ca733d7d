//! What an operator may decide about people: the configurable part of the rules.

/// The configurable rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The fewest characters of a new password.
    pub password_min_length: usize,
    /// Whether everybody needs an e-mail address (R13).
    pub require_email: bool,
    /// Whether no two people may share an e-mail address.
    pub unique_email: bool,
    /// The zone of people who chose none: an IANA or Windows id.
    pub time_zone: String,
    /// The language of people who chose none.
    pub language: String,
    /// The languages that people may choose.
    pub languages: Vec<String>,
    /// The spell-check dictionaries that people may choose.
    pub dictionaries: Vec<String>,
}

const LANGUAGES: &str = "ar cs da de el en es fi fr he hu it ja ko nb nl pl pt pt-BR ru sv tr uk zh-CN zh-TW";
const DICTIONARIES: &str = "cs da de de-AT de-CH en en-AU en-CA en-GB en-US es es-MX fr fr-CA it nb nl pl pt pt-BR ru sv";

impl Default for Rules {
    fn default() -> Self {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect();
        Rules {
            password_min_length: 8,
            require_email: true,
            unique_email: false,
            time_zone: "UTC".to_owned(),
            language: "en".to_owned(),
            languages: list(LANGUAGES),
            dictionaries: list(DICTIONARIES),
        }
    }
}
