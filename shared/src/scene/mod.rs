//! What to draw, independent of who draws: text layout, the display list,
//! where everything is, and design tokens.

pub mod detail;
pub mod display_list;
pub mod font;
mod font_table;
pub mod ground;
pub mod index;
pub mod paint;
pub mod text_layout;
pub mod tokens;

#[cfg(test)]
mod tests;

pub use detail::Detail;
pub use display_list::Primitive;
pub use index::Scene;
pub use text_layout::NoteLayout;
