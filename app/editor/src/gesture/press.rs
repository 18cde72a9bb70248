//! A pointer goes down, moves, is held.

use shared::{geometry::Rect, id::ObjectId};

use super::{DRAG_MOUSE_PX, DRAG_TOUCH_PX, Gesture};
use crate::{
    Context, Editor, Effect, Reply, Tool,
    input::{Button, Pointer, PointerKind},
};

impl Editor {
    pub(super) fn press(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        self.pointer = Some(pointer.at);
        let is_touch = pointer.kind == PointerKind::Touch;
        if is_touch {
            self.fingers.insert(pointer.id, pointer.at);
            if self.fingers.len() >= 2 {
                return self.begin_pinch();
            }
        }
        let at = self.camera.board_from_screen(pointer.at);
        let on = cx.scene.hit(at);
        let pans = self.space
            || self.tool == Tool::Hand
            || pointer.button == Button::Middle
            || (is_touch && on.is_none() && self.tool == Tool::Select)
            || (cx.read_only && on.is_none());
        let mut effects = Vec::new();
        if self.editing.is_some() && self.editing != on {
            effects.extend(self.stop_editing(cx));
        }
        if pans {
            self.gesture = Gesture::Panning { screen: pointer.at };
        } else if pointer.button == Button::Main {
            let threshold_px = if pointer.kind == PointerKind::Mouse {
                DRAG_MOUSE_PX
            } else {
                DRAG_TOUCH_PX
            };
            let (shift, alt) = (pointer.mods.shift, pointer.mods.alt);
            if let Some(id) = on
                .as_ref()
                .filter(|id| !self.selection.contains(id) && !shift)
            {
                self.select([id.clone()]);
                effects.push(Effect::Tools);
            }
            self.gesture = Gesture::Pointing {
                screen: pointer.at,
                on,
                shift,
                alt,
                threshold_px,
            };
        }
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    pub(super) fn drag(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        self.pointer = Some(pointer.at);
        if pointer.kind == PointerKind::Touch && self.fingers.contains_key(&pointer.id) {
            self.fingers.insert(pointer.id, pointer.at);
        }
        let board = self.camera.board_from_screen(pointer.at);
        match &mut self.gesture {
            Gesture::Idle => return Reply::used([Effect::Presence]),
            Gesture::Pointing {
                screen,
                threshold_px,
                ..
            } => {
                if (pointer.at - *screen).hypot() < *threshold_px {
                    return Reply::used([Effect::Presence]);
                }
                self.begin_drag(cx);
                return self.drag(pointer, cx);
            }
            Gesture::Translating { now, .. } => *now = board,
            Gesture::Brushing { start, now, with } => {
                *now = board;
                let inside = cx.scene.touching(Rect::from_points(*start, board));
                let before = with.iter().filter(|id| cx.view.get(id).is_some()).cloned();
                let all: Vec<ObjectId> = before.chain(inside).collect();
                self.select(all);
            }
            Gesture::Panning { screen } => {
                let moved = pointer.at - *screen;
                *screen = pointer.at;
                self.camera = self.camera.panned(moved);
            }
            Gesture::Pinching {
                from,
                fingers_screen,
            } => {
                let (from, start) = (*from, *fingers_screen);
                return self.pinch(from, start);
            }
        }
        Reply::used([Effect::Repaint, Effect::Presence])
    }

    /// The pointer has moved far enough: what it points at decides what moves.
    fn begin_drag(&mut self, cx: &Context<'_>) {
        let Gesture::Pointing {
            screen,
            on,
            shift,
            alt,
            ..
        } = std::mem::take(&mut self.gesture)
        else {
            return;
        };
        let start = self.camera.board_from_screen(screen);
        self.gesture = match on.filter(|id| cx.view.get(id).is_some()) {
            Some(_) if cx.read_only => Gesture::Panning { screen },
            Some(id) => {
                self.selection.insert(id);
                Gesture::Translating {
                    start,
                    now: start,
                    copies: alt,
                }
            }
            None => {
                let with = if shift {
                    self.selection.iter().cloned().collect()
                } else {
                    Vec::new()
                };
                Gesture::Brushing {
                    start,
                    now: start,
                    with,
                }
            }
        };
    }

    /// A finger that stays begins to draw a selection.
    pub(super) fn long_press(&mut self, pointer: Pointer) -> Reply {
        if !matches!(self.gesture, Gesture::Panning { .. }) || self.fingers.len() != 1 {
            return Reply::unused();
        }
        let start = self.camera.board_from_screen(pointer.at);
        self.gesture = Gesture::Brushing {
            start,
            now: start,
            with: Vec::new(),
        };
        Reply::used([Effect::RepaintOverlay, Effect::Announce("Selecting".into())])
    }
}
