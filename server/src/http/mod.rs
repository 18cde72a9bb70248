//! HTTP: the JSON API, the built client, security headers. Knows what is
//! asked for, not how it is decided.

pub mod api;
pub mod assets;
pub mod auth;
pub mod checked;
pub mod error;
pub mod headers;
pub mod images;
