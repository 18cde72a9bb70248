//! Rules of the house as tests. Each looks at every line of production code; what is
//! under `#[cfg(test)]` is left out item by item.

#![allow(clippy::unwrap_used, reason = "a test")]

mod circles;
mod documents;
mod files;
mod layers;
mod schema;
mod sentences;
mod source;
mod style;
mod texts;
mod threats;
