//! Words made of numbers and names: counts, what a status says, initials.

use std::collections::BTreeSet;

use editor::say::plural;
use shared::{
    id::ObjectId,
    sync::{Status, client::Held},
};

use crate::words;

/// Said where a document is newer than this client.
const OUTDATED: &str = "This page is out of date. Reload to edit";

/// "1 change", "2 changes".
pub fn changes(n: u32) -> String {
    plural(n as usize, "change")
}

/// What a status says. `device_keeps`: whether this device keeps what is written.
pub fn status(status: &Status, device_keeps: bool) -> String {
    match status {
        Status::Saved => "All changes saved".into(),
        Status::Saving(n) => format!("Saving {}", changes(*n)),
        Status::Failing(0) => "The server cannot save at the moment".into(),
        Status::Failing(n) => {
            format!(
                "The server cannot save at the moment: {} kept on this device",
                changes(*n)
            )
        }
        Status::Offline(n) if device_keeps => {
            format!("Offline: {} kept on this device", changes(*n))
        }
        Status::Offline(n) => format!("Offline: {} not saved. Keep this page open", changes(*n)),
        Status::Held(Held::NotWritable, n) => {
            format!(
                "You can view this canvas but not edit it: {} kept on this device",
                changes(*n)
            )
        }
        Status::Held(Held::Outdated, 0) => OUTDATED.into(),
        Status::Held(Held::Outdated, n) => {
            format!("{OUTDATED}. {} kept on this device", changes(*n))
        }
        Status::Closed(code, n) => {
            let why = words::closed(*code);
            if *n == 0 {
                why.into()
            } else {
                format!("{why} {} kept on this device", changes(*n))
            }
        }
    }
}

/// What happened while this person was away.
pub fn receipt(delivered: u32, by_others: &BTreeSet<ObjectId>) -> String {
    let mut words = Vec::new();
    if delivered == 1 {
        words.push("1 of your changes was delivered.".to_owned());
    } else if delivered > 1 {
        words.push(format!("{delivered} of your changes were delivered."));
    }
    if !by_others.is_empty() {
        words.push(format!(
            "{} by others while you were away.",
            changes(by_others.len() as u32)
        ));
    }
    words.join(" ")
}

/// How many objects there are, and how many of them are listed.
pub fn counted(count: usize, listed_max: usize) -> String {
    if count > listed_max {
        format!("The first {listed_max} of {count} notes")
    } else {
        format!("{count} notes")
    }
}

/// "2 of 5": which match is shown, of how many. Nothing while nothing is looked for.
pub fn found((at, count): (usize, usize), words: &str) -> String {
    match count {
        _ if words.trim().is_empty() => String::new(),
        0 => "Nothing found".to_owned(),
        _ => format!("{at} of {count}"),
    }
}

/// The first letters of a name's first and last word, as they are written there.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}
