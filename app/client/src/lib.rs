//! Plaza's client without a browser: events go in, what became dirty comes out, and what
//! is to be done goes through the [`Platform`]. Everything that decides is here; the page
//! around it only translates. No clock and no randomness: both are passed in.

pub mod bar;
mod beside;
mod canvas;
mod clocks;
mod dirty;
pub mod effect;
mod event;
mod fetching;
pub mod forms;
pub mod header;
pub mod kinds;
pub mod known;
pub mod language;
mod link;
pub mod links;
mod listing;
pub mod lists;
pub mod log;
pub mod members;
pub mod outline;
mod own;
mod panels;
mod people;
pub mod pictures;
pub mod place;
mod platform;
mod preferences;
mod route;
pub mod say;
mod status;
mod tab;
mod telling;
mod text_place;
pub mod tools;
mod unstored;
pub mod words;
mod workshop;
mod world;
mod writing;

#[cfg(test)]
mod tests;

pub use bar::Bar;
pub use canvas::{Canvas, Shown};
pub use dirty::Dirty;
pub use effect::Effect;
pub use event::{AppEvent, FileInfo, Pasted, Seek, Sent};
pub use listing::{LISTED_STEP, Listed, Listing};
pub use members::Member;
pub use panels::{Offer, Panels, Part};
pub use platform::{BoardSurface, Layer, Platform, StalePart, Surface, TextBox};
pub use preferences::{Preference, Preferences};
pub use route::Route;
pub use tab::Tab;
pub use telling::{Message, Telling};
pub use text_place::BoxPlace;
pub(crate) use unstored::Unstored;
pub use workshop::{Opening, Workshop};
