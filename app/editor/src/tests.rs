//! The editor's tests, on board notation and gesture scripts.

mod bench;
mod company;
mod keys;
mod notes;
mod pointer;
mod sweep;
