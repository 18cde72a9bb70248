//! The editor: what a gesture or a key means, without a browser, a clock or
//! randomness. Input goes in as data, effects come out as data; nothing here
//! changes the document.

mod acting;
pub mod action;
pub mod arrange;
mod arranging;
pub mod camera;
pub mod clipboard;
mod connect;
pub mod context;
mod copies;
pub mod editor;
pub mod effect;
pub mod finding;
mod focus;
pub mod formatting;
mod frames;
mod gesture;
pub mod handles;
pub mod heard;
pub mod input;
mod keyboard;
pub mod list;
mod notes;
pub mod outline;
pub mod paste;
mod placing;
mod selection;
mod sizing;
pub mod snap;
pub mod text_session;
pub mod tool;
pub mod transform;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use camera::Camera;
pub use clipboard::Clip;
pub use context::Context;
pub use editor::Editor;
pub use effect::{Effect, Panel, Reply};
pub use formatting::LinkAsked;
pub use gesture::Preview;
pub use handles::Handle;
pub use input::Input;
pub use notes::Side;
pub use text_session::TextSession;
pub use tool::Tool;
