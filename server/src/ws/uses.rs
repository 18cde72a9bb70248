//! What a socket uses of its person's shares.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use shared::protocol::{limits, message, share::Share};
use tokio::time::sleep;

use crate::{
    connection::Meter,
    shares::{Place, Shares, TooMany, Who},
};

/// What a socket uses of its person's shares.
pub(super) struct Uses {
    shares: Shares,
    /// Whose they are.
    who: Who,
    /// Counts the bytes that come.
    meter: Arc<Meter>,
    /// Held from a step 1 to its answer.
    asked: Mutex<Option<Place>>,
}

impl Uses {
    /// A new socket's. From now on its bytes are of the person's share.
    pub(super) fn new(shares: Shares, who: Who, meter: Arc<Meter>) -> Self {
        meter.is_of(shares.clone(), who.clone());
        Self {
            shares,
            who,
            meter,
            asked: Mutex::default(),
        }
    }

    /// Counts a message that came, and waits until it may be passed on.
    ///
    /// # Errors
    /// Where it asks for more than is answered at once, for longer than one waits.
    pub(super) async fn received(&self, message: &[u8]) -> Result<(), TooMany> {
        let mut wait = self.spend(&limits::MESSAGES, 1);
        let is_question = message::is_question(message);
        if is_question {
            wait = wait.max(self.spend(&limits::QUESTIONS, 1));
            wait = wait.max(self.shares.owes(&limits::ANSWERS, &self.who));
        }
        if !wait.is_zero() {
            sleep(wait).await;
        }
        if !is_question {
            return Ok(());
        }
        // Whoever asks again before there is an answer waits with what they have.
        self.hold(None);
        let place = self.shares.question(&self.who).await?;
        self.hold(Some(place));
        Ok(())
    }

    /// Counts what says only that the other side is there.
    pub(super) async fn sign_of_life(&self) {
        sleep(self.spend(&limits::MESSAGES, 1)).await;
    }

    /// Counts a message that is sent. Nothing waits here: who asked for too much waits with the next question.
    pub(super) fn sent(&self, message: &[u8]) {
        if message::is_answer(message) {
            self.spend(&limits::ANSWERS, message.len());
            self.hold(None);
        }
    }

    /// Counts that it was closed for what it sent.
    pub(super) fn offended(&self) {
        self.spend(&limits::OFFENCES, 1);
    }

    /// Whether nothing has come for too long.
    pub(super) fn is_silent(&self) -> bool {
        self.meter.is_silent()
    }

    fn spend(&self, share: &Share, amount: usize) -> Duration {
        self.shares.spend(share, &self.who, amount)
    }

    fn hold(&self, place: Option<Place>) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }
}
