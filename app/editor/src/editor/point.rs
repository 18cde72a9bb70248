//! Pointers and keys: what they do to the gesture under way, and which action a key calls.

use crate::{
    Context, Editor, Effect, Input, Reply, action,
    gesture::{Gesture, drag, pinch, press, recogniser::Recognised, release, scroll, wheel},
    input::{Mods, Pointer, PointerKind},
    plan::{Deed, Plan, focus, nudge, pending, walk, write},
};

impl Editor {
    pub(super) fn point(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        match input {
            Input::Down(pointer) => self.press(pointer, cx),
            Input::Move(pointer) => self.moved(&pointer, cx),
            Input::Up(pointer) => self.release(&pointer, cx),
            Input::Leave => {
                self.parts.pointers.leave();
                Reply::used([Effect::Presence])
            }
            Input::Trail(trail) => self.moved_along(&trail, cx),
            Input::DoubleClick(pointer) if self.recogniser.counts_clicks() => {
                self.double_click(&pointer, cx)
            }
            Input::Wheel(at, delta, mods) => {
                let plan = wheel::turned(at, delta, mods, &self.parts);
                self.carry_out(plan, cx)
            }
            Input::SpaceUp => {
                self.parts.pointers.set_space(false);
                Reply::used([Effect::RepaintOverlay])
            }
            Input::Cancel => {
                self.parts.pointers.cancel();
                self.carry_out(Plan::of([Deed::Abandon]), cx)
            }
            Input::Scroll(ms) => {
                let plan = scroll::scroll(ms, &self.gesture, &self.parts);
                self.carry_out(plan, cx)
            }
            Input::DoubleClick(_)
            | Input::Tick(_)
            | Input::Key { .. }
            | Input::KeyUp(_)
            | Input::Resize(_) => Reply::unused(),
        }
    }

    /// Something that took some time.
    pub(super) fn recognised(&mut self, found: Recognised, cx: &mut Context<'_>) -> Reply {
        let plan = match found {
            Recognised::DoubleTap(pointer) => return self.double_click(&pointer, cx),
            Recognised::LongPress(pointer) => {
                press::hold(&pointer, &mut self.gesture, &self.parts, cx)
            }
            Recognised::Pause => drag::paused(&mut self.gesture, &self.parts, cx),
        };
        self.carry_out(plan, cx)
    }

    /// A line that is drawn has every place of the pointer; all else only the newest.
    fn moved_along(&mut self, trail: &[Pointer], cx: &Context<'_>) -> Reply {
        let Some((last, before)) = trail.split_last() else {
            return Reply::unused();
        };
        if matches!(self.gesture, Gesture::Drawing { .. }) {
            for pointer in before {
                self.moved(pointer, cx);
            }
        }
        self.moved(last, cx)
    }

    fn press(&mut self, pointer: Pointer, cx: &Context<'_>) -> Reply {
        let is_idle = self.gesture == Gesture::Idle;
        if !is_idle && self.parts.pointers.is_palm(&pointer) {
            return Reply::used([]);
        }
        self.parts.pointers.press(&pointer);
        if pointer.kind == PointerKind::Touch && self.parts.pointers.fingers() >= 2 {
            return self.carry_out(pinch::begin(&self.parts), cx);
        }
        let met = press::Met::at(&pointer, &self.gesture, &self.parts, cx);
        let mut reply = self.carry_out(met.ends(&self.parts), cx);
        self.parts.pointers.hold(pointer);
        let plan = press::begin(&pointer, met, &self.parts, cx);
        reply.effects.extend(self.carry_out(plan, cx).effects);
        if matches!(self.gesture, Gesture::Drawing { .. }) {
            self.parts.pointers.has_drawn(pointer.kind);
        }
        reply
    }

    fn moved(&mut self, pointer: &Pointer, cx: &Context<'_>) -> Reply {
        let pointers = &mut self.parts.pointers;
        let is_finger = pointers.finger_moves(pointer);
        if !is_finger && self.gesture.is_pointed() && pointers.is_held_by_another(pointer) {
            return Reply::used([]);
        }
        pointers.moves(pointer);
        let plan = drag::moved(pointer, &mut self.gesture, &self.parts, cx);
        self.carry_out(plan, cx)
    }

    fn release(&mut self, pointer: &Pointer, cx: &mut Context<'_>) -> Reply {
        let pointers = &mut self.parts.pointers;
        let is_finger = pointers.lift(pointer);
        if !is_finger && self.gesture.is_pointed() && pointers.is_held_by_another(pointer) {
            return Reply::used([]);
        }
        if pointer.kind == PointerKind::Touch {
            // A finger that is gone points nowhere.
            pointers.leave();
        }
        if matches!(self.gesture, Gesture::Pending { .. }) {
            return Reply::used([]);
        }
        let gesture = std::mem::take(&mut self.gesture);
        let plan = release::done(gesture, &self.parts, cx);
        let reply = self.carry_out(plan, cx);
        self.parts.pointers.let_go();
        Reply {
            used: true,
            ..reply
        }
    }

    fn double_click(&mut self, pointer: &Pointer, cx: &mut Context<'_>) -> Reply {
        if !cx.rights.writes {
            return Reply::unused();
        }
        self.carry_out(Plan::of([Deed::Abandon]), cx);
        let plan = release::double_click(pointer, &self.parts, cx);
        self.carry_out(plan, cx)
    }

    pub(super) fn key(
        &mut self,
        key: &str,
        code: &str,
        mods: Mods,
        repeat: bool,
        cx: &mut Context<'_>,
    ) -> Reply {
        let single_keys = self.parts.prefs.single_keys;
        if self.gesture.is_drag() && key != "Escape" {
            // Nothing happens to what is under the pointer; but the browser
            // must not act on a key that would be ours.
            let is_ours = key == " " || action::find(key, code, mods, single_keys).is_some();
            return Reply {
                effects: Vec::new(),
                used: is_ours || key.starts_with("Arrow") || key == "Tab",
            };
        }
        self.parts.steps.begin_key();
        if let Some(as_one) = action::pastes(key, code, mods) {
            // What is pasted comes as an event of its own.
            self.parts.pasting.expect(as_one);
            return Reply::unused();
        }
        if key == " " && !mods.ctrl {
            if self.gesture == Gesture::Idle && !repeat {
                self.parts.pointers.set_space(true);
            }
            return Reply::used([Effect::RepaintOverlay]);
        }
        let pending = pending::key(key, mods, &self.gesture, &self.parts, cx);
        let digit = || focus::key(key, &self.parts, cx).filter(|_| mods == Mods::default());
        if let Some(plan) = pending.or_else(digit) {
            return self.carry_out(plan, cx);
        }
        if let Some(action) = action::find(key, code, mods, single_keys) {
            self.gesture = Gesture::Idle;
            if !action.goes_on() {
                self.parts.steps.end_row();
            }
            return self.do_action(action, cx);
        }
        let parts = &self.parts;
        let plan = match (key, nudge::direction(key)) {
            ("Escape", _) => walk::escape(&self.gesture, parts),
            ("Tab", _) if !mods.ctrl && !mods.alt => walk::walk(!mods.shift, parts, cx),
            ("Shift" | "Control" | "Meta" | "Alt", _) => Plan {
                deeds: vec![Deed::KeepRow],
                used: false,
            },
            (_, Some(direction)) => nudge::arrow(direction, mods, parts, cx),
            _ => write::typed(key, mods, parts, cx),
        };
        self.carry_out(plan, cx)
    }
}
