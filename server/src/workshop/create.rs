//! A new workshop: its keys, its own document and its first canvases.

use std::net::IpAddr;

use shared::{
    board::{Document, workshop},
    canvas,
    id::WorkshopId,
    protocol::{
        api::{self, CreatedWorkshop, ForRoles, NewWorkshop},
        limits,
    },
};

use super::{
    error::WorkshopError,
    keys::{hash, secret},
    listing::listing,
    rows::{entry, new_row, title, title_of},
    service::Workshops,
};
use crate::{
    clock,
    storage::{DocumentRow, WorkshopRow},
};

/// The workshop's own document stands before its canvases.
const OWN_POSITION: i64 = -1;

impl Workshops {
    /// Creates a workshop with its canvases. `origin` is what links begin with, `address` from where it is asked for.
    ///
    /// # Errors
    /// [`WorkshopError::TitleMissing`], [`WorkshopError::CreateKey`], [`WorkshopError::TooMany`],
    /// [`WorkshopError::Store`].
    pub async fn create(
        &self,
        new: &NewWorkshop,
        origin: &str,
        address: IpAddr,
    ) -> Result<CreatedWorkshop, WorkshopError> {
        let title = title(&new.title)?;
        let is_key = |key: &blake3::Hash| *key == blake3::hash(new.create_key.as_bytes());
        if !self.create_key.as_ref().is_none_or(is_key) {
            return Err(WorkshopError::CreateKey);
        }
        self.shares.new_workshop(address)?;
        let id = WorkshopId::from_random(clock::random());
        let language = canvas::offered(&new.language).to_owned();
        let keys = ForRoles::from_fn(|_| secret::<{ limits::KEY_BYTES }>());
        let row = WorkshopRow {
            id: id.clone(),
            title: title.clone(),
            created_ms: clock::unix_ms(),
            key_hashes: ForRoles::from_fn(|role| hash(keys.of(role))),
            keys: ForRoles::from_fn(|role| Some(keys.of(role).clone())),
            language: language.clone(),
            version: 1,
            links: 0,
            changed_by: None,
        };
        let canvases: Vec<DocumentRow> = (0..)
            .zip([canvas::BLANK, canvas::ETHICS_CANVAS])
            .map(|(position, kind)| new_row(&id, kind, title_of(kind, &language), position))
            .collect();
        let seeded = |row: &DocumentRow| {
            let seed = Document::seed(clock::random_u64(), &row.kind, &row.title);
            (row.clone(), seed)
        };
        let mut documents: Vec<(DocumentRow, Vec<u8>)> = canvases.iter().map(seeded).collect();
        let own = DocumentRow {
            id: id.document(),
            ..new_row(&id, workshop::KIND, title, OWN_POSITION)
        };
        let seed = workshop::seed(clock::random_u64(), &listing(&row, &canvases, &[]));
        documents.push((own, seed));
        self.store.create_workshop(row, documents).await?;
        Ok(CreatedWorkshop {
            links: ForRoles::from_fn(|role| api::link(origin, &id, keys.of(role))),
            keys,
            workshop: id.document(),
            canvases: canvases.iter().map(|row| entry(row, &language)).collect(),
        })
    }
}
