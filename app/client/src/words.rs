//! What people are told where the server refuses something or ends a connection.

use shared::protocol::{CloseCode, Refusal, limits, refusal::Missing};

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1 << 20;

/// Why something was not accepted, and what to do about it.
pub fn refused(refusal: &Refusal) -> String {
    let text = match refusal {
        Refusal::ReadOnly => "You can view this canvas but not edit it. Your change was rejected.",
        Refusal::Frozen => {
            "This canvas is frozen. Your changes are kept on this device until it is open again."
        }
        Refusal::ServerOnly | Refusal::ClosedRoot { .. } | Refusal::UnknownRoot => {
            "This part of the workshop cannot be edited here."
        }
        Refusal::AuthorForged { .. } | Refusal::AuthorFixed { .. } => {
            "A change that names somebody else as its author was rejected."
        }
        Refusal::NotYours => {
            "Some changes by people who are not connected could not be sent from this device."
        }
        Refusal::Malformed
        | Refusal::NotAllowed
        | Refusal::TooDeep
        | Refusal::ClockJump
        | Refusal::Contradiction
        | Refusal::ServersToSend
        | Refusal::Unreadable => "A change could not be read and was rejected.",
        Refusal::TooLarge { max } => {
            let megabytes = max.div_ceil(MEGABYTE);
            return format!(
                "A change is larger than the {megabytes} MB that can be sent at once. It is kept on this device."
            );
        }
        Refusal::TooMuch { .. } => "A change contains too much and was rejected.",
        Refusal::MissingDependency => "A change refers to others that are missing.",
        Refusal::CanvasFull => "This canvas is full. Please continue on another.",
        Refusal::Denied => "The server did not allow this.",
        Refusal::OtherSite => "This request comes from another site.",
        Refusal::Unauthenticated => "Please open the workshop's link again.",
        Refusal::LinkInvalid => "This link is not valid. Please ask the facilitator for a new one.",
        Refusal::FacilitatorsOnly => "Only facilitators can do this.",
        Refusal::NotFound { what } => match what {
            Missing::Workshop => "This workshop does not exist. Please check the link.",
            Missing::Canvas => "This canvas does not exist.",
            Missing::Person => "This person is not in this workshop.",
            Missing::Picture => "This picture does not exist.",
            Missing::Address => "This address does not exist.",
        },
        Refusal::TitleMissing => "Please give the workshop a title.",
        Refusal::NameMissing => "Please type your name.",
        Refusal::WorkshopFull => "This workshop is full.",
        Refusal::TooMany => "Too many workshops are being created. Please try again in a minute.",
        Refusal::ImageTooLarge => {
            let megabytes = limits::IMAGE_BYTES_MAX >> 20;
            return format!(
                "This picture is larger than {megabytes} MB. Make it smaller and try again."
            );
        }
        Refusal::ImageUnsupported => {
            "Pictures may be PNG, JPEG, GIF or WebP; SVG and other files are not accepted."
        }
        Refusal::ImageDamaged => {
            "This picture is damaged or not complete. Save it again and try once more."
        }
        Refusal::ImageTooWide => {
            "This picture is wider or higher than 10,000 pixels. Make it smaller and try again."
        }
        Refusal::ImagesFull => "This workshop has used all of its 200 MB for pictures.",
        Refusal::Store => {
            "The server cannot store anything at the moment. Please try again in a minute."
        }
        Refusal::Conflict => "Somebody else saved something at the same time. Please try again.",
        Refusal::Damaged => {
            "What is stored on the server cannot be read. Please tell whoever runs this server."
        }
        Refusal::Interrupted => "The picture did not arrive. Please try again.",
        Refusal::Internal | Refusal::Other { .. } => "Something went wrong on the server.",
    };
    text.to_owned()
}

/// Why a connection ended for good.
pub const fn closed(code: CloseCode) -> &'static str {
    match code {
        CloseCode::Forbidden => "This link does not open this canvas.",
        CloseCode::NotFound => "This canvas does not exist.",
        CloseCode::TooLarge => "A change was too large to be sent.",
        CloseCode::Refused => "Too many changes from this browser were rejected.",
        _ => "Please open the workshop's link again.",
    }
}
