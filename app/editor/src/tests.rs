//! The editor's tests, on board notation and gesture scripts.

mod bench;
mod company;
mod heard;
mod ink;
mod keys;
mod notes;
mod pointer;
mod rich_text;
mod sweep;
