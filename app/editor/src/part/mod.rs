//! The parts of an editor's state.

pub mod camera;
pub(crate) mod selection;
pub mod tool;
