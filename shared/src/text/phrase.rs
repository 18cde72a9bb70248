//! What there is to say, as data.

/// A text of the table, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub(super) u16);

/// Something to say: in whichever language it is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// A text of the table with what belongs in its holes: the number that it counts, if it
    /// counts, then the others by their names.
    Text(Text, Vec<Value>),
    /// Somebody's own words, in whatever language they are.
    Words(String),
    /// One after another.
    Sentences(Vec<Phrase>),
}

/// What belongs in a hole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number, written as the language writes numbers.
    Number(i64),
    /// A phrase within a phrase.
    Phrase(Phrase),
    /// Several in a list: *a, b and c*.
    List(Vec<Phrase>),
}

/// How many there are of what a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(i64);

impl Phrase {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(..) => false,
            Self::Words(words) => words.is_empty(),
            Self::Sentences(sentences) => sentences.iter().all(Self::is_empty),
        }
    }
}

impl Default for Phrase {
    fn default() -> Self {
        Self::Words(String::new())
    }
}

impl From<Text> for Phrase {
    fn from(text: Text) -> Self {
        Self::Text(text, Vec::new())
    }
}

impl From<String> for Phrase {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Phrase {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Phrase(text.into())
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Phrase(words.into())
    }
}

impl From<&str> for Value {
    fn from(words: &str) -> Self {
        Self::Phrase(words.into())
    }
}

impl From<Vec<Phrase>> for Value {
    fn from(list: Vec<Phrase>) -> Self {
        Self::List(list)
    }
}

impl From<Count> for Value {
    fn from(Count(n): Count) -> Self {
        Self::Number(n)
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl From<$number> for Count {
            fn from(n: $number) -> Self {
                Self(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }

        impl From<$number> for Value {
            fn from(n: $number) -> Self {
                Count::from(n).into()
            }
        }
    )+};
}

numbers!(u8, u32, u64, i64, usize);
