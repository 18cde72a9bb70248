//! The editor's tests, on board notation and gesture scripts.

mod bench;
mod binding;
mod cancel;
mod company;
mod connectors;
mod frames;
mod handling;
mod heard;
mod ink;
mod keys;
mod notes;
mod pictures;
mod pointer;
mod rich_text;
mod shapes;
mod sizing;
mod snapping;
mod sweep;
mod table;
mod timing;
mod undo;
mod view;
