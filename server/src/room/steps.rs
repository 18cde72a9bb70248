//! What a room does next, and how a thread of the pool does a batch of it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use shared::{
    protocol::Message,
    sync::{
        Room,
        room::{ConnId, Input, Output, VerifiedSnapshot},
    },
};
use tokio::sync::oneshot;

use super::{
    mail::Write,
    pool::{CallLimits, Pace},
};
use crate::clock;
#[cfg(feature = "testing")]
use crate::testing::Prey;

/// Steps that are handed to a thread in one go.
pub(super) const BATCH_STEPS: usize = 32;
/// A batch that has taken so long is handed back with the rest of it undone: other rooms want the thread, too.
const BATCH_TIME: Duration = Duration::from_millis(20);

/// One thing that a room does. Nobody waits for anything in it: it may be lost with its thread.
pub(super) enum Step {
    /// It takes an input.
    Input(Input),
    /// The server writes.
    Write(Write),
    /// Somebody asks for the whole state.
    State,
    /// A snapshot is taken.
    Snapshot,
}

/// What somebody waits for who asked for a step.
pub(super) enum Answer {
    /// That the document has what was written.
    Written(oneshot::Sender<()>),
    /// The state.
    State(oneshot::Sender<Vec<u8>>),
}

impl Answer {
    /// Tells what came of the step.
    pub(super) fn tell(self, state: Option<Vec<u8>>) {
        match (self, state) {
            (Self::Written(written), _) => {
                let _gone = written.send(());
            }
            (Self::State(answer), Some(state)) => {
                let _gone = answer.send(state);
            }
            (Self::State(_), None) => {}
        }
    }
}

/// What a thread is about while it does a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum UnderWay {
    /// Something that nobody sent.
    #[default]
    Own,
    /// What a connection sent.
    Frame(ConnId, Vec<u8>),
    /// Reading the document as a whole.
    Reading,
}

impl UnderWay {
    /// What is about to be done by a step.
    fn of(step: &Step) -> Self {
        match step {
            Step::Input(Input::Frame(conn, bytes)) => Self::Frame(*conn, bytes.clone()),
            Step::State | Step::Snapshot => Self::Reading,
            Step::Input(_) | Step::Write(_) => Self::Own,
        }
    }

    /// Whether it reads what is there and adds nothing: then what is there is at fault.
    pub(super) fn only_reads(&self) -> bool {
        match self {
            Self::Own => false,
            Self::Reading => true,
            Self::Frame(_, bytes) => matches!(Message::decode(bytes), Ok(Message::SyncStep1(_))),
        }
    }
}

/// Where a batch is, for whoever waits for it in vain. A cheap handle.
#[derive(Clone, Default)]
pub(super) struct At(Arc<Mutex<Arc<UnderWay>>>);

impl At {
    /// What the thread is about.
    pub(super) fn read(&self) -> Arc<UnderWay> {
        let under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&under_way)
    }

    fn set(&self, under_way: &Arc<UnderWay>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(under_way);
    }
}

/// A step that was done.
pub(super) struct Done {
    /// What it was.
    pub(super) what: Arc<UnderWay>,
    /// What is to be done now.
    pub(super) outputs: Vec<Output>,
    /// Whether somebody waits for it.
    pub(super) is_awaited: bool,
    /// The whole state, where that was asked for.
    pub(super) state: Option<Vec<u8>>,
}

/// A batch that came back.
pub(super) struct Carried {
    /// What was done, in order.
    pub(super) done: Vec<Done>,
    /// The snapshot that was taken.
    pub(super) snapshot: Option<VerifiedSnapshot>,
    /// What was not begun.
    pub(super) rest: VecDeque<Step>,
}

/// Does steps in order, each within its own limit. Stops early after a fault, since the room is loaded anew before
/// anything else, and where it has taken long.
pub(super) fn carry(
    room: &mut Room,
    mut steps: VecDeque<Step>,
    pace: &Pace,
    limits: &CallLimits,
    at: &At,
) -> Carried {
    let began = Instant::now();
    let mut carried = Carried {
        done: Vec::with_capacity(steps.len()),
        snapshot: None,
        rest: VecDeque::new(),
    };
    while let Some(step) = steps.pop_front() {
        let what = Arc::new(UnderWay::of(&step));
        pace.step(match *what {
            UnderWay::Reading => limits.document,
            UnderWay::Own | UnderWay::Frame(..) => limits.message,
        });
        at.set(&what);
        #[cfg(feature = "testing")]
        match &*what {
            UnderWay::Frame(_, bytes) => limits.trap.spring(Prey::Frame(bytes)),
            UnderWay::Reading => limits.trap.spring(Prey::Whole),
            UnderWay::Own => {}
        }
        let is_awaited = matches!(step, Step::Write(_) | Step::State);
        let mut state = None;
        let outputs = match step {
            Step::Input(input) => room.handle(input, clock::now_ms()),
            Step::Write(write) => room.write(|replica| write(replica), clock::now_ms()),
            Step::State => {
                state = Some(room.replica().state());
                Vec::new()
            }
            Step::Snapshot => {
                carried.snapshot = room.take_snapshot(clock::random_u64());
                Vec::new()
            }
        };
        let is_faulty = outputs.contains(&Output::Rebuild);
        carried.done.push(Done {
            what,
            outputs,
            is_awaited,
            state,
        });
        if is_faulty || began.elapsed() > BATCH_TIME {
            break;
        }
    }
    carried.rest = steps;
    carried
}
