//! What is bounded in any store: sessions that have ended, people who never wrote, what was refused.

use server::storage::{JoinOutcome, Joining, Store};
use shared::{
    id::ParticipantId,
    protocol::{control::Role, limits},
};

use crate::rig::{PEOPLE_MAX, append, both, join, joining, seed, update};

#[tokio::test]
async fn sessions_that_have_ended_go_with_the_next_who_joins() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        join(store, joining("w", "ana", 1, 1)).await;
        let later = Joining {
            expires_ms: 1_000,
            ..joining("w", "ana", 77, 2)
        };
        join(store, later).await;
        assert!(store.session(&[1; 32]).await.unwrap().is_some(), "until 77");
        join(store, joining("w", "bo", 78, 3)).await;
        assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
        assert!(store.session(&[2; 32]).await.unwrap().is_some());
        assert!(store.participant(&"ana".into()).await.unwrap().is_some());
    })
    .await;
}

/// A full workshop of people who came one after another from 1.
async fn full(store: &dyn Store) {
    seed(store).await;
    for n in 1..=PEOPLE_MAX as u8 {
        let mut new = joining("w", &format!("p{n}"), n.into(), n);
        new.device_hash = Some([n; 32]);
        new.expires_ms = 1_000;
        join(store, new).await;
    }
}

/// Somebody who comes when all of them have been there for a while.
fn late(id: &str, token: u8) -> Joining {
    Joining {
        settled_ms: 50,
        expires_ms: 1_000,
        ..joining("w", id, 100, token)
    }
}

async fn is_in(store: &dyn Store, id: &str) -> bool {
    store.participant(&id.into()).await.unwrap().is_some()
}

#[tokio::test]
async fn in_a_full_workshop_the_first_who_never_wrote_makes_room() {
    both(async |rig| {
        let store = rig.store();
        full(store).await;
        // The first has made something, the second has changed something, the third is there.
        let mut made = update("d", 2);
        made.authors = vec![("note".into(), "p1".into())];
        assert_eq!(append(store, made), Ok(()));
        let mut changed = update("e", 2);
        changed.claims = vec![(7, "p2".into())];
        assert_eq!(append(store, changed), Ok(()));
        let new = Joining {
            present: vec!["p3".into()],
            ..late("new", 100)
        };
        join(store, new).await;
        for (id, stays) in [("p1", true), ("p2", true), ("p3", true), ("p4", false)] {
            assert_eq!(is_in(store, id).await, stays, "{id}");
        }
        assert_eq!(store.session(&[4; 32]).await.unwrap(), None);
        let (w, p4) = ("w".into(), "p4".into());
        assert!(!store.is_device_of(&w, &p4, &[4; 32]).await.unwrap());
        let people = store.participants(&"w".into()).await.unwrap();
        assert_eq!(people.len(), PEOPLE_MAX);
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_room_who_has_just_come_who_runs_it_or_who_was_given_a_role() {
    both(async |rig| {
        let store = rig.store();
        full(store).await;
        let just = Joining {
            settled_ms: 0,
            ..late("new", 100)
        };
        assert_eq!(store.join(just).await, Ok(JoinOutcome::Full));
        let everybody: Vec<ParticipantId> = store
            .participants(&"w".into())
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.id)
            .collect();
        let all_here = Joining {
            present: everybody,
            ..late("new", 100)
        };
        assert_eq!(store.join(all_here).await, Ok(JoinOutcome::Full));
        let run = Joining {
            role: Role::Facilitator,
            ..late("p1", 101)
        };
        join(store, run).await;
        join(store, late("new", 102)).await;
        assert!(is_in(store, "p1").await && !is_in(store, "p2").await);
    })
    .await;
}

#[tokio::test]
async fn of_what_was_refused_so_much_is_kept_of_one_person() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let keep = async |by: Option<&str>, document: &str, data: &[u8]| {
            let (document, by) = (document.into(), by.map(ParticipantId::from));
            let kept = store.quarantine(&document, by.as_ref(), "malformed", data);
            kept.await.unwrap()
        };
        // Wherever and whenever they send it.
        for n in 0..limits::PERSON_QUARANTINE_ROWS_MAX {
            let document = if n % 2 == 0 { "d" } else { "e" };
            assert!(keep(Some("mallory"), document, b"x").await);
        }
        assert!(!keep(Some("mallory"), "d", b"x").await, "too many");
        let large = vec![0; limits::PERSON_QUARANTINE_BYTES_MAX as usize / 2];
        assert!(keep(Some("eve"), "d", &large).await);
        assert!(keep(Some("eve"), "d", &large).await);
        assert!(!keep(Some("eve"), "e", b"x").await, "too many bytes");
        assert!(keep(Some("ana"), "d", b"x").await, "nobody else notices");
        assert!(keep(None, "d", &large).await, "of the server's own, all");
    })
    .await;
}

#[tokio::test]
async fn of_what_was_refused_the_oldest_of_a_document_go_but_never_what_was_damaged() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let d = "d".into();
        let own = store.quarantine(&d, None, "damaged", b"own");
        assert!(own.await.unwrap());
        let max = limits::DOCUMENT_QUARANTINE_ROWS_MAX;
        for n in 0..max + 10 {
            // Each of somebody else.
            let by = ParticipantId::from(n.to_string().as_str());
            let data = n.to_le_bytes();
            let kept = store.quarantine(&d, Some(&by), "malformed", &data);
            assert!(kept.await.unwrap());
        }
        let kept = rig.quarantined("d");
        assert_eq!(kept.len() as u64, max + 1);
        assert_eq!(kept[0].2, b"own");
        assert_eq!(kept[1].2, 10_u64.to_le_bytes());
    })
    .await;
}
