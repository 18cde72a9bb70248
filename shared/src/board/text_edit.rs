//! One edit of a text, and how it moves when somebody else's edit comes first.

use std::ops::Range;

/// Deletes `delete` units at `at`, then inserts `insert` there.
/// Positions count UTF-16 units, as the shared text does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEdit {
    /// Where, in UTF-16 units from the start.
    pub at: u32,
    /// How many UTF-16 units go.
    pub delete: u32,
    /// What comes.
    pub insert: String,
}

impl TextEdit {
    /// The smallest single edit that makes `after` of `before`, or `None` where
    /// they are equal. Never splits a surrogate pair.
    pub fn between(before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let prefix: usize = before
            .chars()
            .zip(after.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        let (before_rest, after_rest) = (&before[prefix..], &after[prefix..]);
        let suffix: usize = before_rest
            .chars()
            .rev()
            .zip(after_rest.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        Some(Self {
            at: utf16_len(&before[..prefix]),
            delete: utf16_len(&before_rest[..before_rest.len() - suffix]),
            insert: after_rest[..after_rest.len() - suffix].to_owned(),
        })
    }

    /// The bytes of a text between two UTF-16 positions; never inside a character, never
    /// beyond the end.
    pub fn within(text: &str, stretch: &Range<u32>) -> Range<usize> {
        let start = byte_of_utf16(text, stretch.start);
        start..byte_of_utf16(text, stretch.end).max(start)
    }

    /// Where a caret at `position` stands once this edit is done.
    pub fn shift(&self, position: u32) -> u32 {
        if position <= self.at {
            position
        } else if position >= self.at + self.delete {
            position - self.delete + utf16_len(&self.insert)
        } else {
            self.at + utf16_len(&self.insert)
        }
    }

    /// This edit, made against a text to which `earlier` was not yet done, as
    /// an edit of the text to which it was. What both delete goes once.
    pub fn rebase(&self, earlier: &Self) -> Self {
        let start = earlier.shift_left(self.at);
        let end = earlier.shift(self.at + self.delete).max(start);
        let inserted = utf16_len(&earlier.insert);
        let spans_insert =
            self.at < earlier.at && self.at + self.delete > earlier.at + earlier.delete;
        if spans_insert && inserted > 0 {
            // Keep the other's words: delete only what stood before them.
            return Self {
                at: start,
                delete: earlier.at - self.at,
                insert: self.insert.clone(),
            };
        }
        let (start, end) = if self.delete > 0 {
            (start, end)
        } else {
            (start, start)
        };
        let mut delete = end - start;
        // An edge that touches the other's insertion must not swallow it.
        if delete > 0 && inserted > 0 && start <= earlier.at && end >= earlier.at + inserted {
            if start == earlier.at {
                return Self {
                    at: start + inserted,
                    delete: delete - inserted,
                    insert: self.insert.clone(),
                };
            }
            delete = earlier.at - start;
        }
        Self {
            at: start,
            delete,
            insert: self.insert.clone(),
        }
    }

    fn shift_left(&self, position: u32) -> u32 {
        if position < self.at || (position == self.at && self.delete == 0) {
            position
        } else {
            self.shift(position)
        }
    }

    /// The text after this edit. Positions beyond the end are taken as the end.
    pub fn apply(&self, text: &str) -> String {
        let start = byte_of_utf16(text, self.at);
        let end = byte_of_utf16(text, self.at + self.delete);
        format!("{}{}{}", &text[..start], self.insert, &text[end..])
    }
}

/// The length of a text in UTF-16 units.
pub fn utf16_len(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// The byte at which a UTF-16 position falls: the end where it lies beyond,
/// the start of the character where it lies inside one.
pub fn byte_of_utf16(text: &str, position: u32) -> usize {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        units += c.len_utf16() as u32;
        if units > position {
            return byte;
        }
    }
    text.len()
}
