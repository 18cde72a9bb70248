//! From any bytes to messages that look like somebody's work on a canvas: valid blocks in
//! likely places, deletions, and now and then what may not be there. A new kind of content or
//! place is one line in a table.

use crate::gate::wire::{At, Content, Update};

/// Keys of objects, and one that no version knows.
const KEYS: [&str; 8] = [
    "kind", "pos", "text", "author", "z", "locked", "points", "later",
];
/// Ids of objects.
const OBJECTS: [&str; 4] = ["a", "b", "c", "d"];
/// Characters, some of two UTF-16 units.
const TEXTS: [&str; 6] = [
    "x",
    "note",
    "\u{1f600}",
    "a\u{1f468}\u{200d}\u{1f469}b",
    "\n",
    "\u{301}",
];
/// Plain values as they are written: an empty one, a flag, numbers, strings, a pair, bytes,
/// a record, and numbers that are none.
const VALUES: [&[u8]; 12] = [
    &[126],
    &[120],
    &[125, 7],
    &[119, 3, b'a', b'n', b'a'],
    &[119, 0],
    &[117, 2, 125, 1, 125, 2],
    &[116, 2, 1, 2],
    &[118, 1, 1, b'k', 117, 1, 126],
    &[123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
    &[117, 2, 124, 0x7f, 0x80, 0, 0, 125, 1],
    &[122, 0, 0, 0, 0, 0, 0, 0, 9],
    &[127],
];
/// Marks: key and JSON.
const MARKS: [&[u8]; 8] = [
    b"\x01b\x04true",
    b"\x01b\x04null",
    b"\x01i\x04true",
    b"\x01i\x04null",
    b"\x01a\x0d\"https://a.b\"",
    b"\x01a\x04null",
    b"\x01u\x04true",
    b"\x01b\x02{}",
];
/// What no document has: an embedded thing, bytes, old JSON, another document.
const FOREIGN: [(u8, &[u8]); 4] = [
    (5, b"\x021 "),
    (3, b"\x02ab"),
    (2, b"\x01\x011"),
    (9, b"\x01g\x76\x00"),
];
/// How often something is repeated.
const REPEATS: [u32; 8] = [1, 1, 1, 1, 2, 5, 60, 900];
/// People, and the client ids that each has.
pub(super) const PEOPLE: usize = 3;
pub(super) const CLIENTS: u64 = 3;

/// One message.
pub(super) struct Message {
    /// Who sends it.
    pub(super) who: usize,
    /// 0: live; 1: in answer; 2: while healing.
    pub(super) arrival: u8,
    /// The update.
    pub(super) update: Vec<u8>,
}

/// A client id of somebody.
pub(super) const fn client(who: usize, which: u64) -> u64 {
    // One byte, two, and nearly all bits.
    [7, 300, (1 << 53) - 100][which as usize % 3] + who as u64
}

/// Reads messages from bytes.
pub(super) struct Grammar<'a> {
    bytes: &'a [u8],
    /// Steps that were written, for neighbours and deletions.
    steps: Vec<(u64, u32)>,
    /// Shared types that were written.
    types: Vec<(u64, u32)>,
}

impl<'a> Grammar<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            steps: Vec::new(),
            types: Vec::new(),
        }
    }

    /// A number below `count`; 0 once the bytes have ended.
    fn pick(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        usize::from(*first) % count
    }

    fn of<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.pick(table.len())]
    }

    fn step(&mut self, clock: u32, me: u64) -> (u64, u32) {
        match self.pick(8) {
            // What was written last, so that chains grow.
            0..4 if clock > 0 => (me, clock - 1),
            4..7 if !self.steps.is_empty() => {
                let which = self.pick(self.steps.len().min(256));
                self.steps[self.steps.len() - 1 - which]
            }
            _ => (client(self.pick(PEOPLE), 0), self.pick(40) as u32),
        }
    }

    fn place(&mut self, clock: u32, me: u64) -> At<'static> {
        match self.pick(12) {
            0 => At::Root("objects", Some(self.of(&OBJECTS))),
            1 => At::Root(self.of(&["objects", "meta", "records"]), None),
            2 => At::Root(self.of(&["meta", "records"]), Some("k")),
            3..6 if !self.types.is_empty() => {
                let which = self.pick(self.types.len().min(256));
                let (client, clock) = self.types[self.types.len() - 1 - which];
                let key = self.of(&KEYS);
                At::In(client, clock, (self.pick(3) > 0).then_some(key))
            }
            6 => {
                let (client, clock) = self.step(clock, me);
                At::Right(client, clock)
            }
            7 => At::Between(self.step(clock, me), self.step(clock, me)),
            _ => {
                let (client, clock) = self.step(clock, me);
                At::Left(client, clock)
            }
        }
    }

    /// Content, with its clocks.
    fn content(&mut self) -> (Content<'static>, u32) {
        match self.pick(12) {
            0..4 => {
                let text = self.of(&TEXTS);
                (Content::Text(text), text.encode_utf16().count() as u32)
            }
            4..7 => (Content::Any(1, self.of(&VALUES)), 1),
            7 => (Content::Any(2, &[120, 126]), 2),
            8 => (Content::Raw(6, self.of(&MARKS)), 1),
            9 => (Content::Type(self.of(&[1, 2, 1, 2, 0, 3 + 1])), 1),
            10 => {
                let len = self.of(&[1, 2, 50]);
                (Content::Deleted(len), len)
            }
            _ => {
                let (kind, bytes) = self.of(&FOREIGN);
                (Content::Raw(kind, bytes), 1)
            }
        }
    }

    /// A sticky note as Plaza writes it, with its author and a text.
    fn note(&mut self, update: Update, me: u64, clock: &mut u32, author: &[u8]) -> Update {
        let map = *clock;
        let (text, says) = (map + 2, self.of(&TEXTS));
        self.types.extend([(me, map), (me, text)]);
        *clock += 3 + says.encode_utf16().count() as u32;
        self.steps.extend((map..*clock).map(|clock| (me, clock)));
        update
            .item(
                At::Root("objects", Some(self.of(&OBJECTS))),
                &Content::Type(1),
            )
            .item(At::In(me, map, Some("author")), &Content::Any(1, author))
            .item(At::In(me, map, Some("text")), &Content::Type(2))
            .item(At::In(me, text, None), &Content::Text(says))
    }

    fn blocks(&mut self, mut update: Update, me: u64, clock: &mut u32, author: &[u8]) -> Update {
        for _ in 0..=self.pick(4) {
            match self.pick(6) {
                0 | 1 => update = self.note(update, me, clock, author),
                2 if self.pick(4) == 0 => {
                    let len = 1 + self.pick(5) as u32;
                    update = update.gc(len.into());
                    *clock += len;
                }
                _ => {
                    let repeats = self.of(&REPEATS);
                    let (first, content) = (self.place(*clock, me), self.content());
                    let chains = self.pick(2) == 0;
                    for round in 0..repeats {
                        let at = match (chains && round > 0, first) {
                            (true, At::Between(_, right)) => At::Between((me, *clock - 1), right),
                            (true, _) => At::Left(me, *clock - 1),
                            _ => first,
                        };
                        update = update.item(at, &content.0);
                        if matches!(content.0, Content::Type(_)) {
                            self.types.push((me, *clock));
                        }
                        *clock += content.1;
                    }
                    self.steps
                        .extend([(me, *clock - content.1), (me, *clock - 1)]);
                }
            }
        }
        update
    }

    fn deletes(&mut self, mut update: Update) -> Update {
        let mut ranges: std::collections::BTreeMap<u64, Vec<(u32, u32)>> = Default::default();
        for _ in 0..self.pick(4) {
            let (of, clock) = self.step(0, 0);
            let (repeats, len) = (self.of(&REPEATS), self.of(&[1, 1, 2, 40]));
            let gap = self.of(&[1, 2, 3]);
            let ranges = ranges.entry(of).or_default();
            ranges.extend((0..repeats).map(|round| (clock + round * (len + gap), len)));
        }
        for (of, mut ranges) in ranges {
            ranges.sort_unstable();
            let mut end = 0;
            ranges.retain(|(start, len)| {
                let follows = *start >= end;
                end = end.max(start + len);
                follows
            });
            update = update.delete(of, &ranges);
        }
        update
    }

    /// The next message. `next` says which clock of a client comes next.
    pub(super) fn message(&mut self, next: impl Fn(u64) -> u32) -> Option<Message> {
        if self.bytes.is_empty() {
            return None;
        }
        let who = self.pick(PEOPLE);
        let arrival = self.of(&[0, 0, 0, 1, 2]);
        let mut update = Update::new();
        let mut clients: Vec<u64> = Vec::new();
        for _ in 0..self.of(&[1, 1, 1, 2, 3, 0]) {
            // Now and then in somebody else's name.
            let of = if self.pick(8) == 0 {
                self.pick(PEOPLE)
            } else {
                who
            };
            let me = client(of, self.pick(CLIENTS as usize) as u64);
            if clients.contains(&me) {
                continue;
            }
            clients.push(me);
            // Now and then what is known already, or too far ahead.
            let known = next(me);
            let mut clock = match self.pick(12) {
                0 => known / 2,
                1 => known + 1,
                _ => known,
            };
            update = update.client(me, clock);
            let name = [&[119, 2][..], format!("p{of}").as_bytes()].concat();
            update = self.blocks(update, me, &mut clock, &name);
        }
        let update = self.deletes(update).bytes();
        Some(Message {
            who,
            arrival,
            update,
        })
    }
}
