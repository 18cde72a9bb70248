//! Everything that can wake the page, in one list.

use editor::{Action, Camera, Input, LinkAsked, input::Mods};
use shared::{
    geometry::Point,
    id::{ObjectId, ParticipantId},
    protocol::api::UploadedImage,
    sync::client,
    text::Phrase,
};

use crate::{Part, Preference, effect::KeptRow};

/// Something happened.
#[derive(Clone, Debug)]
pub enum AppEvent {
    /// A canvas is to be opened, in place of the one that is open.
    OpenCanvas(String),
    /// Where somebody is, is to be shown.
    GoTo(ParticipantId),
    /// One tries the workshop as a participant, or ends that.
    Try(bool),
    /// The canvas is to be closed.
    CloseCanvas,
    /// Pointer, wheel, key or size.
    Input(Input),
    /// A button of the toolbar.
    Act(Action),
    /// A style was chosen: its key and the choice.
    Style(&'static str, &'static str),
    /// Something was pasted.
    Paste(Pasted),
    /// A text was changed in the outline.
    Rewrite(ObjectId, String),
    /// An address was typed for the link that was asked for.
    SetLink(LinkAsked, String),
    /// More of the canvas is to be listed in the outline.
    ListMore,
    /// A note was written in the outline, under a section or none.
    WriteIn(Option<String>, String),
    /// An offer at the end of a connector was taken: a kind, or only the connector.
    Accept(Option<&'static str>),
    /// The context menu is asked for, in screen pixels.
    Menu(Point),
    /// A part of the page was closed.
    Closed(Part),
    /// A preference was turned on or off.
    Prefer(Preference, bool),
    /// Words to be found; forward or backward from where one is.
    Find(String, Seek),
    /// The view is to be centred at a point of the minimap, in its pixels.
    LookAt(Point),
    /// A note of the list was chosen.
    Choose(ObjectId),
    /// The text box has new text.
    Typed,
    /// An input method begins or ends composing.
    Composing(bool),
    /// A key in the text box.
    TextKey(String, Mods),
    /// The text box lost the focus.
    TextLeft,
    /// The sync of a document.
    Sync(String, client::Event),
    /// What the device keeps of a document has been read.
    Kept {
        /// The document.
        document: String,
        /// The rows, in order.
        rows: Vec<KeptRow>,
        /// Where one looked last, for a canvas.
        camera: Option<Camera>,
    },
    /// How many changes the device keeps unstored of documents, by document.
    Counted(Vec<(String, u32)>),
    /// Pictures were pasted, dropped or chosen; where, in screen pixels.
    PutPictures(Vec<FileInfo>, Option<Point>),
    /// A picture was brought along from another workshop: its hash; or cannot be, and why.
    Brought(String, Result<(), Phrase>),
    /// A picture is on the server, or could not be sent and why.
    Uploaded(Result<Sent, Phrase>),
    /// A picture has come from the server, or cannot come.
    Pictures,
    /// The page has another language now.
    LanguageChanged,
    /// The device could not keep something.
    DeviceFailed,
    /// A frame is due.
    Frame,
    /// A quarter of a second passed; the wall clock, Unix milliseconds.
    Tick(u64),
    /// The page was shown, the network came back, somebody wants to reconnect.
    Wake,
    /// The page goes into the background or comes back.
    Hidden(bool),
}

/// What was pasted.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// Objects as Plaza copies them, as JSON; empty where there are none.
    pub json: String,
    /// The canvas that they come from.
    pub canvas: Option<String>,
    /// The plain text.
    pub text: String,
}

impl Pasted {
    /// Whether objects or text are meant, and no picture that came with them: spreadsheets
    /// put one of the cells beside their text.
    pub fn has_words(&self) -> bool {
        !self.json.is_empty() || !self.text.is_empty()
    }
}

/// A file that somebody chose, pasted or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Its number with the platform, which holds it.
    pub file: u32,
    /// Its name.
    pub name: String,
}

/// A picture that is on the server now.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The canvas that it was put on.
    pub document: String,
    /// What the server says of it.
    pub image: UploadedImage,
    /// What it is called.
    pub alt: String,
    /// Where it is to be placed, in board space.
    pub at: Point,
}

/// Where a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// To the first.
    First,
    /// To the next.
    Next,
    /// To the one before.
    Previous,
}
