//! What is to be done to the board, worked out from what is there.

pub(crate) mod arrange;
pub mod clipboard;
pub(crate) mod connect;
pub(crate) mod copy;
pub(crate) mod focus;
pub(crate) mod format;
pub(crate) mod frames;
pub(crate) mod note;
pub(crate) mod paste;
pub(crate) mod place;
pub(crate) mod size;
