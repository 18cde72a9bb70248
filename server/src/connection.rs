//! A connection's bytes: counted for as long as it is open, read as fast as its person's share is, and given up where
//! the other side does not read.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use shared::protocol::limits;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use crate::{
    clock,
    shares::{Place, Shares, Who},
};

/// What is known of the bytes that a connection brings.
#[derive(Default)]
pub struct Meter {
    /// Whose share they are of, once that is known.
    whose: OnceLock<(Shares, Who)>,
    /// When some came last, or may come again, in milliseconds of [`clock::now_ms`].
    heard_ms: AtomicU64,
}

impl Meter {
    /// From now on bytes are somebody's.
    pub(crate) fn is_of(&self, shares: Shares, who: Who) {
        // A connection becomes a socket once.
        let _known = self.whose.set((shares, who));
        self.heard_ms.store(clock::now_ms(), Ordering::Relaxed);
    }

    /// Counts bytes. Returns how long nothing more is read.
    fn count(&self, bytes: usize) -> Duration {
        let wait = match self.whose.get() {
            Some((shares, who)) => shares.spend(&limits::BYTES, who, bytes),
            None => Duration::ZERO,
        };
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let heard_ms = clock::now_ms().saturating_add(wait_ms);
        self.heard_ms.store(heard_ms, Ordering::Relaxed);
        wait
    }

    /// Whether nothing has come for [`limits::SILENCE_SECS`] although it would have been read.
    pub(crate) fn is_silent(&self) -> bool {
        let heard_ms = self.heard_ms.load(Ordering::Relaxed);
        heard_ms.saturating_add(limits::SILENCE_SECS * 1_000) <= clock::now_ms()
    }
}

/// A connection, also once it has become a socket.
pub(crate) struct Connection {
    tcp: TcpStream,
    /// Counts what it brings.
    meter: Arc<Meter>,
    /// Runs while nothing is read, because its person's share is used up.
    brake: Option<Pin<Box<Sleep>>>,
    /// Runs while a write waits for the other side.
    stalled: Option<Pin<Box<Sleep>>>,
    /// What it takes of the server's, and of its address'.
    _places: (Place, Option<Place>),
}

impl Connection {
    /// A connection that has its places.
    pub(crate) fn new(tcp: TcpStream, places: (Place, Option<Place>)) -> Self {
        Self {
            tcp,
            meter: Arc::default(),
            brake: None,
            stalled: None,
            _places: places,
        }
    }

    /// What is known of the bytes that it brings.
    pub(crate) fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.meter)
    }

    /// What became of a write; an error where it has waited for too long.
    fn watched<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let limit = Duration::from_secs(limits::STALL_SECS);
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(limit)));
        match stalled.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if let Some(brake) = &mut this.brake {
            if brake.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            this.brake = None;
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.tcp).poll_read(context, buffer);
        let bytes = buffer.filled().len() - before;
        if bytes > 0 {
            let wait = this.meter.count(bytes);
            this.brake = (!wait.is_zero()).then(|| Box::pin(sleep(wait)));
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.tcp).poll_write(context, bytes);
        this.watched(written, context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.tcp).poll_write_vectored(context, parts);
        this.watched(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use shared::protocol::control::Role;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        time::timeout,
    };

    use super::*;
    use crate::config::Limits;

    /// A connection, and its other end.
    async fn connected(shares: &Shares) -> (Connection, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let other = TcpStream::connect(listener.local_addr().unwrap());
        let (other, taken) = tokio::join!(other, listener.accept());
        let place = shares.connection(2).await;
        let connection = Connection::new(taken.unwrap().0, (place, None));
        (connection, other.unwrap())
    }

    /// Messages that never end are none that could be counted.
    #[tokio::test]
    async fn bytes_are_read_as_fast_as_a_persons_share_over_all_their_sockets() {
        let shares = Shares::new(Limits::default());
        let who = Who {
            person: "mallory".into(),
            workshop: "w".into(),
            role: Role::Facilitator,
        };
        let rate = limits::BYTES.own;
        let began = Instant::now();
        let mut ends = Vec::new();
        for _ in 0..2 {
            let (connection, mut other) = connected(&shares).await;
            connection.meter().is_of(shares.clone(), who.clone());
            ends.push(async move {
                let half = (rate.burst + rate.regained) as usize / 2;
                let bytes = vec![0; half];
                let (mut connection, mut read) = (connection, vec![0; half]);
                let (sent, got) = tokio::join!(other.write_all(&bytes), async {
                    connection.read_exact(&mut read).await
                });
                sent.unwrap();
                got.unwrap();
                // What comes now is paid for.
                other.write_all(&[1]).await.unwrap();
                connection.read_exact(&mut read[..1]).await.unwrap();
                assert!(!connection.meter().is_silent());
            });
        }
        futures_util::future::join_all(ends).await;
        assert!(began.elapsed() > Duration::from_millis(900));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_is_given_up() {
        let shares = Shares::new(Limits::default());
        let (mut connection, reader) = connected(&shares).await;
        let bytes = vec![0; 64 << 20];
        let day = Duration::from_secs(24 * 3_600);
        let written = timeout(day, connection.write_all(&bytes)).await;
        let written = written.expect("it waits for ever");
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(connection);
        drop(reader);
    }
}
