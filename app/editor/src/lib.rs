//! The editor: what a gesture or a key means, without a browser, a clock or
//! randomness. Input goes in as data, effects come out as data; nothing here
//! changes the document.

pub mod action;
pub mod align;
pub mod context;
pub mod editor;
pub mod effect;
mod gesture;
pub mod input;
mod part;
mod plan;
pub mod say;
pub mod snap;
mod text;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use context::Context;
pub use editor::Editor;
pub use effect::{Effect, Panel, Reply};
pub use gesture::{
    Preview,
    handles::{self, Handle},
};
pub use input::Input;
pub use part::{
    camera::{self, Camera},
    tool::{self, Tool},
};
pub use plan::{
    clipboard::{self, Clip},
    format::LinkAsked,
    note::Side,
};
pub use text::{
    finding, heard, list, outline,
    session::{self as text_session, TextSession},
};
