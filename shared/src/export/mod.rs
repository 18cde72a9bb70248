//! What people take home. One file per form.

pub mod json;
