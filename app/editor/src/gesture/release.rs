//! A pointer goes up: now, and only now, the document is written.

use shared::{
    board::{Command, NewObject},
    draw::stroke::InkPoint,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{End, Ends, Kind, connector, ink},
    props::Value,
};

use super::{Connecting, Gesture, Pointing, Translating};
use crate::{
    Context, Editor, Effect, Reply, Tool,
    input::{Pointer, PointerKind},
    plan::frames,
};

impl Editor {
    pub(super) fn release(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        let is_finger = self.fingers.remove(&pointer.id).is_some();
        if !is_finger && self.is_anothers_gesture(&pointer) {
            return Reply::used([]);
        }
        if pointer.kind == PointerKind::Touch {
            // A finger that is gone points nowhere.
            self.pointer = None;
        }
        if matches!(self.gesture, Gesture::Pending { .. }) {
            return Reply::used([]);
        }
        let gesture = std::mem::take(&mut self.gesture);
        let mut effects = match gesture {
            Gesture::Pointing(pointing) => self.click(&pointing, cx),
            Gesture::Brushing { .. } => vec![self.say_selected(cx)],
            _ if cx.read_only => Vec::new(),
            Gesture::Translating(moving) => self.drop_objects(&moving, cx),
            Gesture::Placing {
                name,
                start,
                now,
                is_drawn,
            } => {
                let drawn = is_drawn.then(|| Rect::from_points(start, now));
                self.place(name, now, drawn, cx)
            }
            Gesture::Resizing(resizing) => self.written(resizing.commands(&self.selection, cx)),
            Gesture::Turning {
                id,
                before,
                degrees,
            } if before.angle != degrees => {
                self.mark_other_step();
                vec![Effect::Do(vec![Command::Turn(vec![(id, degrees)])])]
            }
            Gesture::Connecting(connecting) => self.drop_connector(connecting, cx),
            Gesture::Sliding { id, share } => {
                let properties = vec![(connector::LABEL_AT, Value::Number(share))];
                vec![Effect::Do(vec![Command::Set(id, properties)])]
            }
            Gesture::Drawing { points } => self.drop_ink(&points, cx),
            // Of two fingers the one that is left must not suddenly drag something.
            _ => Vec::new(),
        };
        self.holder = None;
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    /// One step of these, if there are any.
    pub(crate) fn written(&mut self, commands: Vec<Command>) -> Vec<Effect> {
        if commands.is_empty() {
            return Vec::new();
        }
        self.mark_other_step();
        vec![Effect::Do(commands)]
    }

    fn click(&mut self, pointing: &Pointing, cx: &Context<'_>) -> Vec<Effect> {
        let Pointing {
            on, shift, deep, ..
        } = pointing;
        let at = self.camera.board_from_screen(pointing.screen);
        if let (true, Some((id, link))) = (*deep, cx.scene.link_at(cx.view, at)) {
            self.select([id]);
            return vec![Effect::OpenLink(link)];
        }
        match on.as_ref().filter(|id| cx.view.get(id).is_some()) {
            Some(id) => {
                let ids = Self::group_of(id, *deep, cx);
                if !shift {
                    self.select(ids);
                } else if self.selection.contains(id) {
                    self.selection.retain(|selected| !ids.contains(selected));
                } else {
                    self.selection.extend(ids);
                }
            }
            None if !shift => self.selection.clear(),
            None => {}
        }
        Vec::new()
    }

    fn drop_objects(&mut self, moving: &Translating, cx: &mut Context<'_>) -> Vec<Effect> {
        if moving.copies {
            return self.duplicate(moving.by, cx);
        }
        if moving.by == Vec2::ZERO {
            return Vec::new();
        }
        self.mark_other_step();
        let mut commands = self.moved_by(&moving.moved, moving.by, cx);
        if commands.is_empty() {
            return Vec::new();
        }
        commands.push(self.raised(cx));
        vec![Effect::Do(commands)]
    }

    /// What the hand has moved comes to the front; frames stay behind what they carry.
    fn raised(&self, cx: &Context<'_>) -> Command {
        let (_, front) = cx.view.z_range();
        let mut boxes = self.free_boxes(cx);
        boxes.retain(|object| !object.kind.features().is_container);
        let order = boxes.iter().enumerate();
        Command::Order(
            order
                .map(|(i, object)| (object.id.clone(), front + 1.0 + i as f64))
                .collect(),
        )
    }

    /// The commands that move objects, boxes and free ends of connectors alike.
    pub(crate) fn moved_by<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a ObjectId>,
        by: Vec2,
        cx: &Context<'_>,
    ) -> Vec<Command> {
        let mut moves = Vec::new();
        let mut places = Vec::new();
        let mut commands = Vec::new();
        for object in ids.into_iter().filter_map(|id| cx.view.get(id)) {
            match &object.kind {
                Kind::Connector(line) => {
                    let end = |end: &End| match end {
                        End::Free(at) => End::Free(*at + by),
                        bound => bound.clone(),
                    };
                    let ends = Ends {
                        from: end(&line.ends.from),
                        to: end(&line.ends.to),
                    };
                    if ends != line.ends {
                        let properties = connector::end_properties(&ends);
                        commands.push(Command::Set(object.id.clone(), properties));
                    }
                }
                kind => {
                    if kind.features().is_container
                        && let Some(bounds) = cx.scene.bounds(&object.id)
                    {
                        places.push((object.id.clone(), bounds + by));
                    }
                    moves.push((object.id.clone(), object.pos + by));
                }
            }
        }
        if !moves.is_empty() {
            commands.insert(0, Command::Move(moves));
        }
        commands.extend(frames::settled(&places, cx));
        commands
    }

    /// The pen is lifted: what it drew is an object. The pen stays in hand.
    fn drop_ink(&mut self, points: &[InkPoint], cx: &mut Context<'_>) -> Vec<Effect> {
        let Kind::Ink(pen) = self.models.kind(ink::NAME) else {
            return Vec::new();
        };
        let (corner, ink) = pen.finished(points);
        let (id, text) = ((cx.new_id)(), String::new());
        let new = NewObject::new(id, corner, Kind::Ink(ink), text, self.me.clone());
        vec![self.add(vec![new], cx)]
    }

    fn drop_connector(&mut self, connecting: Connecting, cx: &mut Context<'_>) -> Vec<Effect> {
        let Connecting {
            line,
            ends,
            dot,
            is_drawn,
            ..
        } = connecting;
        match (line, is_drawn, dot) {
            (Some(line), true, _) => self.rebind(&line, ends, cx),
            (Some(_), false, _) => Vec::new(),
            // A dot that is only clicked grows a neighbour.
            (None, false, Some(edge)) => {
                self.stop_growing();
                let reply = self.grow(edge, cx);
                self.stop_growing();
                reply.effects
            }
            (None, false, None) => Vec::new(),
            (None, true, _) => match (&ends.from, &ends.to) {
                // With Ctrl it is meant to be bound to nothing.
                (End::Bound { .. }, End::Free(at)) if !self.mods.ctrl => {
                    let (from, at) = (ends.from.clone(), *at);
                    self.tool = Tool::Select;
                    vec![Effect::Offer(from, at)]
                }
                _ => self.connect(ends.from, ends.to, cx),
            },
        }
    }

    pub(super) fn double_click(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        if cx.read_only {
            return Reply::unused();
        }
        let at: Point = self.camera.board_from_screen(pointer.at);
        self.abandon();
        match self.hit(&pointer, cx) {
            Some(id) => {
                if cx
                    .view
                    .get(&id)
                    .is_some_and(|object| object.group.is_some())
                {
                    self.select([id.clone()]);
                }
                Reply::used(self.edit(&id, String::new(), cx))
            }
            // The hand only moves the view, however often it clicks.
            None if self.tool == Tool::Hand => Reply::unused(),
            None => Reply::used(self.place(shared::object::sticky_note::NAME, at, None, cx)),
        }
    }
}
