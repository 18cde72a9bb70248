//! The right to write comes and goes; what was written meanwhile is kept.

use super::{Op, World, load};
use crate::{
    authority::Access,
    board::{Replica, replica::is_empty_update, schema},
    protocol::{CloseCode, control::Role},
    sync::{Status, client::Held},
};

#[test]
fn what_is_written_after_the_right_to_write_ended_is_kept_and_delivered_when_it_returns() {
    for (ended, returned) in [
        (
            Op::SetRole(0, Role::Observer),
            Op::SetRole(0, Role::Participant),
        ),
        (Op::SetAccess(Access::Frozen), Op::SetAccess(Access::Open)),
        (Op::SetAccess(Access::Archived), Op::SetAccess(Access::Open)),
    ] {
        let mut world = World::new(2);
        world.settle();
        // More under way than the refusals that close a socket.
        for _ in 0..5 {
            world.run(Op::Add(0));
        }
        world.run(ended);
        world.exchange();
        let status = world.peers[0].sync.status();
        assert_eq!(status, Status::Held(Held::NotWritable, 5), "{ended:?}");
        assert!(world.peers[1].document.view().is_empty());
        assert_eq!(load(&world.disk, 3).replica.content_mark(), {
            let mut seed = Replica::new(4);
            seed.merge(&world.disk[0].data).unwrap();
            seed.content_mark()
        });
        world.run(Op::Reload(0));
        world.exchange();
        let status = world.peers[0].sync.status();
        assert_eq!(status, Status::Held(Held::NotWritable, 5), "kept");
        world.run(returned);
        world.settle();
        assert_eq!(world.peers[1].document.view().len(), 5);
    }
}

#[test]
fn a_session_that_ends_with_work_under_way_brings_it_when_it_comes_back() {
    let mut world = World::new(2);
    world.settle();
    world.run(Op::Add(0));
    world.run(Op::Expel(0));
    let status = world.peers[0].sync.status();
    assert_eq!(status, Status::Closed(CloseCode::SessionEnded, 1));
    world.settle();
    assert_eq!(world.peers[1].document.view().len(), 1);
}

#[test]
fn a_client_that_is_older_than_the_document_keeps_what_it_writes() {
    let mut world = World::new(2);
    world.settle();
    let newer = schema::VERSION + 1;
    let write = |replica: &mut Replica| replica.put_schema(newer);
    let out = world.room.write(write, world.now_ms);
    world.carry_out(out);
    world.exchange();
    let rows = |world: &World| {
        let written = world.disk.iter().filter(|row| !is_empty_update(&row.data));
        written.count()
    };
    let before = rows(&world);
    world.run(Op::Add(0));
    world.exchange();
    let status = world.peers[0].sync.status();
    assert_eq!(status, Status::Held(Held::Outdated, 1));
    world.run(Op::Reload(0));
    world.run(Op::Reload(1));
    world.run(Op::Add(1));
    world.exchange();
    for peer in &world.peers {
        assert_eq!(peer.sync.status(), Status::Held(Held::Outdated, 1));
        assert_eq!(peer.unstored.len(), 1, "kept on the device");
    }
    assert_eq!(rows(&world), before, "nothing was sent");
}
