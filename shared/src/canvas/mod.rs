//! Canvas kinds and their ground.
//!
//! A canvas template is *ground, not objects*: it is drawn from template data
//! that the workshop's document has, so nobody can select, move or delete it. Templates
//! are content in `shared/templates`, licensed apart from the code. Only the server has
//! their words (feature `templates`); it writes those that a workshop needs into the
//! workshop's document.

mod kinds;
#[cfg(feature = "templates")]
mod languages;
mod offered;
mod template;

pub use kinds::{BLANK, ETHICS_CANVAS, KINDS, blank, is_known};
#[cfg(feature = "templates")]
pub use languages::{key, template_in};
pub use offered::{ENGLISH, LANGUAGES, offered};
pub use template::{BLANK_GROUND, Group, HEADER_HEIGHT, Section, Template};
