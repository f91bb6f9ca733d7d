//! Uploaded pictures: which are allowed. Their bytes decide the type, and all of the first frame is decoded before they are kept.
//!
//! Whose picture it is, and where it is kept or shown, is not known here. The bytes stay as they came.

use image::{ImageError, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::io::Cursor;
use std::panic::catch_unwind;

/// The most bytes of a picture.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most pixels from side to side, and from top to bottom.
const MAX_SIDE: u32 = 4096;
/// The most memory of one decoding: the largest picture, and once more for the decoder.
const MAX_MEMORY: u64 = 2 * 4 * (MAX_SIDE as u64) * (MAX_SIDE as u64);
/// How many hexadecimal digits of the hash name a picture.
const HASH_LENGTH: usize = 32;

/// What a picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG in its usual file form.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// WebP.
    WebP,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 4] = [Format::Png, Format::Jpeg, Format::Gif, Format::WebP];

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Gif => "image/gif",
            Format::WebP => "image/webp",
        }
    }

    /// The ending of its files' names.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
            Format::WebP => "webp",
        }
    }

    /// The one of this media type.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.media_type() == media_type)
    }

    /// What the first bytes say.
    fn guessed(bytes: &[u8]) -> Option<Self> {
        let guessed = image::guess_format(bytes).ok()?;
        Self::ALL.into_iter().find(|format| format.of_decoder() == guessed)
    }

    const fn of_decoder(self) -> ImageFormat {
        match self {
            Format::Png => ImageFormat::Png,
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Gif => ImageFormat::Gif,
            Format::WebP => ImageFormat::WebP,
        }
    }
}

/// A picture that was decoded without complaint.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    format: Format,
    bytes: Vec<u8>,
    hash: String,
}

impl Picture {
    /// Checks a picture by decoding it; the error says what would be right.
    ///
    /// It may take some tens of milliseconds and 128 MiB, so it belongs to a thread that may wait, of which there are few.
    pub fn decode(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.len() > MAX_BYTES {
            return Err(format!("has more than {MAX_BYTES} bytes."));
        }
        let format = Format::guessed(&bytes).ok_or("is not a PNG, JPEG, GIF or WebP picture.")?;
        // Decoders read what strangers wrote: should one of them panic, the picture is at fault and not the server.
        catch_unwind(|| decode(format, &bytes)).unwrap_or_else(|_| Err("is damaged: it cannot be decoded.".to_owned()))?;
        Ok(Picture { format, hash: hash(&bytes), bytes })
    }

    /// What it is written in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its bytes, as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What tells it from other pictures.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The name it is kept under; other bytes have another one.
    pub fn name(&self) -> String {
        format!("{}.{}", self.hash, self.format.extension())
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.name(), self.bytes.len())
    }
}

/// Whether `name` is one that a picture could have.
pub fn is_name(name: &str) -> bool {
    let hexadecimal = |hash: &str| hash.len() == HASH_LENGTH && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    name.split_once('.').is_some_and(|(hash, extension)| {
        hexadecimal(hash) && Format::ALL.into_iter().any(|format| format.extension() == extension)
    })
}

/// What tells a picture from others: the first half of the SHA-256 of its bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    sha256_hex(bytes).chars().take(HASH_LENGTH).collect()
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn decode(format: Format, bytes: &[u8]) -> Result<(), String> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.of_decoder());
    reader.limits(limits);
    match reader.decode() {
        Ok(image) if image.width() == 0 || image.height() == 0 => Err("has no pixels.".to_owned()),
        Ok(_) if format == Format::Jpeg && !jpeg_ends(bytes) => Err("is damaged: it breaks off before its end.".to_owned()),
        Ok(_) => Ok(()),
        Err(ImageError::Limits(_)) => Err(format!("is too large: {MAX_SIDE} by {MAX_SIDE} pixels of 32 bits are the most.")),
        Err(error) => Err(format!("is damaged: {}.", error.to_string().trim_end_matches('.'))),
    }
}

/// Whether a JPEG stream comes to its end. The decoder paints what is missing grey instead of complaining.
fn jpeg_ends(bytes: &[u8]) -> bool {
    // What the bytes after 0xFF mean: the picture's end, the begin of a scan, and what may stand within a scan.
    const END: u8 = 0xD9;
    const SCAN: u8 = 0xDA;
    let in_scan = |code: u8| matches!(code, 0x00 | 0xD0..=0xD7);
    let (mut rest, mut scanning) = (bytes.get(2..).unwrap_or_default(), false);
    loop {
        rest = match rest {
            [0xFF, END, ..] => return true,
            [0xFF, 0xFF, ..] => rest.get(1..),
            [0xFF, code, ..] if scanning && in_scan(*code) => rest.get(2..),
            [0xFF, code, high, low, ..] => {
                scanning = *code == SCAN;
                rest.get(2 + usize::from(u16::from_be_bytes([*high, *low]))..)
            }
            [_, ..] => rest.get(1..),
            [] => None,
        }
        .unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, RgbaImage};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// A picture with something to see, in each format.
    static PICTURES: LazyLock<[(Format, Vec<u8>); 4]> = LazyLock::new(|| {
        let shades = |x: u32, y: u32| image::Rgba([(x * 7) as u8, (y * 5) as u8, (x * y) as u8, 255]);
        let image = DynamicImage::from(RgbaImage::from_fn(40, 30, shades));
        Format::ALL.map(|format| {
            let image = if format == Format::Jpeg { DynamicImage::from(image.to_rgb8()) } else { image.clone() };
            let mut bytes = Cursor::new(Vec::new());
            image.write_to(&mut bytes, format.of_decoder()).unwrap();
            (format, bytes.into_inner())
        })
    });

    fn plain(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn problem(bytes: impl Into<Vec<u8>>) -> String {
        Picture::decode(bytes.into()).unwrap_err()
    }

    #[test]
    fn the_bytes_decide_the_type_and_are_kept_as_they_came() {
        for (format, bytes) in &*PICTURES {
            let picture = Picture::decode(bytes.clone()).unwrap();
            assert_eq!((picture.format(), picture.bytes()), (*format, &bytes[..]));
            assert_eq!(picture.name(), format!("{}.{}", &sha256_hex(bytes)[..32], format.extension()));
            assert!(is_name(&picture.name()), "{picture:?}");
            assert_eq!(Format::of_media_type(format.media_type()), Some(*format));
        }
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_is_no_picture_of_the_four_formats_is_refused_with_their_names() {
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        for bytes in [&b""[..], b"a text file", svg, b"<html><script>alert(1)</script>", b"BM\x3a\0\0\0", b"%PDF-1.7", b"II*\0"] {
            assert_eq!(problem(bytes), "is not a PNG, JPEG, GIF or WebP picture.");
        }
        for bytes in
            [&b"GIF89a<script>alert(1)</script>"[..], b"\xFF\xD8\xFFhello", b"\x89PNG\r\n\x1a\n", b"RIFF\x0c\0\0\0WEBPVP8 "]
        {
            let problem = problem(bytes);
            assert!(problem.starts_with("is damaged: ") || problem.starts_with("is too large: "), "{problem}");
        }
    }

    #[test]
    fn a_picture_that_breaks_off_is_refused_wherever_it_does() {
        for (format, bytes) in &*PICTURES {
            // Without its last mark or filling byte, all of the picture is there still.
            let mark = match format {
                Format::Png => 12,
                Format::Gif => 4,
                Format::WebP => 1,
                Format::Jpeg => 0,
            };
            for length in 0..bytes.len() - mark {
                assert!(Picture::decode(bytes[..length].to_vec()).is_err(), "{format:?}: {length} of {}", bytes.len());
            }
        }
    }

    #[test]
    fn a_picture_may_have_a_mebibyte_and_not_a_byte_more() {
        let mut bytes = PICTURES[0].1.clone();
        bytes.resize(MAX_BYTES, 0);
        assert_eq!(Picture::decode(bytes.clone()).unwrap().bytes().len(), 1_048_576, "what follows the picture is kept");
        bytes.push(0);
        assert_eq!(problem(bytes), "has more than 1048576 bytes.");
    }

    #[test]
    fn the_sides_have_a_limit_and_it_is_looked_at_before_there_is_memory_for_them() {
        let too_large = "is too large: 4096 by 4096 pixels of 32 bits are the most.";
        for (width, height) in [(4096, 1), (1, 4096)] {
            assert!(Picture::decode(plain(width, height, ImageFormat::Png)).is_ok());
        }
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            for (width, height) in [(4097, 1), (1, 4097)] {
                assert_eq!(problem(plain(width, height, format)), too_large, "{format:?}");
            }
        }
        // The header of a PNG of four milliards of pixels, and that of a GIF as large as they come.
        let mut bomb = plain(1, 1, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
        let mut sum = flate2::Crc::new();
        sum.update(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.sum().to_be_bytes());
        assert_eq!(problem(bomb), too_large);
        let mut bomb = plain(1, 1, ImageFormat::Gif);
        bomb[6..10].copy_from_slice(&[0xFF; 4]);
        assert_eq!(problem(bomb), too_large);
        // One pixel to show, and a frame far beyond it.
        let mut bomb = plain(1, 1, ImageFormat::Gif);
        let frame = bomb.windows(9).position(|bytes| bytes == [0x2C, 0, 0, 0, 0, 1, 0, 1, 0]).unwrap();
        bomb[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
        assert_eq!(problem(bomb), too_large);
    }

    #[test]
    fn only_a_hash_with_the_ending_of_a_format_is_a_name() {
        let hash = "0123456789abcdef0123456789abcdef";
        assert!(is_name(&format!("{hash}.png")) && is_name(&format!("{hash}.webp")));
        for name in [hash.to_owned(), format!("{hash}.svg"), format!("{hash}0.png"), format!("{}.png", hash.to_uppercase())] {
            assert!(!is_name(&name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_damaged_picture_is_taken_or_refused_and_never_worse(
            which in 0_usize..4,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
            cut in any::<prop::sample::Index>(),
        ) {
            let (_, mut bytes) = PICTURES[which].clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            for bytes in [bytes[..cut.index(bytes.len())].to_vec(), bytes] {
                if let Err(problem) = Picture::decode(bytes) {
                    prop_assert!(problem.ends_with('.') && problem != "is damaged: it cannot be decoded.", "{problem}");
                }
            }
        }
    }
}
