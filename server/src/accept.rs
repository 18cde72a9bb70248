//! Taking connections: so many in all and from one address, each with limits of time.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::{
    connection::Connection, http::address::Peer, router::router, shares::Place, state::AppState,
};

/// Files that are no connections: the database, its log, what the runtime has.
const OTHER_FILES: u64 = 128;
/// Where no connection can be taken, it is tried again after this.
const RETRY: Duration = Duration::from_millis(100);
/// The largest head of a request, and what of an answer waits to be sent, bytes.
const BUFFER_BYTES: usize = 64 << 10;

/// Takes connections until the server stops. `connections` has those that still go on.
pub(crate) async fn accept(app: &AppState, listener: TcpListener, connections: &TaskTracker) {
    let router = router(app.clone());
    let max = app.config.limits.connections.min(files());
    tracing::debug!(max, "connections");
    let mut is_failing = false;
    loop {
        let next = async {
            // Waited for first: who comes then waits with the operating system.
            let place = app.shares.connection(max).await;
            listener.accept().await.map(|taken| (taken, place))
        };
        let taken = tokio::select! {
            () = app.stop.cancelled() => return,
            taken = next => taken,
        };
        match taken {
            Ok(((tcp, from), place)) => {
                is_failing = false;
                if let Some(connection) = admit(app, tcp, from.ip(), place) {
                    let peer = Peer(from.ip());
                    connections.spawn(serve(app.clone(), router.clone(), connection, peer));
                }
            }
            Err(error) if is_of_one(&error) => {}
            Err(error) => {
                // Said once, not ten times a second.
                if !std::mem::replace(&mut is_failing, true) {
                    tracing::error!(%error, "connections cannot be taken");
                }
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

/// So many connections may be open as far as the system is concerned. Raises what the process may have.
fn files() -> u64 {
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files could not be raised");
        1_024
    });
    files.saturating_sub(OTHER_FILES).max(1)
}

/// Whether an error is of the connection that would have been taken.
fn is_of_one(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// A connection, unless its address has too many. A proxy has those of everybody behind it.
fn admit(app: &AppState, tcp: TcpStream, from: IpAddr, place: Place) -> Option<Connection> {
    let is_proxy = app.config.trusted_proxy.contains(&from.to_canonical());
    let of_address = if is_proxy {
        None
    } else {
        Some(app.shares.connection_from(from)?)
    };
    // Small messages leave at once: waiting to fill a packet costs 40 ms each way.
    let _ = tcp.set_nodelay(true);
    Some(Connection::new(tcp, (place, of_address)))
}

/// Serves one connection to its end, or to the end of the answer that is under way when the server stops.
async fn serve(app: AppState, router: Router, connection: Connection, peer: Peer) {
    let stop = app.stop.clone();
    let head = Duration::from_secs(app.config.limits.head_secs);
    let meter = connection.meter();
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(Arc::clone(&meter));
        request
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(connection), TowerToHyperService::new(service))
        .with_upgrades();
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}
