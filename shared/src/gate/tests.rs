//! Tests of the gate: against the CRDT library as the judge of what is valid,
//! and against attacks that it does not survive by itself.

mod attacks;
mod authors;
mod combine;
mod corpus;
mod costs;
mod documents;
mod honest;
mod hostile;
mod lines;
mod roots;
mod rules;
mod workshop;

use super::wire;
use super::{
    Arrival, Gate, Part, Policy, Rank, RootRule, ScanLimits, Schema, Type, TypeId, Value, Writers,
};
use crate::{id::ParticipantId, plain::Plain};

/// How many maps may stand in one another in the tests' documents.
const LEVELS: u8 = 8;
const TEXT: TypeId = TypeId(LEVELS);

/// A document of maps in maps, with any plain value and texts: more than any real one has.
fn schema() -> Schema {
    const HELD: [[TypeId; 2]; LEVELS as usize] = {
        let mut held = [[TypeId(0), TEXT]; LEVELS as usize];
        let mut level = 0;
        while level < LEVELS {
            held[level as usize][0] = TypeId(level + 1);
            level += 1;
        }
        held
    };
    static MAPS: [[TypeId; 2]; LEVELS as usize] = HELD;
    let map = |shared| Type::Map {
        name: "map",
        keys: Vec::new(),
        other: Value {
            plain: Some(Plain::Any),
            shared,
        },
    };
    let mut types: Vec<Type> = MAPS[..].iter().map(|held| map(&held[..])).collect();
    types.push(Type::Text {
        name: "text",
        marks: &[("b", Plain::Any)],
        units: 1_000_000,
    });
    let root = |name, is| RootRule {
        name,
        writers: Writers::Everyone,
        author_key: None,
        is,
    };
    Schema {
        roots: vec![root("objects", TypeId(0)), root("order", TEXT)],
        types,
    }
}

fn limits() -> ScanLimits {
    ScanLimits::new(schema())
}

fn gate() -> Gate {
    Gate::new(limits())
}

fn policy() -> Policy {
    Policy {
        max_bytes: 1 << 20,
        rank: Rank::Writes,
        arrival: Arrival::Live,
        takes_strangers: true,
    }
}

fn person(name: &str) -> ParticipantId {
    ParticipantId::from(name)
}

/// What a facilitator brings of those who are away.
fn help(gate: &Gate, update: &[u8], by: &str) -> Option<super::Admitted> {
    let part = Part {
        update,
        by: &person(by),
        rank: Rank::Facilitates,
    };
    let joint = gate.combine(&[part], |_| true)?;
    Some(gate.check_joint(&joint).unwrap())
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
