//! What a newer version has placed: kept as it is, shown as a placeholder.

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{Accent, Detail, Primitive, tokens},
    geometry::{Size, Vec2},
    props::Properties,
};

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

    fn label(&self) -> &str {
        "something newer"
    }

    fn noun(&self) -> &'static str {
        "item"
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
        Size::new(200.0, 200.0)
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let (rect, radius) = (at.rect, 8.0);
        list.push(Primitive::Fill {
            rect,
            radius,
            color: tokens::SURFACE,
        });
        list.push(Primitive::Stroke {
            rect,
            radius,
            width: 2.0,
            color: tokens::INK_MUTED,
        });
        if at.detail == Detail::Full {
            list.push(Primitive::Text {
                at: rect.origin() + Vec2::new(16.0, 32.0),
                size: 14.0,
                weight: 400,
                accent: Accent::default(),
                color: tokens::INK,
                rtl: false,
                text: format!("Something newer ({})", self.name),
            });
        }
    }
}
