//! Where everything on a board is, and what of it to draw.

mod find;
pub mod ground;
pub mod index;
pub mod line;
mod link;
pub mod paint;
mod section;

#[cfg(test)]
mod tests;

pub use index::{Place, Placed, Scene};
pub use line::Line;
pub use section::section_of;
