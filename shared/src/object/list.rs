//! The closed list of object kinds: one line a kind.

use super::{ObjectKind, Unknown};
use crate::{draw::NoteColor, plain::Plain, props::Source};

/// A kind as listed.
pub struct Listed {
    /// The stored name.
    pub name: &'static str,
    /// The keys that it has beside those of every object, with what stands under them.
    pub keys: &'static [(&'static str, Plain)],
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
            keys: super::$file::KEYS,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::props::Value;

    fn sort(value: &Value) -> crate::plain::Sort {
        use crate::plain::Sort;
        match value {
            Value::Null => Sort::Empty,
            Value::Text(_) => Sort::String,
            Value::Number(_) => Sort::Number,
            Value::Numbers(numbers) => Sort::Numbers(numbers.len()),
            Value::Flag(_) => Sort::Flag,
            Value::Bytes(_) => Sort::Bytes,
        }
    }

    #[test]
    fn every_kind_stores_what_it_says_it_does() {
        for listed in KINDS {
            let empty = crate::props::Properties::new();
            for (key, value) in (listed.read)(&empty).properties() {
                let known = listed.keys.iter().find(|(known, _)| *known == key);
                let (_, plain) = known.unwrap_or_else(|| panic!("{}: {key}", listed.name));
                assert!(plain.admits(sort(&value)), "{}: {key}", listed.name);
            }
        }
    }

    #[test]
    fn a_key_means_the_same_in_every_kind() {
        let keys = || KINDS.iter().flat_map(|listed| listed.keys);
        for (key, plain) in keys() {
            assert!(
                keys().all(|(other, sort)| other != key || sort == plain),
                "{key}"
            );
        }
    }
}
