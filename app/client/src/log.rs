//! What happened lately, for a report: inputs, effects and sync events, in order, with
//! times and without anybody's words. An entry can hold nothing but names of this program,
//! numbers and the beginnings of document ids.

use std::{collections::VecDeque, fmt::Write as _};

use editor::Input;
use shared::{id::ObjectId, sync::client};

use crate::{AppEvent, BoardSurface, Effect, Layer, Platform, Surface, TextBox};

/// So many entries are kept.
pub const ENTRIES_MAX: usize = 50;
/// So much of a document's id is shown: enough to tell canvases apart, too little to open one.
const ID_SHOWN: usize = 4;

/// From where to where something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Something happened.
    In,
    /// Something was to be done.
    Out,
    /// A socket said something.
    Sync,
}

/// The beginning of a document's id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ShortId([u8; ID_SHOWN]);

impl ShortId {
    /// Ids of the server are random letters and digits; of anything else nothing is shown.
    fn of(id: &str) -> Self {
        let mut short = [b'?'; ID_SHOWN];
        for (place, byte) in short.iter_mut().zip(id.bytes()) {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
                *place = byte;
            }
        }
        Self(short)
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// Monotonic time, milliseconds.
    at_ms: u64,
    /// From where to where.
    way: Way,
    /// What it was.
    what: &'static str,
    /// More of what it was; may be empty.
    more: &'static str,
    /// Which document it concerns.
    document: Option<ShortId>,
    /// A size, a count or a code.
    number: Option<u64>,
    /// How often in a row.
    times: u32,
}

/// The last entries, oldest first.
#[derive(Debug, Default)]
pub struct Log {
    /// At most [`ENTRIES_MAX`].
    entries: VecDeque<Entry>,
}

impl Log {
    /// All entries as lines of text: seconds, way, what, document, number, how often.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            let way = match entry.way {
                Way::In => "in  ",
                Way::Out => "out ",
                Way::Sync => "sync",
            };
            let seconds = entry.at_ms as f64 / 1_000.0;
            // Writing to a string cannot fail.
            let _ = write!(text, "{seconds:9.3} {way} {}", entry.what);
            if !entry.more.is_empty() {
                let _ = write!(text, " {}", entry.more);
            }
            if let Some(ShortId(id)) = entry.document {
                let _ = write!(text, " {}", String::from_utf8_lossy(&id));
            }
            if let Some(number) = entry.number {
                let _ = write!(text, " {number}");
            }
            if entry.times > 1 {
                let _ = write!(text, " x{}", entry.times);
            }
            text.push('\n');
        }
        text
    }

    /// Something happened. What happens all the time is left out: ticks and frames.
    pub(crate) fn happened(&mut self, event: &AppEvent, now_ms: u64) {
        if let AppEvent::Sync(document, event) = event {
            self.push(now_ms, Way::Sync, of_sync(event).of(document));
        } else if !matches!(event, AppEvent::Tick(_) | AppEvent::Frame) {
            self.push(now_ms, Way::In, of_event(event));
        }
    }

    /// Something was to be done. Frames are left out.
    fn done(&mut self, effect: &Effect, now_ms: u64) {
        if !matches!(effect, Effect::NextFrame) {
            self.push(now_ms, Way::Out, of_effect(effect));
        }
    }

    fn push(&mut self, at_ms: u64, way: Way, about: About) {
        let About {
            what,
            more,
            document,
            number,
        } = about;
        if let Some(last) = self.entries.back_mut()
            && (last.way, last.what, last.more, last.document) == (way, what, more, document)
        {
            last.at_ms = at_ms;
            last.number = number;
            last.times += 1;
            return;
        }
        if self.entries.len() == ENTRIES_MAX {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            at_ms,
            way,
            what,
            more,
            document,
            number,
            times: 1,
        });
    }
}

/// What an entry is about.
struct About {
    what: &'static str,
    more: &'static str,
    document: Option<ShortId>,
    number: Option<u64>,
}

impl About {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            more: "",
            document: None,
            number: None,
        }
    }

    fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    fn of(self, document: &str) -> Self {
        let document = Some(ShortId::of(document));
        Self { document, ..self }
    }

    fn number(self, number: usize) -> Self {
        let number = Some(number as u64);
        Self { number, ..self }
    }
}

fn of_sync(event: &client::Event) -> About {
    match event {
        client::Event::Opened(_) => About::new("Opened"),
        client::Event::Message(_, bytes) => About::new("Message").number(bytes.len()),
        client::Event::Closed(_, code) => About::new("Closed").number((*code).into()),
        client::Event::Tick => About::new("Tick"),
        client::Event::Wake => About::new("Wake"),
    }
}

fn of_input(input: &Input) -> &'static str {
    match input {
        Input::Down(_) => "Down",
        Input::Move(_) => "Move",
        Input::Trail(_) => "Trail",
        Input::Up(_) => "Up",
        Input::Leave => "Leave",
        Input::DoubleClick(_) => "DoubleClick",
        Input::Tick(_) => "Tick",
        Input::Wheel(..) => "Wheel",
        Input::Key { .. } => "Key",
        Input::SpaceUp => "SpaceUp",
        Input::KeyUp(_) => "KeyUp",
        Input::Scroll(_) => "Scroll",
        Input::Cancel => "Cancel",
        Input::Resize(_) => "Resize",
    }
}

fn ok(is_ok: bool) -> &'static str {
    if is_ok { "ok" } else { "failed" }
}

fn of_event(event: &AppEvent) -> About {
    match event {
        AppEvent::OpenCanvas(document) => About::new("OpenCanvas").of(document),
        AppEvent::GoTo(_) => About::new("GoTo"),
        AppEvent::Try(on) => About::new("Try").number(usize::from(*on)),
        AppEvent::CloseCanvas => About::new("CloseCanvas"),
        AppEvent::Input(input) => About::new("Input").more(of_input(input)),
        AppEvent::Act(action) => About::new("Act").more(action.name()),
        AppEvent::Style(key, _) => About::new("Style").more(key),
        AppEvent::Paste(pasted) => About::new("Paste").number(pasted.text.len()),
        AppEvent::Rewrite(_, text) => About::new("Rewrite").number(text.len()),
        AppEvent::SetLink(..) => About::new("SetLink"),
        AppEvent::ListMore => About::new("ListMore"),
        AppEvent::WriteIn(_, text) => About::new("WriteIn").number(text.len()),
        AppEvent::Accept(kind) => About::new("Accept").more(kind.unwrap_or("connector")),
        AppEvent::Menu(_) => About::new("Menu"),
        AppEvent::Closed(_) => About::new("ClosedPart"),
        AppEvent::Prefer(preference, on) => About::new("Prefer")
            .more(preference.name())
            .number(usize::from(*on)),
        AppEvent::Find(words, _) => About::new("Find").number(words.len()),
        AppEvent::LookAt(_) => About::new("LookAt"),
        AppEvent::Choose(_) => About::new("Choose"),
        AppEvent::Typed => About::new("Typed"),
        AppEvent::Composing(on) => About::new("Composing").number(usize::from(*on)),
        AppEvent::TextKey(..) => About::new("TextKey"),
        AppEvent::TextLeft => About::new("TextLeft"),
        AppEvent::Sync(document, event) => of_sync(event).of(document),
        AppEvent::Kept { document, rows, .. } => About::new("Kept").of(document).number(rows.len()),
        AppEvent::Counted(counts) => About::new("Counted").number(counts.len()),
        AppEvent::PutPictures(files, _) => About::new("PutPictures").number(files.len()),
        AppEvent::Brought(_, brought) => About::new("Brought").more(ok(brought.is_ok())),
        AppEvent::Uploaded(sent) => About::new("Uploaded").more(ok(sent.is_ok())),
        AppEvent::Pictures => About::new("Pictures"),
        AppEvent::LanguageChanged => About::new("LanguageChanged"),
        AppEvent::DeviceFailed => About::new("DeviceFailed"),
        AppEvent::Frame => About::new("Frame"),
        AppEvent::Tick(_) => About::new("Tick"),
        AppEvent::Wake => About::new("Wake"),
        AppEvent::Hidden(on) => About::new("Hidden").number(usize::from(*on)),
    }
}

fn of_effect(effect: &Effect) -> About {
    match effect {
        Effect::Connect { document, socket } => {
            About::new("Connect").of(document).number(*socket as usize)
        }
        Effect::Disconnect { document } => About::new("Disconnect").of(document),
        Effect::Send { document, bytes } => About::new("Send").of(document).number(bytes.len()),
        Effect::Load { document } => About::new("Load").of(document),
        Effect::CountUnstored { documents } => About::new("CountUnstored").number(documents.len()),
        Effect::Keep { document, row } => {
            let state = if row.is_unstored {
                "unstored"
            } else {
                "stored"
            };
            let about = About::new("Keep").more(state).of(document);
            about.number(row.update.len())
        }
        Effect::Forget { document, rows } => About::new("Forget").of(document).number(rows.len()),
        Effect::Close { document } => About::new("Close").of(document),
        Effect::NextFrame => About::new("NextFrame"),
        Effect::SetTitle(_) => About::new("SetTitle"),
        Effect::SetTheme(_) => About::new("SetTheme"),
        Effect::Remember(preference, _) => About::new("Remember").more(preference.name()),
        Effect::RememberMe { .. } => About::new("RememberMe"),
        Effect::RememberCamera { document, .. } => About::new("RememberCamera").of(document),
        Effect::OpenLink(_) => About::new("OpenLink"),
        Effect::AskPicture => About::new("AskPicture"),
        Effect::FocusBoard => About::new("FocusBoard"),
        Effect::FocusProperties => About::new("FocusProperties"),
        Effect::SetCursor(cursor) => About::new("SetCursor").more(cursor),
        Effect::Upload { document, .. } => About::new("Upload").of(document),
        Effect::Bring {
            document, hashes, ..
        } => About::new("Bring").of(document).number(hashes.len()),
        Effect::PictureArrived(_) => About::new("PictureArrived"),
        Effect::MarkOpen => About::new("MarkOpen"),
        Effect::Go { canvas } => About::new("Go").of(canvas),
        Effect::Leave => About::new("Leave"),
    }
}

/// A platform that notes what it is to do.
pub(crate) struct Logging<'a> {
    /// Who does it.
    platform: &'a mut dyn Platform,
    /// Where it is noted.
    log: &'a mut Log,
    /// Monotonic time, milliseconds.
    now_ms: u64,
}

impl<'a> Logging<'a> {
    /// Notes what `platform` is to do.
    pub(crate) fn new(platform: &'a mut dyn Platform, log: &'a mut Log, now_ms: u64) -> Self {
        Self {
            platform,
            log,
            now_ms,
        }
    }
}

impl Platform for Logging<'_> {
    fn carry_out(&mut self, effect: Effect) {
        self.log.done(&effect, self.now_ms);
        self.platform.carry_out(effect);
    }

    fn random(&mut self) -> [u8; ObjectId::RANDOM_BYTES] {
        self.platform.random()
    }

    fn random_u64(&mut self) -> u64 {
        self.platform.random_u64()
    }

    fn random_unit(&mut self) -> f64 {
        self.platform.random_unit()
    }

    fn fold(&self) -> fn(&str) -> String {
        self.platform.fold()
    }

    fn window_width(&self) -> f64 {
        self.platform.window_width()
    }

    fn text(&self) -> &dyn TextBox {
        self.platform.text()
    }

    fn board(&mut self) -> &mut dyn BoardSurface {
        self.platform.board()
    }

    fn layer(&mut self, layer: Layer) -> &mut dyn Surface {
        self.platform.layer(layer)
    }
}
