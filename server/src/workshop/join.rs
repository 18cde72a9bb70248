//! Coming in: as somebody new by a link's key, or as somebody who has been here, by their session or their device's
//! secret.

use std::net::IpAddr;

use shared::{
    id::{ParticipantId, WorkshopId},
    protocol::{
        api::{Join, Joined, Look, Looked, Me},
        control::Role,
        limits, line,
    },
};

use super::{
    error::WorkshopError,
    keys::{hash, role_of, secret},
    service::{Session, Workshops},
};
use crate::{
    clock,
    shares::Who,
    storage::{JoinOutcome, Joining},
};

/// How many participant colours there are.
const COLORS: u32 = 12;
/// Random bytes of a session's token.
const TOKEN_BYTES: usize = 32;

impl Workshops {
    /// Lets somebody in, who asks from an address. Returns also the new session's token, of which the store has only a
    /// hash.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::NotLetIn`], [`WorkshopError::NoSession`],
    /// [`WorkshopError::NameMissing`], [`WorkshopError::SecretTooLong`], [`WorkshopError::Full`],
    /// [`WorkshopError::TooMany`], [`WorkshopError::Removed`], [`WorkshopError::Store`].
    pub async fn join(
        &self,
        join: &Join,
        session: Option<&Session>,
        address: IpAddr,
    ) -> Result<(Joined, String), WorkshopError> {
        let id = WorkshopId::from(join.workshop.as_str());
        let workshop = self.row(&id).await?;
        let by_key = role_of(&workshop, &join.key);
        let device_hash = device_hash(&join.device)?;
        let earlier = match &join.person {
            Some(person) if self.is_proven(&id, person, session, device_hash).await? => {
                Some(person)
            }
            Some(_) => return Err(WorkshopError::NoSession),
            None if by_key.is_none() => return Err(WorkshopError::NotLetIn),
            None => None,
        };
        let name = line::clean_name(&join.name);
        if name.is_empty() && earlier.is_none() {
            return Err(WorkshopError::NameMissing);
        }
        self.pace(&id, earlier, by_key, address, device_hash)
            .await?;
        let token = secret::<TOKEN_BYTES>();
        let now_ms = clock::unix_ms();
        let joining = Joining {
            participant: earlier
                .cloned()
                .unwrap_or_else(|| ParticipantId::from_random(clock::random())),
            workshop: id.clone(),
            name,
            organisation: line::clean_organisation(&join.organisation),
            is_external: join.external,
            role: by_key.unwrap_or(Role::Observer),
            device_hash,
            joined_ms: now_ms,
            token_hash: hash(&token),
            expires_ms: now_ms + (limits::SESSION_SECS * 1_000) as i64,
            people_max: self.limits.people,
            present: self.shares.present(&id),
            settled_ms: now_ms - (self.limits.newcomer_secs * 1_000) as i64,
            colors: COLORS,
        };
        let participant = match self.store.join(joining).await? {
            JoinOutcome::Joined(participant) => participant,
            JoinOutcome::Full => return Err(WorkshopError::Full),
            JoinOutcome::Removed => return Err(WorkshopError::Removed),
        };
        if earlier.is_some() {
            // Another link may let them do more: on what they have open, too.
            self.rooms.tell_role(&id, &participant.id).await?;
        }
        self.list(&id);
        let joined = Joined {
            participant: Me {
                id: participant.id,
                name: participant.name,
                organisation: participant.organisation,
                external: participant.is_external,
                role: participant.role,
                color: participant.color,
            },
            workshop: self.info(&id).await?,
            token: join.token.then(|| token.clone()),
        };
        Ok((joined, token))
    }

    /// Where a link leads, said before a name is asked for.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::NotLetIn`], [`WorkshopError::SecretTooLong`],
    /// [`WorkshopError::Store`].
    pub async fn look(&self, id: &WorkshopId, look: &Look) -> Result<Looked, WorkshopError> {
        let workshop = self.row(id).await?;
        let role = role_of(&workshop, &look.key).ok_or(WorkshopError::NotLetIn)?;
        let barred = match device_hash(&look.device)? {
            Some(hash) => self.store.is_barred(id, &hash).await?,
            None => false,
        };
        Ok(Looked {
            title: workshop.title,
            role,
            barred,
        })
    }

    /// Whether somebody may come in now. Who runs the workshop always may.
    async fn pace(
        &self,
        workshop: &WorkshopId,
        earlier: Option<&ParticipantId>,
        by_key: Option<Role>,
        address: IpAddr,
        device_hash: Option<[u8; 32]>,
    ) -> Result<(), WorkshopError> {
        if by_key == Some(Role::Facilitator) {
            return Ok(());
        }
        match earlier {
            None => self.shares.newcomer(workshop, address, device_hash)?,
            Some(person) => {
                let who = Who {
                    person: person.clone(),
                    workshop: workshop.clone(),
                    role: by_key.unwrap_or(Role::Observer),
                };
                self.shares.wait(&limits::RETURNS, &who).await?;
            }
        }
        Ok(())
    }

    /// Whether somebody is who they say: by their session, or by the secret of their device.
    async fn is_proven(
        &self,
        workshop: &WorkshopId,
        person: &ParticipantId,
        session: Option<&Session>,
        device_hash: Option<[u8; 32]>,
    ) -> Result<bool, WorkshopError> {
        if session.is_some_and(|session| session.participant.id == *person) {
            return Ok(true);
        }
        match device_hash {
            Some(hash) => Ok(self.store.is_device_of(workshop, person, &hash).await?),
            None => Ok(false),
        }
    }
}

/// What is kept of a device's secret.
fn device_hash(secret: &str) -> Result<Option<[u8; 32]>, WorkshopError> {
    match secret.chars().count() {
        0 => Ok(None),
        1..=limits::SECRET_CHARS_MAX => Ok(Some(hash(secret))),
        _ => Err(WorkshopError::SecretTooLong),
    }
}
