//! Making notes: at a place, beside another, as copies.

use shared::{
    board::{Command, NewObject},
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Kind, sticky_note},
};

use crate::{
    Context, Editor, Effect, Reply, Tool, editor::Editing, plan::copy::DUPLICATE_OFFSET,
    plan::frames,
};

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
        let note = NewObject::new(
            id.clone(),
            free_place(pos, cx),
            self.models.kind(sticky_note::NAME),
            String::new(),
            self.me.clone(),
        );
        self.tool = Tool::Select;
        effects.push(self.add(vec![note], cx));
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
            Some(object) if object.is_locked => {
                self.select([id.clone()]);
                effects.push(Effect::Toast("This is locked.".into()));
            }
            Some(object) if object.kind.features().has_text => {
                let had_text = !object.text.trim().is_empty();
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

    pub(crate) fn open(&mut self, editing: Editing, append: String) -> Vec<Effect> {
        let id = editing.id.clone();
        self.nudging = false;
        self.select([id.clone()]);
        self.editing = Some(editing);
        vec![Effect::Edit(id, append), Effect::Repaint, Effect::Presence]
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
                    && object.text.trim().is_empty()
                    && object.kind.features().lives_by_text =>
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
        effects.extend([Effect::Repaint, Effect::Presence]);
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
        let Kind::StickyNote(_) = object.kind else {
            return Reply::unused();
        };
        let is_empty = object.text.trim().is_empty();
        let kind = object.kind.clone();
        let pos = beside(bounds, side, rtl);
        let slot = Rect::from_origin_size(pos, (sticky_note::SIDE, sticky_note::SIDE));
        let there = cx
            .scene
            .touching(slot.inflate(-sticky_note::SIDE / 4.0, -sticky_note::SIDE / 4.0))
            .pop();
        let is_note = |there: &ObjectId| {
            let object = cx.view.get(there);
            *there != id && object.is_some_and(|object| matches!(object.kind, Kind::StickyNote(_)))
        };
        match there.filter(is_note) {
            Some(there) => {
                let effects = self.edit(&there, String::new(), cx);
                self.reveal(&there, cx.scene);
                Reply::used(effects)
            }
            // An empty note would go away and come back: nothing to go on from.
            None if is_empty => Reply::used([]),
            None => {
                self.models.remember(&kind);
                let effects = self.new_note(pos, cx);
                self.reveal_rect(slot);
                Reply::used(effects)
            }
        }
    }

    /// Asks for objects. Until they are there nobody must think them deleted.
    pub(crate) fn add(&mut self, new: Vec<NewObject>, cx: &Context<'_>) -> Effect {
        self.mark_other_step();
        self.coming = new.iter().map(|object| object.id.clone()).collect();
        let placed = new
            .iter()
            .filter(|object| object.kind.features().is_container);
        let places = placed.map(|frame| {
            let size = frame.size.unwrap_or_else(|| frame.kind.default_size());
            (frame.id.clone(), Rect::from_origin_size(frame.pos, size))
        });
        let order = frames::settled(&places.collect::<Vec<_>>(), cx);
        let add = [Command::Add(new)].into_iter();
        Effect::Do(add.chain(order).collect())
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
pub(crate) fn free_place(pos: Point, cx: &Context<'_>) -> Point {
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
