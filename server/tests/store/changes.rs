//! What facilitators change: titles, the list of canvases, people and their devices.

use crate::rig::{both, bytes, document_row, join, joining, seed, seqs};
use server::storage::{
    Changed, DocumentChange, JoinOutcome, NewDocument, ParticipantChange, ParticipantRow,
    PersonChanged, Store, StoreError,
};
use shared::protocol::control::Role;

/// The secret of a device.
const DEVICE: [u8; 32] = [9; 32];

fn change(version: u32) -> DocumentChange {
    DocumentChange {
        version,
        by: "ana".into(),
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

/// The row of a person who was changed.
fn row(changed: Result<PersonChanged, StoreError>) -> ParticipantRow {
    match changed {
        Ok(PersonChanged::Done(row)) => row,
        other => panic!("{other:?}"),
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
        seed(store).await;
        let added = store.add_document(new("f", 3)).await.unwrap().unwrap();
        assert_eq!((added.position, added.version), (2, 1));
        assert_eq!(ids(store).await, ["d", "e", "f"]);
        assert_eq!(seqs(store, "f").await, [1]);
        let authors = store.authors(&"w".into()).await.unwrap();
        assert_eq!(authors, [("o".into(), "ana".into())]);
        assert_eq!(store.add_document(new("g", 3)).await.unwrap(), None);
        assert!(store.add_document(new("f", 9)).await.is_err(), "taken");
        let elsewhere = NewDocument {
            row: document_row("none", "h", 0),
            ..new("h", 9)
        };
        assert!(matches!(
            store.add_document(elsewhere).await,
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
        seed(store).await;
        let titled = DocumentChange {
            title: Some("Waste".into()),
            place: Some(0),
            ..change(1)
        };
        let done = store.change_document(&"e".into(), titled.clone()).await;
        let Ok(Some(Changed::Done(row))) = done else {
            panic!("{done:?}");
        };
        assert_eq!((row.title.as_str(), row.version), ("Waste", 2));
        assert_eq!(row.changed_by, Some("ana".into()));
        assert_eq!(ids(store).await, ["e", "d"]);
        assert_eq!(store.document(&"e".into()).await, Ok(Some(row.clone())));
        let stale = store.change_document(&"e".into(), titled).await;
        assert_eq!(stale, Ok(Some(Changed::Stale(row))));
        let archive = DocumentChange {
            is_archived: Some(true),
            ..change(2)
        };
        let done = store.change_document(&"e".into(), archive).await;
        assert!(matches!(done, Ok(Some(Changed::Done(row))) if row.is_archived));
        let archive = DocumentChange {
            is_archived: Some(true),
            ..change(1)
        };
        let last = store.change_document(&"d".into(), archive).await;
        assert_eq!(last, Ok(Some(Changed::LastCanvas)));
        let none = store.change_document(&"none".into(), change(1)).await;
        assert_eq!(none, Ok(None));
    })
    .await;
}

#[tokio::test]
async fn a_workshop_is_renamed_by_version_and_gets_new_keys() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let w = "w".into();
        let done = store.retitle(&w, 1, "Bins", &"ana".into()).await.unwrap();
        let Some(Changed::Done(row)) = done else {
            panic!("{done:?}");
        };
        assert_eq!((row.title.as_str(), row.version), ("Bins", 2));
        let stale = store.retitle(&w, 1, "Trees", &"bo".into()).await.unwrap();
        assert_eq!(stale, Some(Changed::Stale(row)));
        let none = store.retitle(&"none".into(), 1, "x", &"bo".into()).await;
        assert_eq!(none, Ok(None));
        for (role, key, hash) in [
            (Role::Participant, "fresh", [12; 32]),
            (Role::Facilitator, "secret", [11; 32]),
        ] {
            store.replace_key(&w, role, key, hash).await.unwrap();
        }
        let row = store.workshop(&w).await.unwrap().unwrap();
        assert_eq!(row.key_hashes, [[11; 32], [12; 32], [3; 32]]);
        assert_eq!(row.participant_key.as_deref(), Some("fresh"));
        assert_eq!(row.language, "de", "as it was created");
    })
    .await;
}

#[tokio::test]
async fn who_was_removed_stays_out_with_their_device_until_they_are_let_in_again() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let on = |id: &str, token, device| server::storage::Joining {
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
        let change = store.change_participant(&w, &ana, removed(true));
        assert!(row(change.await).is_removed);
        for (who, token, device) in [("ana", 2, None), ("new", 3, Some(DEVICE))] {
            let outcome = store.join(on(who, token, device)).await;
            assert_eq!(outcome, Ok(JoinOutcome::Removed), "{who}");
            assert_eq!(store.session(&[token; 32]).await, Ok(None));
        }
        store.forget_device(&ana, &DEVICE).await.unwrap();
        assert_eq!(store.is_barred(&w, &DEVICE).await, Ok(true), "still");
        assert!(store.session(&[1; 32]).await.unwrap().is_some(), "told by");
        join(store, on("new", 4, Some([8; 32]))).await;
        let change = store.change_participant(&w, &ana, removed(false));
        assert!(!row(change.await).is_removed);
        join(store, on("ana", 5, None)).await;
        store.forget_device(&ana, &DEVICE).await.unwrap();
        assert_eq!(store.is_device_of(&w, &ana, &DEVICE).await, Ok(false));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_renamed_without_losing_anything_else() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let (w, ana) = ("w".into(), "ana".into());
        let before = join(store, joining("w", "ana", 1, 1)).await;
        let renamed = ParticipantChange {
            name: Some("Ana Lima".into()),
            is_external: Some(true),
            ..ParticipantChange::default()
        };
        let change = store.change_participant(&w, &ana, renamed);
        let row = row(change.await);
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
async fn of_two_facilitators_who_remove_each_other_one_stays() {
    both(async |rig| {
        let store = rig.store();
        seed(store).await;
        let w = "w".into();
        for (id, token) in [("ana", 1), ("bo", 2)] {
            let joining = joining("w", id, 1, token);
            let role = Role::Facilitator;
            join(store, server::storage::Joining { role, ..joining }).await;
        }
        let remove = async |whom: &str, by: &str| {
            let change = ParticipantChange {
                by: Some(by.into()),
                is_removed: Some(true),
                ..ParticipantChange::default()
            };
            store.change_participant(&w, &whom.into(), change).await
        };
        assert!(row(remove("bo", "ana").await).is_removed);
        let late = remove("ana", "bo").await;
        assert_eq!(late, Ok(PersonChanged::NoFacilitator));
        let ana = store.participant(&"ana".into()).await.unwrap().unwrap();
        assert!(!ana.is_removed);
        assert_eq!(remove("nobody", "ana").await, Ok(PersonChanged::NoPerson));
    })
    .await;
}
