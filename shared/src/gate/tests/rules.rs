//! What may stand in a document: each rule of the schema, met by something small, and what
//! becomes of what breaks it.

use std::collections::BTreeSet;

use super::{
    wire::{At, Content, Update as Wire},
    workshop::{apply, doc},
    *,
};
use crate::{
    authority,
    board::{Document, DocumentKind},
    gate::{MAX_HELD_BLOCKS, MAX_STRING_BYTES, Rule},
};

const WHO: u64 = 5;

/// Where things can be put in the tests' canvas: an object, its text, its text's end.
const NOTE: At<'_> = At::In(WHO, 0, None);
const TEXT_INSIDE: At<'_> = At::In(WHO, 2, None);

fn under(key: &str) -> At<'_> {
    At::In(WHO, 0, Some(key))
}

/// A note: its map is 0, its author 1, its text 2, what it says 3 and 4.
fn note() -> Vec<u8> {
    Wire::new()
        .client(WHO, 0)
        .item(At::Root("objects", Some("note")), &Content::Type(1))
        .item(under("author"), &Content::Any(1, b"\x77\x03ana"))
        .item(under("text"), &Content::Type(2))
        .item(TEXT_INSIDE, &Content::Text("ab"))
        .bytes()
}

/// A canvas with that note.
fn canvas() -> Gate {
    let mut gate = authority::gate(DocumentKind::Canvas);
    send(&mut gate, &note(), "ana", policy()).unwrap();
    gate
}

/// For each rule something that breaks it, in the order of [`Rule::ALL`].
fn breaches() -> Vec<(Rule, At<'static>, Content<'static>)> {
    let long: &'static str = Box::leak("x".repeat(MAX_STRING_BYTES + 1).into());
    let nan: &'static [u8] = &[117, 2, 123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0, 125, 10];
    vec![
        (Rule::Root, At::Root("secrets", Some("k")), Content::Type(1)),
        (Rule::Place, NOTE, Content::Text("x")),
        (Rule::Content, TEXT_INSIDE, Content::Raw(5, b"\x041234")),
        (Rule::InText, TEXT_INSIDE, Content::Any(1, &[120])),
        (
            Rule::InMap,
            under("note"),
            Content::Raw(6, b"\x01b\x04true"),
        ),
        (Rule::SharedType, under("pos"), Content::Type(1)),
        (
            Rule::PlainValue,
            At::Root("objects", Some("x")),
            Content::Any(1, &[120]),
        ),
        (
            Rule::ValueType,
            under("pos"),
            Content::Any(1, &[119, 1, b'x']),
        ),
        (Rule::Joined, under("new"), Content::Any(2, &[120, 120])),
        (Rule::Mark, TEXT_INSIDE, Content::Raw(6, b"\x01u\x04true")),
        (
            Rule::MarkValue,
            TEXT_INSIDE,
            Content::Raw(6, b"\x01b\x021 "),
        ),
        (Rule::NotANumber, under("pos"), Content::Any(1, nan)),
        (Rule::TooLong, TEXT_INSIDE, Content::Text(long)),
        (Rule::TextFull, TEXT_INSIDE, Content::Text("x")),
        (
            Rule::Crossed,
            At::Between((WHO, 4), (WHO, 3)),
            Content::Text("x"),
        ),
        (Rule::Halves, At::Left(WHO, 5), Content::Text("x")),
        (Rule::Full, At::In(6, 0, Some("k")), Content::Any(1, &[120])),
    ]
}

/// A canvas whose note's text takes nothing more, where a rule is about that.
fn canvas_for(rule: Rule) -> Gate {
    let mut gate = canvas();
    if rule == Rule::TextFull {
        let piece = "y".repeat(MAX_STRING_BYTES);
        for clock in 0..3u32 {
            let start = 10_000_000;
            let more = Wire::new()
                .client(start + u64::from(clock), 0)
                .item(TEXT_INSIDE, &Content::Text(&piece))
                .bytes();
            assert!(
                send(&mut gate, &more, "ana", policy())
                    .unwrap()
                    .left_out
                    .is_empty()
            );
        }
        let more = "z".repeat(200_000 - 3 * MAX_STRING_BYTES - 2);
        let more = Wire::new()
            .client(99, 0)
            .item(TEXT_INSIDE, &Content::Text(&more));
        assert!(
            send(&mut gate, &more.bytes(), "ana", policy())
                .unwrap()
                .left_out
                .is_empty()
        );
    }
    if rule == Rule::Halves {
        let face = Wire::new()
            .client(WHO, 5)
            .item(At::Left(WHO, 4), &Content::Text("\u{1f600}"))
            .bytes();
        send(&mut gate, &face, "ana", policy()).unwrap();
    }
    if rule == Rule::Full {
        let object = Wire::new()
            .client(6, 0)
            .item(At::Root("objects", Some("full")), &Content::Type(1))
            .item(
                At::In(6, 0, Some("author")),
                &Content::Any(1, b"\x77\x03ana"),
            );
        let keys = (0..MAX_HELD_BLOCKS - 1).map(|key| key.to_string());
        let full = keys.fold(object, |object, key| {
            object.item(At::In(6, 0, Some(&key)), &Content::Any(1, &[120]))
        });
        let admitted = send(&mut gate, &full.bytes(), "ana", policy()).unwrap();
        assert!(admitted.left_out.is_empty());
    }
    gate
}

#[test]
fn each_rule_is_met_and_costs_nothing_that_came_with_it_or_after_it() {
    let mut met = BTreeSet::new();
    for (rule, at, content) in breaches() {
        let mut gate = canvas_for(rule);
        let honest = Content::Any(1, b"\x77\x03sky");
        let update = Wire::new()
            .client(WHO, gate.next_clock(WHO))
            .item(at, &content)
            .item(under("color"), &honest)
            .bytes();
        let admitted = send(&mut gate, &update, "ana", policy()).unwrap();
        let left_out: Vec<_> = admitted.left_out.iter().map(|left| left.rule).collect();
        assert_eq!(left_out, [rule], "{rule:?}");
        assert!(
            admitted.is_whole(),
            "what is left is all that there is to take"
        );
        met.insert(rule);
        // The value that came with it is there, and the next update finds its place.
        let end = admitted.left_out[0].end;
        let next = Wire::new()
            .client(WHO, end + 1)
            .item(At::Left(WHO, end), &honest)
            .bytes();
        let next = send(&mut gate, &next, "ana", policy()).unwrap();
        assert!(next.left_out.is_empty() && next.is_whole(), "{rule:?}");
    }
    let all: BTreeSet<Rule> = Rule::ALL.into_iter().collect();
    assert_eq!(met, all);
    let names: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn the_authors_copy_ends_up_as_everybody_elses() {
    for (rule, at, content) in breaches() {
        // The library cannot read these, so no copy has them.
        if [
            Rule::Content,
            Rule::TextFull,
            Rule::Crossed,
            Rule::Halves,
            Rule::Full,
        ]
        .contains(&rule)
        {
            continue;
        }
        let seed = note();
        let update = Wire::new().client(WHO, 5).item(at, &content).bytes();
        let mut gate = canvas();
        let admitted = send(&mut gate, &update, "ana", policy()).unwrap();
        let (author, server) = (doc(1), doc(2));
        for (copy, updates) in [
            (&author, [&seed, &update]),
            (&server, [&seed, &admitted.bytes]),
        ] {
            updates.into_iter().for_each(|update| apply(copy, update));
        }
        apply(&author, &admitted.deletion().unwrap());
        let read = |doc: &yrs::Doc| {
            use yrs::{Transact, types::ToJson};
            let objects = doc.get_or_insert_map("objects");
            objects.to_json(&doc.transact())
        };
        assert_eq!(read(&author), read(&server), "{rule:?}");
    }
}

#[test]
fn a_key_of_a_later_version_lives() {
    let mut gate = canvas();
    let later = Wire::new()
        .client(WHO, 5)
        .item(under("phase"), &Content::Any(1, &[118, 1, 1, b'a', 120]))
        .bytes();
    let admitted = send(&mut gate, &later, "ana", policy()).unwrap();
    assert_eq!(admitted.bytes, later);
}

#[test]
fn no_type_of_a_document_holds_one_that_was_listed_before_it() {
    for kind in [DocumentKind::Workshop, DocumentKind::Canvas] {
        let schema = authority::schema(kind);
        for (place, of) in schema.types.iter().enumerate() {
            let Type::Map { keys, other, .. } = of else {
                continue;
            };
            let values = keys.iter().map(|(_, value)| value).chain([other]);
            for held in values.flat_map(|value| value.shared) {
                assert!(
                    usize::from(held.0) > place,
                    "{} nests without end",
                    of.name()
                );
            }
        }
    }
}

#[test]
fn what_was_stored_before_the_rules_were_is_kept_and_nothing_is_put_there() {
    let mut gate = canvas();
    let odd = Wire::new()
        .client(77, 0)
        .item(At::In(WHO, 0, Some("pos")), &Content::Type(1))
        .bytes();
    gate.restore_update(&odd).unwrap();
    let inside = Wire::new()
        .client(WHO, 5)
        .item(At::In(77, 0, Some("x")), &Content::Any(1, &[120]))
        .bytes();
    let admitted = gate.check(&inside, &person("ana"), policy()).unwrap();
    assert_eq!(admitted.left_out[0].rule, Rule::Place);
    let seed = Document::seed(3, "blank", "Board");
    gate.restore_update(&seed).unwrap();
}

#[test]
fn half_a_character_is_deleted_whole_and_its_author_learns_that() {
    let mut gate = canvas();
    let face = Wire::new()
        .client(WHO, 5)
        .item(At::Left(WHO, 4), &Content::Text("a\u{1f600}b\u{1f600}"));
    send(&mut gate, &face.bytes(), "ana", policy()).unwrap();
    // The second half of the first, and the first of the second.
    let halves = Wire::new().delete(WHO, &[(7, 1), (9, 1)]);
    let admitted = send(&mut gate, &halves.bytes(), "ben", policy()).unwrap();
    let whole = Wire::new().delete(WHO, &[(6, 2), (9, 2)]);
    assert_eq!(admitted.bytes, whole.bytes());
    let rest = Wire::new().delete(WHO, &[(6, 1), (10, 1)]);
    assert_eq!(admitted.deletion(), Some(rest.bytes()));
}
