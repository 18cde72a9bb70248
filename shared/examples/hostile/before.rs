//! What is on the canvas before a hostile update comes; the gate admits all of it.

use shared::gate::wire::{At, Content, Update};

/// The client id under which the note was made.
const NOTE: u64 = 7;
/// Where the note's text is.
pub(crate) const TEXT: At<'static> = At::In(NOTE, 2, None);
pub(crate) const LETTER: Content<'static> = Content::Text("x");
pub(crate) const YES: Content<'static> = Content::Any(1, &[120]);

/// Under a key of the note.
pub(crate) fn of_note(key: &str) -> At<'_> {
    At::In(NOTE, 0, Some(key))
}

/// A note with an empty text: map 0, author 1, text 2.
pub(crate) fn note() -> Vec<Vec<u8>> {
    let note = Update::new()
        .client(NOTE, 0)
        .item(At::Root("objects", Some("note")), &Content::Type(1))
        .item(of_note("author"), &Content::Any(1, b"\x77\x07mallory"))
        .item(of_note("text"), &Content::Type(2));
    vec![note.bytes()]
}

/// The same with a long text, 60,000 units in each of three blocks of client 8.
pub(crate) fn long_note() -> Vec<Vec<u8>> {
    let mut updates = note();
    let text = "x".repeat(60_000);
    for part in 0..3u32 {
        let at = if part == 0 {
            TEXT
        } else {
            At::Left(8, part * 60_000 - 1)
        };
        let update = Update::new()
            .client(8, part * 60_000)
            .item(at, &Content::Text(&text));
        updates.push(update.bytes());
    }
    updates
}

/// The same with 19,000 blocks at one place.
pub(crate) fn crowded_note() -> Vec<Vec<u8>> {
    let mut updates = note();
    for part in 0..10u64 {
        let update = (0..1_900).fold(Update::new().client(120 - part, 0), |update, _| {
            update.item(TEXT, &LETTER)
        });
        updates.push(update.bytes());
    }
    updates
}

/// Notes with 19,998 values each, all by client 9.
pub(crate) fn many_values() -> Vec<Vec<u8>> {
    let mut updates = note();
    for part in 0..7u32 {
        let id = format!("{part:x}");
        let clock = part * 20_000;
        let start = Update::new()
            .client(9, clock)
            .item(At::Root("objects", Some(&id)), &Content::Type(1))
            .item(
                At::In(9, clock, Some("author")),
                &Content::Any(1, b"\x77\x07mallory"),
            );
        let update = (0..19_998).fold(start, |update, key| {
            update.item(At::In(9, clock, Some(&format!("{key:x}"))), &YES)
        });
        updates.push(update.bytes());
    }
    updates
}

/// Pages whose ids fall into one place of the library's table, as many as the gate takes.
pub(crate) fn alike_clients() -> Vec<Vec<u8>> {
    let mut updates = note();
    for part in 0..24u64 {
        let update = (0..31).fold(Update::new(), |update, client| {
            // As alike as the gate allows: 24 to each of the places of one group.
            let id = ((part + 1) << 30) | (64 + client);
            let key = format!("{id:x}");
            update.client(id, 0).item(of_note(&key), &YES)
        });
        updates.push(update.bytes());
    }
    updates
}
