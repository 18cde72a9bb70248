//! The driver of the tab's one workshop: queues events for the client, carries out what
//! comes of them, and shows the page what became dirty. Decides nothing.

mod carrier;
mod ends;
mod surface;
mod text_box;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use client::{AppEvent, Dirty, FileInfo, Opening, Shown, Workshop};
use editor::{Input, input::Mods};
use shared::geometry::Point;
use web_sys::File;

use crate::platform::browser::{self, Interval, Listener};
use carrier::Carrier;

pub(crate) use carrier::{CONTROLS, Elements};

/// The font of the board, as the browser wants it named.
const FONT: &str = "400 16px \"Atkinson Hyperlegible Next\"";
/// How often the client hears that time passed, milliseconds.
const TICK_MS: i32 = 250;

/// What the page is shown after a step.
pub(crate) struct Seen<'a> {
    /// The workshop as it is now.
    pub(crate) workshop: &'a Workshop,
    /// What became dirty.
    pub(crate) dirty: Dirty,
    /// What tools and properties bar show, where that became dirty.
    pub(crate) shown: Option<Shown>,
}

/// Shows the page what became dirty.
type Show = Rc<dyn Fn(&Seen<'_>)>;

/// A handle on the event loop.
#[derive(Clone)]
pub(crate) struct Shell(Rc<Core>);

struct Core {
    /// Events that wait.
    queue: RefCell<VecDeque<AppEvent>>,
    /// Somebody works the queue off.
    busy: Cell<bool>,
    /// The workshop.
    workshop: RefCell<Workshop>,
    /// The browser, as the client sees it.
    carrier: RefCell<Carrier>,
    /// The page of the canvas that is open.
    show: RefCell<Option<Show>>,
    /// Changes with every page that opens: one that closed meanwhile opens nothing.
    page: Cell<u32>,
    /// Kept for the life of the workshop.
    watches: RefCell<Vec<Watch>>,
}

/// Kept for as long as the workshop is open.
enum Watch {
    Listener(#[expect(dead_code, reason = "held for its drop")] Listener),
    Interval(#[expect(dead_code, reason = "held for its drop")] Interval),
}

thread_local! {
    /// The workshop of this tab. It outlives the pages of its canvases.
    static OPEN: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

impl Shell {
    /// The tab's workshop: the one that is open already, or a new one on these elements.
    /// `None` where the browser has no 2D canvas.
    pub(crate) fn of_tab(opening: Opening, elements: Elements) -> Option<Self> {
        let open = OPEN.with_borrow(Clone::clone);
        if let Some(shell) = open {
            let is_of = shell.0.workshop.borrow().is_of(&opening);
            if is_of {
                shell.0.carrier.borrow_mut().mount(elements)?;
                return Some(shell);
            }
            shell.close();
        }
        let shell = Self(Rc::new_cyclic(|core: &std::rc::Weak<Core>| {
            let core = core.clone();
            let send = Rc::new(move |event| {
                if let Some(core) = core.upgrade() {
                    Self(core).send(event);
                }
            });
            let mut carrier = Carrier::new(send, opening.me.id.as_str());
            Core {
                queue: RefCell::default(),
                busy: Cell::new(false),
                workshop: RefCell::new(Workshop::begin(opening, &mut carrier)),
                carrier: RefCell::new(carrier),
                show: RefCell::new(None),
                page: Cell::new(0),
                watches: RefCell::default(),
            }
        }));
        shell.0.carrier.borrow_mut().mount(elements)?;
        shell.watch();
        OPEN.set(Some(shell.clone()));
        Some(shell)
    }

    /// Opens a canvas. `show` is called with whatever becomes dirty, `go` with another canvas
    /// to go to, or with none where one cannot stay in the workshop.
    pub(crate) fn open_canvas(
        &self,
        document: String,
        show: impl Fn(&Seen<'_>) + 'static,
        go: impl Fn(Option<String>) + 'static,
    ) {
        *self.0.show.borrow_mut() = Some(Rc::new(show));
        self.0.carrier.borrow_mut().open_canvas(&document, go);
        self.show(Dirty::ALL);
        let page = self.0.page.get() + 1;
        self.0.page.set(page);
        let shell = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // The canvas paints with what is there: a font that comes later would not show.
            browser::load_font(FONT).await;
            if shell.0.page.get() == page {
                shell.send(AppEvent::OpenCanvas(document));
            }
        });
    }

    /// Closes the canvas; the workshop stays open.
    pub(crate) fn close_canvas(&self) {
        self.0.page.set(self.0.page.get() + 1);
        *self.0.show.borrow_mut() = None;
        self.send(AppEvent::CloseCanvas);
    }

    /// Closes the workshop: sockets, timers, listeners.
    pub(crate) fn close(&self) {
        self.close_canvas();
        self.0.watches.borrow_mut().clear();
        let now_ms = browser::monotonic_ms();
        let mut carrier = self.0.carrier.borrow_mut();
        self.0.workshop.borrow_mut().close(now_ms, &mut *carrier);
        OPEN.set(None);
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
            let dirty = {
                let mut carrier = self.0.carrier.borrow_mut();
                let mut workshop = self.0.workshop.borrow_mut();
                workshop.take(event, browser::monotonic_ms(), &mut *carrier)
            };
            self.show(dirty);
        }
        self.0.busy.set(false);
    }

    /// Shows the page what became dirty.
    fn show(&self, dirty: Dirty) {
        let show = self.0.show.borrow().clone();
        let Some(show) = show else { return };
        if dirty == Dirty::NOTHING {
            return;
        }
        let shown = dirty.has(Dirty::EDITOR).then(|| {
            let mut carrier = self.0.carrier.borrow_mut();
            let mut workshop = self.0.workshop.borrow_mut();
            workshop.shown(browser::monotonic_ms(), &mut *carrier)
        });
        show(&Seen {
            workshop: &self.0.workshop.borrow(),
            dirty,
            shown: shown.flatten(),
        });
    }

    /// Whether the browser's own action is to be suppressed for this input.
    pub(crate) fn send_input(&self, input: Input) -> bool {
        self.send(AppEvent::Input(input));
        self.used_last_input()
    }

    /// When the editor wants to be told that time has passed, monotonic milliseconds.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        let workshop = self.0.workshop.try_borrow().ok()?;
        workshop.canvas()?.wakes_at()
    }

    /// Whether Enter in the text box has been used.
    pub(crate) fn text_enter(&self, mods: Mods) -> bool {
        self.send(AppEvent::TextKey("Enter".into(), mods));
        self.used_last_input()
    }

    fn used_last_input(&self) -> bool {
        let workshop = self.0.workshop.try_borrow();
        workshop.is_ok_and(|workshop| {
            workshop
                .canvas()
                .is_some_and(client::Canvas::used_last_input)
        })
    }

    /// Pictures were pasted, dropped or chosen; where, in screen pixels.
    pub(crate) fn put_pictures(&self, files: Vec<File>, at: Option<Point>) {
        let files: Vec<FileInfo> = {
            let mut carrier = self.0.carrier.borrow_mut();
            files
                .into_iter()
                .map(|file| carrier.hold_file(file))
                .collect()
        };
        self.send(AppEvent::PutPictures(files, at));
    }

    /// Takes what is to be put on the clipboard: objects as JSON, and plain text; and
    /// the canvas that they come from.
    pub(crate) fn take_clip(&self) -> Option<(editor::Clip, String)> {
        self.0.workshop.try_borrow_mut().ok()?.take_clip()
    }

    /// What could not be stored, as a file, where there is something.
    pub(crate) fn unstored(&self) -> Option<String> {
        self.0.workshop.borrow().unstored()
    }

    /// Whether something that was written is not stored yet.
    pub(crate) fn has_unstored(&self) -> bool {
        self.0.workshop.borrow().has_unstored()
    }

    /// What happened lately, as text.
    pub(crate) fn log(&self) -> String {
        self.0.workshop.borrow().log().text()
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
        let (tick, leaving, visibility) = (self.clone(), self.clone(), self.clone());
        *self.0.watches.borrow_mut() = vec![
            wake("online"),
            wake("pageshow"),
            Watch::Listener(Listener::new(
                &window,
                "beforeunload",
                move |event: web_sys::Event| {
                    let workshop = leaving.0.workshop.try_borrow();
                    if workshop.is_ok_and(|workshop| workshop.would_lose()) {
                        event.prevent_default();
                    }
                },
            )),
            Watch::Listener(Listener::new(
                &document,
                "visibilitychange",
                move |_: web_sys::Event| {
                    visibility.send(AppEvent::Hidden(browser::is_hidden()));
                },
            )),
            Watch::Interval(Interval::new(TICK_MS, move || {
                tick.send(AppEvent::Tick(browser::now_ms()));
                if tick.0.carrier.borrow().misses_pictures() {
                    tick.send(AppEvent::Pictures);
                }
            })),
        ];
    }
}
