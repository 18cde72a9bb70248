//! A language: its lines, and how a phrase becomes a string in it.

use std::borrow::Cow;

use super::{
    phrase::{Phrase, Text, Value},
    table::ENGLISH,
};

/// A plural category of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// As for 0 in Arabic.
    Zero,
    /// As for 1 in English.
    One,
    /// As for 2 in Arabic.
    Two,
    /// As for 2 to 4 in Czech.
    Few,
    /// As for a million in French.
    Many,
    /// All others.
    Other,
}

impl Category {
    /// By its name in CLDR; unknown ones are `Other`.
    pub fn named(name: &str) -> Self {
        match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            _ => Self::Other,
        }
    }
}

/// How a language counts, writes numbers and puts lists together. The client has the browser's.
pub trait Intl {
    /// The plural category of a number.
    fn category(&self, n: i64) -> Category;
    /// A number as people write it.
    fn number(&self, n: i64) -> String;
    /// *a, b and c*.
    fn list(&self, items: Vec<String>) -> String;
}

/// British English, for tests, logs and the server.
#[derive(Clone, Copy, Debug)]
pub struct English;

impl Intl for English {
    fn category(&self, n: i64) -> Category {
        if n == 1 {
            Category::One
        } else {
            Category::Other
        }
    }

    fn number(&self, n: i64) -> String {
        match (n / 1_000, (n % 1_000).abs()) {
            (0, _) => n.to_string(),
            (thousands, rest) => format!("{},{rest:03}", self.number(thousands)),
        }
    }

    fn list(&self, mut items: Vec<String>) -> String {
        match items.pop() {
            Some(last) if items.is_empty() => last,
            Some(last) => format!("{} and {last}", items.join(", ")),
            None => String::new(),
        }
    }
}

impl Phrase {
    /// In English, as tests and logs read it.
    pub fn english(&self) -> String {
        Language::english().say(self, &English)
    }
}

/// The lines of one language, as `shared/texts/src/lines.rs` writes them.
#[derive(Clone, Debug)]
pub struct Language {
    lines: Cow<'static, str>,
    /// Where the line of each text begins, and at the end where the last one ends, plus one.
    starts: Vec<u32>,
    /// The categories in whose order plural forms are written.
    categories: Vec<Category>,
}

impl Language {
    /// English, which is always there.
    pub fn english() -> Self {
        Self::of(ENGLISH.into())
    }

    /// Reads a language's file. `None` where it does not belong to this build's table.
    pub fn read(lines: String) -> Option<Self> {
        let read = Self::of(lines.into());
        let english = Self::english();
        let is_ours = read.head(1) == english.head(1) && read.starts.len() == english.starts.len();
        is_ours.then_some(read)
    }

    fn of(lines: Cow<'static, str>) -> Self {
        let ends = lines.match_indices('\n').map(|(at, _)| at);
        let starts = ends.chain([lines.len()]).map(|end| end as u32 + 1);
        let mut read = Self {
            starts: starts.collect(),
            categories: Vec::new(),
            lines,
        };
        let first = read.lines.lines().next().unwrap_or_default();
        read.categories = first.split(' ').skip(4).map(Category::named).collect();
        read
    }

    /// A word of the first line.
    fn head(&self, place: usize) -> &str {
        let first = self.lines.lines().next().unwrap_or_default();
        first.split(' ').nth(place).unwrap_or_default()
    }

    /// Its code, such as `de`: what is said of a page in it.
    pub fn code(&self) -> &str {
        self.head(0)
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &str {
        self.head(2)
    }

    /// The locale for numbers, plurals and lists.
    pub fn locale(&self) -> &str {
        self.head(3)
    }

    /// A phrase in this language.
    pub fn say(&self, phrase: &Phrase, intl: &dyn Intl) -> String {
        let mut said = String::new();
        self.write(&mut said, phrase, intl);
        said
    }

    fn write(&self, said: &mut String, phrase: &Phrase, intl: &dyn Intl) {
        match phrase {
            Phrase::Words(words) => said.push_str(words),
            Phrase::Sentences(sentences) => {
                for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
                    if !said.is_empty() {
                        said.push(' ');
                    }
                    self.write(said, sentence, intl);
                }
            }
            Phrase::Text(text, values) => {
                let mut pieces = self.form(*text, values, intl).split('{');
                said.push_str(pieces.next().unwrap_or_default());
                for piece in pieces {
                    let (hole, rest) = piece.split_once('}').unwrap_or_default();
                    let value = hole.parse().ok().and_then(|at: usize| values.get(at));
                    if let Some(value) = value {
                        self.fill(said, value, intl);
                    }
                    said.push_str(rest);
                }
            }
        }
    }

    fn fill(&self, said: &mut String, value: &Value, intl: &dyn Intl) {
        match value {
            Value::Number(n) => said.push_str(&intl.number(*n)),
            Value::List(phrases) => {
                let items = phrases.iter().map(|phrase| {
                    let mut item = String::new();
                    self.place(&mut item, phrase, intl);
                    item
                });
                said.push_str(&intl.list(items.collect()));
            }
            Value::Phrase(phrase) => self.place(said, phrase, intl),
        }
    }

    /// A phrase among others. Words that run the other way must not change the order of those
    /// around them.
    fn place(&self, said: &mut String, phrase: &Phrase, intl: &dyn Intl) {
        match phrase {
            Phrase::Words(words) if self.turns(words) => {
                said.push('\u{2068}');
                said.push_str(words);
                said.push('\u{2069}');
            }
            phrase => self.write(said, phrase, intl),
        }
    }

    /// Whether words may run another way than this language.
    fn turns(&self, words: &str) -> bool {
        let is_from_the_right = |c| {
            matches!(
                c,
                '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'
                    | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
            )
        };
        self.direction() == "rtl" || words.contains(is_from_the_right)
    }

    /// The form of a text for what it counts.
    fn form(&self, text: Text, values: &[Value], intl: &dyn Intl) -> &str {
        let at = |place: usize| self.starts.get(place).map_or(0, |start| *start as usize);
        let place = usize::from(text.0);
        let line = self.lines.get(at(place)..at(place + 1).saturating_sub(1));
        let line = line.unwrap_or_default();
        if !line.contains('\t') {
            return line;
        }
        let category = match values.first() {
            Some(Value::Number(n)) => intl.category(*n),
            _ => Category::Other,
        };
        let form = self.categories.iter().position(|known| *known == category);
        let form = form.and_then(|form| line.split('\t').nth(form));
        form.or_else(|| line.rsplit('\t').next())
            .unwrap_or_default()
    }
}
