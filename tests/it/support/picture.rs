//! Pictures made for a test.

use asmxd::domain::picture::{Format, Picture};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A small picture; another shade makes another picture.
pub fn picture(format: Format, shade: u8) -> Picture {
    let format = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::WebP => ImageFormat::WebP,
    };
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbImage::from_fn(16, 16, |x, y| Rgb([shade, x as u8 * 16, y as u8 * 16]));
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    Picture::decode(bytes.into_inner()).unwrap()
}
