//! Properties of objects as they are stored: plain values under keys, and styles,
//! which are chosen from a short list.
//!
//! Knows no objects and nothing of where properties are stored.

use crate::text::Text;

/// Where an object's properties are read from.
pub trait Source {
    /// A text.
    fn string(&self, key: &str) -> Option<String>;
    /// A finite number.
    fn number(&self, key: &str) -> Option<f64>;
    /// A row of finite numbers; what is no number reads as 0.
    fn numbers(&self, key: &str) -> Option<Vec<f64>>;
    /// Yes or no.
    fn flag(&self, key: &str) -> Option<bool>;
    /// Bytes.
    fn bytes(&self, key: &str) -> Option<Vec<u8>>;
}

/// A property to be stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: the property goes away.
    Null,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A row of numbers.
    Numbers(Vec<f64>),
    /// Yes or no.
    Flag(bool),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Properties with their keys.
pub type Properties = Vec<(&'static str, Value)>;

/// One style as listed.
#[derive(Debug, PartialEq, Eq)]
pub struct Style {
    /// The key under which it is stored.
    pub key: &'static str,
    /// What it is called.
    pub label: Text,
    /// The choices: stored name, name shown.
    pub choices: &'static [(&'static str, Text)],
}

/// Makes an enum of choices and its [`Style`].
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident, $style:ident, $key:literal, $label:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $stored:literal, $shown:ident;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        #[doc = concat!("The style `", $key, "`.")]
        pub static $style: $crate::props::Style = $crate::props::Style {
            key: $key,
            label: $crate::text::$label,
            choices: &[$(($stored, $crate::text::$shown)),+],
        };

        impl $name {
            /// The key under which it is stored.
            pub const KEY: &'static str = $key;

            /// Every choice, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $stored),+ }
            }

            /// The name shown to people.
            pub const fn label(self) -> $crate::text::Text {
                match self { $(Self::$variant => $crate::text::$shown),+ }
            }

            /// The choice of a stored name; an unknown one reads as the default.
            pub fn from_name(name: &str) -> Self {
                Self::ALL.iter().copied().find(|choice| choice.name() == name).unwrap_or_default()
            }

            /// As read from where an object is stored.
            pub fn read(source: &dyn $crate::props::Source) -> Self {
                source.string($key).map_or_else(Self::default, |name| Self::from_name(&name))
            }
        }
    };
}
pub(crate) use choices;

impl Source for Properties {
    fn string(&self, key: &str) -> Option<String> {
        match find(self, key)? {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<f64> {
        match find(self, key)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        match find(self, key)? {
            Value::Numbers(numbers) => Some(numbers.clone()),
            _ => None,
        }
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match find(self, key)? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        match find(self, key)? {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

fn find<'a>(properties: &'a Properties, key: &str) -> Option<&'a Value> {
    properties
        .iter()
        .find(|(stored, _)| *stored == key)
        .map(|(_, value)| value)
}
