//! A pointer goes up: now, and only now, the document is written.

use shared::{board::Command, geometry::Vec2, id::ObjectId, object::sticky_note};

use super::Gesture;
use crate::{
    Context, Editor, Effect, Reply, Tool,
    input::{Pointer, PointerKind},
};

impl Editor {
    pub(super) fn release(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        self.fingers.remove(&pointer.id);
        if pointer.kind == PointerKind::Touch {
            // A finger that is gone points nowhere.
            self.pointer = None;
        }
        let mut effects = match std::mem::take(&mut self.gesture) {
            Gesture::Pointing { on, shift, .. } => self.click(pointer, on, shift, cx),
            Gesture::Translating { start, now, copies } => {
                self.drop_selection(now - start, copies, cx)
            }
            Gesture::Pinching { .. } if !self.fingers.is_empty() => {
                // The finger that is left must not suddenly drag something.
                Vec::new()
            }
            _ => Vec::new(),
        };
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    fn click(
        &mut self,
        pointer: Pointer,
        on: Option<ObjectId>,
        shift: bool,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        if self.tool == Tool::Note && !cx.read_only {
            let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
            return self.new_note(self.camera.board_from_screen(pointer.at) - half, cx);
        }
        // Somebody may have deleted it while the button was down.
        match on.filter(|id| cx.view.get(id).is_some()) {
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
        front.sort_by(|a, b| a.z.total_cmp(&b.z));
        let raised = front.into_iter().map(|object| object.id.clone()).collect();
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
        self.gesture = Gesture::Idle;
        match cx.scene.hit(at) {
            Some(id) => Reply::used(self.edit(&id, String::new())),
            None => {
                let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
                Reply::used(self.new_note(at - half, cx))
            }
        }
    }
}
