//! The editor: what a gesture or a key means, without a browser, a clock or
//! randomness. Input goes in as data, effects come out as data; nothing here
//! changes the document.
//!
//! | Folder | Owns |
//! | --- | --- |
//! | `editor/` | the one object with state; carries plans out; all that the page calls |
//! | `part/` | the parts of that state: screen, selection, hand, pointers, writing, steps |
//! | `plan/` | what is to be done, worked out by functions that change nothing |
//! | `gesture/` | what the pointer is doing, from press to release; handles; the recogniser |
//! | `action/` | the one list of actions, their keys, and who may do them |
//! | `text/` | texts: being written, as lists, found, read out |
//! | `align/`, `snap/` | geometry of boxes |
//!
//! What the page calls:
//! - Something happens: [`Editor::handle`] with an [`Input`]; [`Editor::act`] with an
//!   [`Action`]; [`Editor::after_change`] when the board has changed. `Input::Tick` is wanted
//!   at [`Editor::wakes_at`].
//! - By name: [`Editor::style`], [`Editor::paste_clipboard`], [`Editor::write_in`],
//!   [`Editor::place_picture`], [`Editor::accept_offer`], [`Editor::set_link`],
//!   [`Editor::go_beside`], [`Editor::stop_editing`], [`Editor::choose`],
//!   [`Editor::look_at`], [`Editor::set_camera`], [`Editor::first_view`], [`Editor::prefer`].
//! - Before it paints: the questions in `editor/ask.rs`.
//! - What is offered: [`Action::allowed`] and [`Action::lit`], by a [`action::Standing`].
//! - While a text is written: [`action::while_writing`], [`TextSession`], [`list`].

pub mod action;
pub mod align;
pub mod context;
mod edge;
pub mod editor;
pub mod effect;
mod gesture;
pub mod input;
mod part;
mod plan;
pub mod rights;
pub mod say;
pub mod snap;
mod text;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use context::Context;
pub use editor::Editor;
pub use effect::{Clip, Effect, LinkAsked, Panel, Reply};
pub use gesture::{
    Preview,
    handles::{self, Handle},
};
pub use input::Input;
pub use part::{
    Preferences,
    camera::{self, Camera},
    tool::{self, Tool},
};
pub use plan::{clipboard, note::Side};
pub use rights::{Refusal, Rights};
pub use text::{
    finding, heard, list, outline,
    session::{self as text_session, TextSession},
};
