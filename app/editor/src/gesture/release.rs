//! A pointer goes up: now, and only now, the document is written.

use shared::{board::Command, geometry::Vec2, id::ObjectId, object::sticky_note};

use super::Gesture;
use crate::{
    Context, Editor, Effect, Reply, Tool,
    input::{Pointer, PointerKind},
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
        let mut effects = match std::mem::take(&mut self.gesture) {
            Gesture::Pointing { on, shift, .. } => self.click(on, shift, cx),
            Gesture::Translating { start, now, copies } => {
                self.drop_selection(now - start, copies, cx)
            }
            Gesture::Placing if !cx.read_only => self.place_note(pointer, cx),
            Gesture::Brushing { .. } => vec![Effect::Tools, self.say_selected()],
            // Of two fingers the one that is left must not suddenly drag something.
            _ => Vec::new(),
        };
        self.holder = None;
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    fn place_note(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Vec<Effect> {
        let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
        self.new_note(self.camera.board_from_screen(pointer.at) - half, cx)
    }

    fn click(&mut self, on: Option<ObjectId>, shift: bool, cx: &Context<'_>) -> Vec<Effect> {
        let on = on.filter(|id| cx.view.get(id).is_some());
        match on {
            Some(id) if shift && self.selection.contains(&id) => {
                self.selection.remove(&id);
            }
            Some(id) if shift => {
                self.selection.insert(id);
            }
            Some(id) => self.select([id]),
            None if !shift => self.selection.clear(),
            None => {}
        }
        vec![Effect::Tools]
    }

    fn drop_selection(&mut self, offset: Vec2, copies: bool, cx: &mut Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return Vec::new();
        }
        if copies {
            return self.duplicate(offset, cx);
        }
        let moves: Vec<_> = self
            .selection
            .iter()
            .filter_map(|id| {
                cx.view
                    .get(id)
                    .map(|object| (id.clone(), object.pos + offset))
            })
            .collect();
        let mut front: Vec<_> = moves.iter().filter_map(|(id, _)| cx.view.get(id)).collect();
        front.sort_by(|a, b| a.z.total_cmp(&b.z).then_with(|| a.id.cmp(&b.id)));
        let raised = front.into_iter().map(|object| object.id.clone()).collect();
        if moves.is_empty() {
            return Vec::new();
        }
        self.mark_other_step();
        vec![Effect::Do(vec![
            Command::Move(moves),
            Command::Raise(raised),
        ])]
    }

    pub(super) fn double_click(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        if cx.read_only {
            return Reply::unused();
        }
        let at = self.camera.board_from_screen(pointer.at);
        self.abandon();
        match cx.scene.hit(at) {
            Some(id) => Reply::used(self.edit(&id, String::new(), cx)),
            // The hand only moves the view, however often it clicks.
            None if self.tool == Tool::Hand => Reply::unused(),
            None => Reply::used(self.place_note(pointer, cx)),
        }
    }
}
