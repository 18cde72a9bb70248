//! What a crash loses comes back, in any order, and stays whose it was.

use super::{Op, World, load, name, replay, session_id};
use crate::{
    board::{Command, Document, NewObject, Step, replica::is_empty_update},
    geometry::Point,
    object::{Kind, NoteColor},
    protocol::{AwarenessEntry, Message, control::Role, presence::PresenceUser},
    sync::{
        Room, Status,
        room::{ConnId, Input, Output, Session},
    },
};

#[test]
fn what_is_written_while_the_server_is_down_arrives_after_a_reload() {
    replay(
        3,
        &[
            Op::Wait(3),
            Op::Add(0),
            Op::Kill,
            Op::Add(0),
            Op::Add(0),
            Op::Reload(0),
            Op::Add(1),
            Op::Reload(0),
        ],
    );
}

#[test]
fn a_peer_that_brings_what_i_wrote_before_a_crash_does_not_take_my_id() {
    use Op::{Add, Down, Kill, Move, Reload, Type, Up, Wait};
    // Peer 1 has got peer 0's first note out of a step 2, before it was on the disk.
    let before = [
        Wait(0),
        Down(0, 2),
        Add(0),
        Up(0, 3),
        Wait(15),
        Wait(19),
        Up(1, 0),
        Down(1, 3),
        Down(2, 0),
    ];
    let after = [
        Type(0, 0, 0),
        Reload(1),
        Reload(2),
        Move(0, 0),
        Add(0),
        Move(0, 0),
        Add(0),
        Kill,
    ];
    replay(3, &[before.as_slice(), after.as_slice()].concat());
}

#[test]
fn what_waited_for_another_update_reaches_those_who_joined_meanwhile() {
    use Op::{Add, Disk, Down, Kill, Move, Reload, Type, Up, Wait};
    let before = [
        Add(1),
        Type(0, 0, 0),
        Add(0),
        Type(0, 0, 0),
        Wait(13),
        Wait(18),
        Wait(1),
        Add(2),
        Up(2, 1),
    ];
    let middle = [
        Down(0, 2),
        Down(2, 2),
        Move(0, 0),
        Reload(0),
        Move(0, 0),
        Type(0, 0, 0),
        Wait(8),
        Move(0, 0),
    ];
    let after = [
        Up(2, 0),
        Down(1, 3),
        Add(0),
        Disk(0),
        Up(0, 0),
        Down(0, 6),
        Kill,
        Type(0, 108, 0),
    ];
    replay(
        3,
        &[before.as_slice(), middle.as_slice(), after.as_slice()].concat(),
    );
}

#[test]
fn what_a_peer_brings_collected_its_author_may_still_bring_whole() {
    use Op::{Add, Delete, Down, Kill, Up, Wait};
    let before = [
        Add(2),
        Delete(2, 0),
        Add(0),
        Wait(0),
        Down(2, 2),
        Up(2, 2),
        Up(0, 0),
        Down(0, 3),
    ];
    replay(
        3,
        &[before.as_slice(), &[Kill, Add(2), Wait(0), Down(0, 2)]].concat(),
    );
}

#[test]
fn a_deletion_of_what_a_crash_lost_waits_for_its_author() {
    use Op::{Add, Delete, Down, Kill, Up, Wait};
    let before = [
        Wait(0),
        Add(2),
        Down(2, 2),
        Up(2, 2),
        Up(0, 0),
        Down(0, 3),
        Delete(0, 0),
        Kill,
        Add(0),
    ];
    replay(3, &before);
}

#[test]
fn a_note_added_deleted_and_undone_offline_survives_a_crash() {
    use Op::{Add, Delete, Disk, DiskFails, Down, Kill, Move, Reload, Undo, Up, Wait};
    let before = [
        Add(2),
        Reload(2),
        Delete(2, 0),
        Undo(2),
        Wait(0),
        Up(0, 0),
        Down(2, 2),
        DiskFails,
    ];
    let after = [Down(0, 3), Up(2, 2), Disk(0), Down(0, 1), Kill, Move(0, 0)];
    replay(3, &[before.as_slice(), after.as_slice()].concat());
}

#[test]
fn others_are_brought_back_with_their_author_and_in_any_order() {
    use Op::{Add, Delete, Down, Kill, Undo, Up, Wait};
    // Peer 1 deletes what peer 0 made and takes that back; nothing of it is on the disk.
    let before = [Wait(2), Down(0, 3), Down(1, 3), Up(0, 3), Up(1, 3), Add(0)];
    let shared = [Up(0, 3), Op::Disk(3), Down(1, 3), Delete(1, 0), Undo(1)];
    for after in [[Kill, Up(1, 3)], [Kill, Up(0, 3)]] {
        replay(2, &[&before[..], &shared[..], &after[..]].concat());
    }
}

#[test]
fn what_was_brought_back_arrives_although_its_author_has_deleted_what_a_crash_lost() {
    use Op::{Add, Delete, Down, Kill, Reload, Undo, Up, Wait};
    // Peer 1 has got peer 0's note before it was on the disk.
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Its author deletes it before bringing it again, in one sitting or after a reload.
    for by_author in [&[Undo(0)][..], &[Reload(0), Delete(0, 0)]] {
        let mut world = World::new(2);
        before.into_iter().for_each(|op| world.run(op));
        assert_eq!(world.peers[1].document.view().len(), 1);
        let after = [Kill, Delete(1, 0), Undo(1)];
        after.iter().chain(by_author).for_each(|op| world.run(*op));
        world.settle();
        assert_eq!(world.peers[0].document.view().len(), 1);
    }
}

#[test]
fn what_is_brought_back_before_its_author_is_known_again_waits_for_them() {
    use Op::{Add, Delete, Down, Kill, Reload, Type, Undo, Up, Wait};
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Peer 1 brings the note deleted, and takes that back while it is connected.
    let alone = [Kill, Delete(1, 0), Reload(0), Wait(0), Down(1, 7), Undo(1)];
    // Its author's news come between what it brings back and the fence after that.
    let mixed = [
        Type(0, 0, 0),
        Kill,
        Delete(1, 0),
        Wait(0),
        Down(1, 7),
        Down(0, 7),
        Undo(1),
        Up(1, 4),
    ];
    for after in [&alone[..], &mixed] {
        replay(2, &[&before[..], after].concat());
    }
}

#[test]
fn who_waits_for_an_author_is_asked_again_once_the_author_is_there() {
    use Op::{Add, Delete, Disk, Down, Kill, Undo, Up, Wait};
    let before = [Wait(2), Down(0, 7), Add(0), Up(0, 7), Up(1, 7), Down(1, 7)];
    // Peer 1 brings the note deleted, and takes that back when nobody heals any more. Of
    // its author nothing comes but who they are: they have nothing new.
    let heal = [Kill, Delete(1, 0), Wait(9)];
    let talk = [Up(1, 7), Disk(7), Down(1, 7)];
    let minute = [&[Wait(4)][..], &talk].concat().repeat(20);
    let plan = [&before[..], &heal, &talk, &talk, &minute];
    let mut world = World::new(2);
    for op in plan.concat() {
        world.run(op);
    }
    world.run(Undo(1));
    talk.repeat(2).into_iter().for_each(|op| world.run(op));
    assert_eq!(world.peers[1].sync.status(), Status::Saving(1));
    world.exchange();
    assert_eq!(world.peers[1].sync.status(), Status::Saved);
    world.settle();
}

#[test]
fn who_writes_under_an_id_before_its_owner_is_back_does_not_sign_for_them() {
    let mut world = World::new(2);
    world.settle();
    // Peer 0 has written nothing: that its client id is theirs was stored when they said so.
    let client = world.peers[0].document.replica().client_id();
    let mut room = Room::new(load(&world.disk, 77), world.now_ms);
    let [victim, mallory] = [900, 901];
    for (p, conn) in [victim, mallory].into_iter().enumerate() {
        let session = Session {
            participant: name(p),
            role: Role::Participant,
            id: session_id(p),
            user: PresenceUser::default(),
            speaks_plaza: true,
        };
        room.handle(Input::Join(conn, session), 0);
    }
    let mut is_taken = |conn: ConnId, message: &Message| {
        let out = room.handle(Input::Frame(conn, message.encode()), 0);
        out.iter()
            .any(|output| matches!(output, Output::Append { data, .. } if !is_empty_update(data)))
    };
    let add = |copy: &mut Document, author: usize| {
        let kind = Kind::note(NoteColor::Sky);
        let note = NewObject::new("k".into(), Point::ZERO, kind, "n".into(), name(author));
        copy.apply(&Command::Add(vec![note]), Step::New);
    };
    // Under that id, something that is gone by the time it comes.
    let mut squatter = Document::new(client - 1);
    assert_eq!(squatter.replica().client_id(), client);
    squatter.merge(&world.disk[0].data).unwrap();
    add(&mut squatter, 1);
    squatter.apply(&Command::Delete(vec!["k".into()]), Step::New);
    let gone = squatter.replica().state();
    assert!(!is_taken(mallory, &Message::SyncStep2(gone.clone())));
    let entry = AwarenessEntry {
        client,
        clock: 1,
        state: "{}".into(),
    };
    is_taken(victim, &Message::Awareness(vec![entry]));
    let mut forger = Document::new(31_337);
    forger.merge(&gone).unwrap();
    add(&mut forger, 0);
    let forged = forger.take_outbox().remove(0);
    assert!(!is_taken(mallory, &Message::Update(forged.clone())));
    assert!(!is_taken(mallory, &Message::SyncStep2(forged)));
}
