//! An older folder is put back while people hold newer work.

use std::collections::VecDeque;

use super::{Op, World, load, replay};
use crate::{
    board::{Command, Document, NewObject, Step, TextEdit},
    geometry::Point,
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, Message, control::Role, presence::PresenceUser},
    sync::{
        Status,
        room::{ConnId, Input, Output, Session, SessionId},
    },
};

/// Everybody builds on everybody's work, in so many steps.
fn work_together(world: &mut World, steps: u32, mut seed: u32) {
    for step in 0..steps {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [p, object, what, _] = seed.to_be_bytes();
        world.run(match what % 8 {
            0 | 1 => Op::Add(p),
            2 => Op::Delete(p, object),
            3 => Op::Undo(p),
            4 => Op::Move(p, object),
            _ => Op::Type(p, object, what),
        });
        if step % 3 == 0 {
            world.round();
        }
    }
}

/// Which pages are reloaded after the copy: those have client ids that it does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reloaded {
    None,
    AtOnce,
    /// Once more in the end, too: their work is under ids that they do not use any more.
    Twice,
}

/// Twelve people work on after a copy of the folder was taken, one of them offline in the
/// end; then the copy is put back. Nobody is there.
fn restored(seed: u32, reloaded: Reloaded) -> World {
    let mut world = World::new(12);
    work_together(&mut world, 30, seed);
    world.exchange();
    world.run(Op::Copy);
    if reloaded != Reloaded::None {
        (0..12).for_each(|p| world.run(Op::Reload(p)));
        world.exchange();
    }
    work_together(&mut world, 90, seed ^ 77);
    world.run(Op::Sleep(5, true));
    work_together(&mut world, 20, seed ^ 99);
    (0..12).for_each(|p| world.run(Op::Sleep(p, true)));
    let before = world.disk.len();
    world.run(Op::Restore);
    assert!(world.disk.len() + 40 < before);
    if reloaded == Reloaded::Twice {
        (0..12).for_each(|p| world.run(Op::Reload(p)));
    }
    world
}

fn becomes_whole(seeds: std::ops::Range<u32>) {
    for seed in seeds {
        let reloaded = [Reloaded::None, Reloaded::AtOnce, Reloaded::Twice][seed as usize % 3];
        let mut world = restored(seed, reloaded);
        let mut order: Vec<u8> = (0..12).collect();
        let mut random = seed;
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            order.swap(at, random as usize / 7 % (at + 1));
        }
        for p in order {
            world.run(Op::Sleep(p, false));
            (0..seed % 4).for_each(|_| world.round());
        }
        (0..8).for_each(|_| world.round());
        for peer in world.peers.iter().filter(|_| reloaded != Reloaded::Twice) {
            let status = peer.sync.status();
            assert_eq!(status, Status::Saved, "at once, in order {seed}");
        }
        world.settle();
    }
}

#[test]
fn an_older_folder_becomes_whole_in_any_order_of_return() {
    becomes_whole(0..6);
}

#[test]
#[ignore = "long: `make hunt` runs it"]
fn an_older_folder_becomes_whole_in_sixty_orders_of_return() {
    becomes_whole(100..160);
}

#[test]
fn who_does_not_come_back_is_brought_by_a_facilitator() {
    for away in [0, 3, 5] {
        let mut world = restored(300 + u32::from(away), Reloaded::AtOnce);
        let others = (0..12).filter(|p| *p != away);
        others.clone().for_each(|p| world.run(Op::Sleep(p, false)));
        (0..5).for_each(|_| world.round());
        let is_saved =
            |world: &World, p: u8| world.peers[usize::from(p)].sync.status() == Status::Saved;
        // They may still be on their way. What stands on their work is not called saved.
        assert!(!others.clone().all(|p| is_saved(&world, p)));
        world.exchange();
        assert!(others.clone().all(|p| is_saved(&world, p)));
        let owner = world.peers[usize::from(away)]
            .document
            .replica()
            .client_id();
        assert!(load(&world.disk, 9).gate.owner(owner).is_none());
        world.settle();
    }
}

#[test]
fn what_stands_on_work_of_who_is_away_waits_where_nobody_runs_the_workshop() {
    let mut world = restored(7, Reloaded::None);
    world.run(Op::SetRole(11, Role::Participant));
    (1..12).for_each(|p| world.run(Op::Sleep(p, false)));
    world.exchange();
    let rest = &world.peers[1..];
    assert!(rest.iter().any(|peer| peer.sync.status() != Status::Saved));
    world.run(Op::Sleep(0, false));
    world.exchange();
    for peer in &world.peers {
        assert_eq!(peer.sync.status(), Status::Saved);
    }
    world.settle();
}

#[test]
fn what_was_written_before_a_reload_is_its_authors_to_bring() {
    use Op::{Add, Copy, Delete, Down, Kill, Reload, Restore, Type, Undo, Up, Wait};
    // Under a client id that the server has not heard of, deleted again and brought back.
    let before = [
        Add(0),
        Type(0, 0, 1),
        Delete(0, 0),
        Undo(0),
        Reload(0),
        Add(0),
    ];
    for (begin, back) in [(Kill, Kill), (Copy, Restore)] {
        let plan = [
            &[begin][..],
            &before,
            &[Wait(2), Up(0, 7), Down(1, 7), back],
        ]
        .concat();
        replay(3, &plan);
    }
}

/// Connection of a client of another make: it knows steps 1 and 2, updates and awareness.
const STOCK: ConnId = 1 << 41;

/// What such a client does with what the room says, until nothing more is said.
fn stock(world: &mut World, copy: &mut Document, inputs: Vec<Input>) {
    let mut inputs: VecDeque<Input> = inputs.into();
    while let Some(input) = inputs.pop_front() {
        for output in world.room.handle(input, world.now_ms) {
            let bytes = match output {
                Output::Send(STOCK, bytes) => bytes,
                output => {
                    world.carry_out(vec![output]);
                    continue;
                }
            };
            match Message::decode(&bytes).unwrap() {
                Message::SyncStep1(state_vector) => {
                    let answer = copy.replica().diff(&state_vector).unwrap();
                    let answer = Message::SyncStep2(answer).encode();
                    inputs.push_back(Input::Frame(STOCK, answer));
                }
                Message::SyncStep2(update) | Message::Update(update) => {
                    copy.merge(&update).unwrap();
                }
                Message::Awareness(_) => {}
                other => panic!("not for a client of another make: {other:?}"),
            }
        }
    }
}

fn stock_returns(copy: &Document) -> Vec<Input> {
    let session = Session {
        participant: "stock".into(),
        role: Role::Participant,
        id: SessionId([201; 32]),
        user: PresenceUser::default(),
        speaks_plaza: false,
    };
    let entry = AwarenessEntry {
        client: copy.replica().client_id(),
        clock: 1,
        state: "{}".into(),
    };
    let messages = [
        Message::SyncStep1(copy.replica().state_vector()),
        Message::Awareness(vec![entry]),
    ];
    let frames = messages.map(|message| Input::Frame(STOCK, message.encode()));
    [Input::Join(STOCK, session)]
        .into_iter()
        .chain(frames)
        .collect()
}

#[test]
fn a_client_of_another_make_brings_its_part_as_well() {
    for is_first in [true, false] {
        let mut world = World::new(2);
        world.exchange();
        world.run(Op::Copy);
        let mut copy = Document::new(40_404);
        let returns = stock_returns(&copy);
        stock(&mut world, &mut copy, returns);
        // In turns: each builds on what the other did last.
        for turn in 0..6 {
            let id = format!("s{turn}");
            let kind = Kind::note(NoteColor::Mint);
            let note = NewObject::new(id.as_str().into(), Point::ZERO, kind, id, "stock".into());
            let command = match turn {
                0 => Command::Add(vec![note]),
                _ => Command::EditText(
                    "s0".into(),
                    TextEdit {
                        at: 1,
                        delete: 0,
                        insert: "s".into(),
                    },
                ),
            };
            copy.apply(&command, Step::New);
            let sent = copy.take_outbox().into_iter();
            let sent = sent.map(|update| Input::Frame(STOCK, Message::Update(update).encode()));
            stock(&mut world, &mut copy, sent.collect());
            world.exchange();
            world.run(Op::Type(0, 0, 1));
            world.exchange();
            let state = world.room.replica().state();
            copy.merge(&state).unwrap();
        }
        let text = |copy: &Document| copy.view().iter().next().unwrap().text.clone();
        let before = text(&copy);
        stock(&mut world, &mut copy, vec![Input::Leave(STOCK)]);
        world.run(Op::Sleep(0, true));
        world.run(Op::Sleep(1, true));
        world.run(Op::Restore);
        if is_first {
            let returns = stock_returns(&copy);
            stock(&mut world, &mut copy, returns);
        }
        world.run(Op::Sleep(0, false));
        // Only what the room asks is answered by the other.
        (0..6).for_each(|_| world.round());
        if !is_first {
            let returns = stock_returns(&copy);
            stock(&mut world, &mut copy, returns);
        }
        (0..6).for_each(|_| world.round());
        let mut served = Document::new(3);
        served.merge(&world.room.replica().state()).unwrap();
        assert_eq!(text(&served), before);
        assert_eq!(world.peers[0].sync.status(), Status::Saved);
    }
}
