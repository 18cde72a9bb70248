//! Who writes what: for each kind of document and each of its roots, said here and
//! nowhere else. The gate judges by it, the room asks it, documents do not repeat it.

use crate::{
    board::{
        root::{DocumentKind, Root},
        schema,
    },
    gate::{Gate, Rank, RootRule, ScanLimits, Writers},
    protocol::{Refusal, control::Role},
};

/// The roots of a kind of document with their rules. A root that is not listed
/// is no part of such a document, and nobody writes it.
pub fn roots(kind: DocumentKind) -> Vec<(Root, RootRule)> {
    let by = |writers| RootRule {
        writers,
        author_key: None,
    };
    match kind {
        DocumentKind::Workshop => vec![
            (Root::Meta, by(Writers::Server)),
            (Root::People, by(Writers::Server)),
            (Root::Canvases, by(Writers::Server)),
        ],
        DocumentKind::Canvas => vec![
            (Root::Meta, by(Writers::Server)),
            (
                Root::Objects,
                RootRule {
                    writers: Writers::Everyone,
                    author_key: Some(schema::AUTHOR),
                },
            ),
        ],
    }
}

/// The gate of an empty document of a kind.
pub fn gate(kind: DocumentKind) -> Gate {
    let rules = roots(kind).into_iter();
    Gate::new(ScanLimits::new(
        rules.map(|(root, rule)| (root.name(), rule)),
    ))
}

/// What somebody of a role may do, given whether the document is frozen: then
/// only facilitators write.
pub const fn rank(role: Role, is_frozen: bool) -> Rank {
    match role {
        Role::Facilitator => Rank::Facilitates,
        Role::Participant if !is_frozen => Rank::Writes,
        Role::Participant | Role::Observer => Rank::Reads,
    }
}

/// Whether a role writes canvases, given whether the canvas is frozen.
pub const fn may_write(role: Role, is_frozen: bool) -> bool {
    !matches!(rank(role, is_frozen), Rank::Reads)
}

/// Whether a role runs the workshop: gives roles, freezes canvases, locks objects.
pub const fn may_facilitate(role: Role) -> bool {
    matches!(rank(role, true), Rank::Facilitates)
}

/// Why a role does not write a canvas; `None` where it does.
pub const fn why_not(role: Role, is_frozen: bool) -> Option<Refusal> {
    if may_write(role, is_frozen) {
        None
    } else if may_write(role, false) {
        Some(Refusal::Frozen)
    } else {
        Some(Refusal::ReadOnly)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_facts_are_is_the_servers_to_say_in_every_document() {
        for kind in [DocumentKind::Workshop, DocumentKind::Canvas] {
            let rules = roots(kind);
            let meta = rules.iter().find(|(root, _)| *root == Root::Meta);
            assert!(meta.is_some_and(|(_, rule)| rule.writers == Writers::Server));
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
        let open_to = |role, is_frozen| gate.is_open_to(rank(role, is_frozen));
        assert!(open_to(Role::Participant, false) && open_to(Role::Facilitator, true));
        assert!(!open_to(Role::Participant, true) && !open_to(Role::Observer, false));
    }

    #[test]
    fn every_question_about_a_role_has_the_answer_of_its_rank() {
        let table = [
            (Role::Observer, false, Some(Refusal::ReadOnly), false),
            (Role::Observer, true, Some(Refusal::ReadOnly), false),
            (Role::Participant, false, None, false),
            (Role::Participant, true, Some(Refusal::Frozen), false),
            (Role::Facilitator, false, None, true),
            (Role::Facilitator, true, None, true),
        ];
        let gate = gate(DocumentKind::Canvas);
        for (role, is_frozen, why, facilitates) in table {
            let writes = why.is_none();
            assert_eq!(why_not(role, is_frozen), why);
            assert_eq!(may_write(role, is_frozen), writes);
            assert_eq!(may_facilitate(role), facilitates);
            assert_eq!(gate.is_open_to(rank(role, is_frozen)), writes);
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
