use std::sync::Arc;

use shared::{
    board::{Document, workshop},
    canvas,
    id::WorkshopId,
    protocol::{Message, api::ForRoles, control::Role, presence::PresenceUser},
    sync::room::{Output, Session, SessionId},
};

use super::*;
use crate::{
    room::{
        faults::Faults,
        open::OpenRooms,
        outbox::{Outgoing, outbox},
        pool::{CallLimits, Pool},
        steps::{Carried, Done, UnderWay},
    },
    storage::{Directory, DocumentRow, SharedStore, WorkshopRow},
    testing::MemoryStore,
};

/// A canvas of a workshop of its own, as it is loaded.
async fn opened() -> (Actor, Box<Room>) {
    let store = Arc::new(MemoryStore::new());
    let workshop = WorkshopId::from("w");
    let row = WorkshopRow {
        id: workshop.clone(),
        title: "Parking data".into(),
        created_ms: 0,
        key_hashes: ForRoles::from_fn(|role| [role as u8; 32]),
        keys: ForRoles::from_fn(|_| None),
        links: 0,
        language: "en".into(),
        version: 1,
        changed_by: None,
    };
    let document = |id: DocumentId, kind: &str| DocumentRow {
        id,
        workshop: workshop.clone(),
        kind: kind.into(),
        title: "Board".into(),
        position: 0,
        is_frozen: false,
        is_archived: false,
        version: 1,
        changed_by: None,
    };
    let documents = [
        document("c".into(), canvas::BLANK),
        document(workshop.document(), workshop::KIND),
    ];
    let documents = documents
        .into_iter()
        .map(|row| (row.clone(), Document::seed(7, &row.kind, &row.title)));
    let created = store.create_workshop(row, documents.collect());
    created.await.unwrap();
    let limits = CallLimits::default();
    let host = Host {
        store: store as SharedStore,
        rooms: OpenRooms::default(),
        faults: Faults::new(limits.kept_out),
        pool: Pool::new(limits),
    };
    let loaded = Actor::load("c".into(), host).await;
    loaded.map_err(|error| error.to_string()).unwrap()
}

/// Lets somebody in over a connection.
fn join(actor: &mut Actor, conn: ConnId, who: &str) -> Outgoing {
    let (inward, outgoing) = outbox();
    let session = Session {
        participant: who.into(),
        role: Role::Participant,
        id: SessionId([0; 32]),
        user: PresenceUser {
            id: who.into(),
            name: who.into(),
            organisation: String::new(),
            color: String::new(),
            color_index: 0,
        },
        speaks_plaza: true,
    };
    actor.take_mail(Mail::Join(conn, session, inward));
    outgoing
}

/// What a batch comes to in which what a connection sent made the copy unusable.
fn faulty(conn: ConnId, message: &Message) -> Carried {
    let done = Done {
        what: Arc::new(UnderWay::Frame(conn, message.encode())),
        outputs: vec![Output::Rebuild],
        is_awaited: false,
        state: None,
    };
    Carried {
        done: vec![done],
        snapshot: None,
        rest: [Step::Input(Input::Tick)].into(),
    }
}

async fn closed_with(mut outgoing: Outgoing) -> CloseCode {
    loop {
        if let Err(code) = outgoing.next().await {
            return code;
        }
    }
}

#[tokio::test]
async fn who_makes_a_room_be_loaded_anew_again_and_again_is_shown_out() {
    let (mut actor, mut room) = opened().await;
    let content = room.replica().state();
    let _ana = join(&mut actor, 1, "ana");
    let mallory = join(&mut actor, 2, "mallory");
    let elsewhere = join(&mut actor, 3, "mallory");
    for _ in 0..3 {
        room = actor.work(room).await.unwrap();
        assert_eq!(actor.seats.len(), 3);
        actor.take_back(faulty(2, &Message::Update(vec![1, 2, 3])));
        assert!(actor.rebuild_due);
    }
    room = actor.work(room).await.unwrap();
    assert!(!actor.rebuild_due);
    assert_eq!(actor.seats.keys().collect::<Vec<_>>(), [&1]);
    for outgoing in [mallory, elsewhere] {
        assert_eq!(closed_with(outgoing).await, CloseCode::Refused);
    }
    let again = join(&mut actor, 4, "mallory");
    assert_eq!(closed_with(again).await, CloseCode::Refused);
    assert_eq!(room.replica().state(), content);
    // What they sent was at fault, not what is there.
    assert!(!actor.host.faults.is_suspect(&actor.document));
}

#[tokio::test]
async fn what_cannot_be_read_is_looked_through_and_whoever_asked_asks_again() {
    let (mut actor, mut room) = opened().await;
    let ana = join(&mut actor, 1, "ana");
    room = actor.work(room).await.unwrap();
    actor.take_back(faulty(1, &Message::SyncStep1(vec![0])));
    let (faults, document) = (actor.host.faults.clone(), actor.document.clone());
    assert!(faults.is_suspect(&document));
    assert_eq!(closed_with(ana).await, CloseCode::Restarting);
    actor.work(room).await.unwrap();
    assert!(!faults.is_suspect(&document));
}
