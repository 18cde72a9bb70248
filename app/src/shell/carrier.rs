//! The browser as the client sees it: carries out effects, one call of the platform each.

use std::{collections::HashMap, rc::Rc};

use client::{AppEvent, BoardSurface, Effect, FileInfo, Layer, Platform, Sent, Surface, TextBox};
use shared::{geometry::Point, id::ObjectId};
use web_sys::{File, HtmlCanvasElement, HtmlElement, HtmlTextAreaElement};

use super::{
    ends::{Ends, Send},
    text_box::TextElement,
};
use crate::platform::{
    browser, device,
    fold::fold,
    painter::{Board, PageLayer, Say},
    pictures::Pictures,
    upload,
};

/// Finds the controls of the properties bar in the page.
pub(crate) const CONTROLS: &str = ".properties :is(button, select)";

/// The elements of the page that the client works on.
#[derive(Clone)]
pub(crate) struct Elements {
    pub(crate) stage: HtmlElement,
    pub(crate) board: HtmlElement,
    pub(crate) overlay: HtmlCanvasElement,
    pub(crate) minimap: HtmlCanvasElement,
    pub(crate) text: HtmlTextAreaElement,
    /// Says what is painted in the reader's language.
    pub(crate) say: Say,
}

/// The page of a canvas.
struct Mounted {
    /// The board, which has the focus and the pointer.
    stage: HtmlElement,
    /// The text box.
    text: TextElement,
    board: Board,
    overlay: PageLayer,
    minimap: PageLayer,
}

/// Carries out effects.
pub(super) struct Carrier {
    /// Takes what comes of it.
    send: Send,
    /// Whose client it is.
    person: Rc<str>,
    /// Sockets and rows.
    ends: Ends,
    /// The page of the canvas that is open, or was last.
    mounted: Option<Mounted>,
    /// Pictures of that canvas.
    pictures: Option<Pictures>,
    /// Called with the canvas to go to; `None`: where one cannot stay in the workshop.
    go: Option<Rc<dyn Fn(Option<String>)>>,
    /// Files that wait to be sent, by number.
    files: HashMap<u32, File>,
    /// The number of the next file.
    next_file: u32,
}

impl Carrier {
    /// Without a page. `send` takes events; `person`: whose client it is.
    pub(super) fn new(send: Send, person: &str) -> Self {
        Self {
            ends: Ends::new(Rc::clone(&send), person),
            person: person.into(),
            send,
            mounted: None,
            pictures: None,
            go: None,
            files: HashMap::new(),
            next_file: 0,
        }
    }

    /// From here on works on these elements. `None` where the browser has no 2D canvas.
    pub(super) fn mount(&mut self, elements: Elements) -> Option<()> {
        self.mounted = Some(Mounted {
            board: Board::new(&elements.board, elements.say)?,
            overlay: PageLayer::new(elements.overlay, elements.say)?,
            minimap: PageLayer::new(elements.minimap, elements.say)?,
            stage: elements.stage,
            text: TextElement(elements.text),
        });
        Some(())
    }

    /// A canvas is about to open on the elements.
    pub(super) fn open_canvas(&mut self, document: &str, go: impl Fn(Option<String>) + 'static) {
        let send = Rc::clone(&self.send);
        let pictures = Pictures::new(document.to_owned(), Rc::clone(&self.person), move || {
            send(AppEvent::Pictures);
        });
        if let Some(mounted) = &mut self.mounted {
            mounted.board.set_pictures(pictures.clone());
            mounted.overlay.painter().set_pictures(pictures.clone());
        }
        self.pictures = Some(pictures);
        self.go = Some(Rc::new(go));
    }

    /// Holds a file until it is sent.
    pub(super) fn hold_file(&mut self, file: File) -> FileInfo {
        let name = file.name();
        self.next_file += 1;
        self.files.insert(self.next_file, file);
        FileInfo {
            file: self.next_file,
            name,
        }
    }

    /// Whether a picture that was missed may be asked for again.
    pub(super) fn misses_pictures(&self) -> bool {
        self.pictures.as_ref().is_some_and(Pictures::may_retry)
    }

    fn upload(&mut self, document: String, file: u32, alt: String, at: Point) {
        let Some(file) = self.files.remove(&file) else {
            return;
        };
        let (send, person) = (Rc::clone(&self.send), Rc::clone(&self.person));
        wasm_bindgen_futures::spawn_local(async move {
            let sent = upload::send(&document, &person, &file).await;
            let sent = sent.map(|image| Sent {
                document,
                image,
                alt,
                at,
            });
            send(AppEvent::Uploaded(sent));
        });
    }

    fn bring(&self, from: String, document: String, hashes: Vec<String>) {
        for hash in &hashes {
            if let Some(pictures) = &self.pictures {
                pictures.expect(hash);
            }
        }
        let (send, person) = (Rc::clone(&self.send), Rc::clone(&self.person));
        wasm_bindgen_futures::spawn_local(async move {
            for hash in hashes {
                let brought = upload::bring(&from, &hash, &document, &person).await;
                send(AppEvent::Brought(hash, brought.map(drop)));
            }
        });
    }

    /// Goes elsewhere once what is under way is done.
    fn go(&self, canvas: Option<String>) {
        if let Some(go) = self.go.clone() {
            wasm_bindgen_futures::spawn_local(async move { go(canvas) });
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "a canvas opens only once its page is there"
    )]
    fn mounted(&self) -> &Mounted {
        self.mounted.as_ref().expect("a page before its canvas")
    }
}

impl Platform for Carrier {
    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Connect { document, socket } => self.ends.connect(&document, socket),
            Effect::Disconnect { document } => self.ends.disconnect(&document),
            Effect::Send { document, bytes } => self.ends.send(&document, &bytes),
            Effect::Load { document } => self.ends.load(document),
            Effect::CountUnstored { documents } => self.ends.count_unstored(documents),
            Effect::Keep { document, row } => self.ends.keep(&document, &row),
            Effect::Forget { document, rows } => self.ends.forget(&document, &rows),
            Effect::Close { document } => self.ends.close(&document),
            Effect::NextFrame => {
                let send = Rc::clone(&self.send);
                browser::next_frame(move || send(AppEvent::Frame));
            }
            Effect::SetTitle(title) => browser::set_title(&title),
            Effect::SetTheme(dark) => browser::set_theme(dark),
            Effect::Remember(preference, on) => device::set_preference(preference.name(), on),
            Effect::RememberMe { workshop, me } => device::set_person(&workshop, &me),
            Effect::RememberCamera { document, camera } => device::set_camera(&document, camera),
            Effect::OpenLink(link) => browser::open_link(&link),
            Effect::AskPicture => browser::ask_file("picture-file"),
            Effect::FocusBoard => drop(self.mounted().stage.focus()),
            Effect::FocusProperties => browser::focus(CONTROLS),
            Effect::SetCursor(cursor) => {
                let style = self.mounted().stage.style();
                let _ = style.set_property("cursor", cursor);
            }
            Effect::Upload {
                document,
                file,
                alt,
                at,
            } => self.upload(document, file, alt, at),
            Effect::Bring {
                from,
                document,
                hashes,
            } => self.bring(from, document, hashes.into_iter().collect()),
            Effect::PictureArrived(hash) => {
                if let Some(pictures) = &self.pictures {
                    pictures.arrived(&hash);
                }
            }
            Effect::MarkOpen => browser::mark("plaza-open"),
            Effect::Go { canvas } => self.go(Some(canvas)),
            Effect::Leave => self.go(None),
        }
    }

    fn random(&mut self) -> [u8; ObjectId::RANDOM_BYTES] {
        browser::random()
    }

    fn random_u64(&mut self) -> u64 {
        browser::random_u64()
    }

    fn random_unit(&mut self) -> f64 {
        browser::random_unit()
    }

    fn fold(&self) -> fn(&str) -> String {
        fold
    }

    fn window_width(&self) -> f64 {
        f64::from(browser::window_size().0)
    }

    fn text(&self) -> &dyn TextBox {
        &self.mounted().text
    }

    #[expect(
        clippy::expect_used,
        reason = "a canvas opens only once its page is there"
    )]
    fn board(&mut self) -> &mut dyn BoardSurface {
        let mounted = self.mounted.as_mut().expect("a page before its canvas");
        &mut mounted.board
    }

    #[expect(
        clippy::expect_used,
        reason = "a canvas opens only once its page is there"
    )]
    fn layer(&mut self, layer: Layer) -> &mut dyn Surface {
        let mounted = self.mounted.as_mut().expect("a page before its canvas");
        match layer {
            Layer::Overlay => &mut mounted.overlay,
            Layer::Minimap => &mut mounted.minimap,
        }
    }
}
