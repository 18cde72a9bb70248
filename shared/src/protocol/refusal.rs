//! Why something was not accepted: a code for programs, with what belongs to it. What
//! people read is made of that by the client, in their language.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::ObjectId;

/// Why the server did not accept a message or a request. Nothing of it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum Refusal {
    // Of what a session may do.
    /// The session only reads.
    ReadOnly,
    /// The document is frozen: only facilitators write it until it is thawed.
    Frozen,
    /// The canvas is archived: nobody writes it until it is brought back.
    Archived,
    /// Nobody but the server writes this document.
    ServerOnly,
    /// Nobody but the server writes this part of the document.
    ClosedRoot {
        /// The part's name.
        root: String,
    },
    /// Part of an update breaks a rule of the document. That part counts as deleted, on
    /// its author's copy too; the rest was taken.
    LeftOut {
        /// The rule's name.
        rule: String,
    },
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
    /// Values inside one another more levels deep than is allowed.
    TooDeep,
    /// It would cost every copy of the document too much time or memory.
    TooCostly,
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
    /// A facilitator has removed the person, or somebody else who used the same device.
    Removed,
    /// Facilitators do not remove themselves or change their own role.
    NotYourself,
    /// What is to be changed is not as the request says any more.
    Stale {
        /// What it is called now.
        title: String,
        /// Who changed it last; empty where that is not known.
        by: String,
    },
    /// A workshop keeps at least one canvas.
    LastCanvas,
    /// As many canvases as a workshop may have, archived ones included.
    CanvasesFull,
    /// No kind of canvas that this server has.
    UnknownKind,
    /// A workshop or a canvas needs a title.
    TitleMissing,
    /// A person needs a name.
    NameMissing,
    /// As many people as a workshop may have.
    WorkshopFull,
    /// More is asked for at the moment than one's share.
    TooMany,
    /// Workshops are created with a key that whoever runs the server has.
    CreateKey,
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
    /// A link that this server does not know.
    Link,
    /// An address below `/api`.
    Address,
}

/// A refusal as it is sent: its code, and what belongs to it.
///
/// A table rather than what serde makes of an enum with a code inside, which is large. What
/// belongs to it is read leniently: of a code from a later version the code itself is enough.
#[derive(Default, Serialize, Deserialize)]
struct Wire {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    what: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Value>,
}

/// The refusals to which nothing belongs, with their codes.
static PLAIN: [(&str, Refusal); 39] = [
    ("read_only", Refusal::ReadOnly),
    ("frozen", Refusal::Frozen),
    ("archived", Refusal::Archived),
    ("server_only", Refusal::ServerOnly),
    ("not_yours", Refusal::NotYours),
    ("malformed", Refusal::Malformed),
    ("too_deep", Refusal::TooDeep),
    ("too_costly", Refusal::TooCostly),
    ("missing_dependency", Refusal::MissingDependency),
    ("clock_jump", Refusal::ClockJump),
    ("contradiction", Refusal::Contradiction),
    ("canvas_full", Refusal::CanvasFull),
    ("servers_to_send", Refusal::ServersToSend),
    ("unreadable", Refusal::Unreadable),
    ("denied", Refusal::Denied),
    ("other_site", Refusal::OtherSite),
    ("unauthenticated", Refusal::Unauthenticated),
    ("link_invalid", Refusal::LinkInvalid),
    ("facilitators_only", Refusal::FacilitatorsOnly),
    ("removed", Refusal::Removed),
    ("not_yourself", Refusal::NotYourself),
    ("last_canvas", Refusal::LastCanvas),
    ("canvases_full", Refusal::CanvasesFull),
    ("unknown_kind", Refusal::UnknownKind),
    ("title_missing", Refusal::TitleMissing),
    ("name_missing", Refusal::NameMissing),
    ("workshop_full", Refusal::WorkshopFull),
    ("too_many", Refusal::TooMany),
    ("create_key", Refusal::CreateKey),
    ("image_too_large", Refusal::ImageTooLarge),
    ("image_unsupported", Refusal::ImageUnsupported),
    ("image_damaged", Refusal::ImageDamaged),
    ("image_too_wide", Refusal::ImageTooWide),
    ("images_full", Refusal::ImagesFull),
    ("store", Refusal::Store),
    ("conflict", Refusal::Conflict),
    ("damaged", Refusal::Damaged),
    ("interrupted", Refusal::Interrupted),
    ("internal", Refusal::Internal),
];

impl From<Wire> for Refusal {
    fn from(wire: Wire) -> Self {
        let Wire {
            code,
            root,
            rule,
            object,
            max,
            what,
            title,
            by,
        } = wire;
        let root = root.as_ref().and_then(Value::as_str);
        let object = object.as_ref().and_then(Value::as_str);
        let max = max.as_ref().and_then(Value::as_u64);
        let what = what.and_then(|what| serde_json::from_value(what).ok());
        let text = |value: Option<Value>| match value {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        match (code.as_str(), root, object, max, what) {
            ("closed_root", Some(root), ..) => Self::ClosedRoot { root: root.into() },
            ("author_forged", _, Some(object), ..) => Self::AuthorForged {
                object: object.into(),
            },
            ("author_fixed", _, Some(object), ..) => Self::AuthorFixed {
                object: object.into(),
            },
            ("too_large", _, _, Some(max), _) => Self::TooLarge { max },
            ("too_much", _, _, Some(max), _) => Self::TooMuch { max },
            ("not_found", .., Some(what)) => Self::NotFound { what },
            ("left_out", ..) => Self::LeftOut { rule: text(rule) },
            ("stale", ..) => Self::Stale {
                title: text(title),
                by: text(by),
            },
            _ => PLAIN
                .iter()
                .find(|(plain, _)| *plain == code)
                .map_or(Self::Other { code }, |(_, refusal)| refusal.clone()),
        }
    }
}

impl From<Refusal> for Wire {
    fn from(refusal: Refusal) -> Self {
        let mut wire = Self {
            code: refusal.code().to_owned(),
            ..Self::default()
        };
        match refusal {
            Refusal::ClosedRoot { root } => wire.root = Some(root.into()),
            Refusal::LeftOut { rule } => wire.rule = Some(rule.into()),
            Refusal::AuthorForged { object } | Refusal::AuthorFixed { object } => {
                wire.object = Some(object.as_str().into());
            }
            Refusal::TooLarge { max } | Refusal::TooMuch { max } => wire.max = Some(max.into()),
            Refusal::NotFound { what } => wire.what = serde_json::to_value(what).ok(),
            Refusal::Stale { title, by } => {
                wire.title = Some(title.into());
                wire.by = Some(by.into());
            }
            _ => {}
        }
        wire
    }
}

impl Refusal {
    /// The code, for programs and logs.
    pub fn code(&self) -> &str {
        match self {
            Self::ClosedRoot { .. } => "closed_root",
            Self::LeftOut { .. } => "left_out",
            Self::AuthorForged { .. } => "author_forged",
            Self::AuthorFixed { .. } => "author_fixed",
            Self::TooLarge { .. } => "too_large",
            Self::TooMuch { .. } => "too_much",
            Self::NotFound { .. } => "not_found",
            Self::Stale { .. } => "stale",
            Self::Other { code } => code,
            plain => PLAIN
                .iter()
                .find(|(_, refusal)| refusal == plain)
                .map_or("internal", |(code, _)| code),
        }
    }

    /// Whether all that remains of one's own work was taken: what was not is somebody
    /// else's, or gone from one's own copy too.
    pub const fn spares_mine(&self) -> bool {
        matches!(self, Self::NotYours | Self::LeftOut { .. })
    }

    /// Whether it is about the session rather than about what it sent: the same would
    /// be taken from somebody who may.
    pub const fn is_about_rights(&self) -> bool {
        matches!(
            self,
            Self::ReadOnly | Self::Frozen | Self::Archived | Self::ServerOnly
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// One of each kind that this version knows.
    fn each() -> Vec<Refusal> {
        let with = [
            Refusal::ClosedRoot {
                root: "meta".into(),
            },
            Refusal::LeftOut {
                rule: "too_long".into(),
            },
            Refusal::AuthorForged { object: "o".into() },
            Refusal::AuthorFixed { object: "o".into() },
            Refusal::TooLarge { max: 1 },
            Refusal::TooMuch { max: 1 },
            Refusal::NotFound {
                what: Missing::Person,
            },
            Refusal::Stale {
                title: "Waste".into(),
                by: "Olu".into(),
            },
        ];
        let plain = PLAIN.iter().map(|(_, refusal)| refusal.clone());
        plain.chain(with).collect()
    }

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
        for later in [
            r#"{"code":"too_large"}"#,
            r#"{"code":"too_large","max":"10 MB"}"#,
            r#"{"code":"not_found","what":"template"}"#,
        ] {
            assert!(matches!(read(later), Refusal::Other { .. }), "{later}");
        }
        assert!(serde_json::from_str::<Refusal>("{}").is_err());
    }

    #[test]
    fn each_refusal_comes_back_as_it_was() {
        for refusal in each() {
            let json = serde_json::to_string(&refusal).unwrap();
            assert_eq!(read(&json), refusal, "{json}");
        }
    }

    #[test]
    fn each_variant_has_the_code_of_its_name() {
        let text = include_str!("refusal.rs");
        let (_, text) = text.split_once("pub enum Refusal {").unwrap();
        let (body, _) = text.split_once("\n}").unwrap();
        let names = body.lines().filter_map(|line| {
            let name = line.strip_prefix("    ")?;
            name.starts_with(char::is_uppercase).then_some(name)
        });
        let snake = |name: &str| {
            let mut code = String::new();
            for letter in name.chars().take_while(char::is_ascii_alphabetic) {
                if letter.is_uppercase() && !code.is_empty() {
                    code.push('_');
                }
                code.push(letter.to_ascii_lowercase());
            }
            code
        };
        let named: BTreeSet<String> = names.map(snake).filter(|code| code != "other").collect();
        let codes: BTreeSet<String> = each()
            .iter()
            .map(|refusal| {
                let variant = format!("{refusal:?}");
                assert_eq!(refusal.code(), snake(&variant), "{variant}");
                refusal.code().to_owned()
            })
            .collect();
        assert_eq!(codes, named);
    }
}
