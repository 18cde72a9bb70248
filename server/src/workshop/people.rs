//! What people are called, what they may do, and who is in at all: stored first, then told to every room where they
//! are.

use shared::{
    board::workshop::Person,
    id::{ParticipantId, WorkshopId},
    protocol::{
        CloseCode,
        api::{self, PersonChange},
        control::Role,
        limits,
    },
    sync::room::Expelled,
};

use super::{
    error::WorkshopError,
    keys::{hash, secret},
    listing::people_of,
    service::{Session, Workshops},
};
use crate::storage::{ParticipantChange, PersonChanged, StoreError};

impl Workshops {
    /// Ends a session, and its connections. The device keeps no right to come back as that person.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn leave(&self, session: &Session, device: &str) -> Result<(), StoreError> {
        let row = &session.participant;
        self.store.revoke_session(&session.id.0).await?;
        if !device.is_empty() {
            self.store.forget_device(&row.id, &hash(device)).await?;
        }
        let whom = Expelled::Session(session.id);
        let code = CloseCode::SessionEnded;
        self.rooms.expel(&row.workshop, whom, code).await
    }

    /// Changes what somebody is called.
    ///
    /// # Errors
    /// [`WorkshopError::NameMissing`], [`WorkshopError::NoPerson`], [`WorkshopError::Store`].
    pub async fn rename(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        change: PersonChange,
    ) -> Result<Person, WorkshopError> {
        let name = change.name.as_deref().map(api::clean_name);
        if name.as_ref().is_some_and(String::is_empty) {
            return Err(WorkshopError::NameMissing);
        }
        let change = ParticipantChange {
            name,
            organisation: change.organisation.as_deref().map(api::clean_organisation),
            is_external: change.external,
            ..ParticipantChange::default()
        };
        self.change(workshop, participant, change).await
    }

    /// Gives somebody a role, which no link changes from then on. `by`: who gives it.
    ///
    /// # Errors
    /// [`WorkshopError::NotYourself`], [`WorkshopError::NoPerson`], [`WorkshopError::NoFacilitator`],
    /// [`WorkshopError::Store`].
    pub async fn set_role(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        role: Role,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        not_yourself(participant, by)?;
        let change = ParticipantChange {
            by: Some(by.participant.id.clone()),
            role: Some(role),
            ..ParticipantChange::default()
        };
        let person = self.change(workshop, participant, change).await?;
        self.rooms.tell_role(workshop, participant).await?;
        Ok(person)
    }

    /// Removes somebody from the workshop, with the devices that they used, or lets them in again. What they wrote
    /// stays. `by`: who removes them.
    ///
    /// # Errors
    /// [`WorkshopError::NotYourself`], [`WorkshopError::NoPerson`], [`WorkshopError::NoFacilitator`],
    /// [`WorkshopError::Store`].
    pub async fn set_removed(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        removed: bool,
        by: &Session,
    ) -> Result<Person, WorkshopError> {
        not_yourself(participant, by)?;
        let change = ParticipantChange {
            by: Some(by.participant.id.clone()),
            is_removed: Some(removed),
            ..ParticipantChange::default()
        };
        let person = self.change(workshop, participant, change).await?;
        if removed {
            let whom = Expelled::Person(participant.clone());
            self.rooms.expel(workshop, whom, CloseCode::Removed).await?;
        }
        Ok(person)
    }

    /// Makes a new link for a role. The one before opens nothing any more; who is inside goes on. Returns the key.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn new_key(&self, workshop: &WorkshopId, role: Role) -> Result<String, StoreError> {
        let key = secret::<{ limits::KEY_BYTES }>();
        let replaced = self.store.replace_key(workshop, role, &key, hash(&key));
        replaced.await?;
        Ok(key)
    }

    async fn change(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        change: ParticipantChange,
    ) -> Result<Person, WorkshopError> {
        let changed = self.store.change_participant(workshop, participant, change);
        match changed.await? {
            PersonChanged::Done(_) => {}
            PersonChanged::NoPerson => return Err(WorkshopError::NoPerson),
            PersonChanged::NoFacilitator => return Err(WorkshopError::NoFacilitator),
        }
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
