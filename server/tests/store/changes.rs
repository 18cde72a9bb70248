//! What facilitators change: titles, the list of canvases, people and their devices.

use crate::rig::{
    both, by, bytes, document_row, join, joining, seed_with_facilitator, seqs, workshop_row,
};
use server::storage::{
    By, Changed, DocumentChange, JoinOutcome, Joining, NewDocument, ParticipantChange,
    ParticipantRow, Store, StoreError,
};
use shared::protocol::{api::ForRoles, control::Role};

/// The secret of a device.
const DEVICE: [u8; 32] = [9; 32];

fn change(version: u32) -> DocumentChange {
    DocumentChange {
        version,
        title: None,
        place: None,
        is_archived: None,
    }
}

fn new(id: &str, documents_max: usize) -> NewDocument {
    NewDocument {
        row: document_row("w", id, 0),
        seed: bytes(1),
        authors: vec![("o".into(), "ana".into())],
        documents_max,
    }
}

async fn ids(store: &dyn Store) -> Vec<String> {
    let rows = store.documents(&"w".into()).await.unwrap();
    rows.iter().map(|row| row.id.to_string()).collect()
}

#[tokio::test]
async fn a_document_is_added_behind_the_others_with_its_authors_until_there_are_enough() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        let added = store
            .add_document(&fay, new("f", 3))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((added.position, added.version), (2, 1));
        assert_eq!(ids(store).await, ["d", "e", "f"]);
        assert_eq!(seqs(store, "f").await, [1]);
        let authors = store.authors(&"w".into()).await.unwrap();
        assert_eq!(authors, [("o".into(), "ana".into())]);
        assert_eq!(store.add_document(&fay, new("g", 3)).await.unwrap(), None);
        assert!(
            store.add_document(&fay, new("f", 9)).await.is_err(),
            "taken"
        );
        let elsewhere = NewDocument {
            row: document_row("none", "h", 0),
            ..new("h", 9)
        };
        assert!(matches!(
            store.add_document(&fay, elsewhere).await,
            Err(StoreError::Refused(_))
        ));
        assert_eq!(ids(store).await, ["d", "e", "f"]);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_canvases_changes_by_version() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        let titled = DocumentChange {
            title: Some("Waste".into()),
            place: Some(0),
            ..change(1)
        };
        let done = store
            .change_document(&fay, &"e".into(), titled.clone())
            .await;
        let Ok(Some(Changed::Done(row))) = done else {
            panic!("{done:?}");
        };
        assert_eq!((row.title.as_str(), row.version), ("Waste", 2));
        assert_eq!(row.changed_by, Some("fay".into()));
        assert_eq!(ids(store).await, ["e", "d"]);
        assert_eq!(store.document(&"e".into()).await, Ok(Some(row.clone())));
        let stale = store.change_document(&fay, &"e".into(), titled).await;
        assert_eq!(stale, Ok(Some(Changed::Stale(row))));
        let archive = DocumentChange {
            is_archived: Some(true),
            ..change(2)
        };
        let done = store.change_document(&fay, &"e".into(), archive).await;
        assert!(matches!(done, Ok(Some(Changed::Done(row))) if row.is_archived));
        let archive = DocumentChange {
            is_archived: Some(true),
            ..change(1)
        };
        let last = store.change_document(&fay, &"d".into(), archive).await;
        assert_eq!(last, Ok(Some(Changed::LastCanvas)));
        let none = store.change_document(&fay, &"none".into(), change(1)).await;
        assert_eq!(none, Ok(None));
    })
    .await;
}

#[tokio::test]
async fn a_workshop_is_renamed_by_version_and_gets_new_keys() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        let w = "w".into();
        let done = store.retitle(&fay, 1, "Bins").await.unwrap();
        let Some(Changed::Done(row)) = done else {
            panic!("{done:?}");
        };
        assert_eq!((row.title.as_str(), row.version), ("Bins", 2));
        let stale = store.retitle(&fay, 1, "Trees").await.unwrap();
        assert_eq!(stale, Some(Changed::Stale(row)));
        for (role, key, hash) in [
            (Role::Participant, "fresh", [12; 32]),
            (Role::Facilitator, "secret", [11; 32]),
        ] {
            store.replace_key(&fay, role, key, hash).await.unwrap();
        }
        let row = store.workshop(&w).await.unwrap().unwrap();
        assert_eq!(row.links, 2);
        let hashes = row.key_hashes;
        assert_eq!(
            (hashes.facilitator, hashes.participant),
            ([11; 32], [12; 32])
        );
        assert_eq!(hashes.observer, [3; 32]);
        let keys = ForRoles::from_fn(|role| row.keys.of(role).as_deref());
        assert_eq!(
            (keys.facilitator, keys.participant),
            (Some("secret"), Some("fresh"))
        );
        assert_eq!(keys.observer, Some("observer"));
        assert_eq!(row.language, "de", "as it was created");
    })
    .await;
}

#[tokio::test]
async fn who_was_removed_stays_out_with_their_device_until_they_are_let_in_again() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        let on = |id: &str, token, device| Joining {
            device_hash: device,
            ..joining("w", id, 1, token)
        };
        join(store, on("ana", 1, Some(DEVICE))).await;
        let (w, ana) = ("w".into(), "ana".into());
        assert_eq!(store.is_device_of(&w, &ana, &DEVICE).await, Ok(true));
        assert_eq!(
            store.is_device_of(&"v".into(), &ana, &DEVICE).await,
            Ok(false)
        );
        assert_eq!(store.is_device_of(&w, &ana, &[8; 32]).await, Ok(false));
        assert_eq!(
            store.is_device_of(&w, &"bo".into(), &DEVICE).await,
            Ok(false)
        );
        let removed = |is_removed| ParticipantChange {
            is_removed: Some(is_removed),
            ..ParticipantChange::default()
        };
        let change = store.change_participant(Some(&fay), &w, &ana, removed(true));
        assert!(change.await.unwrap().unwrap().is_removed);
        for (who, token, device) in [("ana", 2, None), ("new", 3, Some(DEVICE))] {
            let outcome = store.join(on(who, token, device)).await;
            assert_eq!(outcome, Ok(JoinOutcome::Removed), "{who}");
            assert_eq!(store.session(&[token; 32]).await, Ok(None));
        }
        assert_eq!(store.is_barred(&w, &DEVICE).await, Ok(true));
        assert!(store.session(&[1; 32]).await.unwrap().is_some(), "told by");
        join(store, on("new", 4, Some([8; 32]))).await;
        let change = store.change_participant(Some(&fay), &w, &ana, removed(false));
        assert!(!change.await.unwrap().unwrap().is_removed);
        join(store, on("ana", 5, None)).await;
    })
    .await;
}

#[tokio::test]
async fn a_person_is_renamed_without_losing_anything_else() {
    both(async |rig| {
        let store = rig.store();
        seed_with_facilitator(store).await;
        let (w, ana) = ("w".into(), "ana".into());
        let before = join(store, joining("w", "ana", 1, 1)).await;
        let renamed = ParticipantChange {
            name: Some("Ana Lima".into()),
            is_external: Some(true),
            ..ParticipantChange::default()
        };
        let change = store.change_participant(None, &w, &ana, renamed);
        let row = change.await.unwrap().unwrap();
        assert_eq!(row.name, "Ana Lima");
        assert!(row.is_external && !row.role_is_given);
        assert_eq!(
            store.participant(&"ana".into()).await,
            Ok(Some(row.clone()))
        );
        let same = ParticipantRow {
            name: before.name.clone(),
            is_external: false,
            ..row
        };
        assert_eq!(same, before);
    })
    .await;
}

#[tokio::test]
async fn leaving_ends_all_sessions_on_a_device_which_goes_on_to_bar() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        let (w, ana) = ("w".into(), "ana".into());
        for (token, device_hash) in [
            (1, Some(DEVICE)),
            (2, Some(DEVICE)),
            (3, Some([8; 32])),
            (4, None),
        ] {
            let joining = joining("w", "ana", 1, token);
            join(
                store,
                Joining {
                    device_hash,
                    ..joining
                },
            )
            .await;
        }
        let mut ended = store.leave(&[4; 32], &ana, Some(DEVICE)).await.unwrap();
        ended.sort_unstable();
        assert_eq!(ended, [[1; 32], [2; 32], [4; 32]]);
        assert_eq!(store.session(&[2; 32]).await, Ok(None));
        assert!(
            store.session(&[3; 32]).await.unwrap().is_some(),
            "elsewhere"
        );
        assert_eq!(store.is_device_of(&w, &ana, &DEVICE).await, Ok(false));
        let removed = ParticipantChange {
            is_removed: Some(true),
            ..ParticipantChange::default()
        };
        let change = store.change_participant(Some(&fay), &w, &ana, removed);
        assert!(change.await.unwrap().is_some());
        assert_eq!(store.is_barred(&w, &DEVICE).await, Ok(true));
        let nobody = store.leave(&[4; 32], &ana, None).await;
        assert_eq!(nobody, Ok(Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_changed_by_who_does_not_run_the_workshop_any_more() {
    both(async |rig| {
        let store = rig.store();
        let fay = seed_with_facilitator(store).await;
        for (id, token) in [("ana", 1), ("bo", 2)] {
            let joining = joining("w", id, 1, token);
            let role = Role::Facilitator;
            join(store, Joining { role, ..joining }).await;
        }
        let remove = async |whom: &str, who: &str| {
            let change = ParticipantChange {
                is_removed: Some(true),
                ..ParticipantChange::default()
            };
            let (by, whom) = (by(who), whom.into());
            let changed = store.change_participant(Some(&by), &by.workshop, &whom, change);
            changed.await.map(|row| row.is_some())
        };
        // Of another workshop nothing is theirs to change.
        let elsewhere = By {
            workshop: "v".into(),
            facilitator: "fay".into(),
        };
        let refused = Err(StoreError::NoFacilitator);
        assert_eq!(store.freeze(&elsewhere, &"d".into(), true).await, refused);
        let documents = vec![(document_row("v", "other", 0), bytes(1))];
        let created = store.create_workshop(workshop_row("v"), documents);
        created.await.unwrap();
        assert_eq!(store.freeze(&fay, &"other".into(), true).await, Ok(false));
        let none = store
            .change_document(&fay, &"other".into(), change(1))
            .await;
        assert_eq!(none, Ok(None));
        // Of two who remove each other one stays.
        assert_eq!(remove("bo", "ana").await, Ok(true));
        assert_eq!(remove("ana", "bo").await, refused);
        assert_eq!(remove("nobody", "ana").await, Ok(false));
        let bo = by("bo");
        let before = store.workshop(&fay.workshop).await.unwrap();
        let key = store.replace_key(&bo, Role::Facilitator, "key", [7; 32]);
        assert_eq!(key.await.map(|()| true), refused);
        let title = store.retitle(&bo, 1, "Bins").await;
        assert_eq!(title.map(|_| true), refused);
        let added = store.add_document(&bo, new("f", 9)).await;
        assert_eq!(added.map(|_| true), refused);
        let changed = store.change_document(&bo, &"d".into(), change(1)).await;
        assert_eq!(changed.map(|_| true), refused);
        assert_eq!(store.freeze(&bo, &"d".into(), true).await, refused);
        assert_eq!(store.workshop(&fay.workshop).await.unwrap(), before);
        assert_eq!(ids(store).await, ["d", "e"]);
        let demoted = ParticipantChange {
            role: Some(Role::Participant),
            ..ParticipantChange::default()
        };
        let (w, ana) = ("w".into(), "ana".into());
        let change = store.change_participant(Some(&fay), &w, &ana, demoted);
        assert!(change.await.unwrap().is_some());
        assert_eq!(remove("fay", "ana").await, refused);
    })
    .await;
}
