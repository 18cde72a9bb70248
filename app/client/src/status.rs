//! One status for all links: the worst of them.

use shared::sync::{Status, client::Held};

/// The worst status, with the changes of all links counted together.
pub(crate) fn worst(all: impl IntoIterator<Item = Status>) -> Status {
    all.into_iter().fold(Status::Saved, |one, other| {
        let count = changes(&one) + changes(&other);
        let worse = if rank(&other) > rank(&one) {
            other
        } else {
            one
        };
        with_changes(worse, count)
    })
}

/// Whether leaving now would lose something: neither the server nor the device has it.
pub(crate) fn would_lose(worst: &Status, device_keeps: bool) -> bool {
    !device_keeps && *worst != Status::Saved
}

/// How bad a status is.
fn rank(status: &Status) -> u8 {
    match status {
        Status::Saved => 0,
        Status::Saving(_) => 1,
        Status::Failing(_) => 2,
        Status::Offline(_) => 3,
        Status::Held(Held::NotWritable, _) => 4,
        Status::Held(Held::Outdated, _) => 5,
        Status::Closed(..) => 6,
    }
}

/// How many changes are not stored.
pub(crate) fn changes(status: &Status) -> u32 {
    match status {
        Status::Saved => 0,
        Status::Saving(n) | Status::Failing(n) | Status::Offline(n) => *n,
        Status::Held(_, n) | Status::Closed(_, n) => *n,
    }
}

fn with_changes(status: Status, n: u32) -> Status {
    match status {
        Status::Saved => Status::Saved,
        Status::Saving(_) => Status::Saving(n),
        Status::Failing(_) => Status::Failing(n),
        Status::Offline(_) => Status::Offline(n),
        Status::Held(why, _) => Status::Held(why, n),
        Status::Closed(code, _) => Status::Closed(code, n),
    }
}
