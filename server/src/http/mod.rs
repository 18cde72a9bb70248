//! HTTP: the JSON API, the built client, security headers. Knows what is
//! asked for, not how it is decided.

pub mod address;
mod asking;
pub mod assets;
pub mod auth;
pub mod canvases;
pub mod checked;
pub mod error;
pub mod headers;
pub mod health;
pub mod images;
pub mod people;
pub mod sending;
pub mod workshops;
