//! Tests of the gate: against the CRDT library as the judge of what is valid,
//! and against attacks that it does not survive by itself.

mod attacks;
mod authors;
mod corpus;
mod depth;
mod honest;
mod hostile;
mod roots;
mod wire;
mod workshop;

use super::{Arrival, Gate, Policy, Rank, RootRule, ScanLimits, Writers};
use crate::id::ParticipantId;

/// Roots used in the tests.
const ROOTS: [&str; 2] = ["objects", "order"];

fn limits() -> ScanLimits {
    let open = RootRule {
        writers: Writers::Everyone,
        author_key: None,
    };
    ScanLimits::new(ROOTS.map(|root| (root, open)))
}

fn gate() -> Gate {
    Gate::new(limits())
}

fn policy() -> Policy {
    Policy {
        max_bytes: 1 << 20,
        rank: Rank::Writes,
        arrival: Arrival::Live,
        may_lack_authors: false,
    }
}

fn heal() -> Policy {
    Policy {
        arrival: Arrival::Healing,
        may_lack_authors: true,
        ..policy()
    }
}

fn person(name: &str) -> ParticipantId {
    ParticipantId::from(name)
}

/// Checks and commits; returns what was admitted.
fn send(
    gate: &mut Gate,
    update: &[u8],
    author: &str,
    policy: Policy,
) -> Result<super::Admitted, super::Fault> {
    let admitted = gate.check(update, &person(author), policy)?;
    gate.commit(&admitted);
    Ok(admitted)
}
