//! The stamp: an emoji that says something about what it is put on.

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{
        Dash, Detail, Primitive,
        tokens::{self, Rgb},
    },
    geometry::{Affine, BezPath, Circle, Shape as _, Size},
    props::{Properties, Source, Style, choices},
};

/// The kind's stored name.
pub const NAME: &str = "stamp";
/// Width and height, in board units.
pub const SIDE: f64 = 56.0;
/// Side of the grid that the pictures are drawn on.
const GRID: f64 = 24.0;

choices! {
    /// The emoji a stamp can be. Drawn as pictures of our own: not every device has them.
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

impl Emoji {
    /// Its picture as an SVG path on a 24 unit grid.
    pub const fn picture(self) -> &'static str {
        match self {
            Self::ThumbsUp => {
                "M4 11h3v9H4zM9 20V11l4-7c1.800 0 2.500 1.300 2 3l-1 3h5c1.300 0 2 1 1.700 2.200l-1.500 6C19 19.300 18.200 20 17 20z"
            }
            Self::Heart => {
                "M12 20C5 15 3 11.500 3 8.500 3 6 5 4 7.500 4 9.500 4 11 5 12 6.500 13 5 14.500 4 16.500 4 19 4 21 6 21 8.500 21 11.500 19 15 12 20z"
            }
            Self::Question => {
                "M8 9c0-2.500 1.800-4.500 4.200-4.500S16.500 6.200 16.500 8.500c0 3-3.500 3.500-3.500 6.500h-2.500c0-4 3.300-4.200 3.300-6.300 0-1-.7-1.700-1.700-1.700s-1.700.8-1.700 2zM10.500 17.500h2.500V20h-2.500z"
            }
            Self::Idea => {
                "M12 3a6.500 6.500 0 00-3.500 12v2h7v-2A6.500 6.500 0 0012 3zM9 18.500h6V20H9zM10.500 21h3v1h-3z"
            }
            Self::Warning => "M12 3L22 20H2zM11 9v5h2V9zM11 15.500v2h2v-2z",
            Self::Star => {
                "M12 2.500l2.900 6.200 6.600.8-4.900 4.600 1.300 6.700L12 17.500l-5.900 3.300 1.300-6.700L2.500 9.500l6.600-.8z"
            }
            Self::Check => "M3.500 12.500l2.300-2.300 4 4 8.400-8.400 2.300 2.300L9.800 18.800z",
            Self::Party => {
                "M3 21L8 8l8 8zM14 3l1.500 3L14 8zM18 7l3-1-1 3zM17 11l4 1-3.500 1.500zM9 3l2 1-1.500 2z"
            }
        }
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

    fn label(&self) -> &str {
        self.emoji.label()
    }

    fn noun(&self) -> &'static str {
        "stamp"
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
        if let Ok(path) = BezPath::from_svg(self.emoji.picture()) {
            list.push(Primitive::Path {
                path: fit * path,
                fill: Some(color),
                stroke: None,
                dash: Dash::Solid,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_can_be_drawn() {
        for emoji in Emoji::ALL {
            let path = BezPath::from_svg(emoji.picture()).unwrap();
            let bounds = path.bounding_box();
            assert!(
                bounds.x0 >= 0.0 && bounds.x1 <= GRID && bounds.y1 <= GRID,
                "{emoji:?}"
            );
        }
    }
}
