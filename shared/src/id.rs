//! Identifiers: opaque, random, safe in a URL.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Random bytes that one identifier takes.
            pub const RANDOM_BYTES: usize = $bytes;

            /// Makes an identifier of random bytes, which the caller draws.
            pub fn from_random(bytes: [u8; $bytes]) -> Self {
                Self(URL_SAFE_NO_PAD.encode(bytes).into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

id!(
    /// Anything placed on a board: 96 random bits, so that two people who
    /// create at the same moment never meet under one key.
    ObjectId,
    12
);
id!(
    /// A person in one workshop.
    ParticipantId,
    12
);
id!(
    /// A workshop.
    WorkshopId,
    16
);
id!(
    /// One shared document: a canvas, or the workshop's own.
    DocumentId,
    16
);

impl WorkshopId {
    /// The workshop's own document, which has the same text as its id.
    pub fn document(&self) -> DocumentId {
        DocumentId(Arc::clone(&self.0))
    }
}
