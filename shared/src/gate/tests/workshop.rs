//! Random honest work of several people on real documents.

use std::{collections::HashMap, sync::Arc};

use proptest::prelude::*;
use yrs::{
    Any, ClientID, Doc, Map, MapPrelim, MapRef, OffsetKind, Options, Out, ReadTxn, StateVector,
    Text, TextPrelim, TextRef, Transact, TransactionMut, Update, updates::decoder::Decode,
};

/// One step of somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) who: usize,
    pub(super) what: u8,
    pub(super) a: u8,
    pub(super) b: u8,
}

/// Steps of up to `people` people.
pub(super) fn steps(people: usize, most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (0..people, 0u8..14, any::<u8>(), any::<u8>()).prop_map(|(who, what, a, b)| Step {
        who,
        what,
        a,
        b,
    });
    prop::collection::vec(step, 1..most)
}

/// What came of the steps.
pub(super) struct Work {
    /// Author and update, in the order in which a server gets them.
    pub(super) updates: Vec<(usize, Vec<u8>)>,
    pub(super) docs: Vec<Doc>,
}

pub(super) fn client(who: usize) -> u64 {
    // Sizes from one byte to 53 bits.
    [7, 300, 90_000, (1 << 53) - 2][who % 4] + (who / 4) as u64
}

pub(super) fn name(who: usize) -> String {
    format!("person {who}")
}

pub(super) fn doc(client: u64) -> Doc {
    let mut options = Options::with_client_id(ClientID::new(client));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}

pub(super) fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
}

/// Everything in a document as one update.
pub(super) fn whole(doc: &Doc) -> Vec<u8> {
    doc.transact().encode_diff_v1(&StateVector::default())
}

/// Does the steps. Step kind 0 is to look at what others did so far.
pub(super) fn work(people: usize, steps: &[Step]) -> Work {
    let docs: Vec<_> = (0..people).map(|who| doc(client(who))).collect();
    let mut updates: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut seen = vec![0; people];
    for step in steps {
        let doc = &docs[step.who];
        if step.what == 0 {
            for (who, update) in &updates[seen[step.who]..] {
                if *who != step.who {
                    apply(doc, update);
                }
            }
            seen[step.who] = updates.len();
            continue;
        }
        let objects = doc.get_or_insert_map("objects");
        let order = doc.get_or_insert_text("order");
        let mut txn = doc.transact_mut();
        edit(&mut txn, &objects, &order, *step);
        updates.push((step.who, txn.encode_update_v1()));
    }
    Work { updates, docs }
}

const TEXTS: [&str; 5] = [
    "a",
    "note",
    "\u{1f600}",
    "za\u{17c}\u{f3}\u{142}\u{107}",
    "x\u{1f468}\u{200d}\u{1f469}y",
];

fn edit(txn: &mut TransactionMut<'_>, objects: &MapRef, order: &TextRef, step: Step) {
    let key = ["k0", "k1", "k2"][step.a as usize % 3];
    let text = TEXTS[step.b as usize % TEXTS.len()];
    match step.what {
        1 => {
            let inner = [
                ("pos", Any::from(vec![f64::from(step.b), 0.5])),
                ("kind", Any::from(text)),
            ];
            objects.insert(txn, key, inner.into_iter().collect::<MapPrelim>());
        }
        2 => drop(objects.remove(txn, key)),
        3 => order.insert(txn, u32::from(step.b).min(order.len(txn)), key),
        4 if order.len(txn) > 0 => {
            order.remove_range(txn, u32::from(step.b) % order.len(txn), 1);
        }
        5 => order.push(txn, "list"),
        6.. => {
            let Some(Out::YMap(object)) = objects.get(txn, key) else {
                return;
            };
            in_object(txn, &object, step, text);
        }
        _ => {}
    }
}

fn in_object(txn: &mut TransactionMut<'_>, object: &MapRef, step: Step, text: &str) {
    let words: Option<TextRef> = match object.get(txn, "text") {
        Some(Out::YText(words)) => Some(words),
        _ => None,
    };
    match (step.what, words) {
        (6, _) => drop(object.insert(txn, "text", TextPrelim::new(text))),
        (7, _) => drop(object.insert(txn, "fill", any_of(step))),
        (8, _) => drop(object.insert(
            txn,
            "parts",
            MapPrelim::from([("list", Any::from(vec![1i32, 2, 3]))]),
        )),
        (9, Some(words)) => {
            words.push(txn, text);
        }
        (10, Some(words)) => words.insert(txn, 0, text),
        (11 | 12, Some(words)) => {
            let marks = [
                Any::from("#fc0"),
                Any::from(true),
                Any::Null,
                Any::from(1.5),
            ];
            let mark = marks[step.b as usize % 4].clone();
            let len = words.len(txn);
            words.format(
                txn,
                0,
                len,
                HashMap::from([(Arc::from("b"), mark)])
                    .into_iter()
                    .collect(),
            );
        }
        (13, Some(words)) => {
            // Everything, so that no surrogate pair is cut in two.
            let len = words.len(txn);
            words.remove_range(txn, 0, len);
        }
        _ => {}
    }
}

fn any_of(step: Step) -> Any {
    match step.a % 7 {
        0 => Any::from(i64::from(step.b) * -1_000_003),
        1 => Any::from(f64::from(step.b) / 3.0),
        2 => Any::from(i64::MAX - i64::from(step.b)),
        3 => Any::from("#ffcc00"),
        4 => Any::Undefined,
        5 => Any::Buffer(Arc::from([1, 2, 3])),
        _ => Any::from(HashMap::from([
            ("x".to_owned(), Any::from(vec![1i32, 2])),
            (String::new(), Any::Null),
        ])),
    }
}
