//! What costs too much is refused before the library sees it, and what honest work costs
//! is far from it.

use super::{
    wire::{At, Content, Update as Wire},
    *,
};
use crate::gate::{Fault, MAX_CLIENTS, MAX_CLIENTS_ALIKE, MAX_CLIENTS_OF_ONE};

const ORDER: At<'_> = At::Root("order", None);

fn refused(gate: &Gate, update: &Wire) -> Option<&'static str> {
    match gate.check(&update.bytes(), &person("a"), policy()) {
        Err(Fault::TooCostly { what }) => Some(what),
        Err(other) => panic!("{other:?}"),
        Ok(_) => None,
    }
}

#[test]
fn letters_that_the_library_would_join_one_by_one_are_refused() {
    let letters = |count: u32| {
        let first = Wire::new().client(1, 0).item(ORDER, &Content::Text("x"));
        (1..count).fold(first, |update, clock| {
            update.item(At::Left(1, clock - 1), &Content::Text("x"))
        })
    };
    assert_eq!(refused(&gate(), &letters(3_000)), None);
    assert_eq!(refused(&gate(), &letters(20_000)), Some("joined text"));
}

#[test]
fn blocks_that_have_to_pass_a_crowd_are_refused() {
    let mut gate = gate();
    let crowd = |client: u64, count: u32| {
        (0..count).fold(Wire::new().client(client, 0), |update, _| {
            update.item(ORDER, &Content::Text("x"))
        })
    };
    // Each stops at the first of a greater id, so that many come together cheaply.
    for client in (0..20).rev() {
        send(&mut gate, &crowd(client, 1_000).bytes(), "a", policy()).unwrap();
    }
    assert_eq!(refused(&gate, &crowd(100, 100)), None);
    assert_eq!(refused(&gate, &crowd(100, 1_000)), Some("neighbours"));
}

#[test]
fn cutting_a_long_run_into_many_pieces_is_refused() {
    let mut gate = gate();
    let text = "x".repeat(60_000);
    let long = Wire::new().client(1, 0).item(ORDER, &Content::Text(&text));
    send(&mut gate, &long.bytes(), "a", policy()).unwrap();
    let ranges = |count: u32| (0..count).map(|at| (2 * at, 1)).collect::<Vec<_>>();
    assert_eq!(refused(&gate, &Wire::new().delete(1, &ranges(100))), None);
    let many = Wire::new().delete(1, &ranges(20_000));
    assert_eq!(refused(&gate, &many), Some("cuts"));
    // In one update as well.
    let both = Wire::new().client(2, 0).item(ORDER, &Content::Text(&text));
    assert_eq!(
        refused(&gate, &both.delete(2, &ranges(20_000))),
        Some("cuts")
    );
    // Ranges that touch are one.
    let touching: Vec<_> = (0..20_000).map(|at| (at, 1)).collect();
    assert_eq!(refused(&gate, &Wire::new().delete(1, &touching)), None);
}

#[test]
fn values_that_are_small_as_bytes_and_large_in_memory_are_refused() {
    // 60,000 empty records, two bytes each, in every value.
    let empty = [118, 0].repeat(60_000);
    let list = [&[117, 0xe0, 0xd4, 0x03][..], &empty].concat();
    let records = |count: u32| {
        let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
        (0..count).fold(Wire::new().client(1, 0), |update, index| {
            let at = At::Root("objects", Some(keys[index as usize]));
            update.item(at, &Content::Any(1, &list))
        })
    };
    let large = Policy {
        max_bytes: 4 << 20,
        ..policy()
    };
    let check = |count| gate().check(&records(count).bytes(), &person("a"), large);
    assert!(check(1).is_ok());
    assert_eq!(check(8).unwrap_err(), Fault::TooCostly { what: "memory" });
}

#[test]
fn a_key_that_is_written_again_and_again_stays_cheap() {
    // Two people take turns: nothing of it can be joined.
    let mut gate = gate();
    let value = Content::Any(1, &[120]);
    let top = At::Root("objects", Some("k"));
    let first = Wire::new().client(1, 0).item(top, &value);
    send(&mut gate, &first.bytes(), "1", policy()).unwrap();
    for turn in 1..6_000u32 {
        let (client, other) = (u64::from(turn % 2) + 1, u64::from((turn + 1) % 2) + 1);
        let (clock, before) = (turn / 2, (turn - 1) / 2);
        let update = Wire::new()
            .client(client, clock)
            .item(At::Left(other, before), &value)
            .delete(other, &[(before, 1)]);
        let update = send(&mut gate, &update.bytes(), &client.to_string(), policy());
        assert_eq!(update.unwrap().cost.neighbours, 0, "{turn}");
    }
}

#[test]
fn deleting_one_thing_deletes_all_that_is_in_it() {
    let mut gate = gate();
    for object in 0..4u64 {
        let key = object.to_string();
        let start = Wire::new()
            .client(object, 0)
            .item(At::Root("objects", Some(&key)), &Content::Type(1));
        let update = (0..19_000u32).fold(start, |update, key| {
            let at = At::In(object, 0, Some(&key.to_string()));
            update.item(at, &Content::Any(1, &[120]))
        });
        send(&mut gate, &update.bytes(), "a", policy()).unwrap();
    }
    let delete = |count: u64| {
        (0..count).fold(Wire::new(), |update, object| {
            update.delete(object, &[(0, 1)])
        })
    };
    assert_eq!(refused(&gate, &delete(3)), None);
    assert_eq!(refused(&gate, &delete(4)), Some("deletions"));
}

/// The first value of a client, under a key of its own.
fn write(client: u64) -> Vec<u8> {
    let key = client.to_string();
    let at = At::Root("objects", Some(&key));
    let first = Wire::new().client(client, 0);
    first.item(at, &Content::Any(1, &[120])).bytes()
}

#[test]
fn ids_that_were_chosen_alike_are_refused() {
    let mut gate = gate();
    for client in 0..u64::from(MAX_CLIENTS_ALIKE) {
        send(&mut gate, &write(client << 30), "a", policy()).unwrap();
    }
    let further = gate.check(&write(1 << 50), &person("a"), policy());
    assert_eq!(
        further.unwrap_err(),
        Fault::ClientRefused { client: 1 << 50 }
    );
    send(&mut gate, &write((1 << 50) + 1), "a", policy()).unwrap();
}

#[test]
fn a_document_takes_the_work_of_so_many_pages_and_of_one_person_fewer() {
    let mut gate = gate();
    for client in 0..MAX_CLIENTS as u64 {
        let who = (client as usize / MAX_CLIENTS_OF_ONE).to_string();
        send(&mut gate, &write(client), &who, policy()).unwrap();
        if client as usize + 1 == MAX_CLIENTS_OF_ONE {
            let further = gate.check(&write(1 << 40), &person("0"), policy());
            assert_eq!(
                further.unwrap_err(),
                Fault::Full {
                    max: MAX_CLIENTS_OF_ONE
                }
            );
        }
    }
    let further = gate.check(&write(1 << 40), &person("new"), policy());
    assert_eq!(further.unwrap_err(), Fault::Full { max: MAX_CLIENTS });
    // Those who have written go on.
    let goes_on = Wire::new()
        .client(3, 1)
        .item(At::Left(3, 0), &Content::Any(1, &[120]))
        .delete(3, &[(0, 1)]);
    assert!(gate.check(&goes_on.bytes(), &person("0"), policy()).is_ok());
}

#[test]
fn what_is_known_does_not_count() {
    let mut gate = gate();
    let mut every_second = Vec::new();
    // More deletions and more clients than one update may bring, in many.
    for round in 0..12u64 {
        let text = "x".repeat(10_000);
        let long = Wire::new()
            .client(round, 0)
            .item(ORDER, &Content::Text(&text));
        send(&mut gate, &long.bytes(), "a", policy()).unwrap();
        for part in 0..10u32 {
            let ranges: Vec<_> = (0..500).map(|at| (part * 1_000 + 2 * at, 1)).collect();
            let deletes = Wire::new().delete(round, &ranges);
            send(&mut gate, &deletes.bytes(), "a", policy()).unwrap();
            every_second.push((round, ranges));
        }
    }
    let mut whole = Wire::new();
    for client in 0..12 {
        let ranges = every_second.iter().filter(|(of, _)| *of == client);
        let ranges: Vec<_> = ranges.flat_map(|(_, ranges)| ranges.clone()).collect();
        whole = whole.delete(client, &ranges);
    }
    let bytes = whole.bytes();
    let back = gate.check(&bytes, &person("b"), policy()).unwrap();
    assert!(back.bytes.is_empty() && back.is_whole());
}
