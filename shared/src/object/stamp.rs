//! The stamp: an emoji that says something about what it is put on.

mod pictures;

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{
        Dash, Detail, Primitive,
        tokens::{self, Rgb},
    },
    geometry::{Affine, BezPath, Circle, Shape as _, Size},
    plain::Plain,
    props::{Properties, Source, Style, choices},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "stamp";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[(Emoji::KEY, Plain::String)];
/// Width and height, in board units.
pub const SIDE: f64 = 56.0;
/// Side of the grid that the pictures are drawn on.
const GRID: f64 = 24.0;

choices! {
    /// The emoji a stamp can be. Drawn as pictures of our own: not every device has them.
    Emoji, EMOJI, "emoji", STYLE_STAMP {
        /// I agree.
        #[default]
        ThumbsUp = "👍", STAMP_AGREE;
        /// I like it.
        Heart = "❤️", STAMP_LIKE;
        /// I have a question.
        Question = "❓", STAMP_QUESTION;
        /// A new thought.
        Idea = "💡", STAMP_IDEA;
        /// This is a risk.
        Warning = "⚠️", STAMP_RISK;
        /// This matters most.
        Star = "⭐", STAMP_IMPORTANT;
        /// This is done.
        Check = "✅", STAMP_DONE;
        /// Well done.
        Party = "🎉", STAMP_CELEBRATE;
    }
}

impl Emoji {
    /// Its picture, on a grid of 24 units.
    pub fn picture(self) -> BezPath {
        let elements = match self {
            Self::ThumbsUp => pictures::THUMBS_UP,
            Self::Heart => pictures::HEART,
            Self::Question => pictures::QUESTION,
            Self::Idea => pictures::IDEA,
            Self::Warning => pictures::WARNING,
            Self::Star => pictures::STAR,
            Self::Check => pictures::CHECK,
            Self::Party => pictures::PARTY,
        };
        elements.iter().copied().collect()
    }

    const fn color(self) -> Rgb {
        match self {
            Self::ThumbsUp | Self::Check => tokens::ACCENT,
            Self::Heart | Self::Warning => Rgb(0xb0_27_45),
            Self::Question => Rgb(0x1d_5f_b4),
            Self::Idea | Self::Star | Self::Party => tokens::HIGHLIGHT,
        }
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

    fn label(&self) -> Phrase {
        self.emoji.label().into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_stamps(n)
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
        let color = self.emoji.color();
        if at.detail == Detail::Block {
            let radius = rect.width() / 2.0;
            list.push(Primitive::Fill {
                rect,
                radius,
                color,
            });
            return;
        }
        let disc = Circle::new(rect.center(), rect.width() / 2.0);
        list.push(Primitive::Path {
            path: disc.to_path(0.1),
            fill: Some(tokens::SURFACE),
            stroke: Some((color, 2.0)),
            dash: Dash::Solid,
        });
        let inner = rect.inset(-rect.width() * 0.2);
        let fit = Affine::translate(inner.origin().to_vec2()) * Affine::scale(inner.width() / GRID);
        list.push(Primitive::Path {
            path: fit * self.emoji.picture(),
            fill: Some(color),
            stroke: None,
            dash: Dash::Solid,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_fills_its_grid() {
        for emoji in Emoji::ALL {
            let bounds = emoji.picture().bounding_box();
            assert!(bounds.width() > GRID / 3.0 && bounds.height() > GRID / 3.0);
            assert!(
                bounds.x0 >= 0.0 && bounds.x1 <= GRID && bounds.y1 <= GRID,
                "{emoji:?}"
            );
        }
    }
}
