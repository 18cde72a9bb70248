//! The order of what stands in one text, kept as the library keeps it. A block says behind
//! what and before what it was written. Where the second does not come after the first, its
//! place depends on the order in which blocks arrive: every copy would show something else.

use super::block::Id;

/// A run of clocks that stand side by side and were written so.
#[derive(Clone, Copy, Debug)]
struct Piece {
    client: u64,
    start: u32,
    end: u32,
    /// Behind what it was written.
    left: Option<Id>,
    /// Before what.
    right: Option<Id>,
}

impl Piece {
    fn has(&self, id: Id) -> bool {
        self.client == id.client && (self.start..self.end).contains(&id.clock)
    }

    fn last(&self) -> Id {
        Id {
            client: self.client,
            clock: self.end - 1,
        }
    }
}

/// One text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// From its beginning to its end, deleted ones included.
    pieces: Vec<Piece>,
    /// UTF-16 units that were ever written there.
    pub(super) units: u32,
}

/// The right neighbour of a block does not come after the left one.
pub(super) struct Crossed;

/// A block that is new in a text.
#[derive(Clone, Copy)]
pub(super) struct New {
    pub(super) client: u64,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) left: Option<Id>,
    pub(super) right: Option<Id>,
}

impl Line {
    /// Pieces that stand there.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Its runs: client, first clock, clock after the last.
    #[cfg(test)]
    pub(super) fn runs(&self) -> Vec<(u64, u32, u32)> {
        let pieces = self.pieces.iter();
        pieces
            .map(|piece| (piece.client, piece.start, piece.end))
            .collect()
    }

    /// Puts a block where the library does. Returns how many others it is compared with.
    pub(super) fn take(&mut self, new: New) -> Result<u64, Crossed> {
        // Neighbours that are gone are none.
        let mut place = new.left.and_then(|left| self.behind(left)).unwrap_or(0);
        let before = new.right.and_then(|right| self.before(right));
        // What stands behind the cut has moved on.
        if let (Some(left), Some(_)) = (new.left, before) {
            place = self.behind(left).unwrap_or(0);
        }
        let end = before.unwrap_or(self.pieces.len());
        if end < place {
            return Err(Crossed);
        }
        let (place, looked_at) = self.place(new, place, end);
        let piece = Piece {
            client: new.client,
            start: new.start,
            end: new.end,
            left: new.left,
            right: new.right,
        };
        match place.checked_sub(1).map(|before| &mut self.pieces[before]) {
            // Written on.
            Some(before)
                if before.client == new.client
                    && before.end == new.start
                    && new.left == Some(before.last())
                    && before.right == new.right =>
            {
                before.end = new.end;
            }
            _ => self.pieces.insert(place, piece),
        }
        Ok(looked_at)
    }

    /// Among those that were written at the same place, the library's order: by client, each
    /// with what was written behind it.
    fn place(&self, new: New, first: usize, end: usize) -> (usize, u64) {
        let mut place = first;
        let mut looked_at = 0;
        for at in first..end {
            let other = &self.pieces[at];
            looked_at += 1;
            if other.left == new.left {
                if other.client < new.client {
                    place = at + 1;
                } else if other.right == new.right {
                    break;
                }
                continue;
            }
            let Some(origin) = other.left else { break };
            let mut between = self.pieces[first..at].iter().rev();
            let Some(back) = between.position(|piece| piece.has(origin)) else {
                break;
            };
            looked_at += back as u64;
            if at - 1 - back < place {
                place = at + 1;
            }
        }
        (place, looked_at)
    }

    /// The place of what stands behind a step; a piece is cut for it.
    fn behind(&mut self, id: Id) -> Option<usize> {
        let at = self.pieces.iter().rposition(|piece| piece.has(id))?;
        self.cut(at, id.clock + 1);
        Some(at + 1)
    }

    /// The place of a step; a piece is cut for it.
    fn before(&mut self, id: Id) -> Option<usize> {
        let at = self.pieces.iter().rposition(|piece| piece.has(id))?;
        let is_cut = self.cut(at, id.clock);
        Some(at + usize::from(is_cut))
    }

    /// Cuts a piece before a clock, where that is inside. Returns whether it was.
    fn cut(&mut self, at: usize, clock: u32) -> bool {
        let piece = &mut self.pieces[at];
        let is_inside = piece.start < clock && clock < piece.end;
        if is_inside {
            let rest = Piece {
                start: clock,
                left: Some(Id {
                    client: piece.client,
                    clock: clock - 1,
                }),
                ..*piece
            };
            piece.end = clock;
            self.pieces.insert(at + 1, rest);
        }
        is_inside
    }
}
