//! Tests of the client with a fake platform and a server of a few lines.

mod around;
mod canvas;
mod fake;
mod language;
mod links;
mod log;
mod outline;
mod pure;
mod rig;
mod say;
mod workshop;
mod writing;
