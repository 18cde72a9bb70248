//! A person at a real socket: Plaza's own sync half and document, without a browser.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a test's tool; each user needs a part of it"
)]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use shared::{
    board::{Command, Document, Step},
    id::ParticipantId,
    protocol::{AwarenessEntry, CloseCode, Hello, Message as Plaza, Refusal, SUBPROTOCOL},
    sync::{
        ClientSync, Status,
        client::{Effect, Event},
    },
};
use tokio::sync::{Notify, mpsc};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// How long a condition is awaited.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes sent and received by all clients of the process.
pub static SENT: AtomicU64 = AtomicU64::new(0);
/// See [`SENT`].
pub static RECEIVED: AtomicU64 = AtomicU64::new(0);

/// What a client knows.
pub struct State {
    pub document: Document,
    pub sync: ClientSync,
    pub refused: Vec<Refusal>,
    /// What the server said last of this session.
    pub hello: Option<Hello>,
    pub presence: Vec<AwarenessEntry>,
    pub closed_with: Vec<CloseCode>,
    pub receipts: Vec<(u32, usize)>,
    /// When each merge happened, and what it changed.
    pub merged: Vec<(Instant, shared::board::ChangeSet)>,
    /// When fences vouched, and up to which local update.
    pub stored: Vec<(Instant, u64)>,
    /// Whether it says which client id is its own whenever it connects, as the page does.
    pub announces: bool,
    /// The laptop is closed: it does not connect.
    pub asleep: bool,
    awareness_clock: u64,
}

/// A connected person. Dropping it drops the socket.
pub struct Client {
    pub state: Arc<Mutex<State>>,
    changed: Arc<Notify>,
    wake: mpsc::UnboundedSender<Vec<u8>>,
    task: tokio::task::JoinHandle<()>,
}

impl Client {
    /// Opens a document's socket at `ws://...` and keeps it open.
    pub fn connect(server: String, document: String, token: String, random: u64) -> Self {
        let state = Arc::new(Mutex::new(State {
            document: Document::new(random),
            sync: ClientSync::new(0, false),
            refused: Vec::new(),
            hello: None,
            presence: Vec::new(),
            closed_with: Vec::new(),
            receipts: Vec::new(),
            merged: Vec::new(),
            stored: Vec::new(),
            announces: false,
            asleep: false,
            awareness_clock: 0,
        }));
        let changed = Arc::new(Notify::new());
        let (wake, outbox) = mpsc::unbounded_channel();
        let url = format!("{server}/sync/{document}?token={token}");
        let task = tokio::spawn(drive(url, Arc::clone(&state), Arc::clone(&changed), outbox));
        Self {
            state,
            changed,
            wake,
            task,
        }
    }

    /// Does a command, as a gesture of its own.
    pub fn run(&self, command: &Command) -> u64 {
        let mut state = self.state.lock().unwrap();
        let command = signed(command, state.hello.as_ref());
        state.document.apply(&command, Step::New);
        self.flush(&mut state)
    }

    /// Takes back the last step.
    pub fn undo(&self) -> u64 {
        let mut state = self.state.lock().unwrap();
        state.document.undo();
        self.flush(&mut state)
    }

    /// Does again what was taken back last.
    pub fn redo(&self) -> u64 {
        let mut state = self.state.lock().unwrap();
        state.document.redo();
        self.flush(&mut state)
    }

    /// Who this is.
    pub fn me(&self) -> ParticipantId {
        let state = self.state.lock().unwrap();
        state.hello.as_ref().unwrap().participant.clone()
    }

    fn flush(&self, state: &mut State) -> u64 {
        let mut effects = Vec::new();
        let mut number = 0;
        for update in state.document.take_outbox() {
            number = state.sync.local(update, 1, &mut effects);
        }
        for effect in effects {
            if let Effect::Send(bytes) = effect {
                let _ = self.wake.send(bytes);
            }
        }
        number
    }

    /// Says where the pointer is.
    pub fn announce(&self, json: &str) {
        let announced = self.state.lock().unwrap().presence_of(json);
        let _ = self.wake.send(announced);
    }

    /// Closes the laptop, or opens it again.
    pub fn sleeps(&self, asleep: bool) {
        self.state.lock().unwrap().asleep = asleep;
    }

    /// Sends bytes as they are.
    pub fn send_raw(&self, bytes: Vec<u8>) {
        let _ = self.wake.send(bytes);
    }

    /// Waits until something holds.
    pub async fn until(&self, what: &str, holds: impl Fn(&State) -> bool) {
        let waiting = async {
            loop {
                let notified = self.changed.notified();
                if holds(&self.state.lock().unwrap()) {
                    return;
                }
                // The status also depends on time.
                let _ = tokio::time::timeout(Duration::from_millis(100), notified).await;
            }
        };
        assert!(
            tokio::time::timeout(PATIENCE, waiting).await.is_ok(),
            "not in time: {what}"
        );
    }

    /// Waits until everything of mine is stored.
    pub async fn saved(&self) {
        self.until("saved", |state| state.sync.status() == Status::Saved)
            .await;
    }

    /// The texts of all notes, sorted.
    pub fn texts(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let mut texts: Vec<String> = state
            .document
            .view()
            .iter()
            .map(|object| object.text.clone())
            .collect();
        texts.sort();
        texts
    }
}

impl State {
    fn presence_of(&mut self, json: &str) -> Vec<u8> {
        self.awareness_clock += 1;
        let entry = AwarenessEntry {
            client: self.document.replica().client_id(),
            clock: self.awareness_clock,
            state: json.to_owned(),
        };
        Plaza::Awareness(vec![entry]).encode()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What is new is signed by whoever makes it.
fn signed(command: &Command, hello: Option<&Hello>) -> Command {
    let mut command = command.clone();
    if let (Command::Add(new), Some(hello)) = (&mut command, hello) {
        for object in new {
            object.author = hello.participant.clone();
        }
    }
    command
}

async fn drive(
    url: String,
    state: Arc<Mutex<State>>,
    changed: Arc<Notify>,
    mut outbox: mpsc::UnboundedReceiver<Vec<u8>>,
) {
    let began = Instant::now();
    let now_ms = || u64::try_from(began.elapsed().as_millis()).unwrap();
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    let (mut socket, mut number) = (None, 0);
    loop {
        let is_asleep = state.lock().unwrap().asleep;
        let fell_asleep = is_asleep && socket.take().is_some();
        let event = match &mut socket {
            None if fell_asleep => Event::Closed(number, 1006),
            None if is_asleep => {
                tick.tick().await;
                continue;
            }
            None => {
                tick.tick().await;
                Event::Tick
            }
            Some(open) => {
                let open: &mut tokio_tungstenite::WebSocketStream<_> = open;
                tokio::select! {
                    received = open.next() => match received {
                        Some(Ok(Message::Binary(bytes))) => {
                            RECEIVED.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                            Event::Message(number, bytes.to_vec())
                        }
                        Some(Ok(Message::Close(frame))) => {
                            let code = frame.map_or(1005, |frame| u16::from(frame.code));
                            let named = CloseCode::from_code(code);
                            state.lock().unwrap().closed_with.push(named);
                            socket = None;
                            Event::Closed(number, code)
                        }
                        Some(Ok(_)) => continue,
                        _ => {
                            socket = None;
                            Event::Closed(number, 1006)
                        }
                    },
                    Some(bytes) = outbox.recv() => {
                        SENT.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                        let _ = open.send(Message::Binary(bytes.into())).await;
                        continue;
                    }
                    _ = tick.tick() => Event::Tick,
                }
            }
        };
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let is_opened = matches!(event, Event::Opened(_));
            let mut effects = {
                let state = &mut *state.lock().unwrap();
                state.sync.handle(event, &mut state.document, now_ms(), 0.2)
            };
            if is_opened {
                let mut state = state.lock().unwrap();
                let announced = state.announces.then(|| state.presence_of("{}"));
                effects.extend(announced.map(Effect::Send));
            }
            for effect in effects {
                match effect {
                    Effect::Connect(n) => {
                        number = n;
                        let mut request = url.as_str().into_client_request().unwrap();
                        request
                            .headers_mut()
                            .insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
                        match connect_async(request).await {
                            Ok((open, _)) => {
                                if let tokio_tungstenite::MaybeTlsStream::Plain(tcp) =
                                    open.get_ref()
                                {
                                    // As browsers do.
                                    tcp.set_nodelay(true).unwrap();
                                }
                                socket = Some(open);
                                // What was meant for the last socket is computed anew.
                                while outbox.try_recv().is_ok() {}
                                events.push(Event::Opened(n));
                            }
                            Err(_) => events.push(Event::Closed(n, 1006)),
                        }
                    }
                    Effect::Disconnect => socket = None,
                    Effect::Send(bytes) => {
                        if let Some(open) = &mut socket {
                            SENT.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                            let _ = open.send(Message::Binary(bytes.into())).await;
                        }
                    }
                    Effect::Merged(_, change) => {
                        state.lock().unwrap().merged.push((Instant::now(), change))
                    }
                    Effect::Stored(upto) => {
                        state.lock().unwrap().stored.push((Instant::now(), upto))
                    }
                    Effect::Presence(entries) => state.lock().unwrap().presence.extend(entries),
                    Effect::Refused(refused) => state.lock().unwrap().refused.push(refused),
                    Effect::Receipt {
                        delivered,
                        by_others,
                        ..
                    } => {
                        state
                            .lock()
                            .unwrap()
                            .receipts
                            .push((delivered, by_others.len()));
                    }
                    Effect::Hello(hello) => state.lock().unwrap().hello = Some(hello),
                }
            }
        }
        changed.notify_waiters();
    }
}
