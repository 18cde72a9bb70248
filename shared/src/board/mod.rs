//! The document: the only folder that names yrs.
//!
//! A [`Command`] says what a person wants; [`Document`] makes it one
//! transaction; [`BoardView`] is what everyone else reads. [`Replica`] is the
//! bare shared document that the server relays; [`workshop`] is the schema of
//! the workshop's own document.

pub mod command;
pub mod document;
mod duplicate;
mod format;
mod read;
pub mod replica;
pub mod root;
pub mod schema;
pub mod text_edit;
pub mod view;
pub mod workshop;
mod write;

#[cfg(test)]
mod tests;

pub use command::{Command, NewObject};
pub use document::{Document, Step};
pub use duplicate::{Duplicate, duplicate};
pub use replica::{MergeError, Replica};
pub use root::DocumentKind;
pub use text_edit::TextEdit;
pub use view::{BoardView, ChangeSet};
