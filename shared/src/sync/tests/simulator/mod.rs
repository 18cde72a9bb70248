//! Many clients and one room over links that lose, repeat and delay, a log that
//! may fail, and a server that may be killed. A failing run prints its plan:
//! paste it into `replay` to see it again.

mod carrying;
mod checks;
mod crashes;
mod hostile;
mod op;
mod restoring;
mod rights;
mod world;

use proptest::prelude::*;

use crate::sync::Status;
use op::{Op, op, printed};
use world::{World, load, name, session_id};

fn replay(peers: usize, plan: &[Op]) {
    let mut world = World::new(peers);
    for op in plan {
        world.run(*op);
    }
    world.settle();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_nothing_acknowledged_is_lost_and_all_agree(plan in proptest::collection::vec(op(), 1..160)) {
        let result = std::panic::catch_unwind(|| replay(3, &plan));
        prop_assert!(result.is_ok(), "plan: [{}]", printed(&plan));
    }
}

#[test]
fn a_session_without_trouble_settles() {
    replay(
        2,
        &[
            Op::Wait(1),
            Op::Add(0),
            Op::Add(1),
            Op::Type(0, 1, 0),
            Op::Wait(2),
        ],
    );
}

#[test]
fn a_full_disk_stops_acknowledgements_but_not_the_workshop() {
    let mut world = World::new(2);
    world.settle();
    world.run(Op::DiskFails);
    world.run(Op::Add(0));
    for _ in 0..20 {
        for op in [Op::Up(0, 7), Op::Disk(7), Op::Down(1, 7), Op::Down(0, 7)] {
            world.run(op);
        }
    }
    assert_eq!(world.peers[0].sync.status(), Status::Failing(1));
    assert_eq!(
        world.peers[1].document.view().len(),
        1,
        "others see it all the same"
    );
    world.settle();
}
