//! Text on the board itself, without a box around it.

use super::{Features, ObjectKind, Painted, Resize, lines};
use crate::{
    draw::{Align, Primitive, TextBox, TextSize, style, tokens},
    geometry::Size,
    plain::Plain,
    props::{Properties, Source, Style},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "text";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[(TextSize::KEY, Plain::String), (Align::KEY, Plain::String)];
/// The usual text size, in board units.
const SIZE: f64 = 20.0;
const PADDING: f64 = 4.0;

/// How a text looks. Where no width has been chosen it is as wide as its longest line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// How large it is.
    pub text_size: TextSize,
    /// To which side it is set.
    pub align: Align,
    /// It has a width of its own, at which lines break.
    pub wraps: bool,
}

impl Text {
    pub(super) fn read(source: &dyn Source) -> Self {
        Self {
            text_size: TextSize::read(source),
            align: Align::read(source),
            wraps: source.numbers("size").is_some(),
        }
    }
}

impl ObjectKind for Text {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        text::OBJECT_TEXT.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_texts(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::Width,
            turns: true,
            lives_by_text: true,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![
            (style::TEXT_SIZE.key, self.text_size.name().into()),
            (style::ALIGN.key, self.align.name().into()),
        ]
    }

    fn default_size(&self) -> Size {
        Size::new(24.0, SIZE * self.text_size.factor() * 1.3 + 2.0 * PADDING)
    }

    fn text_box(&self, _size: Size) -> Option<TextBox> {
        let size = SIZE * self.text_size.factor();
        Some(TextBox {
            ceiling: size,
            floor: size,
            align: self.align,
            wraps: self.wraps,
            ..TextBox::padded(PADDING)
        })
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![
            (&style::TEXT_SIZE, self.text_size.name()),
            (&style::ALIGN, self.align.name()),
        ]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        if let Some(set) = self.text_box(at.rect.size()) {
            lines::paint(list, at, &set, tokens::INK);
        }
    }
}
