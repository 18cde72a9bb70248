//! What a picture is: its real type and its size in pixels, told from the bytes and from nothing else.
//! Walks through a file's parts to its end, so that half a picture, or a page in disguise, is not taken. Pure.

use shared::protocol::limits::{IMAGE_BYTES_MAX, IMAGE_SIDE_PX_MAX};

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// More bytes than [`IMAGE_BYTES_MAX`].
    #[error("larger than 5 MB")]
    TooLarge,
    /// None of the four types.
    #[error("no picture of a kind that is taken")]
    Unsupported,
    /// It begins as one of the four types and does not go on as one.
    #[error("damaged, or not complete")]
    Damaged,
    /// More pixels on a side than [`IMAGE_SIDE_PX_MAX`].
    #[error("wider or higher than 10,000 pixels")]
    TooWide,
    /// More bytes than `limits::WORKSHOP_IMAGES_BYTES_MAX` with those that are there.
    #[error("the 200 MB for the workshop's pictures are full")]
    Full,
}

/// What the bytes say of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
    pub media_type: &'static str,
    /// Width in pixels, as shown.
    pub width: u32,
    /// Height in pixels, as shown.
    pub height: u32,
}

/// Tells a picture's type and size.
///
/// # Errors
/// Where it is too large, damaged, or no picture of the four types.
pub fn sniff(bytes: &[u8]) -> Result<Sniffed, ImageError> {
    if bytes.len() > IMAGE_BYTES_MAX {
        return Err(ImageError::TooLarge);
    }
    let (media_type, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("image/png", png(bytes))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        ("image/jpeg", jpeg(bytes))
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        ("image/gif", gif(bytes))
    } else if bytes.starts_with(b"RIFF") && part(bytes, 8, 4) == Some(b"WEBP") {
        ("image/webp", webp(bytes))
    } else {
        return Err(ImageError::Unsupported);
    };
    match size {
        Some((width, height)) if width.max(height) > IMAGE_SIDE_PX_MAX => Err(ImageError::TooWide),
        Some((width, height)) if width.min(height) > 0 => Ok(Sniffed {
            media_type,
            width,
            height,
        }),
        _ => Err(ImageError::Damaged),
    }
}

/// Chunks from IHDR to IEND, with pixels between them.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if part(bytes, 8, 8)? != b"\0\0\0\x0dIHDR" {
        return None;
    }
    let size = (big(bytes, 16, 4)?, big(bytes, 20, 4)?);
    let (mut at, mut pixels) = (8, false);
    loop {
        let length = big(bytes, at, 4)? as usize;
        let kind = part(bytes, at + 4, 4)?;
        // The checksum is the last of a chunk.
        part(bytes, at + 8, length.checked_add(4)?)?;
        match kind {
            b"IDAT" => pixels = true,
            b"IEND" => return pixels.then_some(size),
            _ => {}
        }
        at += 12 + length;
    }
}

/// Segments up to the first scan, which has an end.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut size, mut turned) = (2, None, None);
    loop {
        let marker = match part(bytes, at, 2)? {
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => *marker,
            _ => return None,
        };
        at += 2;
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let length = big(bytes, at, 2)? as usize;
        let segment = part(bytes, at + 2, length.checked_sub(2)?)?;
        at += length;
        match marker {
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => size = size.or(Some((big(segment, 3, 2)?, big(segment, 1, 2)?))),
            0xe1 if segment.starts_with(b"Exif\0\0") => {
                turned = turned.or(Some(is_turned(&segment[6..]).unwrap_or(false)));
            }
            0xd8 | 0xd9 => return None,
            0xda => break,
            _ => {}
        }
    }
    bytes[at..].windows(2).rposition(|end| end == b"\xff\xd9")?;
    let (width, height) = size?;
    // Browsers turn what a camera says it held on its side.
    Some(if turned == Some(true) {
        (height, width)
    } else {
        (width, height)
    })
}

/// Whether an Exif block (a TIFF file) says that the picture lies on its side.
fn is_turned(tiff: &[u8]) -> Option<bool> {
    let number = match part(tiff, 0, 4)? {
        b"II*\0" => little,
        b"MM\0*" => big,
        _ => return None,
    };
    let entries = number(tiff, 4, 4)? as usize;
    let count = number(tiff, entries, 2)? as usize;
    (0..count)
        .map(|entry| entries + 2 + entry * 12)
        .find(|&at| number(tiff, at, 2) == Some(0x112))
        .and_then(|at| number(tiff, at + 8, 2))
        .map(|orientation| (5..=8).contains(&orientation))
}

/// Blocks up to the trailer, with at least one frame. A first frame larger than the screen makes the screen larger.
fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    let colors = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    };
    let mut at = 13 + colors(*bytes.get(10)?);
    let mut size = None;
    loop {
        let kind = *bytes.get(at)?;
        match kind {
            0x21 => at += 2,
            0x2c => {
                let of = |x| Some((little(bytes, x, 2)?, little(bytes, x + 2, 2)?));
                let ((width, height), frame) = (of(6)?, of(at + 5)?);
                size = size.or(Some((width.max(frame.0), height.max(frame.1))));
                at += 11 + colors(*bytes.get(at + 9)?);
            }
            0x3b => return size,
            _ => return None,
        }
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
}

/// RIFF chunks: the first says the size, and one of them has the pixels.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let bytes = part(bytes, 0, (little(bytes, 4, 4)? as usize).checked_add(8)?)?;
    let (mut at, mut size, mut pixels) = (12, None, false);
    while at < bytes.len() {
        let kind = part(bytes, at, 4)?;
        let length = little(bytes, at + 4, 4)? as usize;
        let data = part(bytes, at + 8, length)?;
        if size.is_none() {
            size = Some(webp_size(kind, data)?);
        }
        pixels |= matches!(kind, b"VP8 " | b"VP8L" | b"ANMF");
        at += 8 + length + length % 2;
    }
    size.filter(|_| pixels)
}

fn webp_size(kind: &[u8], data: &[u8]) -> Option<(u32, u32)> {
    match kind {
        b"VP8 " if part(data, 3, 3)? == b"\x9d\x01\x2a" => {
            Some((little(data, 6, 2)? & 0x3fff, little(data, 8, 2)? & 0x3fff))
        }
        b"VP8L" if *data.first()? == 0x2f => {
            let bits = little(data, 1, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => Some((little(data, 4, 3)? + 1, little(data, 7, 3)? + 1)),
        _ => None,
    }
}

fn part(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// A number of up to 4 bytes, the most significant first.
fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let number = |sum, byte: &u8| sum << 8 | u32::from(*byte);
    Some(part(bytes, at, length)?.iter().fold(0, number))
}

/// A number of up to 4 bytes, the least significant first.
fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let number = |sum, byte: &u8| sum << 8 | u32::from(*byte);
    Some(part(bytes, at, length)?.iter().rev().fold(0, number))
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use shared::protocol::limits;

    use super::*;

    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVR42mM8ISfHwMDAwMDAxAADABMuAQjbG1iiAAAAAElFTkSuQmCC";
    const JPEG: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAACAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AC//Z";
    const JPEG_PROGRESSIVE: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wgALCAACAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//aAAgBAQAAAAEP/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oACAEBAAAAEH//xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/EH//2Q==";
    /// Exif orientation 6.
    const JPEG_TURNED: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAACAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AC//Z";
    const GIF: &str = "R0lGODdhAwACAIEAAMwzM8wAAAAAAAAAACwAAAAAAwACAAAICAABBAAgEEBAADs=";
    const GIF_MOVING: &str = "R0lGODlhAwACAIEAAMgeHgAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAsAAAAAAMAAgAACAYAAQgcGBAAIfkEAQAAAQAsAAAAAAMAAgCBAADIAAAAAAAAAAAACAYAAQgcGBAAOw==";
    const WEBP: &str =
        "UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoDAAIABABoJaACdAFAAAD+6mX8GyRTnL/8bx/ku/t32UAA";
    const WEBP_LOSSLESS: &str = "UklGRh4AAABXRUJQVlA4TBEAAAAvAkAAAAdQjyLXo/+BiOh/AAA=";
    const WEBP_ALPHA: &str = "UklGRlYAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAWlpaWlpaAFZQOCAoAAAAcAEAnQEqAwACAAQAaCWgAnQBQAAA/upl/BskU5y//G8f5Lv7d9lAAA==";
    const BMP: &str = "Qk1OAAAAAAAAADYAAAAoAAAAAwAAAAIAAAABABgAAAAAABgAAADEDgAAxA4AAAAAAAAAAAAAHh7IHh7IHh7IAAAAHh7IHh7IHh7IAAAA";

    fn real() -> Vec<(Vec<u8>, &'static str, (u32, u32))> {
        [
            (PNG, "image/png", (3, 2)),
            (JPEG, "image/jpeg", (3, 2)),
            (JPEG_PROGRESSIVE, "image/jpeg", (3, 2)),
            (JPEG_TURNED, "image/jpeg", (2, 3)),
            (GIF, "image/gif", (3, 2)),
            (GIF_MOVING, "image/gif", (3, 2)),
            (WEBP, "image/webp", (3, 2)),
            (WEBP_LOSSLESS, "image/webp", (3, 2)),
            (WEBP_ALPHA, "image/webp", (3, 2)),
        ]
        .map(|(text, media_type, size)| (STANDARD.decode(text).unwrap(), media_type, size))
        .into()
    }

    #[test]
    fn the_four_types_are_known_with_their_size() {
        for (bytes, media_type, (width, height)) in real() {
            let expected = Sniffed {
                media_type,
                width,
                height,
            };
            assert_eq!(sniff(&bytes), Ok(expected));
        }
    }

    #[test]
    fn half_a_picture_is_refused_wherever_it_ends() {
        for (bytes, media_type, _) in real() {
            for end in 0..bytes.len() {
                let result = sniff(&bytes[..end]);
                assert!(result.is_err(), "{media_type} cut at {end}: {result:?}");
            }
        }
    }

    #[test]
    fn no_byte_that_is_changed_makes_it_panic() {
        for (mut bytes, ..) in real() {
            for at in 0..bytes.len() {
                let byte = bytes[at];
                for other in [0, 1, 0x7f, 0x80, 0xfe, 0xff] {
                    bytes[at] = other;
                    let _either = sniff(&bytes);
                }
                bytes[at] = byte;
            }
        }
    }

    #[test]
    fn other_files_are_refused() {
        let bmp = STANDARD.decode(BMP).unwrap();
        let others: [&[u8]; 6] = [
            b"",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"<!doctype html><script>alert(1)</script>",
            b"RIFF\x04\0\0\0WAVE",
            &bmp,
        ];
        for other in others {
            assert_eq!(sniff(other), Err(ImageError::Unsupported));
        }
    }

    #[test]
    fn a_page_that_begins_like_a_picture_is_refused() {
        let page = b"<html><script>alert(1)</script></html>;;;;";
        for begin in [
            &b"GIF89a"[..],
            b"GIF89a=1;/*",
            b"GIF89a\x01\0\x01\0\0\0\0",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0",
            b"RIFF\x20\0\0\0WEBP",
        ] {
            let result = sniff(&[begin, page].concat());
            assert_eq!(result, Err(ImageError::Damaged), "{begin:?}");
        }
        assert_eq!(
            sniff(b"GIF88a\x01\0\x01\0\0\0\0;"),
            Err(ImageError::Unsupported)
        );
    }

    #[test]
    fn limits_are_kept_and_named_as_they_are() {
        let mut png = STANDARD.decode(PNG).unwrap();
        let mut with_width = |width: u32| {
            png[16..20].copy_from_slice(&width.to_be_bytes());
            sniff(&png).map(|sniffed| sniffed.width)
        };
        assert_eq!(with_width(IMAGE_SIDE_PX_MAX), Ok(IMAGE_SIDE_PX_MAX));
        assert_eq!(with_width(IMAGE_SIDE_PX_MAX + 1), Err(ImageError::TooWide));
        assert_eq!(with_width(u32::MAX), Err(ImageError::TooWide));
        assert_eq!(with_width(0), Err(ImageError::Damaged));
        png[16..20].copy_from_slice(&3_u32.to_be_bytes());
        png.resize(IMAGE_BYTES_MAX, 0);
        assert!(sniff(&png).is_ok(), "what follows the end is of no matter");
        png.push(0);
        assert_eq!(sniff(&png), Err(ImageError::TooLarge));

        let says = |error: ImageError, number: String| {
            let words = error.to_string();
            assert!(words.replace(',', "").contains(&number), "{words}");
        };
        says(
            ImageError::TooLarge,
            format!("{} MB", IMAGE_BYTES_MAX >> 20),
        );
        says(ImageError::TooWide, format!("{IMAGE_SIDE_PX_MAX} pixels"));
        let total = limits::WORKSHOP_IMAGES_BYTES_MAX >> 20;
        says(ImageError::Full, format!("{total} MB"));
    }
}
