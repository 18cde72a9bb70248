//! Workshops, keys, people and sessions: who may come in, and as whom. Knows no HTTP.

mod canvases;
mod create;
mod error;
mod join;
mod keys;
mod listing;
mod people;
mod rows;
mod service;

pub use error::WorkshopError;
pub use service::{Session, Workshops};
