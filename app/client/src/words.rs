//! What people are told where the server refuses something or ends a connection.

use shared::protocol::{CloseCode, Refusal, limits, refusal::Missing};

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1 << 20;

/// Where no request reaches the server.
pub const UNREACHABLE: &str =
    "The server cannot be reached. Please check the connection and try again.";
/// Where a request is answered by something that is not Plaza, or not this version of it.
pub const UNEXPECTED: &str =
    "The server answered something unexpected. Please load the page again.";
/// Where the browser cannot read the file of a picture.
pub const PICTURE_UNREADABLE: &str = "This picture cannot be read.";
/// Where a picture of another workshop cannot be fetched.
pub const PICTURE_NOT_BROUGHT: &str = "A picture could not be brought along: this browser is no \
     longer in the workshop it comes from. Please add it from a file.";
/// Where somebody joins a workshop that has no canvas to open.
pub const NO_CANVAS: &str = "This workshop has no canvas.";

/// Why something was not accepted, and what to do about it.
pub fn refused(refusal: &Refusal) -> String {
    let text = match refusal {
        Refusal::ReadOnly => "You can view this canvas but not edit it. Your change was rejected.",
        Refusal::Frozen => {
            "This canvas is frozen. Your changes are kept on this device until it is open again."
        }
        Refusal::Archived => {
            "This canvas is archived. Your changes are kept on this device until it is back."
        }
        Refusal::Removed => "A facilitator has removed you from this workshop.",
        Refusal::NotYourself => "You cannot do this to yourself.",
        Refusal::Stale { title, by } => {
            return format!("{by} changed this meanwhile: it is called “{title}” now.");
        }
        Refusal::LastCanvas => "A workshop needs at least one canvas.",
        Refusal::CanvasesFull => "This workshop has as many canvases as it can have.",
        Refusal::UnknownKind => "There is no such kind of canvas.",
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
            let megabytes = limits::IMAGE_BYTES_MAX as u64 / MEGABYTE;
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
            let pixels = grouped(limits::IMAGE_SIDE_PX_MAX);
            return format!(
                "This picture is wider or higher than {pixels} pixels. Make it smaller and try again."
            );
        }
        Refusal::ImagesFull => {
            let megabytes = limits::WORKSHOP_IMAGES_BYTES_MAX / MEGABYTE;
            return format!("This workshop has used all of its {megabytes} MB for pictures.");
        }
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

/// A number with a comma between its thousands.
fn grouped(n: u32) -> String {
    match (n / 1_000, n % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

/// Why a connection ended for good.
pub const fn closed(code: CloseCode) -> &'static str {
    match code {
        CloseCode::NotFound => "This canvas does not exist.",
        CloseCode::TooLarge => "A change was too large to be sent.",
        CloseCode::Refused => "Too many changes from this browser were rejected.",
        _ => "Please open the workshop's link again.",
    }
}
