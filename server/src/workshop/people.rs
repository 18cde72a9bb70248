//! What people are called, what they may do, and who is in at all: stored first, then told to every room where they
//! are.

use shared::{
    board::workshop::Person,
    id::ParticipantId,
    protocol::{CloseCode, api::PersonChange, control::Role, limits, line},
    sync::room::{Expelled, SessionId},
};

use super::{
    error::WorkshopError,
    keys::{hash, secret},
    listing::people_of,
    service::{Session, Workshops},
};
use crate::storage::{ParticipantChange, StoreError};

impl Workshops {
    /// Ends a session and all others that the person has on the device, with their connections. The device keeps no right
    /// to come back as that person.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn leave(&self, session: &Session, device: &str) -> Result<(), StoreError> {
        let row = &session.participant;
        let device_hash = (!device.is_empty()).then(|| hash(device));
        let ended = self.store.leave(&session.id.0, &row.id, device_hash);
        for token_hash in ended.await? {
            let whom = Expelled::Session(SessionId(token_hash));
            let code = CloseCode::SessionEnded;
            self.rooms.expel(&row.workshop, whom, code).await?;
        }
        Ok(())
    }

    /// Changes what somebody is called. `by`: who says so, the person or a facilitator.
    ///
    /// # Errors
    /// [`WorkshopError::NameMissing`], [`WorkshopError::NoPerson`], [`WorkshopError::Store`].
    pub async fn rename(
        &self,
        participant: &ParticipantId,
        change: PersonChange,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        let name = change.name.as_deref().map(line::clean_name);
        if name.as_ref().is_some_and(String::is_empty) {
            return Err(WorkshopError::NameMissing);
        }
        let change = ParticipantChange {
            name,
            organisation: change.organisation.as_deref().map(line::clean_organisation),
            is_external: change.external,
            ..ParticipantChange::default()
        };
        self.change(participant, change, by).await
    }

    /// Gives somebody a role, which no link changes from then on. `by`: who gives it.
    ///
    /// # Errors
    /// [`WorkshopError::NotYourself`], [`WorkshopError::NoPerson`], [`WorkshopError::Store`].
    pub async fn set_role(
        &self,
        participant: &ParticipantId,
        role: Role,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        not_yourself(participant, by)?;
        let change = ParticipantChange {
            role: Some(role),
            ..ParticipantChange::default()
        };
        let person = self.change(participant, change, by).await?;
        let workshop = &by.participant.workshop;
        self.rooms.tell_role(workshop, participant).await?;
        Ok(person)
    }

    /// Removes somebody from the workshop, with the devices that they used, or lets them in again. What they wrote
    /// stays. `by`: who removes them.
    ///
    /// # Errors
    /// [`WorkshopError::NotYourself`], [`WorkshopError::NoPerson`], [`WorkshopError::Store`].
    pub async fn set_removed(
        &self,
        participant: &ParticipantId,
        removed: bool,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        not_yourself(participant, by)?;
        let change = ParticipantChange {
            is_removed: Some(removed),
            ..ParticipantChange::default()
        };
        let person = self.change(participant, change, by).await?;
        if removed {
            let whom = Expelled::Person(participant.clone());
            let workshop = &by.participant.workshop;
            self.rooms.expel(workshop, whom, CloseCode::Removed).await?;
        }
        Ok(person)
    }

    /// Makes a new link for a role. The one before opens nothing any more; who is inside goes on. Returns the key.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn new_key(&self, role: Role, by: &Session) -> Result<String, StoreError> {
        let key = secret::<{ limits::KEY_BYTES }>();
        let by = by.by();
        let replaced = self.store.replace_key(&by, role, &key, hash(&key));
        replaced.await?;
        self.list(&by.workshop);
        Ok(key)
    }

    async fn change(
        &self,
        participant: &ParticipantId,
        change: ParticipantChange,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        let workshop = &by.participant.workshop;
        let is_own = by.participant.id == *participant;
        let facilitator = (!is_own).then(|| by.by());
        let changed =
            self.store
                .change_participant(facilitator.as_ref(), workshop, participant, change);
        changed.await?.ok_or(WorkshopError::NoPerson)?;
        self.list(workshop);
        let people = people_of(&self.store.participants(workshop).await?);
        let mut people = people.into_iter();
        people
            .find(|person| person.id == *participant)
            .ok_or(WorkshopError::NoPerson)
    }
}

fn not_yourself(participant: &ParticipantId, by: &Session) -> Result<(), WorkshopError> {
    if by.participant.id == *participant {
        return Err(WorkshopError::NotYourself);
    }
    Ok(())
}
