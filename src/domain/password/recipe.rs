//! How others than asmxd make hashes of passwords: bcrypt, PBKDF2, and plain or salted digests. Argon2 is elsewhere, for its memory.
//!
//! A recipe has the salt and the parameters, and never the digest. Its text is kept with hashes and read again, so it must not change.

use super::form::{BASE64, BCRYPT64, number, salt, sized_salt};
use base64::Engine;
use md5::Md5;
use pbkdf2::pbkdf2_hmac;
use secrecy::zeroize::Zeroizing;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fmt;

/// The most that a hash may cost to check: some 1.2 seconds of bcrypt, less than one of PBKDF2.
pub const MAX_BCRYPT_COST: u32 = 14;
/// The most iterations of PBKDF2.
pub const MAX_ITERATIONS: u32 = 2_000_000;
/// Below these a hash is too cheap to be kept as it is.
const WEAK_BCRYPT_COST: u32 = 8;
const WEAK_ITERATIONS: u32 = 10_000;

/// The functions below all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

impl Function {
    pub const ALL: [Function; 4] = [Function::Md5, Function::Sha1, Function::Sha256, Function::Sha512];

    pub fn name(self) -> &'static str {
        match self {
            Function::Md5 => "md5",
            Function::Sha1 => "sha1",
            Function::Sha256 => "sha256",
            Function::Sha512 => "sha512",
        }
    }

    /// The function of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// How many bytes it makes.
    pub fn length(self) -> usize {
        match self {
            Function::Md5 => 16,
            Function::Sha1 => 20,
            Function::Sha256 => 32,
            Function::Sha512 => 64,
        }
    }

    fn of(self, parts: [&[u8]; 2]) -> Vec<u8> {
        fn digest<D: Digest>([first, second]: [&[u8]; 2]) -> Vec<u8> {
            D::new().chain_update(first).chain_update(second).finalize().to_vec()
        }
        match self {
            Function::Md5 => digest::<Md5>(parts),
            Function::Sha1 => digest::<Sha1>(parts),
            Function::Sha256 => digest::<Sha256>(parts),
            Function::Sha512 => digest::<Sha512>(parts),
        }
    }
}

/// What a digest is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Password,
    PasswordSalt,
    SaltPassword,
    /// The password in UTF-16, as .NET has it in memory.
    SaltUtf16,
}

impl Order {
    pub const ALL: [Order; 4] = [Order::Password, Order::PasswordSalt, Order::SaltPassword, Order::SaltUtf16];

    pub fn name(self) -> &'static str {
        match self {
            Order::Password => "password",
            Order::PasswordSalt => "password+salt",
            Order::SaltPassword => "salt+password",
            Order::SaltUtf16 => "salt+utf16",
        }
    }
}

/// How a hash is made of a password.
#[derive(Clone, PartialEq, Eq)]
pub enum Recipe {
    Bcrypt { cost: u32, salt: [u8; 16] },
    Pbkdf2 { function: Function, iterations: u32, length: usize, salt: Vec<u8> },
    Digest { function: Function, order: Order, salt: Vec<u8> },
}

impl Recipe {
    /// Whether what it makes is guessed too quickly to be kept as it is.
    pub fn is_weak(&self) -> bool {
        match self {
            Recipe::Bcrypt { cost, .. } => *cost < WEAK_BCRYPT_COST,
            Recipe::Pbkdf2 { iterations, .. } => *iterations < WEAK_ITERATIONS,
            Recipe::Digest { .. } => true,
        }
    }

    /// What it makes of a password.
    pub fn digest(&self, password: &str) -> Option<Vec<u8>> {
        match self {
            Recipe::Bcrypt { cost, salt } => {
                let text = bcrypt::hash_with_salt(password, *cost, *salt).ok()?.to_string();
                BCRYPT64.decode(text.get(29..)?).ok()
            }
            Recipe::Pbkdf2 { function, iterations, length, salt } => {
                let mut out = vec![0; *length];
                let derive = match function {
                    Function::Md5 => return None,
                    Function::Sha1 => pbkdf2_hmac::<Sha1>,
                    Function::Sha256 => pbkdf2_hmac::<Sha256>,
                    Function::Sha512 => pbkdf2_hmac::<Sha512>,
                };
                derive(password.as_bytes(), salt, *iterations, &mut out);
                Some(out)
            }
            Recipe::Digest { function, order, salt } => Some(match order {
                Order::Password => function.of([password.as_bytes(), &[]]),
                Order::PasswordSalt => function.of([password.as_bytes(), salt]),
                Order::SaltPassword => function.of([salt, password.as_bytes()]),
                Order::SaltUtf16 => {
                    let wide: Zeroizing<Vec<u8>> = Zeroizing::new(password.encode_utf16().flat_map(u16::to_le_bytes).collect());
                    function.of([salt, &wide])
                }
            }),
        }
    }

    /// Reads a recipe where the text begins with one, and answers what comes behind it.
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let (name, rest) = text.strip_prefix('$')?.split_once('$')?;
        if name == "2b" {
            let (cost, rest) = rest.split_once('$')?;
            let (salted, rest) = rest.split_at_checked(22)?;
            return Some((Self::bcrypt(cost, salted).ok()?, rest));
        }
        let (parameters, rest) = rest.split_once('$')?;
        let end = rest.find('$').unwrap_or(rest.len());
        let (salted, rest) = rest.split_at_checked(end)?;
        let recipe = match name.strip_prefix("pbkdf2-") {
            Some(function) => {
                let (iterations, length) = parameters.strip_prefix("i=")?.split_once(",l=")?;
                let length = number(length, "a length", 16, 64).ok().and_then(|length| usize::try_from(length).ok())?;
                Self::pbkdf2(Function::named(function)?, iterations, length, salt(salted, 1).ok()?).ok()?
            }
            None => {
                let order = Order::ALL.into_iter().find(|order| order.name() == parameters)?;
                Recipe::Digest { function: Function::named(name)?, order, salt: salt(salted, 0).ok()? }
            }
        };
        Some((recipe, rest))
    }

    /// bcrypt with this cost and salt.
    pub fn bcrypt(cost: &str, salt: &str) -> Result<Self, String> {
        let cost = number(cost, "the cost of bcrypt", 4, MAX_BCRYPT_COST)?;
        let salt = BCRYPT64.decode(salt).ok().and_then(|salt| salt.try_into().ok());
        Ok(Recipe::Bcrypt { cost, salt: salt.ok_or("has a salt that is not bcrypt's base64.")? })
    }

    /// PBKDF2 with so many iterations.
    pub fn pbkdf2(function: Function, iterations: &str, length: usize, salt: Vec<u8>) -> Result<Self, String> {
        if function == Function::Md5 {
            return Err("is PBKDF2 with MD5, which is not taken; SHA-1, SHA-256 and SHA-512 are.".to_owned());
        }
        let iterations = number(iterations, "the iterations of PBKDF2", 1, MAX_ITERATIONS)?;
        Ok(Recipe::Pbkdf2 { function, iterations, length, salt: sized_salt(salt, 1)? })
    }

    /// Reads a digest that this recipe made, as [`Recipe::write`] writes it.
    pub fn read_digest(&self, text: &str) -> Option<Vec<u8>> {
        let (bytes, length) = match self {
            Recipe::Bcrypt { .. } => (BCRYPT64.decode(text), 23),
            Recipe::Pbkdf2 { length, .. } => (BASE64.decode(text.strip_prefix('$')?), *length),
            Recipe::Digest { function, .. } => (BASE64.decode(text.strip_prefix('$')?), function.length()),
        };
        bytes.ok().filter(|bytes| bytes.len() == length)
    }

    /// The text of recipe and digest: bcrypt's usual one, the others like PHC strings.
    pub fn write(&self, digest: &[u8]) -> String {
        match self {
            Recipe::Bcrypt { .. } => format!("{self}{}", BCRYPT64.encode(digest)),
            _ => format!("{self}${}", BASE64.encode(digest)),
        }
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recipe::Bcrypt { cost, salt } => write!(f, "$2b${cost:02}${}", BCRYPT64.encode(salt)),
            Recipe::Pbkdf2 { function, iterations, length, salt } => {
                write!(f, "$pbkdf2-{}$i={iterations},l={length}${}", function.name(), BASE64.encode(salt))
            }
            Recipe::Digest { function, order, salt } => {
                write!(f, "${}${}${}", function.name(), order.name(), BASE64.encode(salt))
            }
        }
    }
}
