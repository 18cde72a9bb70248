//! The store's promises: one suite for both implementations, and what only a disk can do to one of them.
#![allow(
    clippy::unwrap_used,
    reason = "these are tests, also where they are helpers"
)]

#[path = "store/changes.rs"]
mod changes;
#[path = "store/conformance.rs"]
mod conformance;
#[path = "store/disk.rs"]
mod disk;
#[path = "store/failure.rs"]
mod failure;
#[cfg(target_os = "linux")]
#[path = "store/forgetful.rs"]
mod forgetful;
#[path = "store/images.rs"]
mod images;
#[path = "store/kill.rs"]
mod kill;
#[path = "store/knobs.rs"]
mod knobs;
#[cfg(target_os = "linux")]
#[path = "store/power.rs"]
mod power;
#[path = "store/rig.rs"]
mod rig;
#[path = "store/shares.rs"]
mod shares;
