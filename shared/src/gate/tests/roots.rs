//! Which parts of which documents are whose to write.

use yrs::{Any, Map, Transact};

use super::{
    wire::{At, Content, Update as Wire},
    workshop::{apply, doc, whole},
    *,
};
use crate::{
    authority,
    board::{Document, DocumentKind, workshop as board_workshop},
    gate::{Fault, Rule},
};

const SEED: u64 = 900;
/// The client id of what is seeded so.
const SEED_CLIENT: u64 = SEED + 1;
const MALLORY: u64 = 13;

/// The gate of a seeded canvas, and its seed.
fn canvas() -> (Gate, Vec<u8>) {
    let mut gate = authority::gate(DocumentKind::Canvas);
    let seed = Document::seed(SEED, "blank", "Board");
    gate.restore_update(&seed).unwrap();
    (gate, seed)
}

fn facilitator(arrival: Arrival) -> Policy {
    Policy {
        rank: Rank::Facilitates,
        arrival,
        ..policy()
    }
}

/// Why a facilitator's update is refused.
fn refused(gate: &Gate, attack: &Wire, arrival: Arrival) -> Fault {
    gate.check(&attack.bytes(), &person("mallory"), facilitator(arrival))
        .unwrap_err()
}

fn text() -> Content<'static> {
    Content::Text("x")
}

#[test]
fn facts_about_a_document_are_not_for_people_to_write_overwrite_or_delete() {
    let (mut gate, seed) = canvas();
    let before = gate.clone();
    let attacks = [
        Wire::new().client(MALLORY, 0).item(
            At::Root("meta", Some("schema")),
            &Content::Any(1, &[125, 35]),
        ),
        Wire::new()
            .client(MALLORY, 0)
            .item(At::Left(SEED_CLIENT, 0), &text()),
        Wire::new().delete(SEED_CLIENT, &[(0, 3)]),
        Wire::new().delete(SEED_CLIENT, &[(1, 1)]),
    ];
    for attack in &attacks {
        let closed = Fault::Closed {
            root: "meta".into(),
        };
        assert_eq!(refused(&gate, attack, Arrival::Live), closed);
        // In an exchange it is left out: an honest copy repeats every deletion.
        let admitted = gate
            .check(
                &attack.bytes(),
                &person("mallory"),
                facilitator(Arrival::Answer),
            )
            .unwrap();
        assert!(admitted.bytes.is_empty() && admitted.is_whole());
        gate.commit(&admitted);
    }
    assert_eq!(gate.next_clock(MALLORY), before.next_clock(MALLORY));
    let server = doc(1);
    apply(&server, &seed);
    assert_eq!(whole(&server), seed);
}

#[test]
fn what_is_nested_under_the_servers_part_is_the_servers() {
    let mut gate = authority::gate(DocumentKind::Workshop);
    let server = doc(SEED);
    let people = server.get_or_insert_map("people");
    let inner = people.insert(
        &mut server.transact_mut(),
        "p",
        [("name", "Ana")].into_iter().collect::<yrs::MapPrelim>(),
    );
    gate.restore_update(&whole(&server)).unwrap();
    for attack in [
        Wire::new()
            .client(MALLORY, 0)
            .item(At::In(SEED, 0, Some("name")), &text()),
        Wire::new().delete(SEED, &[(1, 1)]),
    ] {
        assert_eq!(refused(&gate, &attack, Arrival::Live).code(), "closed_root");
    }
    let txn = server.transact();
    assert_eq!(
        inner.get(&txn, "name"),
        Some(yrs::Out::Any(Any::from("Ana")))
    );
}

#[test]
fn a_root_of_another_kind_of_document_is_no_part_of_this_one() {
    let (canvas, _) = canvas();
    let mut workshop = authority::gate(DocumentKind::Workshop);
    let seed = board_workshop::seed(SEED, &board_workshop::Listing::default());
    workshop.restore_update(&seed).unwrap();
    let into = |root| {
        Wire::new()
            .client(MALLORY, 0)
            .item(At::Root(root, Some("k")), &text())
    };
    for (gate, root) in [
        (&canvas, "people"),
        (&canvas, "canvases"),
        (&canvas, "records"),
        (&workshop, "objects"),
    ] {
        for arrival in [Arrival::Live, Arrival::Answer] {
            let bytes = into(root).bytes();
            let admitted = gate.check(&bytes, &person("mallory"), facilitator(arrival));
            let admitted = admitted.unwrap();
            assert_eq!(admitted.left_out[0].rule, Rule::Root, "{root}");
            // Nothing but its length is left.
            let length = Wire::new().client(MALLORY, 0).gc(1);
            assert_eq!(admitted.bytes, length.bytes());
        }
    }
}

#[test]
fn ones_own_work_passes_beside_what_is_not_ones_to_write() {
    let (gate, _) = canvas();
    // A copy that knows of deletions of the server's repeats them in every exchange.
    let own = Wire::new()
        .client(MALLORY, 0)
        .item(At::Root("objects", Some("k")), &Content::Type(1))
        .item(
            At::In(MALLORY, 0, Some("author")),
            &Content::Any(1, b"\x77\x03ana"),
        );
    let exchange = own.clone().delete(SEED_CLIENT, &[(0, 1)]);
    let admitted = gate
        .check(
            &exchange.bytes(),
            &person("ana"),
            facilitator(Arrival::Answer),
        )
        .unwrap();
    assert_eq!(admitted.bytes, own.bytes());
    assert!(admitted.is_whole());
}
