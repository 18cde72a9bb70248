//! Making notes: at a place, beside another, as copies.

use shared::{
    board::{Command, NewNote},
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Kind, NoteColor, Object, sticky_note},
};

use crate::{Context, Editor, Effect, Reply, Tool, editor::Editing};

/// How far a duplicate lies from its original, in board units.
pub(crate) const DUPLICATE_OFFSET: f64 = 20.0;

/// Which side of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where reading goes on in the line.
    Next,
    /// Where it came from.
    Previous,
    /// Below.
    Below,
    /// Above.
    Above,
}

impl Editor {
    /// Creates a note and opens it for writing.
    pub(crate) fn new_note(&mut self, pos: Point, cx: &mut Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return vec![Effect::Toast("This link only reads.".into())];
        }
        let mut effects = self.stop_editing(cx);
        let id = (cx.new_id)();
        let note = NewNote {
            id: id.clone(),
            pos: free_place(pos, cx),
            color: self.color,
            text: String::new(),
            author: self.me.clone(),
        };
        self.tool = Tool::Select;
        effects.push(self.add(vec![note]));
        let editing = Editing {
            id,
            goes_if_empty: true,
            is_new: true,
            has_other_step: false,
        };
        effects.extend(self.open(editing, String::new()));
        effects
    }

    /// Opens an object's text for writing, if it has one; what is open is
    /// closed first.
    pub(crate) fn edit(&mut self, id: &ObjectId, append: String, cx: &Context<'_>) -> Vec<Effect> {
        if self.editing() == Some(id) {
            return Vec::new();
        }
        let mut effects = self.stop_editing(cx);
        match cx.view.get(id) {
            Some(object) if color_of(object).is_some() => {
                let had_text = !object.text().trim().is_empty();
                let editing = Editing {
                    id: id.clone(),
                    goes_if_empty: had_text,
                    is_new: false,
                    has_other_step: false,
                };
                effects.extend(self.open(editing, append));
            }
            Some(_) => self.select([id.clone()]),
            None => {}
        }
        effects
    }

    fn open(&mut self, editing: Editing, append: String) -> Vec<Effect> {
        let id = editing.id.clone();
        self.nudging = false;
        self.select([id.clone()]);
        self.editing = Some(editing);
        vec![
            Effect::Edit(id, append),
            Effect::Tools,
            Effect::Repaint,
            Effect::Presence,
        ]
    }

    /// Ends writing. A note that is empty now goes away, without an undo entry
    /// of its own.
    pub fn stop_editing(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let Some(Editing {
            id,
            goes_if_empty,
            has_other_step,
            ..
        }) = self.editing.take()
        else {
            return Vec::new();
        };
        let mut effects = vec![Effect::StopEditing];
        match cx.view.get(&id) {
            Some(object)
                if goes_if_empty
                    && !cx.read_only
                    && object.text().trim().is_empty()
                    && matches!(object.kind, Kind::StickyNote(_)) =>
            {
                self.selection.remove(&id);
                let delete = Command::Delete(vec![id]);
                effects.push(if has_other_step {
                    Effect::Do(vec![delete])
                } else {
                    Effect::Continue(delete)
                });
            }
            _ => {}
        }
        effects.extend([Effect::Tools, Effect::Repaint, Effect::Presence]);
        effects
    }

    /// While writing: the note on a side. One that is there already is opened,
    /// else a new one is made.
    pub fn go_beside(&mut self, side: Side, rtl: bool, cx: &mut Context<'_>) -> Reply {
        let Some(id) = self.editing().cloned() else {
            return Reply::unused();
        };
        let (Some(bounds), Some(object)) = (cx.scene.bounds(&id), cx.view.get(&id)) else {
            return Reply::unused();
        };
        let is_empty = object.text().trim().is_empty();
        let color = color_of(object);
        let pos = beside(bounds, side, rtl);
        let slot = Rect::from_origin_size(pos, (sticky_note::SIDE, sticky_note::SIDE));
        let there = cx
            .scene
            .touching(slot.inflate(-sticky_note::SIDE / 4.0, -sticky_note::SIDE / 4.0))
            .pop();
        match there.filter(|there| *there != id) {
            Some(there) => {
                let effects = self.edit(&there, String::new(), cx);
                self.reveal(&there, cx.scene);
                Reply::used(effects)
            }
            // An empty note would go away and come back: nothing to go on from.
            None if is_empty => Reply::used([]),
            None => {
                self.color = color.unwrap_or(self.color);
                let effects = self.new_note(pos, cx);
                self.reveal_rect(slot);
                Reply::used(effects)
            }
        }
    }

    /// Asks for notes. Until they are there nobody must think them deleted.
    pub(crate) fn add(&mut self, notes: Vec<NewNote>) -> Effect {
        self.mark_other_step();
        self.coming = notes.iter().map(|note| note.id.clone()).collect();
        Effect::Do(vec![Command::AddNotes(notes)])
    }

    /// Copies of the selection, moved by `offset`, selected.
    pub(crate) fn duplicate(&mut self, offset: Vec2, cx: &mut Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return Vec::new();
        }
        let mut originals: Vec<&Object> = self
            .selection
            .iter()
            .filter_map(|id| cx.view.get(id))
            .collect();
        originals.sort_by(|a, b| a.z.total_cmp(&b.z).then_with(|| a.id.cmp(&b.id)));
        let notes: Vec<NewNote> = originals
            .into_iter()
            .filter_map(|object| {
                Some(NewNote {
                    color: color_of(object)?,
                    id: (cx.new_id)(),
                    pos: object.pos + offset,
                    text: object.text().to_owned(),
                    author: self.me.clone(),
                })
            })
            .collect();
        if notes.is_empty() {
            return Vec::new();
        }
        self.select(notes.iter().map(|note| note.id.clone()));
        let said = format!("{} duplicated", count(notes.len()));
        vec![
            self.add(notes),
            Effect::Tools,
            Effect::Presence,
            Effect::Announce(said),
        ]
    }

    pub(crate) fn reveal_rect(&mut self, rect: Rect) {
        let visible = self.camera.visible(self.viewport);
        if visible.intersect(rect) != rect {
            let half =
                Vec2::new(self.viewport.width, self.viewport.height) / (2.0 * self.camera.zoom);
            self.camera.origin = rect.center() - half;
        }
    }
}

/// "1 note", "3 notes".
pub(crate) fn count(notes: usize) -> String {
    if notes == 1 {
        "1 note".into()
    } else {
        format!("{notes} notes")
    }
}

pub(crate) fn color_of(object: &Object) -> Option<NoteColor> {
    match &object.kind {
        Kind::StickyNote(note) => Some(note.color),
        Kind::Unknown(_) => None,
    }
}

fn beside(bounds: Rect, side: Side, rtl: bool) -> Point {
    let step = sticky_note::SIDE + sticky_note::GAP;
    let forward = if rtl { -step } else { step };
    match side {
        Side::Next => Point::new(bounds.x0 + forward, bounds.y0),
        Side::Previous => Point::new(bounds.x0 - forward, bounds.y0),
        Side::Below => Point::new(bounds.x0, bounds.y1 + sticky_note::GAP),
        Side::Above => Point::new(bounds.x0, bounds.y0 - step),
    }
}

/// A place near `pos` where a new note does not exactly cover another.
fn free_place(pos: Point, cx: &Context<'_>) -> Point {
    let mut place = pos.round();
    let taken = |place: Point| {
        let corner = Rect::from_origin_size(place, (1.0, 1.0));
        cx.scene.touching(corner).iter().any(|id| {
            cx.view
                .get(id)
                .is_some_and(|object| (object.pos - place).hypot() < 5.0)
        })
    };
    while taken(place) {
        place += Vec2::new(DUPLICATE_OFFSET, DUPLICATE_OFFSET);
    }
    place
}
