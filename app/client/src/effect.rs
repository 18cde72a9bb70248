//! What is to be done outside, as data.

use std::collections::BTreeSet;

use editor::Camera;
use shared::{geometry::Point, protocol::api::Me};

use crate::Preference;

/// Something the browser is to do. `document` is a document's id.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket under this number; drop any other of this document.
    Connect {
        /// Whose.
        document: String,
        /// The number that its events carry.
        socket: u32,
    },
    /// Drop the socket.
    Disconnect {
        /// Whose.
        document: String,
    },
    /// Send a message on the document's socket.
    Send {
        /// Whose.
        document: String,
        /// The encoded message.
        bytes: Vec<u8>,
    },
    /// Read what the device keeps of a document: [`crate::AppEvent::Kept`].
    Load {
        /// Which.
        document: String,
    },
    /// Count what the device keeps unstored of documents: [`crate::AppEvent::Counted`].
    CountUnstored {
        /// Which.
        documents: Vec<String>,
    },
    /// Keep an update on the device, in place of the row of this number if there is one.
    Keep {
        /// Of which document.
        document: String,
        /// The row.
        row: KeptRow,
    },
    /// Forget rows that another row contains by now.
    Forget {
        /// Of which document.
        document: String,
        /// Their numbers.
        rows: Vec<u64>,
    },
    /// The document's link is closed: drop its socket and its rows' names.
    Close {
        /// Which.
        document: String,
    },
    /// Call [`crate::AppEvent::Frame`] before the next frame.
    NextFrame,
    /// The title of the tab.
    SetTitle(String),
    /// Dark or light colours for the page.
    SetTheme(bool),
    /// Remember a preference.
    Remember(Preference, bool),
    /// Remember who one is, as the server said last.
    RememberMe {
        /// In which workshop.
        workshop: String,
        /// Who.
        me: Me,
    },
    /// Remember where one looks.
    RememberCamera {
        /// On which canvas.
        document: String,
        /// Where.
        camera: Camera,
    },
    /// Open an address in another tab.
    OpenLink(String),
    /// Open the browser's choice of files.
    AskPicture,
    /// Put the focus on the board.
    FocusBoard,
    /// Put the focus on the properties bar.
    FocusProperties,
    /// The pointer over the board looks so, as CSS names it.
    SetCursor(&'static str),
    /// Send a picture to the server: [`crate::AppEvent::Uploaded`].
    Upload {
        /// To which canvas.
        document: String,
        /// The number of the file.
        file: u32,
        /// What it is called.
        alt: String,
        /// Where it is to be placed, in board space.
        at: Point,
    },
    /// Fetch pictures from another canvas and send them to this one:
    /// [`crate::AppEvent::Brought`] for each.
    Bring {
        /// From which canvas.
        from: String,
        /// To which canvas.
        document: String,
        /// Hashes of the pictures.
        hashes: BTreeSet<String>,
    },
    /// A picture that was brought along may be asked for.
    PictureArrived(String),
    /// The board has opened, for measurements.
    MarkOpen,
    /// Go to another canvas of the workshop.
    Go {
        /// Which.
        canvas: String,
    },
    /// Leave the canvas for the join page, where one comes in again.
    Leave,
}

/// An update that the device keeps of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// Its number while the document is open.
    pub row: u64,
    /// The update.
    pub update: Vec<u8>,
    /// Whether the server has not confirmed it.
    pub is_unstored: bool,
    /// How many changes of the person it counts for.
    pub weight: u32,
}
