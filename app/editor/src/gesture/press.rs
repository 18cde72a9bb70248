//! A pointer goes down, or is held.

use shared::{
    draw::stroke::InkPoint,
    geometry::Point,
    id::ObjectId,
    object::{End, Ends, Kind},
};

use super::{Connecting, DRAG_MOUSE_PX, DRAG_TOUCH_PX, Gesture, Pointing};
use crate::{
    Context, Editor, Effect, Reply, Tool,
    gesture::handles::Handle,
    input::{Button, Pointer, PointerKind},
    part::selection::OTHERS_MAX,
};

/// How near a line or a border is caught, in screen pixels: by mouse or pen, by finger.
const SLACK_PX: (f64, f64) = (6.0, 14.0);

impl Editor {
    /// How near a line is caught, in board units.
    pub(crate) fn slack(&self, kind: PointerKind) -> f64 {
        let px = if kind == PointerKind::Touch {
            SLACK_PX.1
        } else {
            SLACK_PX.0
        };
        px / self.camera.zoom
    }

    /// The front object at a point of the screen.
    pub(crate) fn hit(&self, pointer: &Pointer, cx: &Context<'_>) -> Option<ObjectId> {
        let at = self.camera.board_from_screen(pointer.at);
        cx.scene.hit(cx.view, at, self.slack(pointer.kind))
    }

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
        self.mods = pointer.mods;
        if is_touch {
            self.fingers.insert(pointer.id, pointer.at);
            if self.fingers.len() >= 2 {
                return self.begin_pinch();
            }
        }
        let at = self.camera.board_from_screen(pointer.at);
        let only_pans = self.space || self.tool == Tool::Hand || pointer.button == Button::Middle;
        let is_main = pointer.button == Button::Main;
        let handle = self
            .handle_at(pointer.at, pointer.kind, cx)
            .filter(|_| is_main && !only_pans);
        let on = self.hit(&pointer, cx);
        let mut effects = self.abandon().effects;
        let stays_open = handle.is_none() && self.editing() == on.as_ref();
        if self.editing.is_some() && !stays_open {
            effects.extend(self.stop_editing(cx));
        }
        self.holder = Some(pointer);
        self.linking = None;
        if only_pans {
            self.gesture = Gesture::Panning { screen: pointer.at };
        } else if let Some(handle) = handle {
            self.press_handle(handle, pointer.at, cx);
        } else if is_main {
            match self.tool {
                Tool::Place(name) if !cx.read_only => {
                    let (start, is_drawn) = (at, false);
                    self.gesture = Gesture::Placing {
                        name,
                        start,
                        now: at,
                        is_drawn,
                    };
                }
                Tool::Connect if !cx.read_only => {
                    let from = self.end_at(at, pointer.mods, None, cx);
                    self.gesture = Gesture::Connecting(Connecting {
                        line: None,
                        ends: Ends {
                            from,
                            to: End::Free(at),
                        },
                        moves_from: false,
                        dot: None,
                        is_drawn: false,
                        pins: None,
                        screen: pointer.at,
                    });
                }
                Tool::Draw if !cx.read_only => {
                    // Who has a pen draws with it, and moves the view with the fingers.
                    self.has_pen |= pointer.kind == PointerKind::Pen;
                    self.gesture = if is_touch && self.has_pen {
                        Gesture::Panning { screen: pointer.at }
                    } else {
                        let points = vec![InkPoint::new(at, pointer.pressure)];
                        Gesture::Drawing { points }
                    };
                }
                _ => self.press_object(pointer, on, cx),
            }
        }
        effects.extend([Effect::Repaint, Effect::Presence]);
        Reply::used(effects)
    }

    fn press_object(&mut self, pointer: Pointer, on: Option<ObjectId>, cx: &Context<'_>) {
        let is_touch = pointer.kind == PointerKind::Touch;
        let threshold_px = if pointer.kind == PointerKind::Mouse {
            DRAG_MOUSE_PX
        } else {
            DRAG_TOUCH_PX
        };
        let (shift, deep) = (pointer.mods.shift, pointer.mods.ctrl);
        if let Some(id) = on
            .as_ref()
            .filter(|id| !self.selection.contains(id) && !shift)
        {
            self.select(Self::group_of(id, deep, cx));
        }
        let asks_hold = on.is_some() && {
            let moved = self.moved_along(cx);
            self.of_others(&moved, cx) > OTHERS_MAX
        };
        self.gesture = Gesture::Pointing(Pointing {
            screen: pointer.at,
            // A tap beside everything deselects, a drag there moves the view.
            pans: on.is_none() && (is_touch || cx.read_only),
            on,
            shift,
            alt: pointer.mods.alt,
            deep,
            threshold_px,
            asks_hold,
        });
    }

    fn press_handle(&mut self, handle: Handle, screen: Point, cx: &Context<'_>) {
        if let Handle::Resize(shares) = handle {
            if let Some(mut resizing) = self.resizing(shares, cx) {
                resizing.caught(self.camera.board_from_screen(screen), screen);
                self.gesture = Gesture::Resizing(Box::new(resizing));
            }
            return;
        }
        let Some((object, place)) = self
            .only_selected(cx)
            .and_then(|object| Some((object, cx.scene.place(&object.id)?)))
        else {
            return;
        };
        let id = object.id.clone();
        let at = self.camera.board_from_screen(screen);
        let connecting = |line, ends, moves_from, dot| {
            Gesture::Connecting(Connecting {
                line,
                ends,
                moves_from,
                dot,
                is_drawn: false,
                pins: None,
                screen,
            })
        };
        self.gesture = match (handle, &object.kind) {
            (Handle::Turn, _) => Gesture::Turning {
                id,
                before: place,
                degrees: place.angle,
            },
            (Handle::Dot(edge), _) => {
                let ends = Ends {
                    from: End::to(&id),
                    to: End::Free(at),
                };
                connecting(None, ends, false, Some(edge))
            }
            (Handle::From | Handle::To, Kind::Connector(connector)) => {
                let ends = connector.ends.clone();
                connecting(Some(id), ends, handle == Handle::From, None)
            }
            _ => Gesture::Idle,
        };
    }

    /// A finger that stays begins to draw a selection; what asks to be held may be moved.
    pub(super) fn long_press(&mut self, pointer: Pointer, cx: &Context<'_>) -> Reply {
        let asks_hold = match &mut self.gesture {
            Gesture::Pointing(pointing) => std::mem::take(&mut pointing.asks_hold),
            Gesture::Resizing(resizing) => std::mem::take(&mut resizing.asks_hold),
            _ => false,
        };
        if asks_hold {
            return Reply::used([Effect::Toast("Now drag: these change together.".into())]);
        }
        let rests = match &self.gesture {
            Gesture::Pointing(pointing) => pointing.on.is_none() && pointing.pans,
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
            before: self.selection.iter().cloned().collect(),
        };
        Reply::used([Effect::RepaintOverlay, Effect::Announce("Selecting".into())])
    }
}
