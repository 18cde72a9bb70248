//! Who made what: honest people undo, copy and bring back; nobody signs for others.

use proptest::prelude::*;
use yrs::{Any, Map, MapPrelim, MapRef, Out, ReadTxn, Transact, Update, updates::decoder::Decode};

use super::{
    workshop::{apply, doc, whole},
    *,
};
use crate::{
    authority,
    board::{Command, Document, DocumentKind, NewObject, Step, TextEdit},
    gate::{Admitted, Fault},
    geometry::Point,
    id::ObjectId,
    object::{Kind, NoteColor},
};

/// A room of honest people, each with a copy, as far as the gate is concerned.
struct Canvas {
    gate: Gate,
    people: Vec<Document>,
    log: Vec<Vec<u8>>,
    /// How much of the log each has seen.
    seen: Vec<usize>,
    made: u32,
}

fn note(id: &str, author: &str) -> Command {
    let kind = Kind::note(NoteColor::Sky);
    let note = NewObject::new(id.into(), Point::ZERO, kind, "data".into(), author.into());
    Command::Add(vec![note])
}

fn author(who: usize) -> String {
    format!("p{who}")
}

impl Canvas {
    fn new(people: usize) -> Self {
        let mut gate = authority::gate(DocumentKind::Canvas);
        let seed = Document::seed(900, "blank", "Board");
        gate.restore_update(&seed).unwrap();
        Self {
            gate,
            people: (0..people)
                .map(|who| Document::new(50 + who as u64))
                .collect(),
            log: vec![seed],
            seen: vec![0; people],
            made: 0,
        }
    }

    fn catch_up(&mut self, who: usize) {
        for update in &self.log[self.seen[who]..] {
            self.people[who].merge(update).unwrap();
        }
        self.seen[who] = self.log.len();
    }

    /// Sends what somebody did; all of it must pass.
    fn send(&mut self, who: usize) {
        for update in self.people[who].take_outbox() {
            let admitted = send(&mut self.gate, &update, &author(who), policy()).unwrap();
            assert!(admitted.is_whole() && admitted.left_out.is_empty());
            // What somebody else deleted meanwhile is not deleted again.
            if !admitted.bytes.is_empty() {
                self.log.push(admitted.bytes);
            }
        }
    }

    fn run(&mut self, who: usize, command: &Command) {
        self.people[who].apply(command, Step::New);
        self.send(who);
    }

    fn any_object(&self, who: usize, n: u8) -> Option<ObjectId> {
        let view = self.people[who].view();
        let mut ids = view.iter().map(|object| object.id.clone());
        ids.nth(usize::from(n) % view.len().max(1))
    }

    /// The document as it is stored.
    fn served(&self) -> yrs::Doc {
        let served = doc(7);
        self.log.iter().for_each(|update| apply(&served, update));
        served
    }

    /// What somebody sends who goes on from what is stored by other means than Plaza's.
    fn forge(&self, forge: impl FnOnce(&mut yrs::TransactionMut<'_>, &MapRef)) -> Vec<u8> {
        let copy = doc(666);
        apply(&copy, &whole(&self.served()));
        let objects = copy.get_or_insert_map("objects");
        let mut txn = copy.transact_mut();
        forge(&mut txn, &objects);
        txn.encode_update_v1()
    }

    fn check(&self, update: &[u8], arrival: Arrival) -> Result<Admitted, Fault> {
        let policy = Policy {
            arrival,
            ..policy()
        };
        self.gate.check(update, &person("mallory"), policy)
    }

    /// Refused as it is written, and left out of an exchange.
    fn is_turned_away(&self, update: &[u8], code: &str) {
        let refusal = self.check(update, Arrival::Live).unwrap_err();
        assert_eq!(refusal.code(), code);
        let admitted = self.check(update, Arrival::Answer);
        if let Ok(admitted) = admitted {
            assert!(!admitted.is_whole() && admitted.authors.is_empty());
            let served = self.served();
            let before = authors(&served);
            if !admitted.bytes.is_empty() {
                apply(&served, &admitted.bytes);
            }
            // Its deletions are taken: deleting is anybody's.
            assert!(
                authors(&served)
                    .iter()
                    .all(|author| before.contains(author))
            );
        }
    }
}

/// The authors as a document has them.
fn authors(doc: &yrs::Doc) -> Vec<(String, Option<Out>)> {
    let objects = doc.get_or_insert_map("objects");
    let txn = doc.transact();
    let mut authors: Vec<_> = objects
        .iter(&txn)
        .map(|(id, value)| {
            let author = match value {
                Out::YMap(map) => map.get(&txn, "author"),
                _ => None,
            };
            (id.to_owned(), author)
        })
        .collect();
    authors.sort_by(|a, b| a.0.cmp(&b.0));
    authors
}

fn map(author: Option<&str>) -> MapPrelim {
    let kind = ("kind", Any::from("sticky_note"));
    let author = author.map(|author| ("author", Any::from(author)));
    std::iter::once(kind).chain(author).collect()
}

fn object(txn: &yrs::TransactionMut<'_>, objects: &MapRef, id: &str) -> MapRef {
    match objects.get(txn, id) {
        Some(Out::YMap(map)) => map,
        other => panic!("no object: {other:?}"),
    }
}

/// A canvas with a note `n` of person 0 and a note `gone` that was deleted.
fn with_notes() -> Canvas {
    let mut canvas = Canvas::new(2);
    canvas.run(0, &note("n", "p0"));
    canvas.run(0, &note("gone", "p0"));
    canvas.run(0, &Command::Delete(vec!["gone".into()]));
    canvas
}

#[test]
fn nobody_signs_for_somebody_else_or_not_at_all() {
    let canvas = with_notes();
    for author in [Some("p0"), Some("nobody"), None] {
        let update = canvas.forge(|txn, objects| {
            objects.insert(txn, "new", map(author));
        });
        canvas.is_turned_away(&update, "author_forged");
    }
    let update = canvas.forge(|txn, objects| {
        let map = objects.insert(txn, "new", map(Some("mallory")));
        map.insert(txn, "author", "p0");
    });
    canvas.is_turned_away(&update, "author_forged");
    // Signed by a shared text, which reads as nobody.
    let update = canvas.forge(|txn, objects| {
        let map = objects.insert(txn, "new", map(None));
        map.insert(txn, "author", yrs::TextPrelim::new("mallory"));
    });
    canvas.is_turned_away(&update, "author_forged");
}

#[test]
fn who_made_something_first_stays() {
    let canvas = with_notes();
    let attacks: [fn(&mut yrs::TransactionMut<'_>, &MapRef); 6] = [
        |txn, objects| {
            object(txn, objects, "n").insert(txn, "author", "mallory");
        },
        |txn, objects| {
            object(txn, objects, "n").insert(txn, "author", "p0");
        },
        |txn, objects| {
            object(txn, objects, "n").remove(txn, "author");
        },
        |txn, objects| {
            let note = object(txn, objects, "n");
            note.insert(txn, "author", "p0");
            note.remove(txn, "author");
        },
        |txn, objects| {
            object(txn, objects, "n").insert(txn, "author", MapPrelim::default());
        },
        |txn, objects| object(txn, objects, "n").clear(txn),
    ];
    for attack in attacks {
        canvas.is_turned_away(&canvas.forge(attack), "author_fixed");
    }
    // Written over, or brought back, it is still its first author's.
    for id in ["n", "gone"] {
        let update = canvas.forge(|txn, objects| {
            objects.insert(txn, id, map(Some("mallory")));
        });
        canvas.is_turned_away(&update, "author_forged");
        let update = canvas.forge(|txn, objects| {
            objects.insert(txn, id, map(Some("p0")));
        });
        let admitted = canvas.check(&update, Arrival::Live).unwrap();
        assert!(admitted.is_whole() && admitted.authors.is_empty());
    }
}

#[test]
fn everything_else_of_a_thing_is_anybodys() {
    let canvas = with_notes();
    let update = canvas.forge(|txn, objects| {
        let note = object(txn, objects, "n");
        note.insert(txn, "color", "rose");
        note.insert(txn, "kind", "stamp");
    });
    assert!(canvas.check(&update, Arrival::Live).unwrap().is_whole());
    let update = canvas.forge(|txn, objects| {
        objects.remove(txn, "n");
        objects.insert(txn, "new", map(Some("mallory")));
    });
    let admitted = canvas.check(&update, Arrival::Live).unwrap();
    assert_eq!(admitted.authors, [("new".into(), person("mallory"))]);
}

#[test]
fn the_store_remembers_who_made_what_is_gone_from_the_document() {
    let canvas = with_notes();
    let mut gate = authority::gate(DocumentKind::Canvas);
    gate.restore_author("gone".into(), person("p0"));
    gate.restore_author("elsewhere".into(), person("p1"));
    gate.restore_update(&whole(&canvas.served())).unwrap();
    let canvas = Canvas { gate, ..canvas };
    for id in ["n", "gone", "elsewhere"] {
        let update = canvas.forge(|txn, objects| {
            objects.insert(txn, id, map(Some("mallory")));
        });
        canvas.is_turned_away(&update, "author_forged");
    }
    // Moved here from another canvas.
    let update = canvas.forge(|txn, objects| {
        objects.insert(txn, "elsewhere", map(Some("p1")));
    });
    assert!(canvas.check(&update, Arrival::Live).unwrap().is_whole());
}

#[test]
fn what_a_helper_brings_is_its_authors() {
    let canvas = with_notes();
    let lost = canvas.forge(|txn, objects| {
        objects.insert(txn, "lost", map(Some("p1")));
    });
    // Whose the client id is, the crash has not lost.
    let mut gate = canvas.gate.clone();
    gate.restore_owner(666, person("p1"));
    let known = Canvas {
        gate,
        ..with_notes()
    };
    let admitted = help(&known.gate, &lost, "fay").unwrap();
    assert_eq!(admitted.authors, [("lost".into(), person("p1"))]);
    let mut gate = canvas.gate.clone();
    gate.restore_owner(666, person("p0"));
    let known = Canvas {
        gate,
        ..with_notes()
    };
    let admitted = help(&known.gate, &lost, "fay").unwrap();
    assert!(admitted.bytes.is_empty() && !admitted.is_whole());
    // Nobody else brings what says that it is another's.
    let admitted = canvas.check(&lost, Arrival::Answer).unwrap();
    assert!(admitted.bytes.is_empty() && admitted.stripped == [666]);
}

#[test]
fn who_began_a_place_may_be_signed_there() {
    // A crash lost a note of person 0, who has deleted it since.
    let lost = |owner: Option<&str>| {
        let mut canvas = with_notes();
        canvas.catch_up(0);
        canvas.people[0].apply(&note("lost", "p0"), Step::New);
        canvas.people[0].apply(&Command::Delete(vec!["lost".into()]), Step::New);
        let state = canvas.people[0].replica().state();
        let mut gate = authority::gate(DocumentKind::Canvas);
        if let Some(owner) = owner {
            let client = canvas.people[0].replica().client_id();
            gate.restore_owner(client, person(owner));
        }
        canvas
            .log
            .iter()
            .for_each(|update| gate.restore_update(update).unwrap());
        let exchange = Policy {
            arrival: Arrival::Answer,
            ..policy()
        };
        let admitted = gate
            .check(&state, &person(owner.unwrap_or("p0")), exchange)
            .unwrap();
        assert!(admitted.is_whole() && admitted.authors.is_empty());
        gate.restore_update(&state).unwrap();
        canvas.log.push(state);
        Canvas { gate, ..canvas }
    };
    let bring_back = |canvas: &Canvas, author: Option<&str>| {
        canvas.forge(|txn, objects| {
            objects.insert(txn, "lost", map(author));
        })
    };
    let canvas = lost(Some("p0"));
    let update = bring_back(&canvas, Some("p0"));
    for arrival in [Arrival::Live, Arrival::Answer] {
        let admitted = canvas.check(&update, arrival).unwrap();
        assert!(admitted.is_whole());
        assert_eq!(admitted.authors, [("lost".into(), person("p0"))]);
    }
    for author in [Some("p1"), None] {
        canvas.is_turned_away(&bring_back(&canvas, author), "author_forged");
    }
    // Whoever else began it: nobody signs for person 0.
    for owner in ["mallory", "p1"] {
        let canvas = lost(Some(owner));
        canvas.is_turned_away(&bring_back(&canvas, Some("p0")), "author_forged");
    }
    // Where it is not known who began it, it may be person 0: they are waited for.
    let canvas = lost(None);
    canvas.is_turned_away(&bring_back(&canvas, Some("p0")), "missing_dependency");
    let update = canvas.forge(|txn, objects| {
        objects.insert(txn, "new", map(Some("p0")));
        objects.remove(txn, "new");
        objects.insert(txn, "new", map(Some("p0")));
    });
    canvas.is_turned_away(&update, "author_forged");
}

#[test]
fn who_else_begins_a_place_keeps_nobody_from_being_signed_there() {
    // A note that is gone by the time it comes.
    let gone = |client: u64, author: &str| {
        let doc = doc(client);
        let objects = doc.get_or_insert_map("objects");
        let mut txn = doc.transact_mut();
        objects.insert(&mut txn, "lost", map(Some(author)));
        objects.remove(&mut txn, "lost");
        txn.encode_update_v1()
    };
    let by_maker = (1_050, "p0");
    for by_mallory in [(1_007, "mallory"), (1_700, "mallory")] {
        for order in [[by_maker, by_mallory], [by_mallory, by_maker]] {
            let mut canvas = with_notes();
            for (client, who) in order {
                let update = gone(client, who);
                let admitted = send(&mut canvas.gate, &update, who, policy()).unwrap();
                assert!(admitted.is_whole() && admitted.authors.is_empty());
                canvas.log.push(update);
            }
            // A restart sees everything in another order.
            let mut gate = authority::gate(DocumentKind::Canvas);
            for (client, who) in order {
                gate.restore_owner(client, person(who));
            }
            gate.restore_update(&whole(&canvas.served())).unwrap();
            let update = canvas.forge(|txn, objects| {
                objects.insert(txn, "lost", map(Some("p0")));
            });
            for gate in [&canvas.gate, &gate] {
                let admitted = gate.check(&update, &person("p1"), policy()).unwrap();
                assert!(admitted.is_whole());
                assert_eq!(admitted.authors, [("lost".into(), person("p0"))]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn honest_people_undo_copy_delete_and_bring_back(
        steps in prop::collection::vec((0..3usize, 0..9u8, any::<u8>()), 1..60),
    ) {
        let mut canvas = Canvas::new(3);
        for (who, what, n) in steps {
            let object = canvas.any_object(who, n);
            match (what, object) {
                (0 | 1, _) => canvas.catch_up(who),
                (2, _) | (_, None) => {
                    canvas.made += 1;
                    let id = format!("o{}", canvas.made);
                    canvas.run(who, &note(&id, &author(who)));
                }
                (3, Some(id)) => canvas.run(who, &Command::Delete(vec![id])),
                (4, Some(id)) => canvas.run(who, &Command::EditText(id, TextEdit { at: 0, delete: 1, insert: "é".into() })),
                (5, Some(id)) => canvas.run(who, &Command::Move(vec![(id, Point::new(f64::from(n), 2.0))])),
                (6 | 7, _) => {
                    canvas.people[who].undo();
                    canvas.send(who);
                }
                _ => {
                    canvas.people[who].redo();
                    canvas.send(who);
                }
            }
        }
        // And in one exchange, into a room that begins anew.
        let served = canvas.served();
        let mut gate = authority::gate(DocumentKind::Canvas);
        let everything = whole(&served);
        gate.restore_update(&everything).unwrap();
        for (who, person_) in canvas.people.iter().enumerate() {
            let bytes = person_.replica().state();
            let policy = Policy { arrival: Arrival::Answer, ..policy() };
            prop_assert!(gate.check(&bytes, &person(&author(who)), policy).unwrap().is_whole());
        }
        prop_assert!(Update::decode_v1(&everything).is_ok() && !served.transact().has_missing_updates());
    }
}

#[test]
fn a_document_in_which_an_author_was_written_over_long_ago_goes_on() {
    let old = doc(41);
    let objects = old.get_or_insert_map("objects");
    {
        let mut txn = old.transact_mut();
        let map = objects.insert(&mut txn, "old", map(Some("p0")));
        map.insert(&mut txn, "author", "p1");
    }
    let mut gate = authority::gate(DocumentKind::Canvas);
    gate.restore_update(&whole(&old)).unwrap();
    let policy = Policy {
        arrival: Arrival::Answer,
        ..policy()
    };
    let admitted = gate.check(&whole(&old), &person("p0"), policy).unwrap();
    assert!(admitted.is_whole());
    let before = old.transact().state_vector();
    objects.insert(&mut old.transact_mut(), "old", map(Some("p1")));
    let update = old.transact().encode_diff_v1(&before);
    assert!(
        gate.check(&update, &person("p0"), policy)
            .unwrap()
            .is_whole()
    );
}
