//! The stamp: an emoji that says something about what it is put on.

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{Detail, Primitive, tokens},
    geometry::{Point, Size},
    props::{Properties, Source, Style, choices},
};

/// The kind's stored name.
pub const NAME: &str = "stamp";
/// Width and height, in board units.
pub const SIDE: f64 = 56.0;

choices! {
    /// The emoji a stamp can be.
    Emoji, EMOJI, "emoji", "Stamp" {
        /// I agree.
        #[default]
        ThumbsUp = "👍", "Agree";
        /// I like it.
        Heart = "❤️", "Like";
        /// I have a question.
        Question = "❓", "Question";
        /// A new thought.
        Idea = "💡", "Idea";
        /// This is a risk.
        Warning = "⚠️", "Risk";
        /// This matters most.
        Star = "⭐", "Important";
        /// This is done.
        Check = "✅", "Done";
        /// Well done.
        Party = "🎉", "Celebrate";
    }
}

/// Which stamp it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Its emoji.
    pub emoji: Emoji,
}

impl Stamp {
    pub(super) fn read(source: &dyn Source) -> Self {
        Self {
            emoji: Emoji::read(source),
        }
    }
}

impl ObjectKind for Stamp {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> &str {
        self.emoji.label()
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::Ratio,
            has_text: false,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![(EMOJI.key, self.emoji.name().into())]
    }

    fn default_size(&self) -> Size {
        Size::new(SIDE, SIDE)
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![(&EMOJI, self.emoji.name())]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let rect = at.rect;
        if at.detail == Detail::Block {
            list.push(Primitive::Fill {
                rect,
                radius: rect.width() / 2.0,
                color: tokens::HIGHLIGHT,
            });
            return;
        }
        let size = rect.height() * 0.8;
        list.push(Primitive::Text {
            at: Point::new(rect.center().x - size * 0.6, rect.center().y + size * 0.36),
            size,
            weight: 400,
            color: tokens::INK,
            rtl: false,
            text: self.emoji.name().to_owned(),
        });
    }
}
