//! What a newer version has placed: kept as it is, shown as a placeholder.

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{Accent, Detail, Primitive, tokens},
    geometry::{Size, Vec2},
    props::Properties,
    text::{self, Phrase},
};

/// Width and height, in board units.
const SIDE: f64 = 200.0;
/// Corner radius, in board units.
const RADIUS: f64 = 8.0;
/// Width of the outline, in board units.
const LINE_WIDTH: f64 = 2.0;
/// Size of the text, in board units.
const TEXT_SIZE: f64 = 14.0;
/// Space left of the text, in board units.
const INSET: f64 = 16.0;
/// Baselines of the two lines of text below the upper edge, in board units.
const BASELINES: [f64; 2] = [32.0, 52.0];

/// A kind that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Its stored name.
    pub name: String,
}

impl ObjectKind for Unknown {
    fn name(&self) -> &str {
        &self.name
    }

    fn label(&self) -> Phrase {
        text::OBJECT_NEWER.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_objects(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::No,
            has_text: false,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        Properties::new()
    }

    fn default_size(&self) -> Size {
        Size::new(SIDE, SIDE)
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let (rect, radius) = (at.rect, RADIUS);
        list.push(Primitive::Fill {
            rect,
            radius,
            color: tokens::SURFACE,
        });
        list.push(Primitive::Stroke {
            rect,
            radius,
            width: LINE_WIDTH,
            color: tokens::INK_MUTED,
        });
        if at.detail < Detail::Full {
            return;
        }
        let lines = [text::OBJECT_NEWER_PAINTED.into(), self.name.as_str().into()];
        for (text, baseline) in lines.into_iter().zip(BASELINES) {
            list.push(Primitive::Text {
                at: rect.origin() + Vec2::new(INSET, baseline),
                size: TEXT_SIZE,
                weight: 400,
                accent: Accent::default(),
                color: tokens::INK,
                rtl: false,
                text,
            });
        }
    }
}
