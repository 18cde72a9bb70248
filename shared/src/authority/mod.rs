//! What each kind of document consists of, and who writes what: said here and nowhere
//! else, one file for each kind. The gate judges by it, the room asks it, documents do not
//! repeat it.

mod canvas;
mod facts;
mod workshop;

use crate::{
    board::root::DocumentKind,
    gate::{Gate, Rank, ScanLimits, Schema},
    protocol::{Refusal, control::Role},
};

/// What a kind of document consists of. What is not named there is no part of such a
/// document, and nobody writes it.
pub fn schema(kind: DocumentKind) -> Schema {
    match kind {
        DocumentKind::Workshop => workshop::schema(),
        DocumentKind::Canvas => canvas::schema(),
    }
}

/// The gate of an empty document of a kind.
pub fn gate(kind: DocumentKind) -> Gate {
    Gate::new(ScanLimits::new(schema(kind)))
}

/// To whom a document is open for writing at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// To everyone who may write.
    #[default]
    Open,
    /// To facilitators only.
    Frozen,
    /// To nobody: it has been put away.
    Archived,
}

/// What somebody of a role may do in a document.
pub const fn rank(role: Role, access: Access) -> Rank {
    match (role, access) {
        (_, Access::Archived) | (Role::Observer, _) => Rank::Reads,
        (Role::Facilitator, _) => Rank::Facilitates,
        (Role::Participant, Access::Open) => Rank::Writes,
        (Role::Participant, Access::Frozen) => Rank::Reads,
    }
}

/// Whether a role writes a canvas.
pub const fn may_write(role: Role, access: Access) -> bool {
    !matches!(rank(role, access), Rank::Reads)
}

/// Whether a role runs the workshop: changes its canvases, gives roles, locks objects.
pub const fn may_facilitate(role: Role) -> bool {
    matches!(rank(role, Access::Frozen), Rank::Facilitates)
}

/// Why a role does not write a canvas; `None` where it does.
pub const fn why_not(role: Role, access: Access) -> Option<Refusal> {
    match (may_write(role, Access::Open), access) {
        _ if may_write(role, access) => None,
        (false, _) => Some(Refusal::ReadOnly),
        (true, Access::Archived) => Some(Refusal::Archived),
        (true, _) => Some(Refusal::Frozen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{board::root::Root, gate::Writers};

    #[test]
    fn what_facts_are_is_the_servers_to_say_in_every_document() {
        for kind in [DocumentKind::Workshop, DocumentKind::Canvas] {
            let schema = schema(kind);
            let meta = schema
                .roots
                .iter()
                .find(|root| root.name == Root::Meta.name());
            assert!(meta.is_some_and(|root| root.writers == Writers::Server));
        }
    }

    #[test]
    fn a_workshops_own_document_is_open_to_nobody() {
        let gate = gate(DocumentKind::Workshop);
        assert!(!gate.is_open_to(Rank::Facilitates));
    }

    #[test]
    fn a_frozen_canvas_is_open_to_facilitators_alone() {
        let gate = gate(DocumentKind::Canvas);
        let open_to = |role, access| gate.is_open_to(rank(role, access));
        assert!(open_to(Role::Participant, Access::Open));
        assert!(open_to(Role::Facilitator, Access::Frozen));
        assert!(!open_to(Role::Participant, Access::Frozen));
        assert!(!open_to(Role::Observer, Access::Open));
    }

    #[test]
    fn an_archived_canvas_is_open_to_nobody() {
        let gate = gate(DocumentKind::Canvas);
        for role in [Role::Observer, Role::Participant, Role::Facilitator] {
            assert!(!gate.is_open_to(rank(role, Access::Archived)));
        }
    }

    #[test]
    fn every_question_about_a_role_has_the_answer_of_its_rank() {
        let table = [
            (Role::Observer, Access::Open, Some(Refusal::ReadOnly), false),
            (
                Role::Observer,
                Access::Frozen,
                Some(Refusal::ReadOnly),
                false,
            ),
            (
                Role::Observer,
                Access::Archived,
                Some(Refusal::ReadOnly),
                false,
            ),
            (Role::Participant, Access::Open, None, false),
            (
                Role::Participant,
                Access::Frozen,
                Some(Refusal::Frozen),
                false,
            ),
            (
                Role::Participant,
                Access::Archived,
                Some(Refusal::Archived),
                false,
            ),
            (Role::Facilitator, Access::Open, None, true),
            (Role::Facilitator, Access::Frozen, None, true),
            (
                Role::Facilitator,
                Access::Archived,
                Some(Refusal::Archived),
                true,
            ),
        ];
        let gate = gate(DocumentKind::Canvas);
        for (role, access, why, facilitates) in table {
            let writes = why.is_none();
            assert_eq!(why_not(role, access), why);
            assert_eq!(may_write(role, access), writes);
            assert_eq!(may_facilitate(role), facilitates);
            assert_eq!(gate.is_open_to(rank(role, access)), writes);
        }
    }

    #[test]
    fn each_kind_of_writers_admits_its_ranks() {
        let admitted = |writers: Writers| {
            [Rank::Reads, Rank::Writes, Rank::Facilitates].map(|rank| writers.admit(rank))
        };
        assert_eq!(admitted(Writers::Everyone), [false, true, true]);
        assert_eq!(admitted(Writers::Facilitators), [false, false, true]);
        assert_eq!(admitted(Writers::Server), [false, false, false]);
    }
}
