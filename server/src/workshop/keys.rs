//! Secrets: drawn here, compared in constant time by their hashes.

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
    let mut found = None;
    for role in Role::ALL {
        if given == blake3::Hash::from_bytes(*workshop.key_hashes.of(role)) {
            found = Some(role);
        }
    }
    found
}
