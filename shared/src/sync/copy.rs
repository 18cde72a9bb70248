//! What the client half needs of a document.

use crate::board::{ChangeSet, Document, MergeError, Replica};

/// A copy of a shared document that can be synced.
pub trait SharedCopy {
    /// What this copy has, as an encoded state vector.
    fn state_vector(&self) -> Vec<u8>;
    /// What a copy with this state vector lacks.
    ///
    /// # Errors
    /// Where the bytes are no state vector.
    fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError>;
    /// Merges what came from elsewhere and says what it changed.
    ///
    /// # Errors
    /// See [`Replica::merge`].
    fn merge(&mut self, update: &[u8]) -> Result<ChangeSet, MergeError>;
    /// Whether updates wait for others that have not arrived.
    fn is_behind(&self) -> bool;
    /// The schema version that the document says of itself; `None` before it has arrived.
    fn schema(&self) -> Option<u32>;
}

impl SharedCopy for Document {
    fn state_vector(&self) -> Vec<u8> {
        self.replica().state_vector()
    }
    fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        self.replica().diff(state_vector)
    }
    fn merge(&mut self, update: &[u8]) -> Result<ChangeSet, MergeError> {
        Self::merge(self, update)
    }
    fn is_behind(&self) -> bool {
        self.replica().is_behind()
    }
    fn schema(&self) -> Option<u32> {
        self.replica().schema()
    }
}

impl SharedCopy for Replica {
    fn state_vector(&self) -> Vec<u8> {
        Self::state_vector(self)
    }
    fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        Self::diff(self, state_vector)
    }
    fn merge(&mut self, update: &[u8]) -> Result<ChangeSet, MergeError> {
        Self::merge(self, update).map(|()| ChangeSet::default())
    }
    fn is_behind(&self) -> bool {
        Self::is_behind(self)
    }
    fn schema(&self) -> Option<u32> {
        Self::schema(self)
    }
}
