//! The client half: one document, one socket at a time, until everything is stored.
//!
//! There is no queue of unsent messages: what the server lacks is computed from
//! its state vector on every return. What is counted is only how many of this
//! device's changes the server has not confirmed as stored.

mod words;

use std::collections::{BTreeSet, VecDeque};

use super::{SharedCopy, backoff};
use crate::{
    board::ChangeSet,
    id::ObjectId,
    protocol::{CloseCode, Message, Refused, limits},
};

/// A connection attempt must open within this time.
pub const OPEN_TIMEOUT_MS: u64 = 10_000;
/// After a wake-up, a socket must answer within this time or is dead.
pub const PROBE_TIMEOUT_MS: u64 = 5_000;
/// A gap between ticks longer than this means that the device slept.
pub const SLEEP_GAP_MS: u64 = 5_000;

/// The code of a refusal that concerns what somebody else wrote.
pub const NOT_YOURS: &str = "not_yours";

pub use words::{Effect, Event, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Waiting { until_ms: u64 },
    Opening { since_ms: u64 },
    Open { since_ms: u64 },
    Closed { code: u16 },
}

/// The client half of the sync of one document.
#[derive(Debug)]
pub struct ClientSync {
    link: Link,
    socket: u32,
    attempt: u32,
    heard_ms: u64,
    ticked_ms: u64,
    probe_by_ms: Option<u64>,
    /// The server's state vector has come: my updates may flow.
    flowing: bool,
    /// The server's step 2 has been merged.
    caught_up: bool,
    fence: u64,
    /// Fences on their way: `(fence, local updates it covers)`.
    fences: VecDeque<(u64, u64)>,
    /// Local updates not known as stored: `(number, weight)`.
    unstored: VecDeque<(u64, u32)>,
    last_local: u64,
    trouble: Option<String>,
    receipt: Option<Gap>,
    returning: bool,
}

#[derive(Debug, Default)]
struct Gap {
    delivered: u32,
    covers: u64,
    by_others: Option<BTreeSet<ObjectId>>,
}

impl ClientSync {
    /// Begins unconnected; the first tick connects. `restored` says that the
    /// device held a copy, so that what others did meanwhile is worth telling.
    pub fn new(now_ms: u64, restored: bool) -> Self {
        Self {
            link: Link::Waiting { until_ms: now_ms },
            socket: 0,
            attempt: 0,
            heard_ms: now_ms,
            ticked_ms: now_ms,
            probe_by_ms: None,
            flowing: false,
            caught_up: false,
            fence: 0,
            fences: VecDeque::new(),
            unstored: VecDeque::new(),
            last_local: 0,
            trouble: None,
            receipt: None,
            returning: restored,
        }
    }

    /// Takes note of a local update that the device already kept on an earlier
    /// visit and that is part of the copy. Answers its number.
    pub fn restore_unstored(&mut self, weight: u32) -> u64 {
        self.last_local += 1;
        self.unstored.push_back((self.last_local, weight));
        self.last_local
    }

    /// Takes a local update, already part of the copy. `weight` is 1 for the
    /// first update of a gesture, 0 for its further ones. Answers its number.
    pub fn local(&mut self, update: Vec<u8>, weight: u32, effects: &mut Vec<Effect>) -> u64 {
        let number = self.restore_unstored(weight);
        if self.flowing {
            effects.push(Effect::Send(Message::Update(update).encode()));
            self.send_fence(effects);
        }
        number
    }

    /// What the person is told.
    pub fn status(&self) -> Status {
        let changes = self.unstored_changes();
        match self.link {
            Link::Closed { code } => Status::Closed(code, changes),
            Link::Open { .. } if self.caught_up => match (&self.trouble, changes) {
                (None, 0) if self.unstored.is_empty() => Status::Saved,
                (trouble, _) => Status::Saving(changes, trouble.clone()),
            },
            _ => Status::Offline(changes),
        }
    }

    /// Whether the server's content has arrived on this connection.
    pub fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// Whether a socket is open: presence may be sent.
    pub fn is_open(&self) -> bool {
        matches!(self.link, Link::Open { .. })
    }

    /// When the next [`Event::Tick`] is worth sending, beyond the one each second.
    pub fn wake_at_ms(&self) -> Option<u64> {
        match self.link {
            Link::Waiting { until_ms } => Some(until_ms),
            _ => self.probe_by_ms,
        }
    }

    /// Takes an event. `random` in `0.0..1.0` spreads returns.
    pub fn handle(
        &mut self,
        event: Event,
        copy: &mut dyn SharedCopy,
        now_ms: u64,
        random: f64,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Opened(socket) if socket == self.socket => {
                self.opened(copy, now_ms, &mut effects)
            }
            Event::Message(socket, bytes) if socket == self.socket => {
                self.heard_ms = now_ms;
                self.probe_by_ms = None;
                if let Ok(message) = Message::decode(&bytes) {
                    self.message(message, copy, now_ms, &mut effects);
                }
            }
            Event::Closed(socket, code) if socket == self.socket => {
                self.closed(code, now_ms, random)
            }
            // Late words of a socket that has been given up.
            Event::Opened(_) | Event::Message(..) | Event::Closed(..) => {}
            Event::Tick => {
                let slept = now_ms.saturating_sub(self.ticked_ms) > SLEEP_GAP_MS;
                self.ticked_ms = now_ms;
                if slept {
                    self.wake(now_ms, &mut effects);
                }
                self.tick(now_ms, random, &mut effects);
            }
            Event::Wake => {
                self.wake(now_ms, &mut effects);
                self.tick(now_ms, random, &mut effects);
            }
        }
        effects
    }

    fn opened(&mut self, copy: &dyn SharedCopy, now_ms: u64, effects: &mut Vec<Effect>) {
        self.link = Link::Open { since_ms: now_ms };
        self.heard_ms = now_ms;
        self.receipt = self.returning.then(Gap::default);
        effects.push(Effect::Send(
            Message::SyncStep1(copy.state_vector()).encode(),
        ));
    }

    fn message(
        &mut self,
        message: Message,
        copy: &mut dyn SharedCopy,
        now_ms: u64,
        effects: &mut Vec<Effect>,
    ) {
        match message {
            Message::SyncStep1(state_vector) => self.answer_step1(&state_vector, copy, effects),
            Message::SyncStep2(update) => {
                let change = merge(update, copy, effects);
                if !self.caught_up {
                    self.caught_up = true;
                    if let Some(gap) = &mut self.receipt {
                        gap.by_others = Some(change.objects);
                    }
                    self.returning = true;
                    self.tell_receipt(effects);
                }
            }
            Message::Update(update) => {
                merge(update, copy, effects);
                if copy.is_behind() && self.caught_up {
                    // Something before it is missing: ask for the difference.
                    effects.push(Effect::Send(
                        Message::SyncStep1(copy.state_vector()).encode(),
                    ));
                }
            }
            Message::Awareness(entries) => effects.push(Effect::Presence(entries)),
            Message::Fence(fence) => self.fence_echo(fence, effects),
            Message::StoreStatus(status) => {
                self.trouble = (!status.ok).then(|| status.reason.unwrap_or_default());
            }
            Message::Hello(hello) => effects.push(Effect::Hello(hello)),
            Message::Refused(refused) => {
                // Fences on their way would vouch for what was refused. What is not
                // stored is counted until a fence of a later exchange comes back.
                if refused.code != NOT_YOURS {
                    self.fences.clear();
                    self.flowing = false;
                }
                effects.push(Effect::Refused(refused));
            }
            Message::Denied(reason) => {
                effects.push(Effect::Refused(Refused {
                    code: "denied".into(),
                    message: reason,
                }));
            }
            Message::QueryAwareness => {}
        }
        if let Link::Open { since_ms } = self.link
            && self.caught_up
            && now_ms.saturating_sub(since_ms) >= backoff::STEADY_MS
        {
            self.attempt = 0;
        }
    }

    fn answer_step1(
        &mut self,
        state_vector: &[u8],
        copy: &dyn SharedCopy,
        effects: &mut Vec<Effect>,
    ) {
        let Ok(diff) = copy.diff(state_vector) else {
            return;
        };
        if diff.len() > limits::UPDATE_BYTES_MAX {
            // Sending it would close the socket for good; the device keeps it.
            effects.push(Effect::Refused(Refused {
                code: "too_large".into(),
                message: "What was written offline is too large to be sent at once. It is kept on this device.".into(),
            }));
            return;
        }
        effects.push(Effect::Send(Message::SyncStep2(diff).encode()));
        let unstored = self.unstored_changes();
        if !self.flowing {
            self.flowing = true;
            if let Some(gap) = &mut self.receipt {
                gap.delivered = unstored;
                gap.covers = self.last_local;
            }
        }
        self.send_fence(effects);
    }

    fn fence_echo(&mut self, fence: u64, effects: &mut Vec<Effect>) {
        let mut upto = None;
        while let Some(&(n, covers)) = self.fences.front() {
            if n > fence {
                break;
            }
            upto = Some(covers);
            self.fences.pop_front();
        }
        let Some(upto) = upto else { return };
        while self
            .unstored
            .front()
            .is_some_and(|&(number, _)| number <= upto)
        {
            self.unstored.pop_front();
        }
        effects.push(Effect::Stored(upto));
        self.tell_receipt(effects);
    }

    /// Tells the receipt once both halves of it are known.
    fn tell_receipt(&mut self, effects: &mut Vec<Effect>) {
        let stored = |covers: u64| {
            self.unstored
                .front()
                .is_none_or(|&(number, _)| number > covers)
        };
        let complete = self
            .receipt
            .as_ref()
            .is_some_and(|gap| self.flowing && gap.by_others.is_some() && stored(gap.covers));
        if complete && let Some(gap) = self.receipt.take() {
            let by_others = gap.by_others.unwrap_or_default();
            if gap.delivered > 0 || !by_others.is_empty() {
                effects.push(Effect::Receipt {
                    delivered: gap.delivered,
                    by_others,
                });
            }
        }
    }

    fn send_fence(&mut self, effects: &mut Vec<Effect>) {
        self.fence += 1;
        self.fences.push_back((self.fence, self.last_local));
        effects.push(Effect::Send(Message::Fence(self.fence).encode()));
    }

    fn closed(&mut self, code: u16, now_ms: u64, random: f64) {
        self.flowing = false;
        self.caught_up = false;
        self.probe_by_ms = None;
        self.fences.clear();
        self.receipt = None;
        self.link = if CloseCode::is_permanent(code) {
            Link::Closed { code }
        } else {
            let until_ms = now_ms + backoff::delay_ms(self.attempt, random);
            self.attempt = self.attempt.saturating_add(1);
            Link::Waiting { until_ms }
        };
    }

    fn wake(&mut self, now_ms: u64, effects: &mut Vec<Effect>) {
        match self.link {
            Link::Waiting { .. } => self.link = Link::Waiting { until_ms: now_ms },
            Link::Open { .. } if self.probe_by_ms.is_none() => {
                self.probe_by_ms = Some(now_ms + PROBE_TIMEOUT_MS);
                self.send_fence(effects);
            }
            _ => {}
        }
    }

    fn tick(&mut self, now_ms: u64, random: f64, effects: &mut Vec<Effect>) {
        let dead = match self.link {
            Link::Waiting { until_ms } if now_ms >= until_ms => {
                self.socket += 1;
                self.link = Link::Opening { since_ms: now_ms };
                effects.push(Effect::Connect(self.socket));
                false
            }
            Link::Opening { since_ms } => now_ms.saturating_sub(since_ms) > OPEN_TIMEOUT_MS,
            Link::Open { .. } => {
                now_ms.saturating_sub(self.heard_ms) > limits::SILENCE_SECS * 1_000
                    || self.probe_by_ms.is_some_and(|by_ms| now_ms > by_ms)
            }
            _ => false,
        };
        if dead {
            effects.push(Effect::Disconnect);
            // Whatever that socket still says belongs to the past.
            self.socket += 1;
            self.closed(1006, now_ms, random);
        }
    }

    /// Gestures, not updates: a typing burst that is half stored still counts as one.
    fn unstored_changes(&self) -> u32 {
        let begun_before = self
            .unstored
            .front()
            .is_some_and(|&(_, weight)| weight == 0);
        let begun: u32 = self.unstored.iter().map(|(_, weight)| weight).sum();
        begun + u32::from(begun_before)
    }
}

fn merge(update: Vec<u8>, copy: &mut dyn SharedCopy, effects: &mut Vec<Effect>) -> ChangeSet {
    match copy.merge(&update) {
        Ok(change) => {
            effects.push(Effect::Merged(update, change.clone()));
            change
        }
        Err(error) => {
            effects.push(Effect::Refused(Refused {
                code: "unreadable".into(),
                message: error.to_string(),
            }));
            ChangeSet::default()
        }
    }
}
