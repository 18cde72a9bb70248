//! What must not hurt: bad bytes, large messages, slow readers, other people's ids.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use shared::protocol::{AwarenessEntry, Message as Plaza, codec, limits};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::rig::{Rig, add};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

pub(crate) async fn raw(rig: &Rig, document: &str, token: &str) -> Socket {
    let mut request = format!("{}/sync/{document}?token={token}", rig.ws())
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "plaza.1".parse().unwrap());
    connect_async(request).await.unwrap().0
}

/// Reads until the close frame, and answers its code.
pub(crate) async fn close_code(socket: &mut Socket) -> u16 {
    let reading = async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(frame) = message {
                return frame.map_or(1005, |frame| u16::from(frame.code));
            }
        }
        1006
    };
    tokio::time::timeout(Duration::from_secs(20), reading)
        .await
        .unwrap()
}

#[tokio::test]
async fn unknown_documents_and_bad_tokens_are_closed_for_good() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Ana").await;
    assert_eq!(
        close_code(&mut raw(&rig, "no-such-document", &token).await).await,
        4404
    );
    assert_eq!(
        close_code(&mut raw(&rig, &rig.canvas(0), "no-such-token").await).await,
        4401
    );
}

#[tokio::test]
async fn three_bad_messages_end_a_socket_and_nobody_else_notices() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    let token = rig.token("participant", "Mallory").await;
    let mut socket = raw(&rig, &rig.canvas(0), &token).await;
    for bytes in [vec![0, 2, 200, 1], vec![99], vec![0, 2, 3, 1, 2, 3]] {
        socket.send(Message::Binary(bytes.into())).await.unwrap();
    }
    assert_eq!(close_code(&mut socket).await, 4422);
    ana.run(&add("n", "undisturbed"));
    ana.saved().await;
}

#[tokio::test]
async fn a_message_that_is_too_large_is_answered_with_a_permanent_code() {
    let rig = Rig::start().await;
    let token = rig.token("participant", "Ana").await;
    let mut socket = raw(&rig, &rig.canvas(0), &token).await;
    let large = vec![0_u8; limits::MESSAGE_BYTES_MAX + 1];
    socket.send(Message::Binary(large.into())).await.unwrap();
    assert_eq!(close_code(&mut socket).await, 4413);
}

#[tokio::test]
async fn crafted_updates_neither_end_the_server_nor_erase_others() {
    let rig = Rig::start().await;
    let ana = rig.person("participant", "Ana").await;
    ana.announce("{}");
    ana.run(&add("n", "mine"));
    ana.saved().await;
    let victim = ana.state.lock().unwrap().document.replica().client_id();
    let token = rig.token("participant", "Mallory").await;
    let mut socket = raw(&rig, &rig.canvas(0), &token).await;
    // An array in an array in an array ...: 20 kB that overflow a stack.
    let mut nested = vec![1, 1, 5, 0, 0x28, 1, 4];
    nested.extend(b"meta");
    nested.extend([1, b'k', 1]);
    nested.extend(std::iter::repeat_n([117_u8, 1], 10_000).flatten());
    nested.extend([126, 0]);
    // A collected run under the victim's id, from where they are.
    let mut erasing = vec![1, 1];
    codec::write_varuint(&mut erasing, victim);
    codec::write_varuint(&mut erasing, 9);
    erasing.push(0);
    codec::write_varuint(&mut erasing, 50_000);
    erasing.push(0);
    for update in [nested, erasing] {
        socket
            .send(Message::Binary(Plaza::Update(update).encode().into()))
            .await
            .unwrap();
    }
    ana.run(&add("m", "still mine"));
    ana.saved().await;
    let late = rig.person("participant", "Late").await;
    assert_eq!(late.texts(), ["mine", "still mine"]);
}

#[tokio::test]
async fn a_reader_that_stops_reading_is_cut_off_and_others_go_on() {
    let rig = Rig::start().await;
    let people = [
        rig.person("participant", "Ana").await,
        rig.person("participant", "Bo").await,
    ];
    let token = rig.token("participant", "Slow").await;
    let request = format!("{}/sync/{}?token={token}", rig.ws(), rig.canvas(0))
        .into_client_request()
        .unwrap();
    let tcp = tokio::net::TcpSocket::new_v4().unwrap();
    tcp.set_recv_buffer_size(4_096).unwrap();
    let tcp = tcp.connect(rig.address).await.unwrap();
    let (mut slow, _) = tokio_tungstenite::client_async(request, tcp).await.unwrap();
    let here = AwarenessEntry {
        client: 999,
        clock: 1,
        state: "{}".into(),
    };
    for message in [Plaza::SyncStep1(vec![0]), Plaza::Awareness(vec![here])] {
        slow.send(Message::Binary(message.encode().into()))
            .await
            .unwrap();
    }
    people[0]
        .until("the slow one is here", |state| {
            state.presence.iter().any(|entry| entry.client == 999)
        })
        .await;
    // It never reads. More than the network's buffers hold, within two people's bursts:
    let text = "x".repeat(60_000);
    for (i, person) in people.iter().enumerate() {
        for n in 0..60 {
            person.run(&add(&format!("n{i}-{n}"), &text));
        }
    }
    for person in &people {
        person.saved().await;
        person
            .until("everything", |state| state.document.view().len() == 120)
            .await;
    }
    people[0]
        .until("the slow one is gone", |state| {
            state
                .presence
                .iter()
                .any(|entry| entry.client == 999 && entry.state == "null")
        })
        .await;
}
