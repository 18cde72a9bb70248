//! The event loop of one open canvas: events in, effects out. The only owner
//! of the editor, the document and the sync.

mod canvas;
mod finding;
mod link;
mod minimap;
mod overlay;
mod paint;
mod panels;
mod people;
mod pictures;
mod show;
mod syncing;
mod text;
mod writing;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use editor::{Action, Input, LinkAsked, input::Mods};
use shared::{geometry::Point, id::ObjectId, protocol::api::UploadedImage, sync::client};
use web_sys::{File, HtmlCanvasElement, HtmlElement, HtmlTextAreaElement};

use crate::{
    platform::browser::{self, Interval, Listener},
    state::Ui,
};

pub(crate) use canvas::Canvas;

/// The font of the board, as the browser wants it named.
const FONT: &str = "400 16px \"Atkinson Hyperlegible Next\"";

/// Everything that can wake the page. Listed in one place.
pub(crate) enum AppEvent {
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
    WriteIn(Option<&'static str>, String),
    /// An offer at the end of a connector was taken: a kind, or only the connector.
    Accept(Option<&'static str>),
    /// The context menu is asked for, in screen pixels.
    Menu(Point),
    /// Words to be found; forward or backward from where one is.
    Find(String, Seek),
    /// The view is to be centred at a point of the board.
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
    /// The canvas's own sync.
    CanvasSync(client::Event),
    /// The workshop document's sync.
    WorkshopSync(client::Event),
    /// Pictures were pasted, dropped or chosen; where, in screen pixels.
    PutPictures(Vec<File>, Option<Point>),
    /// A picture was brought along from another workshop, or cannot be.
    Brought(String),
    /// A picture is on the server, or could not be sent.
    Uploaded(Result<Sent, String>),
    /// A picture has come from the server, or cannot come.
    Pictures,
    /// The device could not keep something.
    DeviceFailed,
    /// A frame is due.
    Frame,
    /// A quarter of a second passed.
    Tick,
    /// The page was shown, the network came back.
    Wake,
    /// The page goes into the background or comes back.
    Hidden(bool),
}

/// What was pasted.
pub(crate) struct Pasted {
    /// Objects as Plaza copies them, as JSON; empty where there are none.
    pub(crate) json: String,
    /// The canvas that they come from.
    pub(crate) canvas: Option<String>,
    pub(crate) text: String,
    /// All of the text as one note.
    pub(crate) as_one: bool,
}

/// A picture that is on the server now.
pub(crate) struct Sent {
    pub(crate) image: UploadedImage,
    /// What it is called.
    pub(crate) alt: String,
    /// Where it is to be placed, in board space.
    pub(crate) at: Point,
}

/// Where a search goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seek {
    /// To the first.
    First,
    Next,
    Previous,
}

/// The elements of the page that the shell works on.
#[derive(Clone)]
pub(crate) struct Elements {
    pub(crate) stage: HtmlElement,
    pub(crate) board: HtmlElement,
    pub(crate) overlay: HtmlCanvasElement,
    pub(crate) minimap: HtmlCanvasElement,
    pub(crate) text: HtmlTextAreaElement,
}

/// A handle on the event loop.
#[derive(Clone)]
pub(crate) struct Shell(Rc<Core>);

struct Core {
    queue: RefCell<VecDeque<AppEvent>>,
    busy: Cell<bool>,
    canvas: RefCell<Option<Canvas>>,
    watches: RefCell<Vec<Watch>>,
}

/// Kept for as long as the canvas is open.
enum Watch {
    Listener(#[expect(dead_code, reason = "held for its drop")] Listener),
    Interval(#[expect(dead_code, reason = "held for its drop")] Interval),
}

impl Shell {
    /// Opens a canvas on the page's elements.
    pub(crate) fn open(
        document: String,
        workshop: String,
        kind: String,
        ui: Ui,
        elements: Elements,
    ) -> Self {
        let shell = Self(Rc::new(Core {
            queue: RefCell::default(),
            busy: Cell::new(false),
            canvas: RefCell::new(None),
            watches: RefCell::default(),
        }));
        let opening = shell.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // The canvas paints with what is there: a font that comes later would not show.
            browser::load_font(FONT).await;
            let canvas =
                Canvas::open(document, workshop, &kind, ui, elements, opening.clone()).await;
            *opening.0.canvas.borrow_mut() = canvas;
            opening.watch();
            opening.send(AppEvent::Tick);
            opening.send(AppEvent::Frame);
        });
        shell
    }

    /// Puts an event in the queue and works it off, unless somebody does already.
    pub(crate) fn send(&self, event: AppEvent) {
        self.0.queue.borrow_mut().push_back(event);
        if self.0.busy.replace(true) {
            return;
        }
        loop {
            let event = self.0.queue.borrow_mut().pop_front();
            let Some(event) = event else { break };
            if let Some(canvas) = self.0.canvas.borrow_mut().as_mut() {
                canvas.take(event);
            }
        }
        self.0.busy.set(false);
    }

    /// Whether the browser's own action is to be suppressed for this input.
    pub(crate) fn send_input(&self, input: Input) -> bool {
        self.send(AppEvent::Input(input));
        self.0
            .canvas
            .try_borrow()
            .is_ok_and(|canvas| canvas.as_ref().is_some_and(Canvas::used_last_input))
    }

    /// Whether Enter in the text box has been used.
    pub(crate) fn text_enter(&self, mods: Mods) -> bool {
        self.send(AppEvent::TextKey("Enter".into(), mods));
        self.0
            .canvas
            .try_borrow()
            .is_ok_and(|canvas| canvas.as_ref().is_some_and(Canvas::used_last_input))
    }

    /// Takes what is to be put on the clipboard: objects as JSON, and plain text; and
    /// the canvas that they come from.
    pub(crate) fn take_clip(&self) -> Option<(editor::Clip, String)> {
        let mut canvas = self.0.canvas.try_borrow_mut().ok()?;
        let canvas = canvas.as_mut()?;
        Some((canvas.clip.take()?, canvas.document.clone()))
    }

    /// Whether closing the page now would lose something: neither the server nor
    /// the device has it.
    fn would_lose(&self) -> bool {
        self.0
            .canvas
            .try_borrow()
            .is_ok_and(|canvas| canvas.as_ref().is_some_and(Canvas::would_lose))
    }

    /// Closes the canvas: sockets, timers, listeners.
    pub(crate) fn close(&self) {
        self.0.watches.borrow_mut().clear();
        *self.0.canvas.borrow_mut() = None;
    }

    fn watch(&self) {
        let window = browser::window();
        let Some(document) = window.document() else {
            return;
        };
        let wake = |name| {
            let shell = self.clone();
            Watch::Listener(Listener::new(&window, name, move |_: web_sys::Event| {
                shell.send(AppEvent::Wake)
            }))
        };
        let tick = self.clone();
        let leaving = self.clone();
        let visibility = self.clone();
        *self.0.watches.borrow_mut() = vec![
            wake("online"),
            wake("pageshow"),
            Watch::Listener(Listener::new(
                &window,
                "beforeunload",
                move |event: web_sys::Event| {
                    if leaving.would_lose() {
                        event.prevent_default();
                    }
                },
            )),
            Watch::Listener(Listener::new(
                &document,
                "visibilitychange",
                move |_: web_sys::Event| {
                    let hidden = browser::is_hidden();
                    visibility.send(AppEvent::Hidden(hidden));
                    if !hidden {
                        visibility.send(AppEvent::Wake);
                    }
                },
            )),
            Watch::Interval(Interval::new(250, move || tick.send(AppEvent::Tick))),
        ];
    }
}
