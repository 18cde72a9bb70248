//! The canvases of a workshop: added, duplicated, changed in the list, put away and brought back.

use shared::{
    authority,
    board::{
        self, Document, DocumentKind, Replica,
        workshop::{CanvasEntry, Facts},
    },
    id::{DocumentId, ObjectId, ParticipantId},
    protocol::{
        api::{CanvasChange, NewCanvas, NewCopy, Retitle},
        limits, line,
    },
};

use super::{
    error::WorkshopError,
    rows::{entry, free_title, new_row, title, title_of},
    service::{Session, Workshops},
};
use crate::{
    clock,
    storage::{Changed, DocumentChange, DocumentRow, NewDocument, StoreError},
};

impl Workshops {
    /// Adds a canvas of a kind, behind all others. `by`: who adds it.
    ///
    /// # Errors
    /// [`WorkshopError::UnknownKind`], [`WorkshopError::CanvasesFull`], [`WorkshopError::Store`].
    pub async fn add_canvas(
        &self,
        new: &NewCanvas,
        by: &Session,
    ) -> Result<CanvasEntry, WorkshopError> {
        let workshop = &by.participant.workshop;
        if DocumentKind::of(&new.kind) != Some(DocumentKind::Canvas) {
            return Err(WorkshopError::UnknownKind);
        }
        let typed = line::clean_title(&new.title);
        let language = self.row(workshop).await?.language;
        let title = if typed.is_empty() {
            let mut others = self.store.documents(workshop).await?;
            others.retain(|row| !row.is_own());
            free_title(title_of(&new.kind, &language), &others)
        } else {
            typed
        };
        let seed = Document::seed(clock::random_u64(), &new.kind, &title);
        let row = new_row(workshop, &new.kind, title, 0);
        self.store_canvas(row, seed, Vec::new(), by).await
    }

    /// Adds a copy of a canvas, behind all others. Everything in it is by whoever wrote the original. `by`: who adds it.
    ///
    /// # Errors
    /// [`WorkshopError::NoCanvas`] where the canvas cannot be read, [`WorkshopError::TitleMissing`],
    /// [`WorkshopError::CanvasesFull`], [`WorkshopError::TooMany`], [`WorkshopError::NoSession`],
    /// [`WorkshopError::Removed`], [`WorkshopError::Store`].
    pub async fn duplicate_canvas(
        &self,
        original: &DocumentRow,
        copy: &NewCopy,
        by: &Session,
    ) -> Result<CanvasEntry, WorkshopError> {
        let title = title(&copy.title)?;
        // So many at once: copying a large canvas takes memory and the processor.
        let _making = self.shares.making(&by.who()).await?;
        // Whoever waited may have lost the right meanwhile: then nothing is read.
        let session = self.session_of(by.id, &original.workshop).await?;
        if !authority::may_facilitate(session.role) {
            return Err(StoreError::NoFacilitator.into());
        }
        let others = self.store.documents(&original.workshop).await?;
        if others.iter().filter(|row| !row.is_own()).count() >= limits::CANVASES_MAX {
            return Err(WorkshopError::CanvasesFull);
        }
        let state = self.rooms.state(&original.id).await.ok().flatten();
        let state = state.ok_or(WorkshopError::NoCanvas)?;
        let row = new_row(&original.workshop, &original.kind, title, 0);
        let (kind, title) = (row.kind.clone(), row.title.clone());
        let duplicate = move || {
            let mut source = Replica::new(clock::random_u64());
            source.merge(&state).ok()?;
            let new_id = || ObjectId::from_random(clock::random());
            let random = clock::random_u64();
            Some(board::duplicate(&source, random, (&kind, &title), new_id))
        };
        let duplicated = self.rooms.compute(&original.id, duplicate).await;
        let duplicate = duplicated.ok().flatten().ok_or(WorkshopError::NoCanvas)?;
        self.store_canvas(row, duplicate.seed, duplicate.authors, by)
            .await
    }

    async fn store_canvas(
        &self,
        row: DocumentRow,
        seed: Vec<u8>,
        authors: Vec<(ObjectId, ParticipantId)>,
        by: &Session,
    ) -> Result<CanvasEntry, WorkshopError> {
        let new = NewDocument {
            row,
            seed,
            authors,
            documents_max: limits::CANVASES_MAX,
        };
        let row = self.store.add_document(&by.by(), new).await?;
        let row = row.ok_or(WorkshopError::CanvasesFull)?;
        self.answer(&row).await
    }

    /// Changes a canvas in the list: its title, its place, whether it is archived.
    ///
    /// # Errors
    /// [`WorkshopError::TitleMissing`], [`WorkshopError::Stale`], [`WorkshopError::LastCanvas`],
    /// [`WorkshopError::NoCanvas`], [`WorkshopError::Store`].
    pub async fn change_canvas(
        &self,
        id: &DocumentId,
        change: CanvasChange,
        by: &Session,
    ) -> Result<CanvasEntry, WorkshopError> {
        let CanvasChange {
            version,
            title: typed,
            place,
            archived,
        } = change;
        let change = DocumentChange {
            version,
            title: typed.as_deref().map(title).transpose()?,
            place: place.map(|place| place as usize),
            is_archived: archived,
        };
        match self.store.change_document(&by.by(), id, change).await? {
            None => Err(WorkshopError::NoCanvas),
            Some(Changed::LastCanvas) => Err(WorkshopError::LastCanvas),
            Some(Changed::Stale(row)) => Err(self.stale(row.title, row.changed_by).await?),
            Some(Changed::Done(row)) => {
                if archived.is_some() {
                    self.rooms.tell_access(id).await?;
                }
                self.answer(&row).await
            }
        }
    }

    /// Has the list brought up to date for a canvas that changed. Returns how it is listed.
    async fn answer(&self, row: &DocumentRow) -> Result<CanvasEntry, WorkshopError> {
        self.list(&row.workshop);
        let language = self.row(&row.workshop).await?.language;
        Ok(entry(row, &language))
    }

    /// Freezes a canvas, so that only facilitators write it, or thaws it: stored, and at once for everybody there.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn freeze(
        &self,
        canvas: &DocumentId,
        is_frozen: bool,
        by: &Session,
    ) -> Result<(), StoreError> {
        if self.store.freeze(&by.by(), canvas, is_frozen).await? {
            self.rooms.tell_access(canvas).await?;
        }
        Ok(())
    }

    /// Gives the workshop another title.
    ///
    /// # Errors
    /// [`WorkshopError::TitleMissing`], [`WorkshopError::Stale`], [`WorkshopError::NoWorkshop`],
    /// [`WorkshopError::Store`].
    pub async fn retitle(&self, retitle: &Retitle, by: &Session) -> Result<Facts, WorkshopError> {
        let title = title(&retitle.title)?;
        let by = by.by();
        let retitled = self.store.retitle(&by, retitle.version, &title);
        match retitled.await? {
            Some(Changed::Done(row)) => {
                self.list(&by.workshop);
                Ok(Facts {
                    title: row.title,
                    version: row.version,
                    links: row.links,
                })
            }
            Some(Changed::Stale(row)) => Err(self.stale(row.title, row.changed_by).await?),
            Some(Changed::LastCanvas) | None => Err(WorkshopError::NoWorkshop),
        }
    }

    /// Why a change of an older version is refused: what changed, and who changed it.
    async fn stale(
        &self,
        title: String,
        by: Option<ParticipantId>,
    ) -> Result<WorkshopError, WorkshopError> {
        let by = match by {
            Some(by) => self.store.participant(&by).await?,
            None => None,
        };
        let by = by.map(|row| row.name).unwrap_or_default();
        Ok(WorkshopError::Stale { title, by })
    }
}
