//! The vocabulary of drawing: primitives, colours, the font, how text is set.
//! Knows no objects and no board.

pub mod detail;
pub mod display_list;
pub mod font;
mod font_table;
pub mod marks;
pub mod route;
pub mod stroke;
pub mod style;
pub mod text_layout;
pub mod tiles;
pub mod tokens;

pub use detail::Detail;
pub use display_list::{Accent, Primitive};
pub use style::{Align, Course, Dash, Head, NoteColor, TextSize};
pub use text_layout::{Fitted, TextBox};
