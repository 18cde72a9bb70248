//! Shapes of updates that nobody honest sends: one entry each.

use shared::gate::wire::{At, Content, Update};

use crate::before::{
    LETTER, TEXT, YES, alike_clients, crowded_note, long_note, many_values, note, of_note,
};

/// A shape.
pub(crate) struct Shape {
    /// What it does.
    pub name: &'static str,
    /// What was sent before; the gate admits it.
    pub before: fn() -> Vec<Vec<u8>>,
    /// The update, larger with a larger number.
    pub attack: fn(u32) -> Vec<u8>,
    /// Sizes beyond are not looked at.
    pub most: u32,
}

/// Who attacks: their client id.
const ME: u64 = 13;
/// A client id that has to pass all others.
const LATE: u64 = 1 << 40;
const MOST: u32 = 200_000;

/// Deletions of every second unit or value of a client.
fn every_second(client: u64, count: u32) -> Vec<u8> {
    let ranges: Vec<_> = (0..count).map(|at| (2 * at, 1)).collect();
    Update::new().delete(client, &ranges).bytes()
}

/// Every shape.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "letters one by one at the end of a text",
        before: note,
        attack: |size| {
            let first = Update::new().client(ME, 0).item(TEXT, &LETTER);
            let letters = (1..size).fold(first, |update, clock| {
                update.item(At::Left(ME, clock - 1), &LETTER)
            });
            letters.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "long pieces one by one",
        before: note,
        attack: |size| {
            let text = "x".repeat(6_000);
            let piece = Content::Text(&text);
            let first = Update::new().client(ME, 0).item(TEXT, &piece);
            let pieces = (1..size).fold(first, |update, place| {
                update.item(At::Left(ME, place * 6_000 - 1), &piece)
            });
            pieces.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "letters that all want one place",
        before: note,
        attack: |size| {
            let crowd = (0..size).fold(Update::new().client(ME, 0), |update, _| {
                update.item(TEXT, &LETTER)
            });
            crowd.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "letters among a crowd",
        before: crowded_note,
        attack: |size| {
            let crowd = (0..size).fold(Update::new().client(LATE, 0), |update, _| {
                update.item(TEXT, &LETTER)
            });
            crowd.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "a chain that passes a crowd",
        before: crowded_note,
        attack: |size| {
            let first = Update::new().client(LATE, 0).item(TEXT, &LETTER);
            let chain = (1..size).fold(first, |update, clock| {
                update.item(At::Left(LATE, clock - 1), &LETTER)
            });
            chain.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "crowds in many texts",
        before: note,
        attack: |size| {
            let mut update = Update::new().client(ME, 0);
            let mut clock = 0;
            for text in 0..size {
                update = update.item(of_note("text"), &Content::Type(2));
                let at = clock;
                for _ in 0..50 {
                    update = update.item(At::In(ME, at, None), &LETTER);
                }
                clock += 51;
                let _ = text;
            }
            update.bytes()
        },
        most: 1_000,
    },
    Shape {
        name: "two by turns in a text",
        before: note,
        attack: |size| {
            let mut one = Update::new().client(ME, 0).item(TEXT, &LETTER);
            for clock in 1..size {
                one = one.item(At::Left(ME + 1, clock - 1), &LETTER);
            }
            let mut both = one.client(ME + 1, 0);
            for clock in 0..size {
                both = both.item(At::Left(ME, clock), &LETTER);
            }
            both.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "many clients, each behind the next",
        before: note,
        attack: |size| {
            let mut update = Update::new();
            for client in 0..u64::from(size) {
                let at = if client + 1 == u64::from(size) {
                    TEXT
                } else {
                    At::Left(1_000 + client + 1, 0)
                };
                update = update.client(1_000 + client, 0).item(at, &LETTER);
            }
            update.bytes()
        },
        most: 4_096,
    },
    Shape {
        name: "every second letter of a long text deleted",
        before: long_note,
        attack: |size| every_second(8, size),
        most: 90_000,
    },
    Shape {
        name: "every second letter of a new text deleted",
        before: note,
        attack: |size| {
            let text = "x".repeat(2 * size as usize);
            let ranges: Vec<_> = (0..size).map(|at| (2 * at, 1)).collect();
            let update = Update::new()
                .client(ME, 0)
                .item(TEXT, &Content::Text(&text));
            update.delete(ME, &ranges).bytes()
        },
        most: 30_000,
    },
    Shape {
        name: "letters between the letters of a long text",
        before: long_note,
        attack: |size| {
            let between = (0..size).fold(Update::new().client(ME, 0), |update, place| {
                update.item(At::Between((8, 2 * place), (8, 2 * place + 1)), &LETTER)
            });
            between.bytes()
        },
        most: 90_000,
    },
    Shape {
        name: "marks between the letters of a long text",
        before: long_note,
        attack: |size| {
            let marks = [
                Content::Raw(6, b"\x01b\x04true"),
                Content::Raw(6, b"\x01b\x04null"),
            ];
            let between = (0..size).fold(Update::new().client(ME, 0), |update, place| {
                let at = At::Between((8, 2 * place), (8, 2 * place + 1));
                update.item(at, &marks[place as usize % 2])
            });
            between.bytes()
        },
        most: 90_000,
    },
    Shape {
        name: "marks at one place",
        before: note,
        attack: |size| {
            let mark = Content::Raw(6, b"\x01b\x04true");
            let first = Update::new().client(ME, 0).item(TEXT, &mark);
            let marks = (1..size).fold(first, |update, clock| {
                update.item(At::Left(ME, clock - 1), &mark)
            });
            marks.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "values under as many keys",
        before: note,
        attack: |size| {
            let values = (0..size).fold(Update::new().client(ME, 0), |update, key| {
                update.item(of_note(&format!("{key:x}")), &YES)
            });
            values.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "values under one key",
        before: note,
        attack: |size| {
            let values = (0..size).fold(Update::new().client(ME, 0), |update, _| {
                update.item(of_note("k"), &YES)
            });
            values.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "values under one key, each behind the last",
        before: note,
        attack: |size| {
            let first = Update::new().client(ME, 0).item(of_note("k"), &YES);
            let values = (1..size).fold(first, |update, clock| {
                update.item(At::Left(ME, clock - 1), &YES)
            });
            values.delete(ME, &[(0, size - 1)]).bytes()
        },
        most: MOST,
    },
    Shape {
        name: "objects",
        before: note,
        attack: |size| {
            let mut update = Update::new().client(ME, 0);
            for object in 0..size {
                let id = format!("{object:x}");
                update = update
                    .item(At::Root("objects", Some(&id)), &Content::Type(1))
                    .item(
                        At::In(ME, 2 * object, Some("author")),
                        &Content::Any(1, b"\x77\x07mallory"),
                    );
            }
            update.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "texts of one letter",
        before: note,
        attack: |size| {
            let mut update = Update::new().client(ME, 0);
            for text in 0..size {
                update = update
                    .item(of_note("text"), &Content::Type(2))
                    .item(At::In(ME, 2 * text, None), &LETTER);
            }
            update.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "small values, large in memory",
        before: note,
        attack: |size| {
            // A list of 100 empty records in each.
            let list = [&[117, 100][..], &[118, 0].repeat(100)].concat();
            let values = (0..size).fold(Update::new().client(ME, 0), |update, key| {
                update.item(of_note(&format!("{key:x}")), &Content::Any(1, &list))
            });
            values.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "records with one key each",
        before: note,
        attack: |size| {
            let list = [&[117, 100][..], &[118, 1, 1, b'k', 126].repeat(100)].concat();
            let values = (0..size).fold(Update::new().client(ME, 0), |update, key| {
                update.item(of_note(&format!("{key:x}")), &Content::Any(1, &list))
            });
            values.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "long strings",
        before: note,
        attack: |size| {
            let text = "x".repeat(60_000);
            let value = [&[119, 0xe0, 0xd4, 0x03][..], text.as_bytes()].concat();
            let values = (0..size).fold(Update::new().client(ME, 0), |update, key| {
                update.item(of_note(&format!("{key:x}")), &Content::Any(1, &value))
            });
            values.bytes()
        },
        most: 100,
    },
    Shape {
        name: "every second of many values deleted",
        before: many_values,
        attack: |size| every_second(9, size),
        most: 70_000,
    },
    Shape {
        name: "notes with many values deleted",
        before: many_values,
        attack: |size| {
            let notes: Vec<_> = (0..size).map(|note| (20_000 * note, 1)).collect();
            Update::new().delete(9, &notes).bytes()
        },
        most: 7,
    },
    Shape {
        name: "many values deleted, then their notes",
        before: many_values,
        attack: |size| {
            let mut ranges = Vec::new();
            for value in 0..size {
                ranges.push((3 * value, 1));
            }
            Update::new().delete(9, &ranges).bytes()
        },
        most: 46_000,
    },
    Shape {
        name: "collected runs, one for each clock",
        before: note,
        attack: |size| {
            (0..size)
                .fold(Update::new().client(ME, 0), |update, _| update.gc(1))
                .bytes()
        },
        most: MOST,
    },
    Shape {
        name: "deleted pieces, one for each clock",
        before: note,
        attack: |size| {
            let gone = Content::Deleted(1);
            let first = Update::new().client(ME, 0).item(TEXT, &gone);
            let pieces = (1..size).fold(first, |update, clock| {
                update.item(At::Left(ME, clock - 1), &gone)
            });
            pieces.bytes()
        },
        most: MOST,
    },
    Shape {
        name: "clients that fall into one place",
        before: alike_clients,
        attack: |size| {
            let clients = (0..u64::from(size)).fold(Update::new(), |update, client| {
                let id = (1 << 50) + (client << 30) + 256 + client % 16;
                let key = format!("{id:x}");
                update.client(id, 0).item(of_note(&key), &YES)
            });
            clients.bytes()
        },
        most: 1_024,
    },
    Shape {
        name: "what is known already, again",
        before: many_values,
        attack: |size| {
            let values = (0..size).fold(Update::new().client(9, 2), |update, key| {
                let (note, key) = (key / 20_000, key % 20_000);
                update.item(At::In(9, note * 20_000, Some(&format!("{key:x}"))), &YES)
            });
            values.bytes()
        },
        most: 139_000,
    },
    Shape {
        name: "what may not be there",
        before: note,
        attack: |size| {
            let odd = (0..size).fold(Update::new().client(ME, 0), |update, key| {
                update.item(of_note(&format!("{key:x}")), &Content::Type(0))
            });
            odd.bytes()
        },
        most: MOST,
    },
];
