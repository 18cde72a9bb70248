//! Secrets: drawn here, compared in constant time. The store keeps hashes of them, and the participants' key as it is.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::protocol::control::Role;

use crate::{clock, storage::WorkshopRow};

/// A new secret of `N` random bytes, safe in a URL.
pub(super) fn secret<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(clock::random::<N>())
}

/// What the store keeps of a secret.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    *blake3::hash(secret.as_bytes()).as_bytes()
}

/// What a link's key lets its holder do. Compares with all hashes, each in constant time.
pub(super) fn role_of(workshop: &WorkshopRow, key: &str) -> Option<Role> {
    let given = blake3::hash(key.as_bytes());
    let roles = [Role::Facilitator, Role::Participant, Role::Observer];
    let mut found = None;
    for (role, stored) in roles.into_iter().zip(workshop.key_hashes) {
        if given == blake3::Hash::from_bytes(stored) {
            found = Some(role);
        }
    }
    found
}
