//! A canvas's document: commands go in, a view comes out.
//!
//! Each command is one transaction. Observers only note which objects changed;
//! the view is reread after the transaction has closed, because a transaction
//! opened while another is open would panic in the browser.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use yrs::{
    DeepObservable, MapRef, Transact, TransactionMut,
    types::{Event, PathSegment},
    undo::{Options, UndoManager},
};

use super::{BoardView, ChangeSet, Command, MergeError, Replica, read, root::Root, write};
use crate::id::ObjectId;

/// The origin of what this person does: what undo may take back.
const MINE: &str = "mine";

/// Whether a command begins an undo step or belongs to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A gesture of its own.
    New,
    /// Part of the gesture before: a further keystroke of a typing burst.
    Continue,
}

/// One copy of a canvas, with its view and this person's undo history.
pub struct Document {
    replica: Replica,
    objects: MapRef,
    touched: Arc<Mutex<BTreeSet<ObjectId>>>,
    undo: UndoManager<()>,
    view: BoardView,
}

impl Document {
    /// An empty copy. `random` becomes its client id, see [`Replica::new`].
    pub fn new(random: u64) -> Self {
        let replica = Replica::new(random);
        let objects = replica.map(Root::Objects);
        let touched: Arc<Mutex<BTreeSet<ObjectId>>> = Arc::default();
        let queue = Arc::clone(&touched);
        objects.observe_deep("touched", move |txn, events| {
            let Ok(mut queue) = queue.lock() else { return };
            for event in events.iter() {
                note_touched(txn, event, &mut queue);
            }
        });
        // Steps end where `Step::New` says, not by the clock: time stands still.
        let mut undo = UndoManager::with_options(Options {
            capture_timeout_millis: u64::MAX,
            tracked_origins: std::iter::once(MINE.into()).collect(),
            capture_transaction: None,
            timestamp: Arc::new(|| 1_u64),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        undo.expand_scope(replica.doc(), &objects);
        Self {
            replica,
            objects,
            touched,
            undo,
            view: BoardView::default(),
        }
    }

    /// The board as it is now.
    pub fn view(&self) -> &BoardView {
        &self.view
    }

    /// The shared document underneath.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// What this copy has done itself since the last call, see [`Replica::take_outbox`].
    pub fn take_outbox(&mut self) -> Vec<Vec<u8>> {
        self.replica.take_outbox()
    }

    /// Does what a command says. What does not apply any more is skipped.
    pub fn apply(&mut self, command: &Command, step: Step) -> ChangeSet {
        if step == Step::New {
            self.undo.reset();
        }
        let ends = self.view.z_range();
        {
            let mut txn = self.replica.doc().transact_mut_with(MINE);
            write::run(&self.objects, &mut txn, command, ends);
        }
        self.refresh()
    }

    /// Takes back my last step that still stands.
    pub fn undo(&mut self) -> Option<ChangeSet> {
        self.undo.undo_blocking().then(|| self.refresh())
    }

    /// Does again what I took back last.
    pub fn redo(&mut self) -> Option<ChangeSet> {
        self.undo.redo_blocking().then(|| self.refresh())
    }

    /// Whether there is something to take back, and something to do again.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.undo.can_undo(), self.undo.can_redo())
    }

    /// Merges an update from elsewhere.
    ///
    /// # Errors
    /// See [`Replica::merge`].
    pub fn merge(&mut self, update: &[u8]) -> Result<ChangeSet, MergeError> {
        self.replica.merge(update)?;
        Ok(self.refresh())
    }

    /// The update with which the server begins a new canvas. Only the server
    /// seeds: clients that did would each add their own.
    pub fn seed(random: u64, kind: &str, title: &str) -> Vec<u8> {
        let mut replica = Replica::new(random);
        replica.put_facts(kind, title);
        replica.state()
    }

    fn refresh(&mut self) -> ChangeSet {
        let objects = self
            .touched
            .lock()
            .map(|mut set| std::mem::take(&mut *set))
            .unwrap_or_default();
        let txn = self.replica.doc().transact();
        for id in &objects {
            match read::object(&self.objects, &txn, id) {
                Some(object) => self.view.put(object),
                None => self.view.remove(id),
            }
        }
        ChangeSet { objects }
    }
}

fn note_touched(txn: &TransactionMut, event: &Event, touched: &mut BTreeSet<ObjectId>) {
    if let Some(PathSegment::Key(id)) = event.path().front() {
        touched.insert(ObjectId::from(&**id));
    } else if let Event::Map(event) = event {
        touched.extend(event.keys(txn).keys().map(|id| ObjectId::from(&**id)));
    }
}
