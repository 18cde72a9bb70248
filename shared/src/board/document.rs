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
    Any, DeepObservable, Map, MapPrelim, MapRef, Out, Text, TextPrelim, Transact, TransactionMut,
    types::{Event, PathSegment},
    undo::{Options, UndoManager},
};

use super::{
    BoardView, ChangeSet, Command, MergeError, NewNote, Replica, TextEdit, read, schema,
    text_edit::{byte_of_utf16, utf16_len},
};
use crate::{geometry::Point, id::ObjectId, object::sticky_note};

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
        let objects = replica.doc().get_or_insert_map(schema::OBJECTS);
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
        let front = self.front();
        {
            let mut txn = self.replica.doc().transact_mut_with(MINE);
            run(&self.objects, &mut txn, command, front);
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

    /// The canvas's kind and title as the server seeded them; empty before.
    pub fn kind_and_title(&self) -> (String, String) {
        let meta = self.replica.doc().get_or_insert_map(schema::META);
        let txn = self.replica.doc().transact();
        (
            read::string(&meta, &txn, schema::KIND).unwrap_or_default(),
            read::string(&meta, &txn, schema::TITLE).unwrap_or_default(),
        )
    }

    /// The update with which the server begins a new canvas. Only the server
    /// seeds: clients that did would each add their own.
    pub fn seed(random: u64, kind: &str, title: &str) -> Vec<u8> {
        let replica = Replica::new(random);
        let meta = replica.doc().get_or_insert_map(schema::META);
        {
            let mut txn = replica.doc().transact_mut();
            meta.insert(&mut txn, schema::SCHEMA, schema::VERSION);
            meta.insert(&mut txn, schema::KIND, kind);
            meta.insert(&mut txn, schema::TITLE, title);
        }
        replica.state()
    }

    fn front(&self) -> f64 {
        self.view.iter().map(|object| object.z).fold(0.0, f64::max)
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

fn run(objects: &MapRef, txn: &mut TransactionMut, command: &Command, front: f64) {
    match command {
        Command::AddNotes(notes) => {
            for (i, note) in notes.iter().enumerate() {
                add_note(objects, txn, note, front + 1.0 + i as f64);
            }
        }
        Command::Move(moves) => {
            for (id, pos) in moves {
                set(objects, txn, id, schema::POS, position(*pos));
            }
        }
        Command::Raise(ids) => {
            for (i, id) in ids.iter().enumerate() {
                set(objects, txn, id, schema::Z, (front + 1.0 + i as f64).into());
            }
        }
        Command::Delete(ids) => {
            for id in ids {
                objects.remove(txn, id.as_str());
            }
        }
        Command::Recolor(ids, color) => {
            for id in ids {
                set(objects, txn, id, schema::COLOR, color.name().into());
            }
        }
        Command::EditText(id, edit) => edit_text(objects, txn, id, edit),
    }
}

fn add_note(objects: &MapRef, txn: &mut TransactionMut, note: &NewNote, z: f64) {
    let map = MapPrelim::from([
        (schema::KIND, Any::from(sticky_note::NAME)),
        (schema::POS, position(note.pos)),
        (schema::Z, z.into()),
        (schema::COLOR, note.color.name().into()),
        (schema::AUTHOR, note.author.as_str().into()),
    ]);
    let map = objects.insert(txn, note.id.as_str(), map);
    map.insert(txn, schema::TEXT, TextPrelim::new(note.text.as_str()));
}

fn set(objects: &MapRef, txn: &mut TransactionMut, id: &ObjectId, key: &str, value: Any) {
    if let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) {
        // Writing what is there already would only grow the log.
        if !matches!(map.get(txn, key), Some(Out::Any(current)) if current == value) {
            map.insert(txn, key, value);
        }
    }
}

fn edit_text(objects: &MapRef, txn: &mut TransactionMut, id: &ObjectId, edit: &TextEdit) {
    let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) else {
        return;
    };
    let Some(Out::YText(text)) = map.get(txn, schema::TEXT) else {
        return;
    };
    // Never inside a surrogate pair, never beyond the end: yrs would panic.
    let current = yrs::GetString::get_string(&text, txn);
    let start = byte_of_utf16(&current, edit.at);
    let end = byte_of_utf16(&current, edit.at.saturating_add(edit.delete)).max(start);
    let at = utf16_len(&current[..start]);
    let delete = utf16_len(&current[start..end]);
    if delete > 0 {
        text.remove_range(txn, at, delete);
    }
    if !edit.insert.is_empty() {
        text.insert(txn, at, &edit.insert);
    }
}

fn position(point: Point) -> Any {
    let limit = |value: f64| {
        value
            .clamp(-schema::COORDINATE_MAX, schema::COORDINATE_MAX)
            .round()
    };
    Any::Array([limit(point.x).into(), limit(point.y).into()].into())
}
