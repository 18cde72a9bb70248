//! What every handler can reach.

use std::sync::Arc;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::Config,
    room::{CallLimits, registry::Registry},
    shares::Shares,
    storage::SharedStore,
    workshop::Workshops,
};

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    /// How the server was configured.
    pub config: Arc<Config>,
    /// Who may come in.
    pub workshops: Arc<Workshops>,
    /// How much of everything each may use.
    pub shares: Shares,
    /// The open documents.
    pub rooms: Registry,
    /// What is durable.
    pub store: SharedStore,
    /// Open sockets, awaited on shutdown.
    pub sockets: TaskTracker,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
}

impl AppState {
    /// The state over a store.
    pub fn new(config: Config, store: SharedStore, limits: CallLimits) -> Self {
        let rooms = Registry::new(Arc::clone(&store), limits);
        let shares = Shares::new(config.limits);
        let workshops = Workshops::new(Arc::clone(&store), rooms.clone(), shares.clone(), &config);
        Self {
            config: Arc::new(config),
            workshops: Arc::new(workshops),
            shares,
            rooms,
            store,
            sockets: TaskTracker::new(),
            stop: CancellationToken::new(),
        }
    }
}
