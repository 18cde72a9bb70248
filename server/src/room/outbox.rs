//! What waits to be sent to one connection: bounded, never silently skipped.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use shared::protocol::{CloseCode, limits, message::AWARENESS};
use tokio::sync::{mpsc, watch};

/// The room's end.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// Frames in order.
    frames: mpsc::Sender<Arc<[u8]>>,
    /// How many bytes wait in them.
    bytes: Arc<AtomicUsize>,
    /// Why the connection is to end, once it is.
    close: Arc<watch::Sender<Option<CloseCode>>>,
}

/// The socket's end.
#[derive(Debug)]
pub struct Outgoing {
    /// Frames in order.
    frames: mpsc::Receiver<Arc<[u8]>>,
    /// How many bytes wait in them.
    bytes: Arc<AtomicUsize>,
    /// Why the connection is to end, once it is.
    close: watch::Receiver<Option<CloseCode>>,
}

/// Both ends of a new queue.
pub fn outbox() -> (Outbox, Outgoing) {
    let (frames, frames_rx) = mpsc::channel(limits::OUTGOING_FRAMES_MAX);
    let (close, close_rx) = watch::channel(None);
    let bytes = Arc::new(AtomicUsize::new(0));
    let outbox = Outbox {
        frames,
        bytes: Arc::clone(&bytes),
        close: Arc::new(close),
    };
    (
        outbox,
        Outgoing {
            frames: frames_rx,
            bytes,
            close: close_rx,
        },
    )
}

impl Outbox {
    /// Queues a frame. A reader that is too slow loses presence first, and is
    /// then cut off: it comes back and asks for the difference.
    pub fn send(&self, frame: Arc<[u8]>) {
        let waiting = limits::OUTGOING_FRAMES_MAX - self.frames.capacity();
        if frame
            .first()
            .is_some_and(|kind| u64::from(*kind) == AWARENESS)
            && waiting > limits::OUTGOING_FRAMES_MAX / 2
        {
            return;
        }
        let len = frame.len();
        let queued = self.bytes.fetch_add(len, Ordering::Relaxed) + len;
        // One frame larger than the bound (the whole document) must be able to pass.
        let too_much = queued > limits::OUTGOING_BYTES_MAX && queued > len;
        if too_much || self.frames.try_send(frame).is_err() {
            self.close(CloseCode::TryLater);
        }
    }

    /// Closes the connection. What is queued before is sent first where the socket still takes it.
    pub fn close(&self, code: CloseCode) {
        self.close
            .send_if_modified(|current| current.is_none().then(|| *current = Some(code)).is_some());
    }
}

impl Outgoing {
    /// Resolves when the reader has proved too slow: even a frame under way is given up.
    pub fn overflow(&self) -> impl Future<Output = ()> + use<> {
        let mut close = self.close.clone();
        async move {
            if close
                .wait_for(|code| *code == Some(CloseCode::TryLater))
                .await
                .is_err()
            {
                std::future::pending().await
            }
        }
    }

    /// The next frame, or why to close. Cancel safe.
    pub async fn next(&mut self) -> Result<Arc<[u8]>, CloseCode> {
        let asked = *self.close.borrow();
        if asked == Some(CloseCode::TryLater) {
            return Err(CloseCode::TryLater);
        }
        let frame = tokio::select! {
            biased;
            frame = self.frames.recv() => frame,
            // All senders gone: the room has ended.
            _ = self.close.wait_for(Option::is_some) => None,
        };
        match frame {
            Some(frame) => {
                self.bytes.fetch_sub(frame.len(), Ordering::Relaxed);
                Ok(frame)
            }
            None => Err(self.close.borrow().unwrap_or(CloseCode::Restarting)),
        }
    }
}
