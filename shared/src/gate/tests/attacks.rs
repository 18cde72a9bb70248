//! The measured attacks on the CRDT library, each as a test of its own.

use yrs::{GetString, Map, MapPrelim, Text, TextPrelim, Transact};

use super::{
    wire::{At, Content, Update as Wire, chain},
    workshop::{apply, doc, whole},
    *,
};
use crate::gate::{Fault, MAX_CLOCK_JUMP, Rule, scan};

const VICTIM: u64 = 900;
const ATTACKER: u64 = 13;

fn text() -> Content<'static> {
    Content::Text("x")
}

fn value() -> Content<'static> {
    Content::Any(1, &[120])
}

/// A gate and a document that know a little of the victim.
fn room() -> (Gate, yrs::Doc, yrs::Doc) {
    let victim = doc(VICTIM);
    let words = victim.get_or_insert_map("objects").insert(
        &mut victim.transact_mut(),
        "note",
        TextPrelim::new("hello"),
    );
    let update = whole(&victim);
    let mut gate = gate();
    send(&mut gate, &update, "victim", policy()).unwrap();
    let server = doc(1);
    apply(&server, &update);
    assert_eq!(words.get_string(&victim.transact()), "hello");
    (gate, server, victim)
}

fn more_of_the_victim(victim: &yrs::Doc) -> Vec<u8> {
    let objects = victim.get_or_insert_map("objects");
    let mut txn = victim.transact_mut();
    let Some(yrs::Out::YText(words)) = objects.get(&txn, "note") else {
        panic!("no text")
    };
    words.push(&mut txn, " world");
    txn.encode_update_v1()
}

/// The board of the server after the victim went on.
fn after_the_victim_went_on(gate: &mut Gate, server: &yrs::Doc, victim: &yrs::Doc) -> String {
    let update = more_of_the_victim(victim);
    let admitted = send(gate, &update, "victim", policy()).unwrap();
    assert_eq!(admitted.bytes, update);
    apply(server, &admitted.bytes);
    let objects = server.get_or_insert_map("objects");
    let txn = server.transact();
    match objects.get(&txn, "note") {
        Some(yrs::Out::YText(words)) => words.get_string(&txn),
        _ => String::new(),
    }
}

#[test]
fn eleven_bytes_that_erase_another_are_stripped() {
    let (mut gate, server, victim) = room();
    let next = gate.next_clock(VICTIM);
    // The measured one spans 2^32 - 1 clocks: no scan lets it through.
    let measured = [1, 1, 0x84, 7, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0];
    assert_eq!(scan(&measured, &limits()).unwrap_err().code(), "malformed");
    // Within the limits it is cut, wherever it begins.
    for start in [0, next] {
        let attack = Wire::new().client(VICTIM, start).gc(100_000).bytes();
        let admitted = send(&mut gate, &attack, "mallory", policy()).unwrap();
        assert_eq!(admitted.stripped, [VICTIM]);
        assert!(admitted.bytes.is_empty());
    }
    assert_eq!(
        after_the_victim_went_on(&mut gate, &server, &victim),
        "hello world"
    );
}

#[test]
fn what_the_attacker_owns_survives_the_cut() {
    let (mut gate, _, _) = room();
    let attack = Wire::new()
        .client(ATTACKER, 0)
        .item(At::Root("objects", Some("mine")), &value())
        .client(VICTIM, gate.next_clock(VICTIM))
        .item(At::Root("objects", Some("note")), &value())
        .delete(VICTIM, &[(0, 1)]);
    let admitted = send(&mut gate, &attack.bytes(), "mallory", policy()).unwrap();
    assert_eq!(admitted.claims, [(ATTACKER, person("mallory"))]);
    assert_eq!(admitted.stripped, [VICTIM]);
    let expected = Wire::new()
        .client(ATTACKER, 0)
        .item(At::Root("objects", Some("mine")), &value())
        .delete(VICTIM, &[(0, 1)]);
    assert_eq!(admitted.bytes, expected.bytes());
    assert_eq!(gate.owner(ATTACKER), Some(&person("mallory")));
}

#[test]
fn deletions_do_not_lie_in_wait() {
    let (mut gate, server, victim) = room();
    let next = gate.next_clock(VICTIM);
    let attack = Wire::new()
        .delete(VICTIM, &[(next, 1000), (next + 2000, 5)])
        .bytes();
    let admitted = send(&mut gate, &attack, "mallory", policy()).unwrap();
    assert_eq!((admitted.bytes.len(), admitted.clipped), (0, 2));
    let attack = Wire::new().delete(VICTIM, &[(next - 1, 1000)]).bytes();
    let admitted = gate.check(&attack, &person("mallory"), policy()).unwrap();
    assert_eq!(
        admitted.bytes,
        Wire::new().delete(VICTIM, &[(next - 1, 1)]).bytes()
    );
    assert_eq!(
        after_the_victim_went_on(&mut gate, &server, &victim),
        "hello world"
    );
    let far = Wire::new()
        .delete(VICTIM, &[(0, next + 100 + MAX_CLOCK_JUMP)])
        .bytes();
    let refusal = gate.check(&far, &person("mallory"), policy()).unwrap_err();
    assert_eq!(refusal.code(), "clock_jump");
}

#[test]
fn only_a_facilitator_brings_the_work_of_who_is_away_and_does_not_come_to_own_it() {
    let (mut gate, server, victim) = room();
    let lost = more_of_the_victim(&victim);
    assert!(
        gate.check(&lost, &person("friend"), policy())
            .unwrap()
            .bytes
            .is_empty()
    );
    let friend = person("friend");
    let part = |rank| Part {
        update: &lost,
        by: &friend,
        rank,
    };
    assert!(gate.combine(&[part(Rank::Writes)], |_| true).is_none());
    assert!(
        gate.combine(&[part(Rank::Facilitates)], |_| false)
            .is_none()
    );
    let admitted = help(&gate, &lost, "friend").unwrap();
    gate.commit(&admitted);
    assert_eq!(admitted.bytes, lost);
    assert!(admitted.claims.is_empty());
    apply(&server, &admitted.bytes);
    // And the victim's own delivery of the same is harmless.
    let admitted = send(&mut gate, &lost, "victim", policy()).unwrap();
    assert!(admitted.bytes.is_empty() && admitted.is_whole());
    // What a helper brings of an unknown author does not become the helper's.
    let stranger = Wire::new()
        .client(77, 0)
        .item(At::Root("order", None), &text())
        .bytes();
    let admitted = help(&gate, &stranger, "friend").unwrap();
    gate.commit(&admitted);
    assert_eq!(admitted.bytes, stranger);
    assert_eq!(gate.owner(77), None);
}

#[test]
fn a_value_nested_in_20_kb_is_refused() {
    for bytes in [[117, 1], [118, 1]] {
        let nested: Vec<u8> = if bytes[0] == 117 {
            bytes.repeat(10_000)
        } else {
            [118, 1, 1, b'k'].repeat(5_000)
        };
        let content = Content::Any(1, &nested);
        let attack = Wire::new()
            .client(1, 0)
            .item(At::Root("objects", Some("k")), &content);
        let refusal = gate()
            .check(&attack.bytes(), &person("a"), policy())
            .unwrap_err();
        assert_eq!(refusal.code(), "too_deep");
    }
    // The last depth that passes.
    for (depth, passes) in [(16, true), (17, false)] {
        let mut nested = [117, 1].repeat(depth);
        nested.push(126);
        let content = Content::Any(1, &nested);
        let update = Wire::new()
            .client(1, 0)
            .item(At::Root("objects", Some("k")), &content);
        assert_eq!(scan(&update.bytes(), &limits()).is_ok(), passes);
    }
}

#[test]
fn a_long_chain_of_maps_ends_where_the_schema_does() {
    let top = At::Root("objects", Some("k"));
    let attack = chain(1, 0, top, 7_200).bytes();
    let admitted = send(&mut gate(), &attack, "a", policy()).unwrap();
    // Deeper ones live in what was left out.
    assert_eq!(admitted.left_out.len(), 1);
    let first = admitted.left_out[0];
    assert_eq!(
        (first.start, first.rule),
        (u32::from(LEVELS) - 1, Rule::SharedType)
    );
    let server = doc(9);
    apply(&server, &admitted.bytes);
    let kept = scan(&whole(&server), &limits()).unwrap().blocks.len();
    assert!(kept <= usize::from(LEVELS) + 2, "{kept}");
}

#[test]
fn a_chain_over_many_updates_ends_there_too() {
    let mut gate = gate();
    let mut last = At::Root("objects", Some("k"));
    let mut kept = 0;
    for clock in 0..100u32 {
        let client = u64::from(clock % 3);
        let update = Wire::new()
            .client(client, clock / 3)
            .item(last, &Content::Type(1))
            .bytes();
        let admitted = send(&mut gate, &update, &client.to_string(), policy()).unwrap();
        if !admitted.left_out.is_empty() {
            break;
        }
        kept += 1;
        last = At::In(client, clock / 3, Some("k"));
    }
    assert_eq!(kept, usize::from(LEVELS) - 1);
}

#[test]
fn a_value_beside_a_neighbour_in_another_place_is_refused() {
    let mut gate = gate();
    let top = At::Root("objects", Some("k"));
    send(&mut gate, &chain(1, 0, top, 7).bytes(), "a", policy()).unwrap();
    let leaf = Wire::new()
        .client(1, 7)
        .item(At::In(1, 6, Some("k")), &value())
        .bytes();
    send(&mut gate, &leaf, "a", policy()).unwrap();
    let shallow = Wire::new().client(2, 0).item(top, &value()).bytes();
    send(&mut gate, &shallow, "b", policy()).unwrap();
    for at in [At::Right(1, 7), At::Between((2, 0), (1, 7))] {
        let attack = Wire::new().client(3, 0).item(at, &Content::Type(1)).bytes();
        let refusal = gate.check(&attack, &person("c"), policy()).unwrap_err();
        assert_eq!(refusal.code(), "malformed");
    }
}

#[test]
fn a_chain_in_what_never_came_is_refused() {
    let attack = chain(1, 0, At::In(99, 0, None), 3).bytes();
    let refusal = gate().check(&attack, &person("a"), policy()).unwrap_err();
    assert_eq!(
        refusal,
        Fault::MissingDependency {
            client: 1,
            clock: 0
        }
    );
    assert!(refusal.wants_resync());
}

#[test]
fn nothing_is_put_where_it_cannot_be() {
    let mut gate = gate();
    let lists = Wire::new()
        .client(1, 0)
        .item(At::Root("objects", Some("k")), &Content::Type(1))
        .item(At::In(1, 0, Some("a")), &value())
        .item(At::In(1, 0, Some("b")), &value())
        .item(At::Root("order", None), &text())
        .item(At::Root("order", None), &Content::Deleted(1));
    send(&mut gate, &lists.bytes(), "a", policy()).unwrap();
    // Between two keys or parents, and in what is no type.
    for at in [
        At::Between((1, 1), (1, 2)),
        At::Between((1, 1), (1, 3)),
        At::In(1, 3, None),
    ] {
        let update = Wire::new().client(1, 5).item(at, &text()).bytes();
        let refusal = gate.check(&update, &person("a"), policy()).unwrap_err();
        assert_eq!(
            refusal,
            Fault::Misplaced {
                client: 1,
                clock: 5
            }
        );
    }
    // A deleted item may have been a type.
    let update = Wire::new()
        .client(1, 5)
        .item(At::In(1, 4, None), &text())
        .bytes();
    send(&mut gate, &update, "a", policy()).unwrap();
}

#[test]
fn nothing_is_held_back() {
    let top = At::Root("objects", Some("k"));
    let updates = [
        // Beside something that never came; after a hole; around a hole.
        Wire::new().client(1, 0).item(At::Left(99, 0), &text()),
        Wire::new().client(1, 1).item(top, &value()),
        Wire::new()
            .client(1, 0)
            .item(top, &value())
            .skip(3)
            .item(top, &value()),
        Wire::new().client(1, 0).skip(3).gc(1),
    ];
    for update in updates {
        let refusal = gate()
            .check(&update.bytes(), &person("a"), policy())
            .unwrap_err();
        assert_eq!(refusal.code(), "missing_dependency");
        assert!(refusal.wants_resync());
    }
}

/// Three small updates after which the library used freed memory: the first
/// waits for its own later part, the third sends that part anew.
#[test]
fn waiting_for_oneself_is_refused() {
    let first = [
        &[
            1, 3, 1, 0, 135, 1, 4, 1, 36, 1, 7, 111, 98, 106, 101, 99, 116, 115, 1, 107, 2,
        ][..],
        &[
            120, 121, 36, 1, 7, 111, 98, 106, 101, 99, 116, 115, 1, 107, 2, 120, 121, 0,
        ],
    ];
    scan(&first.concat(), &limits()).unwrap();
    let third = [1, 1, 1, 4, 7, 1, 5, 111, 114, 100, 101, 114, 1, 0];
    for update in [&first.concat()[..], &third] {
        let refusal = gate().check(update, &person("a"), policy()).unwrap_err();
        assert_eq!(refusal.code(), "missing_dependency");
    }
}

#[test]
fn a_second_story_of_the_same_steps_is_not_told() {
    let mut gate = gate();
    let top = At::Root("objects", Some("k"));
    send(&mut gate, &chain(1, 0, top, 7).bytes(), "a", policy()).unwrap();
    let list = At::Root("order", None);
    let first = Wire::new().client(2, 0).item(list, &Content::Text("ab"));
    send(&mut gate, &first.bytes(), "a", policy()).unwrap();
    // The same steps again, deep down: dropped, and refused with more.
    let again = Wire::new().client(2, 0).item(At::In(1, 6, None), &text());
    let admitted = gate.check(&again.bytes(), &person("a"), policy()).unwrap();
    assert_eq!((admitted.bytes.len(), admitted.stripped), (0, vec![2]));
    let longer = Wire::new()
        .client(2, 1)
        .item(At::In(1, 6, None), &Content::Text("abc"));
    let refusal = gate
        .check(&longer.bytes(), &person("a"), policy())
        .unwrap_err();
    assert_eq!(
        refusal,
        Fault::Contradiction {
            client: 2,
            clock: 1
        }
    );
    // A collected run that comes whole from another honest copy changes nothing: it stays collected.
    send(
        &mut gate,
        &Wire::new().client(3, 0).gc(1).bytes(),
        "a",
        policy(),
    )
    .unwrap();
    let whole = Wire::new()
        .client(3, 0)
        .item(top, &Content::Type(1))
        .bytes();
    let admitted = gate.check(&whole, &person("a"), policy()).unwrap();
    assert!(admitted.is_whole() && admitted.claims.is_empty());
    let server = doc(9);
    apply(&server, &Wire::new().client(3, 0).gc(1).bytes());
    let before = yrs::ReadTxn::snapshot(&server.transact());
    assert!(admitted.bytes.is_empty());
    apply(&server, &whole);
    assert_eq!(yrs::ReadTxn::snapshot(&server.transact()), before);
}

#[test]
fn what_lives_in_collected_content_may_be_as_deep_as_it_likes() {
    let mut gate = gate();
    send(
        &mut gate,
        &Wire::new().client(1, 0).gc(5).bytes(),
        "a",
        policy(),
    )
    .unwrap();
    let inside = chain(2, 0, At::In(1, 2, None), 20).item(At::Left(2, 19), &text());
    send(&mut gate, &inside.bytes(), "a", policy()).unwrap();
    let server = doc(9);
    apply(&server, &Wire::new().client(1, 0).gc(5).bytes());
    apply(&server, &inside.bytes());
    // The library collects all of it, too.
    let kept = whole(&server);
    let kept = scan(&kept, &limits()).unwrap();
    assert!(
        kept.blocks
            .iter()
            .all(|block| block.kind == crate::gate::BlockKind::Gc)
    );
}

#[test]
fn a_length_of_100_million_is_refused_at_once() {
    let huge = [0x80, 0xc2, 0xd7, 0x2f];
    let text = Content::Raw(4, &huge);
    let list = [&[117][..], &huge].concat();
    let map = [&[118][..], &huge].concat();
    let in_place = |content: &Content<'_>| {
        Wire::new()
            .client(1, 0)
            .item(At::Root("objects", Some("k")), content)
            .bytes()
    };
    let attacks = [
        huge.to_vec(),
        [&[1][..], &huge].concat(),
        [&[0][..], &huge].concat(),
        [&[0, 1, 5][..], &huge].concat(),
        in_place(&text),
        in_place(&Content::Any(100_000_000, &[])),
        in_place(&Content::Any(1, &list)),
        in_place(&Content::Any(1, &map)),
    ];
    for attack in attacks {
        let error = scan(&attack, &limits()).unwrap_err();
        assert_eq!(error.code(), "malformed", "{attack:?}: {error:?}");
    }
}

#[test]
fn cut_frames_are_refused() {
    let victim = doc(VICTIM);
    victim.get_or_insert_map("objects").insert(
        &mut victim.transact_mut(),
        "note",
        MapPrelim::from([("a", 1)]),
    );
    let bytes = whole(&victim);
    for len in 0..bytes.len() {
        let refusal = gate()
            .check(&bytes[..len], &person("a"), policy())
            .unwrap_err();
        assert_eq!(refusal.code(), "malformed");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(
        gate()
            .check(&longer, &person("a"), policy())
            .unwrap_err()
            .code(),
        "malformed"
    );
}

#[test]
fn clocks_do_not_run_away() {
    let (gate, _, _) = room();
    let at = At::Root("order", None);
    let jumps = [
        Wire::new().client(5, MAX_CLOCK_JUMP + 1).item(at, &text()),
        Wire::new()
            .client(VICTIM, MAX_CLOCK_JUMP + 100)
            .item(at, &text()),
        (0..11)
            .fold(Wire::new().client(5, 0), |update, _| update.skip(100_000))
            .item(at, &text()),
        (0..11).fold(Wire::new().client(5, 0), |update, _| update.gc(100_000)),
        (0..11).fold(Wire::new().client(5, 0), |update, _| {
            update.item(at, &Content::Deleted(100_000))
        }),
    ];
    for jump in jumps {
        let refusal = gate
            .check(&jump.bytes(), &person("victim"), policy())
            .unwrap_err();
        assert_eq!(refusal.code(), "clock_jump");
    }
}

#[test]
fn an_update_larger_than_allowed_is_not_even_read() {
    let refusal = gate()
        .check(&vec![0xff; 2 << 20], &person("a"), policy())
        .unwrap_err();
    assert_eq!(
        refusal,
        Fault::TooLarge {
            bytes: 2 << 20,
            max: 1 << 20
        }
    );
}

#[test]
fn the_first_user_of_an_id_keeps_it() {
    let mut gate = gate();
    gate.restore_owner(5, person("a"));
    gate.restore_owner(5, person("b"));
    assert_eq!(gate.owner(5), Some(&person("a")));
    let update = Wire::new()
        .client(5, 0)
        .item(At::Root("order", None), &text())
        .bytes();
    assert_eq!(
        send(&mut gate, &update, "b", policy()).unwrap().stripped,
        [5]
    );
    assert!(
        send(&mut gate, &update, "a", policy())
            .unwrap()
            .claims
            .is_empty()
    );
    // Now known: the same from b is a harmless duplicate.
    let again = send(&mut gate, &update, "b", policy()).unwrap();
    assert!(again.bytes.is_empty() && again.is_whole());
}

#[test]
fn content_of_a_hole_is_not_a_duplicate() {
    let mut gate = gate();
    let at = At::Root("order", None);
    gate.restore_owner(5, person("a"));
    let holed = Wire::new()
        .client(5, 0)
        .item(at, &text())
        .skip(3)
        .item(at, &text())
        .bytes();
    gate.restore_update(&holed).unwrap();
    assert_eq!((gate.next_clock(5), gate.runs(5)), (5, 2));
    let fills = Wire::new()
        .client(5, 1)
        .item(at, &Content::Text("abc"))
        .bytes();
    assert_eq!(
        send(&mut gate, &fills, "b", policy()).unwrap().stripped,
        [5]
    );
    assert_eq!(send(&mut gate, &fills, "a", policy()).unwrap().bytes, fills);
    assert_eq!(gate.runs(5), 1);
}
