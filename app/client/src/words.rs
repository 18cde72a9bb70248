//! What people are told where the server refuses something or ends a connection.

use shared::{
    protocol::{CloseCode, Refusal, limits, refusal::Missing},
    text::{self, Phrase, Text},
};

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1 << 20;

/// Why something was not accepted, and what to do about it.
pub fn refused(refusal: &Refusal) -> Phrase {
    let text = match refusal {
        Refusal::ReadOnly => text::REFUSAL_READ_ONLY,
        Refusal::Frozen => text::REFUSAL_FROZEN,
        Refusal::Archived => text::REFUSAL_ARCHIVED,
        Refusal::Removed => text::REFUSAL_REMOVED,
        Refusal::NotYourself => text::REFUSAL_NOT_YOURSELF,
        Refusal::Stale { title, by } => {
            return if by.is_empty() {
                text::refusal_stale_unknown(title.as_str())
            } else {
                text::refusal_stale(title.as_str(), by.as_str())
            };
        }
        Refusal::LastCanvas => text::REFUSAL_LAST_CANVAS,
        Refusal::CanvasesFull => text::REFUSAL_CANVASES_FULL,
        Refusal::UnknownKind => text::REFUSAL_UNKNOWN_KIND,
        Refusal::ServerOnly | Refusal::ClosedRoot { .. } => text::REFUSAL_CLOSED_PART,
        Refusal::LeftOut { .. } => text::REFUSAL_LEFT_OUT,
        Refusal::AuthorForged { .. } | Refusal::AuthorFixed { .. } => text::REFUSAL_AUTHOR,
        Refusal::NotYours => text::REFUSAL_NOT_YOURS,
        Refusal::Malformed
        | Refusal::TooDeep
        | Refusal::ClockJump
        | Refusal::Contradiction
        | Refusal::ServersToSend
        | Refusal::Unreadable => text::REFUSAL_UNREADABLE,
        Refusal::TooLarge { max } => return text::refusal_too_large(max.div_ceil(MEGABYTE)),
        Refusal::TooMuch { .. } | Refusal::TooCostly => text::REFUSAL_TOO_MUCH,
        Refusal::MissingDependency => text::REFUSAL_MISSING_DEPENDENCY,
        Refusal::CanvasFull => text::REFUSAL_CANVAS_FULL,
        Refusal::Denied => text::REFUSAL_DENIED,
        Refusal::OtherSite => text::REFUSAL_OTHER_SITE,
        Refusal::Unauthenticated => text::REFUSAL_UNAUTHENTICATED,
        Refusal::LinkInvalid => text::REFUSAL_LINK_INVALID,
        Refusal::FacilitatorsOnly => text::REFUSAL_FACILITATORS_ONLY,
        Refusal::NotFound { what } => match what {
            Missing::Workshop => text::REFUSAL_NO_WORKSHOP,
            Missing::Canvas => text::REFUSAL_NO_CANVAS,
            Missing::Person => text::REFUSAL_NO_PERSON,
            Missing::Link => text::SHARE_UNKNOWN,
            Missing::Picture => text::REFUSAL_NO_PICTURE,
            Missing::Address => text::REFUSAL_NO_ADDRESS,
        },
        Refusal::TitleMissing => text::REFUSAL_TITLE_MISSING,
        Refusal::NameMissing => text::REFUSAL_NAME_MISSING,
        Refusal::WorkshopFull => text::REFUSAL_WORKSHOP_FULL,
        Refusal::TooMany => text::REFUSAL_TOO_MANY,
        Refusal::CreateKey => text::REFUSAL_CREATE_KEY,
        Refusal::ImageTooLarge => {
            return text::refusal_image_too_large(limits::IMAGE_BYTES_MAX as u64 / MEGABYTE);
        }
        Refusal::ImageUnsupported => text::REFUSAL_IMAGE_UNSUPPORTED,
        Refusal::ImageDamaged => text::REFUSAL_IMAGE_DAMAGED,
        Refusal::ImageTooWide => {
            return text::refusal_image_too_wide(limits::IMAGE_SIDE_PX_MAX);
        }
        Refusal::ImagesFull => {
            return text::refusal_images_full(limits::WORKSHOP_IMAGES_BYTES_MAX / MEGABYTE);
        }
        Refusal::Store => text::REFUSAL_STORE,
        Refusal::Conflict => text::REFUSAL_CONFLICT,
        Refusal::Damaged => text::REFUSAL_DAMAGED,
        Refusal::Interrupted => text::REFUSAL_INTERRUPTED,
        Refusal::Internal | Refusal::Other { .. } => text::REFUSAL_INTERNAL,
    };
    text.into()
}

/// Why a connection ended for good.
pub const fn closed(code: CloseCode) -> Text {
    match code {
        CloseCode::NotFound => text::CLOSED_NOT_FOUND,
        CloseCode::Removed => text::CLOSED_REMOVED,
        CloseCode::TooLarge => text::CLOSED_TOO_LARGE,
        CloseCode::Refused => text::CLOSED_REFUSED,
        _ => text::CLOSED_UNAUTHENTICATED,
    }
}
