//! A writer of updates by hand, for what no honest client would send.

use super::lib0::write_var;

/// The content of one block by hand.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Deleted clocks.
    Deleted(u32),
    /// Characters.
    Text(&'a str),
    /// A shared type of a number: 0 list, 1 map, 2 text.
    Type(u8),
    /// Number of values and their bytes.
    Any(u64, &'a [u8]),
    /// Kind and bytes.
    Raw(u8, &'a [u8]),
}

/// Where a block is put.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// Root and key.
    Root(&'a str, Option<&'a str>),
    /// Client and clock of a shared type, and a key.
    In(u64, u32, Option<&'a str>),
    /// Behind a step of a client.
    Left(u64, u32),
    /// Before one.
    Right(u64, u32),
    /// Behind the first and before the second.
    Between((u64, u32), (u64, u32)),
}

/// An update that is being written: sections first, deletions last.
#[derive(Clone, Debug, Default)]
pub struct Update {
    /// Client, first clock, blocks and their bytes.
    sections: Vec<(u64, u32, u64, Vec<u8>)>,
    /// Client, and its ranges: first clock and length.
    deletes: Vec<(u64, Vec<(u32, u32)>)>,
}

impl Update {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the section of a client.
    pub fn client(mut self, client: u64, clock: u32) -> Self {
        self.sections.push((client, clock, 0, Vec::new()));
        self
    }

    fn block(&mut self) -> &mut Vec<u8> {
        let section = self.sections.last_mut().expect("`client` comes first");
        section.2 += 1;
        &mut section.3
    }

    /// Adds collected clocks.
    pub fn gc(mut self, len: u64) -> Self {
        let out = self.block();
        out.push(0);
        write_var(out, len);
        self
    }

    /// Adds clocks that it does not carry.
    pub fn skip(mut self, len: u64) -> Self {
        let out = self.block();
        out.push(10);
        write_var(out, len);
        self
    }

    /// Adds a block.
    pub fn item(mut self, at: At<'_>, content: &Content<'_>) -> Self {
        let kind = match content {
            Content::Deleted(_) => 1,
            Content::Text(_) => 4,
            Content::Type(_) => 7,
            Content::Any(..) => 8,
            Content::Raw(kind, _) => *kind,
        };
        let out = self.block();
        let id = |out: &mut Vec<u8>, client, clock: u32| {
            write_var(out, client);
            write_var(out, clock.into());
        };
        let key_of = |key: Option<&str>| if key.is_some() { 0x20 } else { 0 };
        match at {
            At::Root(name, key) => {
                out.extend([kind | key_of(key), 1]);
                text(out, name);
                key.into_iter().for_each(|key| text(out, key));
            }
            At::In(client, clock, key) => {
                out.extend([kind | key_of(key), 0]);
                id(out, client, clock);
                key.into_iter().for_each(|key| text(out, key));
            }
            At::Left(client, clock) => {
                out.push(kind | 0x80);
                id(out, client, clock);
            }
            At::Right(client, clock) => {
                out.push(kind | 0x40);
                id(out, client, clock);
            }
            At::Between(left, right) => {
                out.push(kind | 0xc0);
                id(out, left.0, left.1);
                id(out, right.0, right.1);
            }
        }
        match content {
            Content::Deleted(len) => write_var(out, (*len).into()),
            Content::Text(value) => text(out, value),
            Content::Type(kind) => out.push(*kind),
            Content::Any(count, bytes) => {
                write_var(out, *count);
                out.extend_from_slice(bytes);
            }
            Content::Raw(_, bytes) => out.extend_from_slice(bytes),
        }
        self
    }

    /// Adds deletions of one client: first clock and length.
    pub fn delete(mut self, client: u64, ranges: &[(u32, u32)]) -> Self {
        self.deletes.push((client, ranges.to_vec()));
        self
    }

    /// The bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_var(&mut out, self.sections.len() as u64);
        for (client, clock, count, blocks) in &self.sections {
            write_var(&mut out, *count);
            write_var(&mut out, *client);
            write_var(&mut out, (*clock).into());
            out.extend_from_slice(blocks);
        }
        write_var(&mut out, self.deletes.len() as u64);
        for (client, ranges) in &self.deletes {
            write_var(&mut out, *client);
            write_var(&mut out, ranges.len() as u64);
            for (clock, len) in ranges {
                write_var(&mut out, (*clock).into());
                write_var(&mut out, (*len).into());
            }
        }
        out
    }
}

fn text(out: &mut Vec<u8>, value: &str) {
    write_var(out, value.len() as u64);
    out.extend_from_slice(value.as_bytes());
}

/// A chain of maps, each in the one before; ids from `clock`.
pub fn chain(client: u64, clock: u32, first: At<'_>, len: u32) -> Update {
    let map = Content::Type(1);
    let mut update = Update::new().client(client, clock).item(first, &map);
    for index in 1..len {
        update = update.item(At::In(client, clock + index - 1, Some("k")), &map);
    }
    update
}
