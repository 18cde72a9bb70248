//! A server in this process, on a temporary folder and a free port.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use reqwest::Method;
use serde_json::{Value, json};
use server::{
    app::{self, Ended},
    config::{Config, Limits},
    room::{CallLimits, registry::Registry},
    state::AppState,
    storage::{SqliteStore, Store},
    testing::MemoryStore,
};
use shared::{
    board::{Command, NewObject, TextEdit},
    geometry::Point,
    object::{Kind, NoteColor},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::client::Client;

/// A running server with one workshop, on disk where nothing else is said.
pub(crate) struct Rig<S = SqliteStore> {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<S>,
    pub(crate) workshop: Value,
    pub(crate) rooms: Registry,
    limits: CallLimits,
    stop: Option<oneshot::Sender<()>>,
    neighbours: Vec<oneshot::Sender<()>>,
    running: Option<JoinHandle<Ended>>,
}

/// A server as it was started.
struct Started {
    address: SocketAddr,
    rooms: Registry,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Ended>,
}

impl Rig {
    /// Starts one in a folder of its own.
    pub(crate) async fn start() -> Self {
        Self::start_with(CallLimits::default()).await
    }

    /// The same with other limits for calls into documents.
    pub(crate) async fn start_with(limits: CallLimits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        Self::on(folder, store, limits, |_| {}).await
    }

    /// The same, with an operator who has said something.
    pub(crate) async fn with(said: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        Self::on(folder, store, CallLimits::default(), said).await
    }

    /// Starts it again on the same folder.
    pub(crate) async fn restart(&mut self) {
        // The folder's lock goes with the last handle on the store.
        let folder = self.folder.path().to_owned();
        self.store =
            Arc::new(SqliteStore::open(&tempfile::tempdir().unwrap().path().join("x")).unwrap());
        self.rooms = Registry::new(self.store.clone(), self.limits.clone());
        self.store = Arc::new(SqliteStore::open(&folder).unwrap());
        self.again().await;
    }
}

impl Rig<MemoryStore> {
    /// Starts one whose store has knobs.
    pub(crate) async fn in_memory() -> Self {
        Self::in_memory_with(CallLimits::default()).await
    }

    /// The same with other limits for calls into documents.
    pub(crate) async fn in_memory_with(limits: CallLimits) -> Self {
        let store = Arc::new(MemoryStore::new());
        Self::on(tempfile::tempdir().unwrap(), store, limits, |_| {}).await
    }
}

impl<S: Store> Rig<S> {
    /// Starts a second server over the same store, which nobody tells of the first. Returns where sockets are opened;
    /// it runs for as long as the test does.
    pub(crate) async fn neighbour(&mut self) -> String {
        let folder = self.folder.path().to_owned();
        let started = serve(folder, self.store.clone(), self.limits.clone(), |_| {}).await;
        self.neighbours.push(started.stop);
        format!("ws://{}", started.address)
    }

    /// Starts one over a store, with a workshop in it.
    async fn on(
        folder: tempfile::TempDir,
        store: Arc<S>,
        limits: CallLimits,
        said: impl FnOnce(&mut Config),
    ) -> Self {
        let mut create_key = None;
        let said = |config: &mut Config| {
            said(config);
            create_key.clone_from(&config.create_key);
        };
        let path = folder.path().to_owned();
        let started = serve(path, store.clone(), limits.clone(), said).await;
        let mut rig = Self {
            folder,
            address: started.address,
            store,
            workshop: Value::Null,
            rooms: started.rooms,
            limits,
            stop: Some(started.stop),
            neighbours: Vec::new(),
            running: Some(started.running),
        };
        let (status, workshop) = rig
            .post(
                "/api/workshops",
                json!({ "title": "Parking data", "create_key": create_key.unwrap_or_default() }),
            )
            .await;
        assert_eq!(status, 200);
        rig.workshop = workshop;
        rig
    }

    /// Starts it again over the same store.
    pub(crate) async fn again(&mut self) {
        let folder = self.folder.path().to_owned();
        let started = serve(folder, self.store.clone(), self.limits.clone(), |_| {}).await;
        (self.address, self.rooms) = (started.address, started.rooms);
        (self.stop, self.running) = (Some(started.stop), Some(started.running));
    }

    /// Stops it as SIGTERM would, and waits until it has ended.
    pub(crate) async fn stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        assert_eq!(self.ended().await, Ended::Asked);
    }

    /// Waits until it has ended, and says why.
    pub(crate) async fn ended(&mut self) -> Ended {
        self.running.take().unwrap().await.unwrap()
    }

    pub(crate) fn http(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn ws(&self) -> String {
        format!("ws://{}", self.address)
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let answer = reqwest::Client::new()
            .post(self.http(path))
            .json(&body)
            .send()
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or(Value::Null),
        )
    }

    pub(crate) fn id(&self) -> String {
        self.workshop["workshop"].as_str().unwrap().to_owned()
    }

    pub(crate) fn canvas(&self, i: usize) -> String {
        self.workshop["canvases"][i]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Who holds a token joins once more by a link. Returns what the server says.
    pub(crate) async fn join_again(&self, token: &str, role: &str, name: &str) -> Value {
        let hash = *blake3::hash(token.as_bytes()).as_bytes();
        let session = self.store.session(&hash).await.unwrap().unwrap();
        let body = json!({
            "workshop": self.id(), "key": self.workshop["keys"][role], "name": name, "token": true,
            "person": session.participant
        });
        let again = reqwest::Client::new()
            .post(self.http("/api/join"))
            .bearer_auth(token)
            .json(&body)
            .send()
            .await
            .unwrap();
        again.json().await.unwrap()
    }

    /// Whoever holds a token leaves.
    pub(crate) async fn leave(&self, token: &str) {
        let path = format!("/api/workshops/{}/leave", self.id());
        let (status, said) = self.request(Method::POST, &path, token, json!({})).await;
        assert_eq!(status, 200, "{said}");
    }

    /// Asks for something with a token.
    pub(crate) async fn request(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Value,
    ) -> (u16, Value) {
        let request = reqwest::Client::new().request(method, self.http(path));
        let answer = request.bearer_auth(token).json(&body).send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or(Value::Null),
        )
    }

    /// Joins by the API. Returns a token.
    pub(crate) async fn token(&self, role: &str, name: &str) -> String {
        let body = json!({
            "workshop": self.workshop["workshop"], "key": self.workshop["keys"][role],
            "name": name, "organisation": "Parks", "token": true
        });
        let (status, joined) = self.post("/api/join", body).await;
        assert_eq!(status, 200, "{joined}");
        joined["token"].as_str().unwrap().to_owned()
    }

    /// A person on the blank board.
    pub(crate) async fn person(&self, role: &str, name: &str) -> Client {
        self.person_with_token(role, name).await.0
    }

    /// The same, with their token.
    pub(crate) async fn person_with_token(&self, role: &str, name: &str) -> (Client, String) {
        let token = self.token(role, name).await;
        let random = name
            .bytes()
            .fold(17_u64, |sum, byte| sum * 31 + u64::from(byte))
            * 7_919;
        let client = Client::connect(self.ws(), self.canvas(0), token.clone(), random);
        client
            .until("caught up", |state| state.sync.is_caught_up())
            .await;
        (client, token)
    }
}

async fn serve(
    folder: PathBuf,
    store: Arc<impl Store>,
    limits: CallLimits,
    said: impl FnOnce(&mut Config),
) -> Started {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut config = Config {
        listen: address,
        data: folder,
        public_url: None,
        log: "error".into(),
        trusted_proxy: Vec::new(),
        create_key: None,
        limits: Limits::default(),
    };
    said(&mut config);
    let app = AppState::new(config, store, limits);
    let rooms = app.rooms.clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        let stopped = async move { drop(stopped.await) };
        app::run(app, listener, stopped).await.unwrap()
    });
    Started {
        address,
        rooms,
        stop,
        running,
    }
}

pub(crate) fn add(id: &str, text: &str) -> Command {
    Command::Add(vec![NewObject::new(
        id.into(),
        Point::new(10.0, 300.0),
        Kind::note(NoteColor::Sky),
        text.into(),
        "a".into(),
    )])
}

pub(crate) fn edit(id: &str, at: u32, insert: &str) -> Command {
    Command::EditText(
        id.into(),
        TextEdit {
            at,
            delete: 0,
            insert: insert.into(),
        },
    )
}
