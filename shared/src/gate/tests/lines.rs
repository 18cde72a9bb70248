//! The order that the gate keeps of a text is the library's.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yrs::{GetString, Text, Transact};

use super::{
    workshop::{apply, doc, whole},
    *,
};
use crate::gate::{BlockKind, scan};

/// One keystroke: who, whether they first look at what the others did, where, and whether
/// they delete.
type Stroke = (usize, bool, u8, bool);

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    prop::collection::vec(
        (
            0..3usize,
            any::<bool>(),
            any::<u8>(),
            prop::bool::weighted(0.2),
        ),
        1..60,
    )
}

/// What a gate would read of the text in a state.
fn read(gate: &Gate, state: &[u8]) -> String {
    let limits = limits();
    let scan = scan(state, &limits).unwrap();
    let mut letters = BTreeMap::new();
    for section in &scan.sections {
        let blocks = scan.blocks[section.blocks.clone()].iter();
        for block in blocks.filter(|block| block.kind == BlockKind::Text) {
            let text = block.string.unwrap().chars();
            letters.extend(
                (block.start..)
                    .zip(text)
                    .map(|(clock, c)| ((section.client, clock), c)),
            );
        }
    }
    let lines = gate.lines();
    let runs = lines.first().into_iter().flatten();
    let clocks = runs.flat_map(|(client, start, end)| (*start..*end).map(|clock| (*client, clock)));
    clocks.filter_map(|id| letters.get(&id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_text_is_in_the_order_of_the_library(strokes in strokes()) {
        let docs: Vec<_> = [5, 300, 9].map(doc).into();
        let mut live = gate();
        for (step, (who, looks, at, deletes)) in strokes.into_iter().enumerate() {
            let doc = &docs[who];
            if looks {
                docs.iter().for_each(|other| apply(doc, &whole(other)));
            }
            let text = doc.get_or_insert_text("order");
            let update = {
                let mut txn = doc.transact_mut();
                let len = text.get_string(&txn).len() as u32;
                let at = u32::from(at) % (len + 1);
                if deletes && at < len {
                    text.remove_range(&mut txn, at, 1);
                } else {
                    let letter = char::from(b'a' + (step % 26) as u8);
                    text.insert(&mut txn, at, &letter.to_string());
                }
                txn.encode_update_v1()
            };
            let admitted = send(&mut live, &update, &who.to_string(), policy()).unwrap();
            prop_assert!(admitted.left_out.is_empty(), "an honest letter was left out");
        }
        let all = doc(1);
        docs.iter().for_each(|other| apply(&all, &whole(other)));
        let expected = all.get_or_insert_text("order").get_string(&all.transact());
        prop_assert_eq!(read(&live, &whole(&all)), expected.clone());
        // From the state, in another order than it came about.
        let mut restored = gate();
        restored.restore_update(&whole(&all)).unwrap();
        prop_assert_eq!(read(&restored, &whole(&all)), expected);
    }
}
