//! Bytes made from other bytes, as a fuzzer would: by chance, and the same in each run. What the bytes mean is not known here.

use crate::support::Chance;

/// A source of chance that begins each run alike, and the words that are put in.
pub struct Mutation {
    chance: Chance,
    words: Vec<Vec<u8>>,
}

impl Mutation {
    /// One that puts in the words of a dictionary as libFuzzer reads them: a line `"word"` each, with `\"`, `\\` and `\x3C` in it.
    pub fn new(dictionary: &str) -> Mutation {
        let quoted = dictionary.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
        Mutation { chance: Chance::new(0x5EED_0F45_4D58_0001), words: quoted.map(unescaped).collect() }
    }

    /// One of several.
    pub fn one_of<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        self.chance.one_of(of)
    }

    /// The first bytes after some changes; what is put in is a word, or a piece of the others.
    pub fn mutated(&mut self, first: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = first.to_vec();
        for _ in 0..1 + self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(24)).min(bytes.len());
            match self.below(7) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                2 => {
                    let random = self.chance.next().to_le_bytes();
                    bytes.splice(at..end, random[..self.below(4)].iter().copied());
                }
                3 if at < end => bytes[at] ^= 1 << self.below(8),
                4 => {
                    let begin = self.below(other.len() + 1);
                    let piece = &other[begin..(begin + self.below(200)).min(other.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
                _ => {
                    let word = self.below(self.words.len());
                    let end = if self.below(2) == 0 { at } else { end };
                    bytes.splice(at..end, self.words[word].iter().copied());
                }
            }
        }
        bytes
    }

    fn below(&mut self, end: usize) -> usize {
        self.chance.below(end)
    }
}

fn unescaped(word: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), word.as_bytes());
    loop {
        rest = match rest {
            [] => return bytes,
            [b'\\', b'x', high, low, after @ ..] => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                after
            }
            [b'\\', byte, after @ ..] | [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
        }
    }
}
