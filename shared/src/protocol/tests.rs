use proptest::prelude::*;

use super::{control::Role, *};

fn samples() -> Vec<Message> {
    vec![
        Message::SyncStep1(vec![0]),
        Message::SyncStep2(vec![0, 0]),
        Message::Update(vec![1, 2, 3]),
        Message::Awareness(vec![AwarenessEntry {
            client: 1 << 50,
            clock: 3,
            state: "{\"a\":1}".into(),
        }]),
        Message::Denied("no".into()),
        Message::QueryAwareness,
        Message::Fence(300),
        Message::Refused(Refusal::TooMuch { max: 3 }),
        Message::StoreStatus(StoreStatus { ok: false }),
        Message::Hello(Hello {
            participant: "p".into(),
            role: Role::Observer,
            writable: false,
            schema: Some(1),
        }),
    ]
}

#[test]
fn messages_read_back() {
    for message in samples() {
        assert_eq!(Message::decode(&message.encode()), Ok(message));
    }
}

#[test]
fn a_message_cut_anywhere_or_with_more_behind_is_an_error() {
    for message in samples() {
        let bytes = message.encode();
        for cut in 0..bytes.len() {
            assert!(
                Message::decode(&bytes[..cut]).is_err(),
                "{message:?} cut at {cut}"
            );
        }
        assert_eq!(
            Message::decode(&[bytes, vec![0]].concat()),
            Err(DecodeError::TrailingBytes)
        );
    }
}

#[test]
fn bytes_are_those_of_y_protocols() {
    assert_eq!(Message::SyncStep1(vec![0]).encode(), [0, 0, 1, 0]);
    assert_eq!(Message::Update(vec![9]).encode(), [0, 2, 1, 9]);
    assert_eq!(Message::QueryAwareness.encode(), [3]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Message::decode(&bytes);
    }

    #[test]
    fn a_presence_of_a_foreign_client_reads(json in "\\{\"user\":\\{\"name\":\"[a-z]{0,5}\"\\},\"x\":[0-9]\\}") {
        prop_assert!(serde_json::from_str::<Presence>(&json).is_ok());
    }
}
