//! Keys, and the actions they call.

use shared::{
    board::Command,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Object, sticky_note},
};

use crate::{
    Action, Camera, Context, Editor, Effect, Reply, Tool, action,
    editor::FIT_PADDING,
    gesture::Gesture,
    input::Mods,
    notes::{DUPLICATE_OFFSET, count},
};

/// One nudge of the arrow keys, in board units; ten with Shift.
const NUDGE: f64 = 10.0;

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
        if let Some(action) = action::find(key, code, mods, self.single_keys) {
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

    pub(crate) fn do_action(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        let middle = Point::new(self.viewport.width / 2.0, self.viewport.height / 2.0);
        let effects = match action {
            Action::SelectTool => self.take(Tool::Select),
            Action::HandTool => self.take(Tool::Hand),
            Action::NoteTool => self.take(Tool::Note),
            Action::NewNote => {
                let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
                let at = self.pointer.unwrap_or(middle);
                self.new_note(self.camera.board_from_screen(at) - half, cx)
            }
            Action::Edit => return self.edit_selected(String::new(), cx),
            Action::Delete => return self.delete(cx),
            Action::Duplicate => self.duplicate(Vec2::new(DUPLICATE_OFFSET, DUPLICATE_OFFSET), cx),
            Action::SelectAll => self.select_all(cx),
            Action::Copy if self.selection.is_empty() => return Reply::unused(),
            Action::Copy => vec![Effect::Copy],
            Action::Cut => {
                let mut reply = self.delete(cx);
                if reply.used {
                    reply.effects.insert(0, Effect::Copy);
                }
                return reply;
            }
            Action::Undo => self.back_or_forth(Effect::Undo, cx),
            Action::Redo => self.back_or_forth(Effect::Redo, cx),
            Action::ZoomIn => self.zoom(self.camera.next_step(true), middle),
            Action::ZoomOut => self.zoom(self.camera.next_step(false), middle),
            Action::ZoomReset => self.zoom(1.0, middle),
            Action::FitCanvas => {
                self.fit_canvas(cx);
                vec![Effect::Repaint, Effect::Presence]
            }
            Action::FitSelection => self.fit_selection(cx),
            Action::FitSection => self.fit_section(cx),
            Action::Help => vec![Effect::Help],
        };
        Reply::used(effects)
    }

    /// Undo and redo end what is being written, so that nobody writes in a note
    /// that goes away.
    fn back_or_forth(&mut self, effect: Effect, cx: &Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return Vec::new();
        }
        let mut effects = self.abandon().effects;
        effects.extend(self.stop_editing(cx));
        effects.push(effect);
        effects
    }

    fn take(&mut self, tool: Tool) -> Vec<Effect> {
        self.tool = tool;
        let label = match tool {
            Tool::Select => "Select",
            Tool::Note => "Place a note: click where it goes",
            Tool::Hand => "Move the view",
        };
        vec![
            Effect::Tools,
            Effect::RepaintOverlay,
            Effect::Announce(label.into()),
        ]
    }

    fn zoom(&mut self, zoom: f64, at: Point) -> Vec<Effect> {
        self.camera = self.camera.zoomed_at(at, zoom);
        vec![
            Effect::Repaint,
            Effect::Announce(format!("{:.0} %", self.camera.zoom * 100.0)),
        ]
    }

    fn fit_selection(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let bounds = self
            .selection
            .iter()
            .filter_map(|id| cx.scene.bounds(id))
            .reduce(|a, b| a.union(b));
        if let Some(bounds) = bounds {
            self.camera = Camera::fit(bounds, self.viewport, FIT_PADDING, 1.5);
        }
        vec![Effect::Repaint]
    }

    /// The section of what is selected, or the one looked at.
    fn fit_section(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(section) = self.current_section(cx) {
            self.camera = Camera::fit(section, self.viewport, FIT_PADDING, 1.5);
        }
        vec![Effect::Repaint, Effect::Presence]
    }

    /// Where the section of what is selected lies, else the one in the middle
    /// of the view.
    fn current_section(&self, cx: &Context<'_>) -> Option<Rect> {
        let middle = self.camera.visible(self.viewport).center();
        let selected = self.selection.iter().find_map(|id| cx.view.get(id));
        let section = match selected {
            Some(object) => {
                let id = shared::export::json::section_of(object, cx.template)?;
                cx.template.sections.iter().find(|section| section.id == id)
            }
            None => cx.template.section_at(middle),
        };
        section.map(|section| cx.template.section_rect(section))
    }

    fn escape(&mut self, cx: &Context<'_>) -> Reply {
        if !matches!(self.gesture, Gesture::Idle) {
            return self.abandon();
        }
        if self.editing.is_some() {
            return Reply::used(self.stop_editing(cx));
        }
        self.tool = Tool::Select;
        if !self.selection.is_empty() {
            self.selection.clear();
            return Reply::used([
                Effect::Tools,
                Effect::Repaint,
                Effect::Presence,
                Effect::Announce("Nothing selected".into()),
            ]);
        }
        Reply::used([Effect::Tools])
    }

    fn delete(&mut self, cx: &Context<'_>) -> Reply {
        if self.selection.is_empty() || cx.read_only {
            return Reply::unused();
        }
        let mut closing = self.stop_editing_for_deletion();
        let ids: Vec<ObjectId> = std::mem::take(&mut self.selection).into_iter().collect();
        let said = format!("{} deleted", count(ids.len()));
        closing.extend([
            Effect::Do(vec![Command::Delete(ids)]),
            Effect::Tools,
            Effect::Presence,
            Effect::Announce(said),
        ]);
        Reply::used(closing)
    }

    /// The delete button while writing: the note goes as a whole.
    fn stop_editing_for_deletion(&mut self) -> Vec<Effect> {
        match self.editing.take() {
            Some(_) => vec![Effect::StopEditing],
            None => Vec::new(),
        }
    }

    /// Everything in the section looked at; once that is selected, everything.
    fn select_all(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let all: Vec<ObjectId> = cx.view.iter().map(|object| object.id.clone()).collect();
        let section_of = |id: &ObjectId| {
            let object = cx.view.get(id)?;
            shared::export::json::section_of(object, cx.template)
        };
        let section = self.current_section(cx);
        let in_section: Vec<ObjectId> = section
            .map(|rect| {
                let id = cx.template.section_at(rect.center()).map(|s| s.id.as_str());
                let mut inside = cx.scene.touching(rect);
                inside.retain(|object| section_of(object) == id);
                inside
            })
            .unwrap_or_default();
        let has_section =
            !in_section.is_empty() && in_section.iter().all(|id| self.selection.contains(id));
        self.select(if in_section.is_empty() || has_section {
            all
        } else {
            in_section
        });
        vec![
            Effect::Tools,
            Effect::Repaint,
            Effect::Presence,
            self.say_selected(),
        ]
    }

    pub(crate) fn say_selected(&self) -> Effect {
        Effect::Announce(match self.selection.len() {
            0 => "Nothing selected".into(),
            n => format!("{} selected", count(n)),
        })
    }

    /// To the next object in reading order; beyond the ends the browser goes on.
    fn walk(&mut self, forward: bool, cx: &Context<'_>) -> Reply {
        let order = cx.scene.reading_order(cx.template);
        let here = order.iter().position(|id| self.selection.contains(id));
        let next = match (here, forward) {
            (None, true) => Some(0),
            (None, false) => order.len().checked_sub(1),
            (Some(here), true) => Some(here + 1),
            (Some(here), false) => here.checked_sub(1),
        };
        let Some((at, id)) = next.and_then(|at| order.get(at).map(|id| (at, id))) else {
            self.selection.clear();
            return Reply {
                effects: vec![Effect::Tools, Effect::Repaint, Effect::Presence],
                used: false,
            };
        };
        self.select([id.clone()]);
        self.reveal(id, cx.scene);
        let said = cx
            .view
            .get(id)
            .map(|object| describe(object, at, order.len(), cx))
            .unwrap_or_default();
        Reply::used([
            Effect::Tools,
            Effect::Repaint,
            Effect::Presence,
            Effect::Announce(said),
        ])
    }

    /// Nudges the selection. Nudges that follow each other are one undo step.
    fn arrow(&mut self, direction: Vec2, mods: Mods, goes_on: bool, cx: &Context<'_>) -> Reply {
        if mods.ctrl || mods.alt {
            return Reply::unused();
        }
        let step = if mods.shift { NUDGE * 10.0 } else { NUDGE };
        if self.selection.is_empty() || cx.read_only {
            self.camera = self.camera.panned(-direction * 60.0);
            return Reply::used([Effect::Repaint]);
        }
        let moves = self
            .selection
            .iter()
            .filter_map(|id| {
                cx.view
                    .get(id)
                    .map(|object| (id.clone(), object.pos + direction * step))
            })
            .collect();
        self.nudging = true;
        self.mark_other_step();
        Reply::used([if goes_on {
            Effect::Continue(Command::Move(moves))
        } else {
            Effect::Do(vec![Command::Move(moves)])
        }])
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

    fn edit_selected(&mut self, append: String, cx: &Context<'_>) -> Reply {
        let mut ids = self.selection.iter();
        match (ids.next().cloned(), ids.next()) {
            (Some(id), None) if !cx.read_only => Reply::used(self.edit(&id, append, cx)),
            _ => Reply::unused(),
        }
    }
}

/// "text, kind, n of m", and where it lies.
fn describe(object: &Object, at: usize, of: usize, cx: &Context<'_>) -> String {
    let text = if object.text().is_empty() {
        "empty"
    } else {
        object.text()
    };
    let kind = object.kind.name().replace('_', " ");
    let section = shared::export::json::section_of(object, cx.template)
        .and_then(|id| cx.template.sections.iter().find(|section| section.id == id))
        .map(|section| format!(", in {}", section.title))
        .unwrap_or_default();
    format!("{text}, {kind}, {} of {of}{section}", at + 1)
}
