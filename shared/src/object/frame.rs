//! The frame: a titled area that carries what lies in it.

use super::{Features, ObjectKind, Painted};
use crate::{
    draw::{Accent, Detail, NoteColor, Primitive, style, tokens},
    geometry::{Point, Size},
    plain::Plain,
    props::{Properties, Source, Style},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "frame";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[(NoteColor::KEY, Plain::String)];
/// Width and height of a new frame, in board units.
pub const SIZE: Size = Size::new(640.0, 440.0);
/// Height of the strip that carries the title, in board units.
pub const TITLE_HEIGHT: f64 = 40.0;
const TITLE_SIZE: f64 = 20.0;
const RADIUS: f64 = 8.0;

/// How a frame looks. Its text is its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it is filled with.
    pub color: NoteColor,
}

impl Frame {
    pub(super) fn read(source: &dyn Source) -> Self {
        let has_color = source.string(style::COLOR.key).is_some();
        Self {
            color: if has_color {
                NoteColor::read(source)
            } else {
                NoteColor::Chalk
            },
        }
    }
}

impl ObjectKind for Frame {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        text::OBJECT_FRAME.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_frames(n)
    }

    fn features(&self) -> Features {
        Features {
            is_container: true,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![(style::COLOR.key, self.color.name().into())]
    }

    fn default_size(&self) -> Size {
        SIZE
    }

    fn text_box(&self, _size: Size) -> Option<crate::draw::TextBox> {
        Some(crate::draw::TextBox {
            padding_x: 14.0,
            padding_y: (TITLE_HEIGHT - TITLE_SIZE * 1.3) / 2.0,
            ceiling: TITLE_SIZE,
            floor: TITLE_SIZE,
            ..crate::draw::TextBox::padded(0.0)
        })
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![(&style::COLOR, self.color.name())]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let rect = at.rect;
        list.push(Primitive::Fill {
            rect,
            radius: RADIUS,
            color: tokens::tint(self.color),
        });
        list.push(Primitive::Stroke {
            rect,
            radius: RADIUS,
            width: 1.5,
            color: tokens::HAIRLINE,
        });
        if at.detail == Detail::Block {
            return;
        }
        // The title is longer than the frame where it must be: it is what one finds it by.
        let Some(first) = at.layout.lines.first() else {
            return;
        };
        let title = &at.text[first.range.clone()];
        let empty = title.is_empty();
        list.push(Primitive::Text {
            at: Point::new(
                if first.rtl {
                    rect.x1 - 14.0
                } else {
                    rect.x0 + 14.0
                },
                rect.y0 + TITLE_HEIGHT / 2.0 + TITLE_SIZE * 0.36,
            ),
            size: TITLE_SIZE,
            weight: 700,
            accent: Accent::default(),
            color: if empty {
                tokens::INK_MUTED
            } else {
                tokens::INK
            },
            rtl: first.rtl,
            text: if empty {
                text::OBJECT_UNTITLED_FRAME.into()
            } else {
                title.into()
            },
        });
    }
}
