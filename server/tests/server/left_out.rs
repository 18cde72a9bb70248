//! What may not be in a document is left out, and costs nothing that came after it.

use futures_util::{SinkExt, StreamExt};
use shared::{
    gate::MAX_STRING_BYTES,
    protocol::{Message as Plaza, Refusal},
};
use tokio_tungstenite::tungstenite::Message;
use yrs::{
    Any, Doc, GetString, Map, MapPrelim, Text, TextPrelim, Transact, Update,
    updates::decoder::Decode,
};

use crate::{hostile::raw, rig::Rig};

#[tokio::test]
async fn who_pastes_too_much_is_told_and_what_they_write_next_is_everybodys() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let (other_tab, token) = rig.person_with_token("participant", "Stock").await;
    let me = other_tab.me();
    let mut socket = raw(&rig, &rig.canvas(0), &token).await;
    // A client of another make, which knows no limits.
    let doc = Doc::with_client_id(4_242);
    let objects = doc.get_or_insert_map("objects");
    let mut sent = Vec::new();
    let text = {
        let mut txn = doc.transact_mut();
        let fields = [
            ("kind", Any::from("sticky_note")),
            ("author", me.as_str().into()),
        ];
        let note = objects.insert(&mut txn, "n", MapPrelim::from_iter(fields));
        let text = note.insert(&mut txn, "text", TextPrelim::new("Before. "));
        sent.push(txn.encode_update_v1());
        text
    };
    for words in ["x".repeat(MAX_STRING_BYTES + 1), " After.".to_owned()] {
        let mut txn = doc.transact_mut();
        text.push(&mut txn, &words);
        sent.push(txn.encode_update_v1());
    }
    for update in sent {
        let message = Plaza::Update(update).encode();
        socket.send(Message::Binary(message.into())).await.unwrap();
    }
    let fence = Plaza::Fence(7).encode();
    socket.send(Message::Binary(fence.into())).await.unwrap();
    let mut refused = Vec::new();
    loop {
        let bytes = match socket.next().await {
            Some(Ok(Message::Binary(bytes))) => bytes,
            Some(Ok(Message::Ping(_))) => continue,
            other => panic!("the socket ended: {other:?}"),
        };
        match Plaza::decode(&bytes).unwrap() {
            Plaza::Refused(refusal) => refused.push(refusal),
            Plaza::Update(update) => {
                let update = Update::decode_v1(&update).unwrap();
                doc.transact_mut().apply_update(update).unwrap();
            }
            Plaza::Fence(7) => break,
            _ => {}
        }
    }
    let rule = "too_long".to_owned();
    assert_eq!(refused, [Refusal::LeftOut { rule }]);
    assert_eq!(text.get_string(&doc.transact()), "Before.  After.");
    ana.until("what came after it", |state| {
        let note = state.document.view().get(&"n".into());
        note.is_some_and(|note| note.text == "Before.  After.")
    })
    .await;
}
