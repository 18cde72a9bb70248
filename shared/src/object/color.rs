//! The papers a note can have: few, each with a name.

use serde::{Deserialize, Serialize};

/// A note's paper colour.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum NoteColor {
    /// The colour a first note has.
    #[default]
    Butter,
    /// A warm orange-pink.
    Peach,
    /// A pale red.
    Rose,
    /// A pale violet.
    Lilac,
    /// A pale blue.
    Sky,
    /// A pale green.
    Mint,
    /// A neutral grey-white.
    Chalk,
}

impl NoteColor {
    /// Every colour, in the order in which a picker shows them.
    pub const ALL: [Self; 7] = [
        Self::Butter,
        Self::Peach,
        Self::Rose,
        Self::Lilac,
        Self::Sky,
        Self::Mint,
        Self::Chalk,
    ];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Butter => "butter",
            Self::Peach => "peach",
            Self::Rose => "rose",
            Self::Lilac => "lilac",
            Self::Sky => "sky",
            Self::Mint => "mint",
            Self::Chalk => "chalk",
        }
    }

    /// The name shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Butter => "Butter",
            Self::Peach => "Peach",
            Self::Rose => "Rose",
            Self::Lilac => "Lilac",
            Self::Sky => "Sky",
            Self::Mint => "Mint",
            Self::Chalk => "Chalk",
        }
    }

    /// The colour of a stored name; an unknown name reads as the default.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|color| color.name() == name)
            .unwrap_or_default()
    }
}
