//! A picture. Its content is on the server, under the hash of its bytes; the document has
//! only that name, the size in pixels, and what it is called.

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::Primitive,
    geometry::Size,
    plain::Plain,
    props::{Properties, Source, Value},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "image";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[
    (HASH, Plain::String),
    (PIXELS, Plain::Pair),
    (ALT, Plain::String),
];
/// The longer side of a picture as it is placed, at most, in board units.
pub const SIDE_MAX: f64 = 480.0;

/// Stored: the hash of its content, 64 hexadecimal digits.
const HASH: &str = "hash";
/// Stored: width and height in pixels.
const PIXELS: &str = "pixels";
/// Stored: what it is called.
const ALT: &str = "alt";

/// Which picture it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    hash: String,
    pixels: Size,
    alt: String,
}

impl Image {
    /// The picture of a hash, `pixels` wide and high, called `alt`.
    pub fn new(hash: String, pixels: Size, alt: String) -> Self {
        Self { hash, pixels, alt }
    }

    /// The hash of its content; `None` where it is not known.
    pub fn hash(&self) -> Option<&str> {
        Some(self.hash.as_str()).filter(|hash| !hash.is_empty())
    }

    pub(super) fn read(source: &dyn Source) -> Self {
        let is_hash =
            |hash: &String| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let side = |length: f64| length.clamp(1.0, 10_000.0);
        let pixels = match source.numbers(PIXELS).as_deref() {
            Some(&[width, height]) => Size::new(side(width), side(height)),
            _ => Size::new(SIDE_MAX, SIDE_MAX),
        };
        Self::new(
            source.string(HASH).filter(is_hash).unwrap_or_default(),
            pixels,
            source.string(ALT).unwrap_or_default(),
        )
    }
}

impl ObjectKind for Image {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        if self.alt.is_empty() {
            text::OBJECT_PICTURE.into()
        } else {
            text::say_and(text::OBJECT_PICTURE, self.alt.as_str())
        }
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_pictures(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::Ratio,
            turns: true,
            has_text: false,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![
            (HASH, self.hash.as_str().into()),
            (
                PIXELS,
                Value::Numbers(vec![self.pixels.width, self.pixels.height]),
            ),
            (ALT, self.alt.as_str().into()),
        ]
    }

    fn default_size(&self) -> Size {
        let scale = SIDE_MAX / self.pixels.max_side().max(SIDE_MAX);
        let size = (self.pixels * scale).round();
        Size::new(size.width.max(8.0), size.height.max(8.0))
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        list.push(Primitive::Picture {
            rect: at.rect,
            hash: self.hash.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_reads_back_and_is_placed_no_larger_than_it_should_be() {
        let hash = "ab".repeat(32);
        let image = Image::new(hash, Size::new(1_920.0, 1_080.0), "Harbour plan".into());
        assert_eq!(Image::read(&image.properties()), image);
        assert_eq!(image.default_size(), Size::new(480.0, 270.0));
        assert_eq!(image.label().english(), "picture, Harbour plan");
        let small = Image::new(String::new(), Size::new(32.0, 16.0), String::new());
        assert_eq!(small.default_size(), Size::new(32.0, 16.0));
    }

    #[test]
    fn what_is_no_hash_names_nothing() {
        let odd: Properties = vec![
            (HASH, "../../etc".into()),
            (PIXELS, Value::Numbers(vec![-5.0, 1e12])),
        ];
        let image = Image::read(&odd);
        assert_eq!(image.hash, "");
        assert_eq!(image.pixels, Size::new(1.0, 10_000.0));
    }
}
