//! Why something was not accepted: a code for programs, with what belongs to it. What
//! people read is made of that by the client, in their language.

use serde::{Deserialize, Serialize};

use crate::id::ObjectId;

/// Why the server did not accept a message or a request. Nothing of it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    // Of what a session may do.
    /// The session only reads.
    ReadOnly,
    /// The document is frozen: only facilitators write it until it is thawed.
    Frozen,
    /// Nobody but the server writes this document.
    ServerOnly,
    /// Nobody but the server writes this part of the document.
    ClosedRoot {
        /// The part's name.
        root: String,
    },
    /// This kind of document has no such part.
    UnknownRoot,
    /// Something new does not say who made it, or names somebody else.
    AuthorForged {
        /// What.
        object: ObjectId,
    },
    /// Who made something is not to be changed.
    AuthorFixed {
        /// What.
        object: ObjectId,
    },
    /// What somebody else wrote, who is not here to bring it. The rest was taken.
    NotYours,

    // Of what an update contains.
    /// The bytes are no message, or no update.
    Malformed,
    /// Content that documents do not have.
    NotAllowed,
    /// Things, or values, inside one another more levels deep than is allowed.
    TooDeep,
    /// More bytes than are taken at once.
    TooLarge {
        /// The limit, in bytes.
        max: u64,
    },
    /// More of something than one update may have.
    TooMuch {
        /// The limit.
        max: u64,
    },
    /// It builds on something that has not arrived.
    MissingDependency,
    /// It runs too far ahead of what has arrived.
    ClockJump,
    /// It does not match what came earlier from the same device.
    Contradiction,
    /// The document has as much in it as it may.
    CanvasFull,
    /// The server sends such messages; it takes none.
    ServersToSend,
    /// It could not be merged.
    Unreadable,
    /// A server of another make denied it.
    Denied,

    // Of a request.
    /// The page of another site asks.
    OtherSite,
    /// No session, or one that has ended.
    Unauthenticated,
    /// The key of a link that is not valid, or not any more.
    LinkInvalid,
    /// For facilitators only.
    FacilitatorsOnly,
    /// There is nothing there.
    NotFound {
        /// What was looked for.
        what: Missing,
    },
    /// A workshop needs a title.
    TitleMissing,
    /// A person needs a name.
    NameMissing,
    /// As many people as a workshop may have.
    WorkshopFull,
    /// Too many requests of this kind at the moment.
    TooMany,
    /// More bytes than a picture may have.
    ImageTooLarge,
    /// No picture of a kind that is taken.
    ImageUnsupported,
    /// A picture that does not go on as it begins, or ends too soon.
    ImageDamaged,
    /// A picture with too long a side.
    ImageTooWide,
    /// The workshop's pictures have as many bytes as they may.
    ImagesFull,
    /// The server cannot store anything at the moment.
    Store,
    /// Something else was stored meanwhile: the request may be tried again.
    Conflict,
    /// What is stored cannot be read.
    Damaged,
    /// The request did not arrive whole.
    Interrupted,
    /// Something of the server's failed.
    Internal,

    /// A code that this version does not know.
    #[serde(untagged)]
    Other {
        /// The code as it came.
        code: String,
    },
}

/// What can be looked for in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A workshop.
    Workshop,
    /// A canvas.
    Canvas,
    /// Somebody in a workshop.
    Person,
    /// A picture.
    Picture,
    /// An address below `/api`.
    Address,
}

impl Refusal {
    /// The code, for programs and logs.
    pub fn code(&self) -> &str {
        match self {
            Self::ReadOnly => "read_only",
            Self::Frozen => "frozen",
            Self::ServerOnly => "server_only",
            Self::ClosedRoot { .. } => "closed_root",
            Self::UnknownRoot => "unknown_root",
            Self::AuthorForged { .. } => "author_forged",
            Self::AuthorFixed { .. } => "author_fixed",
            Self::NotYours => "not_yours",
            Self::Malformed => "malformed",
            Self::NotAllowed => "not_allowed",
            Self::TooDeep => "too_deep",
            Self::TooLarge { .. } => "too_large",
            Self::TooMuch { .. } => "too_much",
            Self::MissingDependency => "missing_dependency",
            Self::ClockJump => "clock_jump",
            Self::Contradiction => "contradiction",
            Self::CanvasFull => "canvas_full",
            Self::ServersToSend => "servers_to_send",
            Self::Unreadable => "unreadable",
            Self::Denied => "denied",
            Self::OtherSite => "other_site",
            Self::Unauthenticated => "unauthenticated",
            Self::LinkInvalid => "link_invalid",
            Self::FacilitatorsOnly => "facilitators_only",
            Self::NotFound { .. } => "not_found",
            Self::TitleMissing => "title_missing",
            Self::NameMissing => "name_missing",
            Self::WorkshopFull => "workshop_full",
            Self::TooMany => "too_many",
            Self::ImageTooLarge => "image_too_large",
            Self::ImageUnsupported => "image_unsupported",
            Self::ImageDamaged => "image_damaged",
            Self::ImageTooWide => "image_too_wide",
            Self::ImagesFull => "images_full",
            Self::Store => "store",
            Self::Conflict => "conflict",
            Self::Damaged => "damaged",
            Self::Interrupted => "interrupted",
            Self::Internal => "internal",
            Self::Other { code } => code,
        }
    }

    /// Whether it concerns only what somebody else wrote: one's own work was taken.
    pub const fn spares_mine(&self) -> bool {
        matches!(self, Self::NotYours)
    }

    /// Whether it is about the session rather than about what it sent: the same would
    /// be taken from somebody who may.
    pub const fn is_about_rights(&self) -> bool {
        matches!(self, Self::ReadOnly | Self::Frozen | Self::ServerOnly)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(json: &str) -> Refusal {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_refusal_is_its_code_and_what_belongs_to_it() {
        let refusal = Refusal::TooLarge { max: 7 };
        let json = serde_json::to_string(&refusal).unwrap();
        assert_eq!(json, r#"{"code":"too_large","max":7}"#);
        assert_eq!(read(&json), refusal);
        let refusal = Refusal::NotFound {
            what: Missing::Canvas,
        };
        let json = serde_json::to_string(&refusal).unwrap();
        assert_eq!(json, r#"{"code":"not_found","what":"canvas"}"#);
        assert_eq!(read(&json), refusal);
    }

    #[test]
    fn a_code_from_a_later_version_is_kept() {
        let later = read(r#"{"code":"phase_over","until":3}"#);
        assert_eq!(later.code(), "phase_over");
        assert_eq!(read(r#"{"code":"too_large"}"#).code(), "too_large");
        assert!(serde_json::from_str::<Refusal>("{}").is_err());
    }

    #[test]
    fn codes_in_the_text_and_in_the_enum_are_the_same() {
        // The match is over every variant, so its text names every code.
        let text = include_str!("refusal.rs");
        let arms = text.lines().filter_map(|line| {
            let (variant, code) = line.trim().split_once(" => \"")?;
            variant
                .starts_with("Self::")
                .then(|| code.trim_end_matches("\","))
        });
        let codes: Vec<&str> = arms.collect();
        assert!(codes.len() > 30, "{codes:?}");
        for code in codes {
            let whole = json!({
                "code": code, "max": 7, "root": "meta", "object": "o", "what": "canvas"
            });
            let refusal: Refusal = serde_json::from_value(whole).unwrap();
            assert!(!matches!(refusal, Refusal::Other { .. }), "{code}");
            assert_eq!(refusal.code(), code);
            assert_eq!(serde_json::to_value(&refusal).unwrap()["code"], code);
        }
    }
}
