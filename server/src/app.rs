//! The running server: how it starts and stops.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::{config::Config, router::router, state::AppState, storage::SqliteStore};

/// How long a shutdown may take before it is cut short.
const SHUTDOWN_SECS: u64 = 10;

/// Opens the data folder and serves until `stop` resolves.
///
/// # Errors
/// Where the folder or the port cannot be used; the message says what to do.
pub async fn serve(
    config: Config,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
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
    run(AppState::new(config, Arc::new(store)), listener, stop).await
}

/// Serves an app on a listener until `stop` resolves; then stores everything,
/// closes sockets with a code that makes clients come back, and returns.
///
/// # Errors
/// Where serving fails.
pub async fn run(
    app: AppState,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let watch = app.rooms.watch_store(app.stop.clone());
    let token = app.stop.clone();
    tokio::spawn(async move {
        stop.await;
        tracing::info!("stopping");
        token.cancel();
    });
    let graceful = app.stop.clone().cancelled_owned();
    // Small messages leave at once: waiting to fill a packet costs 40 ms each way.
    let listener = listener.tap_io(|tcp| {
        let _ = tcp.set_nodelay(true);
    });
    let serving = axum::serve(listener, router(app.clone())).with_graceful_shutdown(graceful);
    let served = tokio::select! {
        served = async { serving.await } => served,
        // Upgraded sockets and idle keep-alive connections are ours to end.
        () = async { app.stop.cancelled().await; stop_rooms(&app).await } => Ok(()),
    };
    stop_rooms(&app).await;
    watch.abort();
    app.store.close().await;
    tracing::info!("stopped");
    served.map_err(Into::into)
}

async fn stop_rooms(app: &AppState) {
    let stopping = async {
        app.rooms.stop().await;
        app.sockets.close();
        app.sockets.wait().await;
    };
    if tokio::time::timeout(Duration::from_secs(SHUTDOWN_SECS), stopping)
        .await
        .is_err()
    {
        tracing::warn!("some sockets did not close in time");
    }
}
