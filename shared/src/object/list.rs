//! The closed list of object kinds: one line a kind.

use super::{ObjectKind, Unknown};
use crate::{draw::NoteColor, props::Source};

/// A kind as listed.
pub struct Listed {
    /// The stored name.
    pub name: &'static str,
    /// Reads one; what is missing or odd has a default.
    pub read: fn(&dyn Source) -> Kind,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident in $file:ident,)+) => {
        $(pub use super::$file::$kind;)+

        /// The closed list of object kinds.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Kind {
            $($(#[$doc])* $kind($kind),)+
            /// A kind that this version does not know: kept, shown as a placeholder.
            Unknown(Unknown),
        }

        /// Every kind that this version knows.
        pub static KINDS: &[Listed] = &[$(Listed {
            name: super::$file::NAME,
            read: |source| Kind::$kind($kind::read(source)),
        },)+];

        impl std::ops::Deref for Kind {
            type Target = dyn ObjectKind;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$kind(kind) => kind,)+
                    Self::Unknown(kind) => kind,
                }
            }
        }
    };
}

kinds! {
    /// A square of coloured paper with text.
    StickyNote in sticky_note,
    /// Text on the board itself.
    Text in text,
    /// A shape with text in it.
    Shape in shape,
    /// A titled area that carries what lies in it.
    Frame in frame,
    /// A line between objects that means something.
    Connector in connector,
    /// An emoji.
    Stamp in stamp,
    /// What a pen has drawn.
    Ink in ink,
    /// A picture.
    Image in image,
}

impl Kind {
    /// A sticky note of a colour.
    pub fn note(color: NoteColor) -> Self {
        Self::StickyNote(StickyNote {
            color,
            ..StickyNote::default()
        })
    }

    /// As read from where it is stored.
    pub fn read(name: &str, source: &dyn Source) -> Self {
        match KINDS.iter().find(|listed| listed.name == name) {
            Some(listed) => (listed.read)(source),
            None => Self::Unknown(Unknown { name: name.into() }),
        }
    }

    /// The same with another choice of a style; unchanged where it has no such style.
    pub fn with_style(&self, key: &str, choice: &str) -> Self {
        let mut properties = self.properties();
        for (stored, value) in &mut properties {
            if *stored == key {
                *value = choice.into();
            }
        }
        Self::read(self.name(), &properties)
    }
}
