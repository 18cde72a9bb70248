//! What people read, as data: texts of the table in `shared/texts`, with what belongs in
//! their holes. Strings are made of it by the outermost view, in the reader's language
//! ([`Language::say`]), and in English by tests and logs; by nothing in between.

mod language;
mod phrase;
mod table;

pub use language::{Category, English, Intl, Language};
pub use phrase::{Count, Phrase, Text, Value};
pub use table::*;

#[cfg(test)]
mod tests;
