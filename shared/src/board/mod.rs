//! The document: the only folder that names yrs.
//!
//! A [`command::Command`] says what a person wants; [`document::Document`]
//! makes it one transaction; [`view::BoardView`] is what everyone else reads.

pub mod command;
pub mod text_edit;
pub mod view;

pub use command::{Command, NewNote};
pub use text_edit::TextEdit;
pub use view::{BoardView, ChangeSet};
