//! Who speaks in an update: one session of all of it, or several people of a part each.

use std::collections::BTreeMap;

use super::policy::Rank;
use crate::id::ParticipantId;

/// What one session answered.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// All that it has and we lacked.
    pub update: &'a [u8],
    /// Whose session it is.
    pub by: &'a ParticipantId,
    /// What it may do.
    pub rank: Rank,
}

/// Several answers as one update, to be judged by [`Gate::check_joint`].
#[derive(Clone, Debug)]
pub struct Joint {
    pub(super) update: Vec<u8>,
    /// Who brings the section of each client id, and what they may do.
    pub(super) speakers: BTreeMap<u64, (ParticipantId, Rank)>,
}

impl Joint {
    /// The client ids in it, with whoever brings their sections.
    pub fn speakers(&self) -> impl Iterator<Item = (u64, &ParticipantId)> {
        self.speakers
            .iter()
            .map(|(client, (who, _))| (*client, who))
    }
}

/// Who speaks in an update.
#[derive(Clone, Copy, Debug)]
pub(super) enum Voice<'a> {
    /// One session, of all of it.
    One(&'a ParticipantId, Rank),
    /// Several, each of a client id's section.
    Joint(&'a BTreeMap<u64, (ParticipantId, Rank)>),
}

impl Voice<'_> {
    /// Who brings the section of a client id.
    pub(super) fn of(&self, client: u64) -> Option<(&ParticipantId, Rank)> {
        match self {
            Self::One(sender, rank) => Some((sender, *rank)),
            Self::Joint(speakers) => speakers.get(&client).map(|(who, rank)| (who, *rank)),
        }
    }
}
