//! Keys: which action they call, and those that are no actions.

use shared::{geometry::Vec2, id::ObjectId, object::Object};

use crate::{
    Context, Editor, Effect, Reply, action, gesture::Gesture, gesture::handles::Edge, input::Mods,
    part::selection::Kept, say,
};

/// One nudge of the arrow keys, in board units; ten with Shift.
pub(crate) const NUDGE: f64 = 10.0;

impl Editor {
    pub(crate) fn key(
        &mut self,
        key: &str,
        code: &str,
        mods: Mods,
        repeat: bool,
        cx: &mut Context<'_>,
    ) -> Reply {
        if self.gesture.is_drag() && key != "Escape" {
            // Nothing happens to what is under the pointer; but the browser
            // must not act on a key that would be ours.
            let is_ours = key == " " || action::find(key, code, mods, self.single_keys).is_some();
            return Reply {
                effects: Vec::new(),
                used: is_ours || key.starts_with("Arrow") || key == "Tab",
            };
        }
        let nudging = std::mem::take(&mut self.nudging);
        if key == " " && !mods.ctrl {
            if matches!(self.gesture, Gesture::Idle) && !repeat {
                self.space = true;
            }
            return Reply::used([Effect::RepaintOverlay]);
        }
        if let Some(reply) = self.pending_key(key, mods, cx) {
            return reply;
        }
        if mods == Mods::default()
            && let Some(reply) = self.focus_key(key, cx)
        {
            return reply;
        }
        if let Some(action) = action::find(key, code, mods, self.single_keys) {
            self.gesture = Gesture::Idle;
            self.nudging = nudging && action.goes_on();
            return self.do_action(action, cx);
        }
        match key {
            "Escape" => self.escape(cx),
            "Tab" if !mods.ctrl && !mods.alt => self.walk(!mods.shift, cx),
            "ArrowLeft" => self.arrow(Vec2::new(-1.0, 0.0), mods, nudging, cx),
            "ArrowRight" => self.arrow(Vec2::new(1.0, 0.0), mods, nudging, cx),
            "ArrowUp" => self.arrow(Vec2::new(0.0, -1.0), mods, nudging, cx),
            "ArrowDown" => self.arrow(Vec2::new(0.0, 1.0), mods, nudging, cx),
            "Shift" | "Control" | "Meta" | "Alt" => {
                self.nudging = nudging;
                Reply::unused()
            }
            _ => self.type_into_selected(key, mods, cx),
        }
    }

    /// To the next object in reading order, with what is kept; beyond the ends the
    /// browser goes on.
    fn walk(&mut self, forward: bool, cx: &Context<'_>) -> Reply {
        let order = cx.scene.reading_order(cx.view, cx.template);
        let Kept { ids: kept, at } = self.kept(cx);
        let here = match &at {
            Some(at) => order.iter().position(|id| id == at),
            None => order.iter().position(|id| self.selection.contains(id)),
        };
        let next = match (here, forward) {
            (None, true) => Some(0),
            (None, false) => order.len().checked_sub(1),
            (Some(here), true) => Some(here + 1),
            (Some(here), false) => here.checked_sub(1),
        };
        let Some((at, id)) = next.and_then(|at| order.get(at).map(|id| (at, id))) else {
            self.selection = kept;
            return Reply {
                effects: vec![Effect::Repaint, Effect::Presence],
                used: false,
            };
        };
        self.select(kept.iter().cloned().chain([id.clone()]));
        self.reveal(id, cx.scene);
        let mut said = cx
            .view
            .get(id)
            .map(|object| describe(object, at, order.len(), cx))
            .unwrap_or_default();
        if kept.contains(id) {
            said.push_str(", kept");
        }
        if !kept.is_empty() {
            let at = Some(id.clone());
            self.kept = Kept { ids: kept, at };
        }
        Reply::used([Effect::Repaint, Effect::Presence, Effect::Announce(said)])
    }

    /// Nudges the selection. Nudges that follow each other are one undo step.
    fn arrow(&mut self, direction: Vec2, mods: Mods, goes_on: bool, cx: &mut Context<'_>) -> Reply {
        if mods.ctrl && !mods.alt {
            let edge = Edge::ALL
                .into_iter()
                .find(|edge| edge.direction() == direction);
            return edge.map_or_else(Reply::unused, |edge| self.grow(edge, cx));
        }
        if mods.alt {
            return if mods.ctrl {
                Reply::unused()
            } else {
                self.walk_along(direction, cx)
            };
        }
        let step = if mods.shift { NUDGE * 10.0 } else { NUDGE };
        if self.selection.is_empty() || cx.read_only {
            self.camera = self.camera.panned(-direction * 60.0);
            return Reply::used([Effect::Repaint]);
        }
        let mut moved = self.moved_along(cx);
        let is_line = |id: &&ObjectId| cx.scene.line(id).is_some();
        moved.extend(self.selection.iter().filter(is_line).cloned());
        let commands = self.moved_by(&moved, direction * step, cx);
        if commands.is_empty() {
            let slid = self.slide_label(direction, goes_on, cx);
            self.nudging |= goes_on;
            return slid.unwrap_or_else(|| Reply::used([]));
        }
        Reply::used(self.written_on(commands, goes_on))
    }

    fn type_into_selected(&mut self, key: &str, mods: Mods, cx: &Context<'_>) -> Reply {
        if matches!(key, "Dead" | "Process") && !mods.ctrl {
            // An accent or an input method begins: with the text box open in
            // time, the browser puts there what comes of it.
            let reply = self.edit_selected(String::new(), cx);
            return Reply {
                used: false,
                ..reply
            };
        }
        let mut chars = key.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else {
            return Reply::unused();
        };
        // AltGr comes as Ctrl with Alt; Option makes characters beyond ASCII.
        let is_character = mods.ctrl == mods.alt || (mods.alt && !c.is_ascii());
        if is_character {
            self.edit_selected(key.to_owned(), cx)
        } else {
            Reply::unused()
        }
    }

    pub(crate) fn edit_selected(&mut self, append: String, cx: &Context<'_>) -> Reply {
        let mut ids = self.selection.iter();
        match (ids.next().cloned(), ids.next()) {
            (Some(id), None) if !cx.read_only => Reply::used(self.edit(&id, append, cx)),
            _ => Reply::unused(),
        }
    }
}

/// "text, kind, n of m", what it connects, and where it lies.
fn describe(object: &Object, at: usize, of: usize, cx: &Context<'_>) -> String {
    let text = if object.text.is_empty() {
        "empty"
    } else {
        &object.text
    };
    let kind = object.kind.label();
    let ends = say::ends_of(object, cx.view).map(|(from, to)| format!(", from {from} to {to}"));
    let lines = cx.scene.connectors_of(&object.id).count();
    let lines = match lines {
        0 => String::new(),
        n => format!(", {}", say::plural(n, "connector")),
    };
    let section = shared::scene::section_of(object, cx.template)
        .and_then(|id| cx.template.sections.iter().find(|section| section.id == id))
        .map(|section| format!(", in {}", section.title))
        .unwrap_or_default();
    let locked = if object.is_locked { ", locked" } else { "" };
    let ends = ends.unwrap_or_default();
    format!(
        "{text}, {kind}{ends}, {} of {of}{lines}{section}{locked}",
        at + 1
    )
}
