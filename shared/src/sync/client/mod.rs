//! The client half: one document, one socket at a time, until everything is stored.
//!
//! There is no queue of unsent messages: what the server lacks is computed from
//! its state vector on every return. What is counted is only how many of this
//! device's changes the server has not confirmed as stored.

mod former;
mod receipt;
mod telling;
mod words;

use std::collections::VecDeque;

use super::{SharedCopy, backoff};
use crate::{
    board::{ChangeSet, replica, schema},
    protocol::{CloseCode, Hello, Message, Refusal, limits},
};

/// A connection attempt must open within this time.
pub const OPEN_TIMEOUT_MS: u64 = 10_000;
/// After a wake-up, a socket must answer within this time or is dead.
pub const PROBE_TIMEOUT_MS: u64 = 5_000;
/// A gap between ticks longer than this means that the device slept.
pub const SLEEP_GAP_MS: u64 = 5_000;

use former::Former;
use receipt::Gap;
pub use words::{Effect, Event, Held, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Waiting { until_ms: u64 },
    Opening { since_ms: u64 },
    Open { since_ms: u64 },
    Closed { code: CloseCode },
}

/// The client half of the sync of one document.
#[derive(Debug)]
pub struct ClientSync {
    link: Link,
    /// Number of the socket that counts; words of others are late.
    socket: u32,
    /// Failed attempts to connect since a connection last held.
    attempt: u32,
    /// When the server was last heard.
    heard_ms: u64,
    ticked_ms: u64,
    /// By then the server must have been heard, or the socket is dead.
    probe_by_ms: Option<u64>,
    /// The server's state vector has come: my updates may flow.
    flowing: bool,
    /// The server's step 2 has been merged.
    caught_up: bool,
    /// Whether the session may write, as the server said last.
    may_write: bool,
    /// The document's schema is newer than this client's. It stays so.
    outdated: bool,
    /// The last fence sent.
    fence: u64,
    /// Fences on their way: `(fence, local updates it covers)`.
    fences: VecDeque<(u64, u64)>,
    /// Local updates not known as stored: `(number, weight)`.
    unstored: VecDeque<(u64, u32)>,
    /// Number of the last local update.
    last_local: u64,
    /// Client ids of earlier visits.
    former: Former,
    /// The server lacked something that this copy has: what it had stored before it went
    /// back to an older state, mine or others'. The fence that vouches for all of it.
    lacked: Option<u64>,
    /// Whether the server stores what arrives, as it said last.
    is_storing: bool,
    /// What is to be told of the gap before this connection.
    receipt: Option<Gap>,
    /// The device held a copy, so that what others did meanwhile is worth telling.
    restored: bool,
    /// This copy has caught up before: the next connection is a return.
    was_connected: bool,
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
            may_write: true,
            outdated: false,
            fence: 0,
            fences: VecDeque::new(),
            unstored: VecDeque::new(),
            last_local: 0,
            former: Former::default(),
            lacked: None,
            is_storing: true,
            receipt: None,
            restored,
            was_connected: false,
        }
    }

    /// Takes note of a local update that the device already kept on an earlier
    /// visit and that is part of the copy. Returns its number.
    pub fn restore_unstored(&mut self, update: &[u8], weight: u32) -> u64 {
        self.former.note(update);
        self.count(weight)
    }

    fn count(&mut self, weight: u32) -> u64 {
        self.last_local += 1;
        self.unstored.push_back((self.last_local, weight));
        self.last_local
    }

    /// Takes a local update, already part of the copy. `weight` is 1 for the
    /// first update of a gesture, 0 for its further ones. Returns its number.
    pub fn local(&mut self, update: Vec<u8>, weight: u32, effects: &mut Vec<Effect>) -> u64 {
        let number = self.count(weight);
        if self.flowing {
            effects.push(Effect::Send(Message::Update(update).encode()));
            self.send_fence(effects);
        }
        number
    }

    /// Tells the receipt once both halves of it are known.
    fn tell_receipt(&mut self, effects: &mut Vec<Effect>) {
        let first_unstored = self.unstored.front().map(|&(number, _)| number);
        let known = self.receipt.take_if(|gap| gap.is_known(first_unstored));
        effects.extend(known.and_then(Gap::receipt));
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
                self.closed(CloseCode::from_code(code), now_ms, random)
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
        self.note_schema(copy.schema());
        self.link = Link::Open { since_ms: now_ms };
        self.heard_ms = now_ms;
        let is_worth_telling = self.restored || self.was_connected;
        self.receipt = is_worth_telling.then(|| Gap {
            was_connected: self.was_connected,
            ..Gap::default()
        });
        effects.push(Effect::Send(
            Message::SyncStep1(copy.state_vector()).encode(),
        ));
        let former = self.former.announcement();
        effects.extend(former.map(|message| Effect::Send(message.encode())));
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
                self.note_schema(copy.schema());
                if !self.caught_up {
                    self.caught_up = true;
                    if let Some(gap) = &mut self.receipt {
                        gap.by_others = Some(change.objects);
                    }
                    self.was_connected = true;
                    self.tell_receipt(effects);
                }
            }
            Message::Update(update) => {
                merge(update, copy, effects);
                self.note_schema(copy.schema());
                if copy.is_behind() && self.caught_up {
                    // Something before it is missing: ask for the difference.
                    effects.push(Effect::Send(
                        Message::SyncStep1(copy.state_vector()).encode(),
                    ));
                }
            }
            Message::Awareness(entries) => effects.push(Effect::Presence(entries)),
            Message::Fence(fence) => self.fence_echo(fence, effects),
            Message::StoreStatus(status) => self.is_storing = status.ok,
            Message::Hello(hello) => {
                self.hello(&hello);
                effects.push(Effect::Hello(hello));
            }
            Message::Refused(refusal) => {
                // Fences on their way would vouch for what was refused. What is not
                // stored is counted until a fence of a later exchange comes back.
                if !refusal.spares_mine() {
                    self.fences.clear();
                    self.flowing = false;
                }
                effects.push(Effect::Refused(refusal));
            }
            Message::Denied(_) => effects.push(Effect::Refused(Refusal::Denied)),
            Message::QueryAwareness => {}
        }
        if let Link::Open { since_ms } = self.link
            && self.caught_up
            && now_ms.saturating_sub(since_ms) >= backoff::STEADY_MS
        {
            self.attempt = 0;
        }
    }

    /// What the session may do, from now on. The server asks anew where it may write again.
    fn hello(&mut self, hello: &Hello) {
        self.may_write = hello.writable;
        if !hello.writable {
            self.flowing = false;
        }
        self.note_schema(hello.schema);
    }

    /// A document that is newer than this client is not written by it: what it does not
    /// know it could spoil. What was written is kept.
    fn note_schema(&mut self, version: Option<u32>) {
        if version.is_some_and(|version| version > schema::VERSION) {
            self.outdated = true;
            self.flowing = false;
        }
    }

    /// Whether nothing is sent at present that would change the document.
    fn holds_back(&self) -> bool {
        self.outdated || (!self.may_write && !self.unstored.is_empty())
    }

    fn answer_step1(
        &mut self,
        state_vector: &[u8],
        copy: &dyn SharedCopy,
        effects: &mut Vec<Effect>,
    ) {
        if self.holds_back() {
            return;
        }
        let Ok(diff) = copy.diff(state_vector) else {
            return;
        };
        if diff.len() > limits::UPDATE_BYTES_MAX {
            // Sending it would close the socket for good; the device keeps it.
            let max = limits::UPDATE_BYTES_MAX as u64;
            effects.push(Effect::Refused(Refusal::TooLarge { max }));
            return;
        }
        let is_lacking = !replica::writers(&diff).is_empty();
        effects.push(Effect::Send(Message::SyncStep2(diff).encode()));
        let unstored = self.unstored_changes();
        if !self.flowing {
            self.flowing = self.may_write;
            if let Some(gap) = &mut self.receipt {
                gap.is_answered = true;
                gap.delivered = unstored;
                gap.covers = self.last_local;
            }
        }
        self.send_fence(effects);
        if self.may_write && (is_lacking || self.lacked.is_some()) {
            self.lacked = Some(self.fence);
        }
    }

    fn fence_echo(&mut self, fence: u64, effects: &mut Vec<Effect>) {
        let mut upto = None;
        while let Some(&(n, covers)) = self.fences.front() {
            if n > fence {
                break;
            }
            upto = Some(covers);
            self.fences.pop_front();
            self.lacked.take_if(|lacked| *lacked <= n);
        }
        let Some(upto) = upto.filter(|upto| *upto > 0) else {
            return;
        };
        while self
            .unstored
            .front()
            .is_some_and(|&(number, _)| number <= upto)
        {
            self.unstored.pop_front();
        }
        if self.unstored.is_empty() {
            self.former.clear();
        }
        effects.push(Effect::Stored(upto));
        self.tell_receipt(effects);
    }

    fn send_fence(&mut self, effects: &mut Vec<Effect>) {
        self.fence += 1;
        // Sent only to see whether the socket lives, it vouches for nothing new.
        let covers = if self.flowing { self.last_local } else { 0 };
        self.fences.push_back((self.fence, covers));
        effects.push(Effect::Send(Message::Fence(self.fence).encode()));
    }

    fn closed(&mut self, code: CloseCode, now_ms: u64, random: f64) {
        self.flowing = false;
        self.caught_up = false;
        self.probe_by_ms = None;
        self.fences.clear();
        self.lacked = None;
        self.receipt = None;
        self.link = if code.is_permanent() {
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
            self.closed(CloseCode::Lost, now_ms, random);
        }
    }
}

fn merge(update: Vec<u8>, copy: &mut dyn SharedCopy, effects: &mut Vec<Effect>) -> ChangeSet {
    match copy.merge(&update) {
        Ok(change) => {
            effects.push(Effect::Merged(update, change.clone()));
            change
        }
        Err(_) => {
            effects.push(Effect::Refused(Refusal::Unreadable));
            ChangeSet::default()
        }
    }
}
