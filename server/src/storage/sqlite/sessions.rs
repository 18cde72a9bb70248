//! What cookies, tokens and devices' secrets stand for, on disk.

use async_trait::async_trait;
use shared::id::{ParticipantId, WorkshopId};

use super::{
    super::{error::StoreError, rows::SessionRow, store::Sessions},
    SqliteStore, people,
};

#[async_trait]
impl Sessions for SqliteStore {
    async fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
        let token_hash = *token_hash;
        self.read(move |connection| people::session(connection, &token_hash))
            .await
    }

    async fn leave(
        &self,
        token_hash: &[u8; 32],
        participant: &ParticipantId,
        device_hash: Option<[u8; 32]>,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let (token_hash, participant) = (*token_hash, participant.clone());
        self.write(move |transaction| {
            people::leave(transaction, &token_hash, &participant, device_hash)
        })
        .await
    }

    async fn is_device_of(
        &self,
        workshop: &WorkshopId,
        participant: &ParticipantId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let (workshop, participant) = (workshop.clone(), participant.clone());
        let secret_hash = *secret_hash;
        self.read(move |connection| {
            people::is_device_of(connection, &workshop, &participant, &secret_hash)
        })
        .await
    }

    async fn is_barred(
        &self,
        workshop: &WorkshopId,
        secret_hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let (workshop, secret_hash) = (workshop.clone(), *secret_hash);
        self.read(move |connection| people::is_barred(connection, &workshop, &secret_hash))
            .await
    }
}
