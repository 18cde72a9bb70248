//! The sticky note: a square of coloured paper that grows down with its text.

use super::{Features, ObjectKind, Painted, Resize, lines};
use crate::{
    draw::{Accent, Align, Detail, NoteColor, Primitive, TextBox, TextSize, font, style, tokens},
    geometry::{Point, Size},
    plain::Plain,
    props::{Properties, Source, Style},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "sticky_note";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[
    (NoteColor::KEY, Plain::String),
    (TextSize::KEY, Plain::String),
    (Align::KEY, Plain::String),
];
/// Width, and least height, in board units.
pub const SIDE: f64 = 200.0;
/// Space between the note's edge and its text, in board units.
pub const PADDING: f64 = 16.0;
/// The largest text of the usual size, in board units: what the fit starts from.
pub const TEXT_CEILING: f64 = 24.0;
/// The smallest text: below it the note grows down instead.
pub const TEXT_FLOOR: f64 = 14.0;
/// Space between neighbouring notes made from the keyboard or a paste.
pub const GAP: f64 = 20.0;
/// The most characters a text takes, counted as graphemes.
pub const TEXT_MAX: usize = 1_000;
/// From here on a counter shows how many characters are left.
pub const TEXT_COUNTER_FROM: usize = 240;
const AUTHOR_SIZE: f64 = 11.0;

/// How a sticky note looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StickyNote {
    /// Its paper.
    pub color: NoteColor,
    /// How large its text may be.
    pub text_size: TextSize,
    /// To which side its text is set.
    pub align: Align,
}

impl StickyNote {
    pub(super) fn read(source: &dyn Source) -> Self {
        Self {
            color: NoteColor::read(source),
            text_size: TextSize::read(source),
            align: Align::read(source),
        }
    }
}

impl ObjectKind for StickyNote {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        text::OBJECT_NOTE.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_notes(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::Ratio,
            lives_by_text: true,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![
            (style::COLOR.key, self.color.name().into()),
            (style::TEXT_SIZE.key, self.text_size.name().into()),
            (style::ALIGN.key, self.align.name().into()),
        ]
    }

    fn default_size(&self) -> Size {
        Size::new(SIDE, SIDE)
    }

    fn text_box(&self, _size: Size) -> Option<TextBox> {
        Some(TextBox {
            ceiling: (TEXT_CEILING * self.text_size.factor()).max(TEXT_FLOOR),
            floor: TEXT_FLOOR,
            align: self.align,
            ..TextBox::padded(PADDING)
        })
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![
            (&style::COLOR, self.color.name()),
            (&style::TEXT_SIZE, self.text_size.name()),
            (&style::ALIGN, self.align.name()),
        ]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let (rect, color) = (at.rect, tokens::paper(self.color));
        if at.detail == Detail::Block {
            let radius = 0.0;
            list.push(Primitive::Fill {
                rect,
                radius,
                color,
            });
            return;
        }
        list.push(Primitive::Paper { rect, color });
        let Some(set) = self.text_box(rect.size()) else {
            return;
        };
        lines::paint(list, at, &set, tokens::INK);
        if let (Detail::Full, Some(author)) = (at.detail, at.author) {
            let width = rect.x1 - rect.x0 - 2.0 * PADDING;
            let author = font::shortened(author, width / AUTHOR_SIZE);
            list.push(Primitive::Text {
                at: Point::new(rect.x0 + PADDING, rect.y1 - 7.0),
                size: AUTHOR_SIZE,
                weight: 400,
                accent: Accent::default(),
                color: tokens::INK,
                rtl: false,
                text: author.as_ref().into(),
            });
        }
    }
}
