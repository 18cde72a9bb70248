//! Several people's answers as one update. Two who built on each other's work cannot bring
//! their parts one by one after the server has lost both: each lacks the other's. Put
//! together they can be placed, and everybody still speaks for their own work alone.

use std::collections::{BTreeMap, HashMap};

use super::{
    assemble::{write_deletes, write_section},
    block::{Block, BlockKind, Scan, Section},
    entry::Deleted,
    error::Fault,
    lib0::write_var,
    policy::{Arrival, Policy, Rank},
    rules::Gate,
    verdict::{Admitted, reach},
    voice::{Joint, Part, Voice},
};
use crate::id::ParticipantId;

/// By what right somebody brings a section, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Right {
    /// Nobody is known to own it, and it is believable.
    Nobodys,
    /// They run the workshop, and its owner is away.
    Runs,
    /// It is theirs.
    Owns,
}

/// A section that may be taken, the better the greater.
type Choice<'a> = (Right, u32, Part<'a>, (&'a Scan<'a>, &'a Section));

impl Gate {
    /// Puts answers together: of each client id the section that its owner brings. What
    /// nobody owns anybody may bring, and what somebody else owns a facilitator, but only
    /// where `is_away` says of a client id that its owner has not been here for a while.
    /// `None` where nobody brings anything new.
    pub fn combine(&self, parts: &[Part<'_>], is_away: impl Fn(u64) -> bool) -> Option<Joint> {
        let scans: Vec<(&Part<'_>, Scan<'_>)> = parts
            .iter()
            .filter_map(|part| Some((part, self.scan(part.update, &self.limits).ok()?)))
            .collect();
        let mut chosen: BTreeMap<u64, Choice<'_>> = BTreeMap::new();
        for (part, scan) in &scans {
            for section in &scan.sections {
                let is_news = reach(scan, section, &self.known)
                    .is_ok_and(|reach| reach.adds && reach.gap.is_none());
                if !is_news {
                    continue;
                }
                let Some(right) = self.right(part, scan, section, &is_away) else {
                    continue;
                };
                let choice = (right, section.end, **part, (scan, section));
                let best = chosen.entry(section.client).or_insert(choice);
                if (right, section.end) > (best.0, best.1) {
                    *best = choice;
                }
            }
        }
        if chosen.is_empty() {
            return None;
        }
        let deletes: Vec<_> = scans.iter().flat_map(|(_, scan)| &scan.deletes).collect();
        let deletes: Vec<_> = deletes.into_iter().copied().collect();
        let deletes = Deleted::new(&deletes, &self.known);
        let mut update = Vec::new();
        write_var(&mut update, chosen.len() as u64);
        for (_, _, part, (scan, section)) in chosen.values() {
            write_section(&mut update, part.update, scan, section, &HashMap::new());
        }
        write_deletes(&mut update, deletes.runs());
        let speaker =
            |(client, (_, _, part, _)): (u64, Choice<'_>)| (client, (part.by.clone(), part.rank));
        Some(Joint {
            update,
            speakers: chosen.into_iter().map(speaker).collect(),
        })
    }

    /// Decides on what several people brought; see [`Gate::combine`]. What cannot be taken
    /// of it is left out, and the rest admitted.
    ///
    /// # Errors
    /// Where it is too much at once.
    pub fn check_joint(&self, joint: &Joint) -> Result<Admitted, Fault> {
        // Each part has been measured; their sum need not be.
        let scan = self.scan(&joint.update, &self.limits.stored())?;
        let policy = Policy {
            max_bytes: usize::MAX,
            rank: Rank::Writes,
            arrival: Arrival::Joint,
            takes_strangers: true,
        };
        let voice = Voice::Joint(&joint.speakers);
        self.judge(&joint.update, &scan, voice, policy)
    }

    fn right(
        &self,
        part: &Part<'_>,
        scan: &Scan<'_>,
        section: &Section,
        is_away: impl Fn(u64) -> bool,
    ) -> Option<Right> {
        let owner = self.owner(section.client);
        let owner = owner.or(self.reserved_for(section.client));
        if owner == Some(part.by) {
            return Some(Right::Owns);
        }
        let runs = part.rank == Rank::Facilitates;
        if !is_away(section.client) || (owner.is_some() && !runs) {
            return None;
        }
        if runs {
            return Some(Right::Runs);
        }
        let is_believable = self.is_believable(scan, section, part.by);
        is_believable.then_some(Right::Nobodys)
    }

    /// Whether what nobody is known to own may be taken from somebody: what was deleted
    /// says nothing of who wrote it, so some of it has to be signed by them, or nothing of
    /// it be deleted.
    pub(super) fn is_believable(
        &self,
        scan: &Scan<'_>,
        section: &Section,
        by: &ParticipantId,
    ) -> bool {
        let next = self.next_clock(section.client);
        let mut news = scan.blocks[section.blocks.clone()]
            .iter()
            .filter(|block| block.end > next);
        let is_signed = |block: &Block<'_>| {
            block.kind == BlockKind::Values && block.string == Some(by.as_str())
        };
        let is_live = |block: &Block<'_>| {
            !matches!(
                block.kind,
                BlockKind::Gc | BlockKind::Deleted | BlockKind::Skip
            )
        };
        news.clone().any(is_signed) || news.all(is_live)
    }
}
