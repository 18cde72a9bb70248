//! What people may do, changed while they are there: stored first, then told to every room where they are.

use shared::{
    board::workshop::Person,
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::{CloseCode, control::Role},
    sync::room::SessionId,
};

use super::{error::WorkshopError, keys::hash, people::person, service::Workshops};
use crate::storage::StoreError;

impl Workshops {
    /// Ends the session of a token, and its connections.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn leave(&self, token: &str) -> Result<(), StoreError> {
        let id = SessionId(hash(token));
        let Some(row) = self.store.session(&id.0).await? else {
            return Ok(());
        };
        self.store.revoke_session(&id.0).await?;
        self.rooms
            .expel(&row.workshop, id, CloseCode::SessionEnded)
            .await
    }

    /// Freezes a canvas, so that only facilitators write it, or thaws it: stored, and at once for everybody there.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn freeze(&self, canvas: &DocumentId, is_frozen: bool) -> Result<(), StoreError> {
        if self.store.freeze(canvas, is_frozen).await? {
            self.rooms.freeze(canvas, is_frozen).await;
        }
        Ok(())
    }

    /// Gives somebody a role, which no link changes from then on.
    ///
    /// # Errors
    /// [`WorkshopError::NoPerson`], [`WorkshopError::Store`].
    pub async fn set_role(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        role: Role,
    ) -> Result<Person, WorkshopError> {
        let row = self.store.set_role(workshop, participant, role).await?;
        let row = row.ok_or(WorkshopError::NoPerson)?;
        self.rooms.tell_role(workshop, participant).await?;
        self.list_people(workshop);
        Ok(person(&row))
    }
}
