//! What is said of counts, of a status, of names.

use std::collections::BTreeSet;

use shared::{
    id::ObjectId,
    sync::{Status, client::Held},
    text::{self, Phrase},
};

use crate::words;

/// What a status says. `device_keeps`: whether this device keeps what is written.
pub fn status(status: &Status, device_keeps: bool) -> Phrase {
    match *status {
        Status::Saved => text::STATUS_SAVED.into(),
        Status::Saving(n) => text::status_saving(n),
        Status::Failing(0) => text::STATUS_FAILING.into(),
        Status::Failing(n) => text::status_failing_kept(n),
        Status::Offline(0) => text::STATUS_OFFLINE.into(),
        Status::Offline(n) if device_keeps => text::status_offline_kept(n),
        Status::Offline(n) => text::status_offline_lost(n),
        Status::Held(Held::NotWritable, n) => text::status_view_only(n),
        Status::Held(Held::Outdated, 0) => text::STATUS_OUTDATED.into(),
        Status::Held(Held::Outdated, n) => text::status_outdated_kept(n),
        Status::Closed(code, 0) => words::closed(code).into(),
        Status::Closed(code, n) => {
            Phrase::Sentences(vec![words::closed(code).into(), text::status_kept(n)])
        }
    }
}

/// What happened while this person was away. `was_connected`: whether they were connected before in this visit.
pub fn receipt(was_connected: bool, delivered: u32, by_others: &BTreeSet<ObjectId>) -> Phrase {
    let mut said = Vec::new();
    if was_connected {
        said.push(text::RECEIPT_BACK.into());
    }
    if delivered > 0 {
        said.push(text::receipt_saved(delivered));
    }
    if !by_others.is_empty() {
        said.push(text::receipt_by_others(by_others.len()));
    }
    Phrase::Sentences(said)
}

/// How many objects there are, and how many of them are listed.
pub fn counted(count: usize, listed_max: usize) -> Phrase {
    if count > listed_max {
        text::list_first_notes(count, listed_max)
    } else {
        text::list_notes(count)
    }
}

/// "2 of 5": which match is shown, of how many. Nothing while nothing is looked for.
pub fn found((at, count): (usize, usize), words: &str) -> Phrase {
    match count {
        _ if words.trim().is_empty() => Phrase::default(),
        0 => text::FIND_NOTHING.into(),
        _ => text::find_at(count, at),
    }
}

/// The first letters of a name's first and last word, as they are written there.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}
