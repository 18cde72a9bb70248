//! From what is stored to a room, at the beginning and after a fault.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use shared::{
    board::Replica,
    id::DocumentId,
    protocol::CloseCode,
    sync::{
        Room,
        room::{Input, Output},
    },
};

use super::Actor;
use crate::{
    clock,
    room::{
        host::Host,
        keeping::Keeping,
        load::{self, Found, LoadError},
        steps::UnderWay,
    },
    storage::DocumentRow,
};

impl Actor {
    pub(super) async fn load(
        document: DocumentId,
        host: Host,
    ) -> Result<(Self, Box<Room>), LoadError> {
        let Found {
            row,
            loaded,
            leaves_out,
        } = load::load(&host, &document).await?;
        let now_ms = clock::now_ms();
        let keeping = Keeping::new(
            document.clone(),
            row.workshop.clone(),
            Arc::clone(&host.store),
        );
        let mut actor = Self {
            document,
            keeping,
            seats: HashMap::new(),
            leaving: Vec::new(),
            steps: VecDeque::new(),
            answers: VecDeque::new(),
            idle_since_ms: now_ms,
            // One that is due already does not wait.
            snapshot_tried_ms: if leaves_out { 0 } else { now_ms },
            snapshot_due: leaves_out,
            store_tried_ms: now_ms,
            rebuild_due: false,
            over: None,
            host,
        };
        let open = move |loaded: &mut Option<_>, _: &_| {
            let room = loaded.take().map(|loaded| Room::new(loaded, now_ms));
            room.map(|room| open(room, &row))
        };
        let limit = actor.host.pool.limits().document;
        let opened = actor.host.pool.lend(Some(loaded), limit, open).await;
        match opened {
            Ok((_, Some((room, outputs)))) => {
                actor.carry_out(outputs);
                Ok((actor, room))
            }
            Ok((_, None)) => Err(LoadError::NothingLeft),
            Err(lost) => {
                actor.lose_call(&lost, &UnderWay::Reading);
                Err(lost.into())
            }
        }
    }

    /// Loads the document anew after a fault. Where that fails, everybody is
    /// sent away: clients keep what was not acknowledged and bring it back.
    pub(super) async fn rebuild(&mut self, room: Box<Room>) -> Result<Box<Room>, CloseCode> {
        tracing::warn!(document = %self.document, "a document is being rebuilt from the store");
        let Found {
            loaded, leaves_out, ..
        } = match load::load(&self.host, &self.document).await {
            Ok(found) => found,
            Err(error) => {
                // After a fault inside the library, taking the copy apart could be the next one.
                std::mem::forget(room);
                return Err(error.told(&self.document));
            }
        };
        self.snapshot_due |= leaves_out;
        let replace = |(room, loaded): &mut (Box<Room>, Option<_>), _: &_| {
            if let Some(loaded) = loaded.take() {
                room.replace(loaded);
            }
        };
        let limit = self.host.pool.limits().document;
        match self
            .host
            .pool
            .lend((room, Some(loaded)), limit, replace)
            .await
        {
            Ok(((room, _), ())) => Ok(room),
            Err(lost) => Err(self.lose_call(&lost, &UnderWay::Reading)),
        }
    }
}

/// A room that knows to whom it is open. What a document is, the server says alone: where damage took that, it is
/// said again.
fn open(mut room: Room, row: &DocumentRow) -> (Box<Room>, Vec<Output>) {
    let now_ms = clock::now_ms();
    let mut outputs = room.handle(Input::SetAccess(row.access()), now_ms);
    if room.replica().schema().is_none() {
        let write = |replica: &mut Replica| replica.put_facts(&row.kind, &row.title);
        outputs.extend(room.write(write, now_ms));
    }
    (Box::new(room), outputs)
}
