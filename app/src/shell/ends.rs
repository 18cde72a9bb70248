//! Where the client's links end in the browser: a socket and the device's rows for each
//! document.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::Rc,
};

use client::{AppEvent, effect::KeptRow};
use shared::sync::client::Event;

use crate::platform::{
    device,
    kept::{self, Kept},
    socket::{Socket, SocketEvent},
};

/// Takes events.
pub(super) type Send = Rc<dyn Fn(AppEvent)>;

/// The ends of one document's link.
struct End {
    /// Its socket, while there is one.
    socket: Option<Socket>,
    /// What the device keeps of it.
    kept: Kept,
}

/// The ends of all links.
#[derive(Clone)]
pub(super) struct Ends {
    /// By document.
    ends: Rc<RefCell<HashMap<String, End>>>,
    /// Documents whose rows are being read.
    loading: Rc<RefCell<HashSet<String>>>,
    /// Takes what comes of it.
    send: Send,
    /// Whose links they are: several people may use one browser.
    person: Rc<str>,
}

impl Ends {
    /// None yet. `person`: whose links they are.
    pub(super) fn new(send: Send, person: &str) -> Self {
        Self {
            person: person.into(),
            ends: Rc::default(),
            loading: Rc::default(),
            send,
        }
    }

    /// Reads what the device keeps of a document.
    pub(super) fn load(&self, document: String) {
        if !self.loading.borrow_mut().insert(document.clone()) {
            // What is being read serves whoever asks now.
            return;
        }
        let ends = self.clone();
        let failed = Rc::clone(&self.send);
        wasm_bindgen_futures::spawn_local(async move {
            let on_failure = move || failed(AppEvent::DeviceFailed);
            let (kept, rows) = Kept::open(&ends.kept_as(&document), on_failure).await;
            ends.loading.borrow_mut().remove(&document);
            let end = End { socket: None, kept };
            ends.ends.borrow_mut().insert(document.clone(), end);
            let camera = device::camera(&document);
            (ends.send)(AppEvent::Kept {
                document,
                rows,
                camera,
            });
        });
    }

    /// Counts what the device keeps unstored of documents.
    pub(super) fn count_unstored(&self, documents: Vec<String>) {
        let send = Rc::clone(&self.send);
        let keys = documents.iter().map(|document| self.kept_as(document));
        let keys: Vec<String> = keys.collect();
        wasm_bindgen_futures::spawn_local(async move {
            // A device that fails says so where rows are read to be shown.
            if let Ok(counts) = kept::count_unstored(keys).await {
                send(AppEvent::Counted(
                    documents.into_iter().zip(counts).collect(),
                ));
            }
        });
    }

    /// The name under which the device keeps what this person has of a document.
    fn kept_as(&self, document: &str) -> String {
        format!("{} {document}", self.person)
    }

    /// Opens a socket in place of the one there is.
    pub(super) fn connect(&self, document: &str, number: u32) {
        let (name, send) = (document.to_owned(), Rc::clone(&self.send));
        let socket = Socket::open(document, &self.person, move |event| {
            let event = match event {
                SocketEvent::Opened => Event::Opened(number),
                SocketEvent::Message(bytes) => Event::Message(number, bytes),
                SocketEvent::Closed(code) => Event::Closed(number, code),
            };
            send(AppEvent::Sync(name.clone(), event));
        });
        self.with(document, |end| end.socket = socket);
    }

    /// Drops the socket.
    pub(super) fn disconnect(&self, document: &str) {
        self.with(document, |end| end.socket = None);
    }

    /// Sends a message.
    pub(super) fn send(&self, document: &str, bytes: &[u8]) {
        self.with(document, |end| {
            if let Some(socket) = &end.socket {
                socket.send(bytes);
            }
        });
    }

    /// Keeps a row.
    pub(super) fn keep(&self, document: &str, row: &KeptRow) {
        self.with(document, |end| end.kept.put(row));
    }

    /// Forgets rows.
    pub(super) fn forget(&self, document: &str, rows: &[u64]) {
        self.with(document, |end| end.kept.remove(rows));
    }

    /// Drops the ends of a document. What is queued for the device is written all the same.
    pub(super) fn close(&self, document: &str) {
        self.ends.borrow_mut().remove(document);
    }

    fn with(&self, document: &str, work: impl FnOnce(&mut End)) {
        if let Some(end) = self.ends.borrow_mut().get_mut(document) {
            work(end);
        }
    }
}
