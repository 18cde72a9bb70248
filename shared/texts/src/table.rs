//! The texts of one language, as read from its file.

use std::collections::BTreeMap;

/// The texts of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The language's code, such as `de`.
    pub language: String,
    /// The language's texts.
    pub entries: Vec<Entry>,
}

/// A text under its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key: `area.name`.
    pub key: String,
    /// The line in its file, counted from 1.
    pub line: usize,
    /// One form, or one for each plural category.
    pub forms: Vec<Form>,
}

/// One form of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The plural category, such as `one`; `None` where the text counts nothing.
    pub category: Option<String>,
    /// The text, with its holes: `{name}`.
    pub text: String,
}

/// The hole for the number that a plural text counts.
pub(crate) const COUNT: &str = "n";

impl Entry {
    /// Whether it has a form for each plural category.
    pub fn is_plural(&self) -> bool {
        self.forms.iter().any(|form| form.category.is_some())
    }

    /// The names of its holes: what is counted first, then by name.
    pub fn holes(&self) -> Vec<&str> {
        let mut holes: Vec<&str> = self.forms.iter().flat_map(|form| form.holes()).collect();
        if self.is_plural() {
            holes.push(COUNT);
        }
        holes.sort_by_key(|hole| (*hole != COUNT, *hole));
        holes.dedup();
        holes
    }
}

impl Form {
    /// The names of its holes, as they come.
    pub fn holes(&self) -> Vec<&str> {
        let after = self.text.split('{').skip(1);
        after
            .filter_map(|rest| Some(rest.split_once('}')?.0))
            .collect()
    }
}

impl Table {
    /// Reads a language's file: `key = text` or `key[category] = text`, a line each. Blank
    /// lines and those that begin with `#` are for people.
    ///
    /// # Errors
    /// What is wrong, with file and line.
    pub fn parse(language: &str, source: &str) -> Result<Self, Vec<String>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut problems = Vec::new();
        for (at, line) in source.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let at = at + 1;
            match read_line(line) {
                Ok((key, form)) => match places.get(&key) {
                    None => {
                        places.insert(key.clone(), entries.len());
                        entries.push(Entry {
                            key,
                            line: at,
                            forms: vec![form],
                        });
                    }
                    Some(place) => {
                        let entry = &mut entries[*place];
                        let is_new = |known: &Form| {
                            known.category.is_some()
                                && form.category.is_some()
                                && known.category != form.category
                        };
                        if entry.forms.iter().all(is_new) {
                            entry.forms.push(form);
                        } else {
                            problems.push(problem(language, at, &format!("{key} is there twice")));
                        }
                    }
                },
                Err(why) => problems.push(problem(language, at, &why)),
            }
        }
        if problems.is_empty() {
            Ok(Self {
                language: language.into(),
                entries,
            })
        } else {
            Err(problems)
        }
    }

    /// The text under a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The same texts in the order of another language's.
    pub(crate) fn in_order_of(mut self, other: &Self) -> Self {
        let place = |entry: &Entry| {
            other
                .entries
                .iter()
                .position(|known| known.key == entry.key)
        };
        self.entries.sort_by_key(place);
        self
    }

    /// What the list of texts is, as a number: two builds with the same may use each other's
    /// files. (FNV-1a over keys and holes.)
    pub fn fingerprint(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for entry in &self.entries {
            let line = format!("{} {:?} {}\n", entry.key, entry.holes(), entry.is_plural());
            for byte in line.bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }
}

/// What is wrong in a line of a language's file.
pub(crate) fn problem(language: &str, line: usize, what: &str) -> String {
    format!("shared/texts/{language}.txt:{line}: {what}")
}

fn read_line(line: &str) -> Result<(String, Form), String> {
    let (left, text) = line
        .split_once('=')
        .ok_or("a line is `key = text`, and this has no =")?;
    let (left, text) = (left.trim(), text.trim());
    let (key, category) = match left.strip_suffix(']').and_then(|left| left.split_once('[')) {
        Some((key, category)) => (key, Some(category.to_owned())),
        None => (left, None),
    };
    let is_word = |word: &str, marks: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || marks.contains(c))
    };
    let is_key = key
        .split_once('.')
        .is_some_and(|(area, name)| is_word(area, "") && is_word(name, "_0123456789"));
    if !is_key {
        return Err(format!("{key:?} is no key: keys are like status.saved"));
    }
    if text.is_empty() {
        return Err(format!("{key} has no text"));
    }
    for (i, piece) in text.split('{').enumerate() {
        let is_whole = match (i, piece.split_once('}')) {
            (0, None) => true,
            (0, Some(_)) | (_, None) => false,
            (_, Some((hole, rest))) => is_word(hole, "_") && !rest.contains('}'),
        };
        if !is_whole {
            return Err(format!("{key} has a hole that is not like {{name}}"));
        }
    }
    Ok((
        key.to_owned(),
        Form {
            category,
            text: text.to_owned(),
        },
    ))
}
