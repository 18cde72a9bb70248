//! The running server: how it starts and stops.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use crate::{accept, config::Config, room::CallLimits, state::AppState, storage::SqliteStore};

/// How long a shutdown may take before it is cut short.
const SHUTDOWN_SECS: u64 = 10;
/// Exit code where threads hang that only a new process gets rid of: "try again" of `sysexits.h`.
const EXIT_START_ANEW: u8 = 75;

/// Why the server ended, with everything stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was asked to.
    Asked,
    /// So many calls into documents did not come back that it has to be started anew.
    Exhausted,
}

impl Ended {
    /// What the process ends with, so that whoever looks after it knows whether to start it again.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Asked => 0,
            Self::Exhausted => EXIT_START_ANEW,
        }
    }
}

/// Opens the data folder and serves until `stop` resolves, or it has to be started anew.
///
/// # Errors
/// Where the folder or the port cannot be used; the message says what to do.
pub async fn serve(
    config: Config,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<Ended> {
    let store = SqliteStore::open(&config.data)
        .with_context(|| format!("the data folder {} cannot be opened", config.data.display()))?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "{} cannot be listened on; is Plaza running already?",
            config.listen
        )
    })?;
    let address = listener.local_addr()?;
    tracing::info!(%address, data = %config.data.display(), "Plaza is ready at http://{address}");
    let app = AppState::new(config, Arc::new(store), CallLimits::default());
    run(app, listener, stop).await
}

/// Serves an app on a listener until `stop` resolves or too many threads hang; then stores everything,
/// closes sockets with a code that makes clients come back, and returns.
///
/// # Errors
/// Where serving fails.
pub async fn run(
    app: AppState,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<Ended> {
    let watch = app.rooms.watch_store(app.stop.clone());
    let (token, rooms) = (app.stop.clone(), app.rooms.clone());
    let stopper = tokio::spawn(async move {
        let ended = tokio::select! {
            () = stop => Ended::Asked,
            () = rooms.exhausted() => Ended::Exhausted,
        };
        match ended {
            Ended::Asked => tracing::info!("stopping"),
            Ended::Exhausted => tracing::error!(
                "stopping, to be started anew: too many calls into documents did not come back"
            ),
        }
        token.cancel();
        ended
    });
    let connections = TaskTracker::new();
    accept::accept(&app, listener, &connections).await;
    stop_rooms(&app, &connections).await;
    watch.abort();
    app.store.close().await;
    tracing::info!("stopped");
    Ok(stopper.await?)
}

async fn stop_rooms(app: &AppState, connections: &TaskTracker) {
    let stopping = async {
        app.rooms.stop().await;
        app.sockets.close();
        app.sockets.wait().await;
        connections.close();
        connections.wait().await;
    };
    if tokio::time::timeout(Duration::from_secs(SHUTDOWN_SECS), stopping)
        .await
        .is_err()
    {
        tracing::warn!("some connections did not close in time");
    }
}
