//! A pointer goes down, moves, is held.

use shared::{geometry::Rect, id::ObjectId};

use super::{DRAG_MOUSE_PX, DRAG_TOUCH_PX, Gesture};
use crate::{
    Context, Editor, Effect, Reply, Tool,
    input::{Button, Pointer, PointerKind},
};

impl Editor {
    pub(super) fn press(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        let is_touch = pointer.kind == PointerKind::Touch;
        let pen_draws = self
            .holder
            .is_some_and(|holder| holder.kind == PointerKind::Pen);
        if is_touch && pen_draws && self.gesture != Gesture::Idle {
            // The palm of the hand that writes.
            return Reply::used([]);
        }
        self.pointer = Some(pointer.at);
        if is_touch {
            self.fingers.insert(pointer.id, pointer.at);
            if self.fingers.len() >= 2 {
                return self.begin_pinch();
            }
        }
        let at = self.camera.board_from_screen(pointer.at);
        let on = cx.scene.hit(at);
        let only_pans = self.space || self.tool == Tool::Hand || pointer.button == Button::Middle;
        // A tap beside everything deselects, a drag there moves the view.
        let pans = on.is_none() && (is_touch || cx.read_only);
        let mut effects = self.abandon().effects;
        if self.editing.is_some() && self.editing() != on.as_ref() {
            effects.extend(self.stop_editing(cx));
        }
        self.holder = Some(pointer);
        if only_pans {
            self.gesture = Gesture::Panning { screen: pointer.at };
        } else if self.tool == Tool::Note && pointer.button == Button::Main {
            self.gesture = Gesture::Placing;
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
                pans,
            };
        }
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    pub(super) fn drag(&mut self, pointer: Pointer, cx: &mut Context<'_>) -> Reply {
        if let Some(finger) = self.fingers.get_mut(&pointer.id) {
            *finger = pointer.at;
        } else if self.is_anothers_gesture(&pointer) {
            return Reply::used([]);
        }
        self.pointer = Some(pointer.at);
        let board = self.camera.board_from_screen(pointer.at);
        match &mut self.gesture {
            Gesture::Idle => return Reply::used([Effect::Presence]),
            Gesture::Placing => return Reply::used([Effect::RepaintOverlay, Effect::Presence]),
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
                let all: Vec<ObjectId> = with.iter().cloned().chain(inside).collect();
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

    /// Whether a gesture is under way that another pointer began.
    pub(super) fn is_anothers_gesture(&self, pointer: &Pointer) -> bool {
        self.gesture != Gesture::Idle && self.holder.is_some_and(|holder| holder.id != pointer.id)
    }

    /// The pointer has moved far enough: what it points at decides what moves.
    fn begin_drag(&mut self, cx: &Context<'_>) {
        let Gesture::Pointing {
            screen,
            on,
            shift,
            alt,
            pans,
            ..
        } = std::mem::take(&mut self.gesture)
        else {
            return;
        };
        let start = self.camera.board_from_screen(screen);
        self.gesture = match on {
            None if pans => Gesture::Panning { screen },
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
    pub(super) fn long_press(&mut self, pointer: Pointer, cx: &Context<'_>) -> Reply {
        let rests = match &self.gesture {
            Gesture::Pointing { on: None, pans, .. } => *pans,
            Gesture::Panning { .. } => self.tool == Tool::Select,
            _ => false,
        };
        if !rests || self.fingers.len() != 1 || cx.read_only {
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
