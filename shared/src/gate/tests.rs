//! Tests of the gate: against the CRDT library as the judge of what is valid,
//! and against attacks that it does not survive by itself.

mod attacks;
mod corpus;
mod depth;
mod honest;
mod hostile;
mod wire;
mod workshop;

use super::{Gate, Policy, ScanLimits};
use crate::id::ParticipantId;

/// Roots used in the tests.
const ROOTS: [&str; 2] = ["objects", "order"];

fn limits() -> ScanLimits {
    ScanLimits::new(ROOTS)
}

fn gate() -> Gate {
    Gate::new(limits())
}

fn policy() -> Policy {
    Policy {
        max_bytes: 1 << 20,
        heal: false,
    }
}

fn heal() -> Policy {
    Policy {
        heal: true,
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
) -> Result<super::Admitted, super::Refusal> {
    let admitted = gate.check(update, &person(author), policy)?;
    gate.commit(&admitted);
    Ok(admitted)
}
