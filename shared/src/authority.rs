//! Who writes what: for each kind of document and each of its roots, said here and
//! nowhere else. The gate judges by it, the room asks it, documents do not repeat it.

use crate::{
    board::{
        root::{DocumentKind, Root},
        schema,
    },
    gate::{Gate, Rank, RootRule, ScanLimits, Writers},
    protocol::control::Role,
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
}
