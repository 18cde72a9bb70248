//! The editor: what a gesture or a key means, without a browser, a clock or
//! randomness. Input goes in as data, effects come out as data; nothing here
//! changes the document.

mod acting;
pub mod action;
pub mod camera;
pub mod context;
pub mod editor;
pub mod effect;
mod gesture;
pub mod input;
mod keyboard;
mod notes;
pub mod paste;
pub mod text_session;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use camera::Camera;
pub use context::Context;
pub use editor::{Editor, Tool};
pub use effect::{Effect, Reply};
pub use input::Input;
pub use notes::Side;
pub use text_session::TextSession;
