//! The editor: owner of all parts, and the one place where plans become effects.
//!
//! - `mod.rs`: each input finds its way; a plan is carried out, deed by deed.
//! - `point.rs`: pointers and keys.
//! - `act.rs`: what is called by name: actions, styles, pasting, texts, links.
//! - `ask.rs`: what the page asks before it paints.

mod act;
mod ask;
mod point;

use shared::{board::BoardView, id::ParticipantId, sort, text};

use crate::{
    Camera, Context, Effect, Input, Reply,
    gesture::{Gesture, recogniser::Recogniser},
    part::{Parts, Preferences},
    plan::{Deed, Plan, write},
    rights::Refusal,
};

/// One person's editor of one canvas.
#[derive(Debug)]
pub struct Editor {
    /// What is there between two inputs.
    parts: Parts,
    /// What the pointer is doing.
    gesture: Gesture,
    /// What single events do not say: taps that are counted, presses that are held.
    recogniser: Recogniser,
}

impl Editor {
    /// An editor for a person.
    pub fn new(me: ParticipantId) -> Self {
        Self {
            parts: Parts::new(me),
            gesture: Gesture::Idle,
            recogniser: Recogniser::default(),
        }
    }

    /// What the person prefers from now on.
    pub fn prefer(&mut self, preferences: Preferences) {
        self.parts.prefs = preferences;
    }

    /// Takes an input.
    pub fn handle(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera();
        let mut effects = Vec::new();
        // Gestures that were due before this input, where no tick has reported them.
        for due in input
            .now_ms()
            .map_or_else(Vec::new, |ms| self.recogniser.due(ms))
        {
            effects.extend(self.recognised(due, cx).effects);
        }
        let completed = self.recogniser.observe(&input);
        let reply = self.handle_event(input, cx);
        effects.extend(reply.effects);
        if let Some(completed) = completed {
            effects.extend(self.recognised(completed, cx).effects);
        }
        self.camera_moved_from(camera, cx);
        Reply { effects, ..reply }
    }

    fn handle_event(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        // Hovering and letting go of keys do not end a row of nudges.
        let is_aside = matches!(
            input,
            Input::Key { .. }
                | Input::KeyUp(_)
                | Input::SpaceUp
                | Input::Leave
                | Input::Resize(_)
                | Input::Tick(_)
        ) || matches!(input, Input::Move(_) | Input::Trail(_))
            && self.gesture == Gesture::Idle;
        if !is_aside {
            self.parts.steps.end_row();
        }
        match input {
            Input::Key {
                key,
                code,
                mods,
                repeat,
            } => self.key(&key, &code, mods, repeat, cx),
            Input::KeyUp(key) => {
                if matches!(key.as_str(), "Control" | "Meta") {
                    self.parts.growing = None;
                }
                Reply::unused()
            }
            Input::Resize(viewport) => {
                self.parts.screen.resize(viewport);
                // A screen keyboard must not cover what is being written.
                if let Some(bounds) = self.parts.writing.id().and_then(|id| cx.scene.bounds(id)) {
                    self.parts.screen.reveal(bounds);
                }
                Reply::used([Effect::Repaint])
            }
            pointing => self.point(pointing, cx),
        }
    }

    /// When [`Input::Tick`] is wanted, in milliseconds of the pointers' clock.
    pub fn wakes_at(&self) -> Option<u64> {
        self.recogniser.wakes_at()
    }

    /// Does what a plan says, in its order. A plan that writes is refused as a whole where
    /// the session may not write.
    fn carry_out(&mut self, plan: Plan, cx: &Context<'_>) -> Reply {
        let plan = if plan.writes() && !cx.rights.writes {
            Plan::refused(Refusal::ReadOnly)
        } else {
            plan
        };
        let mut effects = Vec::new();
        for deed in plan.deeds {
            self.perform(deed, &mut effects, cx);
        }
        Reply {
            effects,
            used: plan.used,
        }
    }

    fn perform(&mut self, deed: Deed, effects: &mut Vec<Effect>, cx: &Context<'_>) {
        let Parts {
            screen,
            sel,
            hand,
            pointers,
            writing,
            steps,
            ..
        } = &mut self.parts;
        match deed {
            Deed::Write(commands) => effects.extend(steps.write(commands, writing)),
            Deed::WriteOn(commands) => effects.extend(steps.write_on(commands, writing)),
            Deed::Continue(command) => effects.push(Effect::Continue(command)),
            Deed::KeepRow => steps.keep_row(),
            Deed::Select(ids) => sel.only(ids),
            Deed::Change(ids) => sel.change(ids),
            Deed::Walk(ids, at) => sel.walk(ids, at),
            Deed::Keep(ids, at) => sel.keep(ids, at),
            Deed::Take(tool) => hand.take(tool),
            Deed::PutAway => hand.put_away(),
            Deed::LinkFrom(id) => hand.link_from(id),
            Deed::Remember(kind) => hand.remember(&kind),
            Deed::Style(name, key, choice) => hand.style(&name, key, &choice),
            Deed::Gesture(gesture) => self.gesture = gesture,
            Deed::Abandon => {
                pointers.let_go();
                if let Gesture::Brushing { before, .. } = std::mem::take(&mut self.gesture) {
                    sel.only(sort::set(before));
                }
                effects.extend([Effect::Repaint, Effect::Presence]);
            }
            Deed::StopWriting => {
                if let Some((editing, has_other_step)) = writing.close() {
                    let closed = write::closed(editing, has_other_step, &self.parts, cx);
                    effects.extend(self.carry_out(closed, cx).effects);
                }
            }
            Deed::DropWriting => {
                if writing.close().is_some() {
                    effects.push(Effect::StopEditing);
                }
            }
            Deed::Open(editing, append) => {
                let id = editing.id.clone();
                steps.end_row();
                sel.only([id.clone()].into());
                writing.open(editing);
                let shown = [Effect::Repaint, Effect::Presence];
                effects.extend([Effect::Edit(id, append)].into_iter().chain(shown));
            }
            Deed::Look(camera) => screen.look(camera),
            Deed::Reveal(rect) => screen.reveal(rect),
            Deed::Focus(focus) => self.parts.focus = focus,
            Deed::Grow(growing) => self.parts.growing = growing,
            Deed::Tell(effect) => effects.push(effect),
        }
    }

    /// After every move of the camera: nobody gets lost, and what is dragged
    /// stays under the pointer.
    fn camera_moved_from(&mut self, before: Camera, cx: &Context<'_>) {
        if self.camera() == before {
            return;
        }
        self.parts.screen.keep_over(cx.canvas_bounds());
        if self.gesture.scrolls() {
            let selected = crate::gesture::drag::on(&mut self.gesture, &self.parts, cx);
            self.carry_out(Plan::of(selected), cx);
        }
    }

    /// What changed elsewhere may end what is under way here. Writes nothing.
    pub fn after_change(&mut self, view: &BoardView) -> Vec<Effect> {
        let Parts {
            sel,
            hand,
            writing,
            steps,
            ..
        } = &mut self.parts;
        steps.came(view);
        let exists = |id: &_| view.get(id).is_some() || steps.is_coming(id);
        let before = sel.ids().len();
        if !sel.ids().iter().all(exists) {
            sel.change(sort::set(sel.ids().iter().filter(|id| exists(id)).cloned()));
        }
        if hand.linking().is_some_and(|id| !exists(id)) {
            hand.link_from(None);
        }
        self.gesture.forget_missing(view);
        if sel.ids().is_empty() && matches!(self.gesture, Gesture::Translating(_)) {
            // What a frame carried does not move on without it.
            self.gesture = Gesture::Idle;
        }
        let mut effects = Vec::new();
        if sel.ids().len() != before {
            effects.extend([Effect::Presence, Effect::RepaintOverlay]);
        }
        if writing.id().is_some_and(|id| !exists(id)) {
            writing.close();
            effects.push(Effect::StopEditing);
            effects.push(Effect::Toast(text::SAY_WRITING_DELETED.into()));
        }
        effects
    }
}
