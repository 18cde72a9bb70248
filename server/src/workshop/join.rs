//! Coming in: by a link's key, by the session of an earlier visit, or both.

use shared::{
    id::{ParticipantId, WorkshopId},
    protocol::{
        api::{self, Join, Joined, Me},
        control::Role,
        limits,
    },
};

use super::{
    error::WorkshopError,
    keys::{hash, role_of, secret},
    service::{Session, Workshops},
};
use crate::{
    clock,
    storage::{JoinOutcome, Joining},
};

/// How many participant colours there are.
const COLORS: u32 = 12;
/// Random bytes of a session's token.
const TOKEN_BYTES: usize = 32;

impl Workshops {
    /// Lets somebody in. Returns also the new session's token, of which the store has only a hash.
    ///
    /// # Errors
    /// [`WorkshopError::NoWorkshop`], [`WorkshopError::NotLetIn`], [`WorkshopError::NameMissing`],
    /// [`WorkshopError::Full`], [`WorkshopError::Store`].
    pub async fn join(
        &self,
        join: &Join,
        session: Option<&Session>,
    ) -> Result<(Joined, String), WorkshopError> {
        let id = WorkshopId::from(join.workshop.as_str());
        let workshop = self
            .store
            .workshop(&id)
            .await?
            .ok_or(WorkshopError::NoWorkshop)?;
        let earlier = session.filter(|session| session.participant.workshop == workshop.id);
        let by_key = role_of(&workshop, &join.key);
        if by_key.is_none() && (!join.key.is_empty() || earlier.is_none()) {
            return Err(WorkshopError::NotLetIn);
        }
        let name = api::clean_name(&join.name);
        if name.is_empty() {
            return Err(WorkshopError::NameMissing);
        }
        let role = by_key
            .max(earlier.map(|session| session.role))
            .unwrap_or(Role::Observer);
        let token = secret::<TOKEN_BYTES>();
        let joining = Joining {
            participant: earlier.map_or_else(
                || ParticipantId::from_random(clock::random()),
                |session| session.participant.id.clone(),
            ),
            workshop: id.clone(),
            name,
            department: api::clean_name(&join.department),
            role,
            joined_ms: clock::unix_ms(),
            token_hash: hash(&token),
            expires_ms: clock::unix_ms() + (limits::SESSION_SECS * 1_000) as i64,
            people_max: limits::PEOPLE_MAX,
            colors: COLORS,
        };
        let participant = match self.store.join(joining).await? {
            JoinOutcome::Joined(participant) => participant,
            JoinOutcome::Full => return Err(WorkshopError::Full),
        };
        if earlier.is_some_and(|session| session.role != participant.role) {
            // Another link lets them do more: on what they have open, too.
            self.rooms.tell_role(&id, &participant.id).await?;
        }
        self.list_people(&id);
        let joined = Joined {
            participant: Me {
                id: participant.id,
                name: participant.name,
                department: participant.department,
                role: participant.role,
                color: participant.color,
            },
            workshop: self.info(&id).await?,
            token: join.token.then(|| token.clone()),
        };
        Ok((joined, token))
    }
}
