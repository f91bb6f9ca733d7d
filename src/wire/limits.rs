//! The limits within which a request is read (`threats-and-limits`: what trusted servers set).

use std::time::Duration;

/// Bounds of one XML document; going beyond any of them refuses the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Levels of nesting; `Envelope` is level 1.
    pub depth: usize,
    /// Attributes of one element, namespace declarations included.
    pub attributes: usize,
    /// Namespace declarations in scope at once: a name is looked for among them.
    pub namespaces: usize,
    /// Bytes of one attribute's value.
    pub attribute_length: usize,
    /// Bytes of an element's or attribute's name.
    pub name_length: usize,
    /// Bytes of one value's text.
    pub text: usize,
    /// Elements of the whole document.
    pub elements: usize,
    /// Items of one array.
    pub items: usize,
    /// How far the clock of whoever dates a message may be from ours.
    pub clock_skew: Duration,
    /// What is done about characters that no document may hold.
    pub forbidden: Forbidden,
}

/// What is done about characters that XML 1.0 forbids, raw ones and those that a reference names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Forbidden {
    /// The request is refused.
    #[default]
    Refuse,
    /// U+FFFD stands for them.
    Replace,
}

impl std::str::FromStr for Forbidden {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "refuse" => Ok(Forbidden::Refuse),
            "replace" => Ok(Forbidden::Replace),
            _ => Err(()),
        }
    }
}

impl Limits {
    /// The same for services whose requests may be large: a value may hold a picture of 1 MiB in base64.
    pub fn large(self) -> Self {
        Limits { text: self.text.saturating_mul(2), ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: 32,
            attributes: 64,
            namespaces: 256,
            attribute_length: 64 * 1024,
            name_length: 256,
            text: 1024 * 1024,
            elements: 200_000,
            items: 16_384,
            clock_skew: Duration::from_secs(300),
            forbidden: Forbidden::default(),
        }
    }
}
