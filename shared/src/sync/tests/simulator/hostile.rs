//! Somebody hostile brings work of others, or under others' names.

use super::{Op, World, load};
use crate::{
    board::{Command, Document, NewObject, Step, replica::clock_in},
    geometry::Point,
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, Message, Refusal, control::Role, presence::PresenceUser},
    sync::{
        Status,
        room::{ConnId, Input, Output, Session, SessionId},
    },
};

/// Connection and session of somebody hostile.
const MALLORY: ConnId = 1 << 40;

fn var(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Five collected clocks (info 0), or deleted ones in the list of objects (info 1).
fn run(client: u64, clock: u32, info: u8) -> Vec<u8> {
    let mut update = vec![1, 1];
    var(&mut update, client);
    var(&mut update, clock.into());
    update.push(info);
    if info == 1 {
        update.extend(b"\x01\x07objects");
    }
    update.extend([5, 0]);
    update
}

/// A note by Mallory, as if its maker's client id were this.
fn note(base: &[u8], client: u64) -> Vec<u8> {
    let mut copy = Document::new(client - 1);
    assert_eq!(copy.replica().client_id(), client);
    copy.merge(base).unwrap();
    let kind = Kind::note(NoteColor::Rose);
    let note = NewObject::new(
        "forged".into(),
        Point::ZERO,
        kind,
        "x".into(),
        "mallory".into(),
    );
    copy.apply(&Command::Add(vec![note]), Step::New);
    copy.take_outbox().remove(0)
}

fn mallory(role: Role) -> Session {
    Session {
        participant: "mallory".into(),
        role,
        id: SessionId([200; 32]),
        user: PresenceUser::default(),
        speaks_plaza: true,
    }
}

impl World {
    /// Somebody hostile comes, brings what is not theirs in an answer, and goes. Under an id
    /// that nobody owns whoever comes first is believed once the room has been open for a
    /// while: that is no attack on anybody who is here.
    pub(super) fn forge(&mut self, p: usize, what: u8) {
        let client = self.peers[p].document.replica().client_id();
        let loaded = load(&self.disk, 11);
        if loaded.gate.owner(client).is_none() {
            return;
        }
        let clock = loaded.gate.next_clock(client);
        if clock_in(&self.room.replica().state_vector(), client) != clock {
            // What is known already is not news, whoever repeats it.
            return;
        }
        let state = loaded.replica.state();
        let update = match what % 3 {
            0 => run(client, clock, 0),
            1 => run(client, clock, 1),
            _ => note(&state, client),
        };
        let is_taken = self.bring(Role::Participant, update, what & 4 == 0);
        assert!(!is_taken, "work was taken that is not its sender's");
    }

    /// Whether something hostile is taken: an answer or a live update of somebody with a role.
    fn bring(&mut self, role: Role, update: Vec<u8>, is_answer: bool) -> bool {
        let session = mallory(role);
        let message = if is_answer {
            Message::SyncStep2(update)
        } else {
            Message::Update(update)
        };
        let inputs = [
            Input::Join(MALLORY, session),
            Input::Frame(MALLORY, message.encode()),
            Input::Leave(MALLORY),
        ];
        let mut is_taken = false;
        for input in inputs {
            for output in self.room.handle(input, self.now_ms) {
                match output {
                    Output::Append { .. } => is_taken = true,
                    Output::Quarantine { .. } => {}
                    output => self.carry_out(vec![output]),
                }
            }
        }
        is_taken
    }
}

#[test]
fn nobody_brings_collected_deleted_or_forged_work_of_who_is_on_their_way() {
    use Op::{Add, Kill, Restore, Sleep};
    for (back, is_owned) in [(Kill, true), (Restore, false)] {
        for what in 0..3 {
            for role in [Role::Participant, Role::Observer] {
                let mut world = World::new(2);
                world.run(Op::Copy);
                world.exchange();
                world.run(Sleep(0, true));
                // Not sent yet.
                world.run(Add(0));
                world.run(Add(0));
                world.run(back);
                let client = world.peers[0].document.replica().client_id();
                let loaded = load(&world.disk, 3);
                assert_eq!(loaded.gate.owner(client).is_some(), is_owned);
                let update = match what {
                    0 => run(client, 0, 0),
                    1 => run(client, 0, 1),
                    _ => note(&loaded.replica.state(), client),
                };
                assert!(!world.bring(role, update.clone(), true));
                if is_owned {
                    // However long she is away.
                    (0..30).for_each(|_| world.round());
                    assert!(!world.bring(role, update.clone(), true));
                    assert!(!world.bring(role, update, false));
                }
                world.run(Sleep(0, false));
                world.settle();
                assert_eq!(world.peers[1].document.view().len(), 2);
            }
        }
    }
}

#[test]
fn who_only_looks_on_comes_to_own_nothing() {
    let mut world = World::new(2);
    world.run(Op::Copy);
    world.exchange();
    world.run(Op::Sleep(0, true));
    world.run(Op::Add(0));
    world.run(Op::Restore);
    // Under the id of somebody who was here, and is about to come back.
    let client = world.peers[0].document.replica().client_id();
    let entry = AwarenessEntry {
        client,
        clock: 1,
        state: "{}".into(),
    };
    let session = mallory(Role::Observer);
    world.input(Input::Join(MALLORY, session));
    world.input(Input::Frame(
        MALLORY,
        Message::Awareness(vec![entry]).encode(),
    ));
    world.run(Op::Sleep(0, false));
    world.settle();
    assert_eq!(world.peers[1].document.view().len(), 1);
    let owner = load(&world.disk, 4).gate.owner(client).cloned();
    assert_eq!(owner, Some(super::name(0)));
}

#[test]
fn what_others_said_in_her_name_is_not_what_she_is_told_is_saved() {
    for is_forged in [true, false] {
        let mut world = World::new(2);
        world.run(Op::Copy);
        world.exchange();
        world.run(Op::Add(0));
        world.exchange();
        world.run(Op::Sleep(0, true));
        if is_forged {
            world.run(Op::Add(0));
        }
        world.run(Op::Restore);
        if is_forged {
            world.run(Op::Sleep(1, true));
        }
        // The server has never heard of her, and she has been away for a while.
        (0..30).for_each(|_| world.round());
        let client = world.peers[0].document.replica().client_id();
        let base = world.room.replica().state();
        if is_forged {
            // Collected work is nobody's; a note of Mallory's is taken.
            assert!(!world.bring(Role::Participant, run(client, 0, 0), true));
            assert!(world.bring(Role::Participant, note(&base, client), true));
        }
        world.run(Op::Sleep(0, false));
        (0..30).for_each(|_| world.round());
        let status = world.peers[0].sync.status();
        let unstored = world.peers[0].unstored.len();
        if is_forged {
            assert_eq!(
                (status, unstored),
                (Status::Saving(1), 1),
                "she has it, and knows"
            );
            assert!(world.refused.contains(&(0, Refusal::Contradiction)));
        } else {
            assert_eq!((status, unstored), (Status::Saved, 0));
            world.settle();
        }
    }
}
