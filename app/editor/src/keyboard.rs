//! Keys, and the actions they call.

use shared::{
    board::Command,
    geometry::{Point, Vec2},
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
            "ArrowLeft" => self.arrow(Vec2::new(-1.0, 0.0), mods, cx),
            "ArrowRight" => self.arrow(Vec2::new(1.0, 0.0), mods, cx),
            "ArrowUp" => self.arrow(Vec2::new(0.0, -1.0), mods, cx),
            "ArrowDown" => self.arrow(Vec2::new(0.0, 1.0), mods, cx),
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
            Action::Undo => vec![Effect::Undo],
            Action::Redo => vec![Effect::Redo],
            Action::ZoomIn => self.zoom(self.camera.next_step(true), middle),
            Action::ZoomOut => self.zoom(self.camera.next_step(false), middle),
            Action::ZoomReset => self.zoom(1.0, middle),
            Action::FitCanvas => {
                self.fit_canvas(cx);
                vec![Effect::Repaint, Effect::Presence]
            }
            Action::FitSelection => self.fit_selection(cx),
            Action::Help => vec![Effect::Help],
        };
        Reply::used(effects)
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
        let ids: Vec<ObjectId> = std::mem::take(&mut self.selection).into_iter().collect();
        let said = format!("{} deleted", count(ids.len()));
        Reply::used([
            Effect::Do(vec![Command::Delete(ids)]),
            Effect::Tools,
            Effect::Presence,
            Effect::Announce(said),
        ])
    }

    /// Everything in the section looked at; once that is selected, everything.
    fn select_all(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let middle = self.camera.visible(self.viewport).center();
        let first = self
            .selection
            .iter()
            .next()
            .and_then(|id| cx.scene.bounds(id))
            .map(|bounds| bounds.center());
        let section = cx
            .template
            .section_at(first.unwrap_or(middle))
            .map(|section| cx.template.section_rect(section));
        let all: Vec<ObjectId> = cx.view.iter().map(|object| object.id.clone()).collect();
        let in_section: Vec<ObjectId> = section
            .map(|rect| cx.scene.touching(rect))
            .unwrap_or_default();
        let has_section =
            !in_section.is_empty() && in_section.iter().all(|id| self.selection.contains(id));
        self.select(if in_section.is_empty() || has_section {
            all
        } else {
            in_section
        });
        let said = format!("{} selected", count(self.selection.len()));
        vec![
            Effect::Tools,
            Effect::Repaint,
            Effect::Presence,
            Effect::Announce(said),
        ]
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

    fn arrow(&mut self, direction: Vec2, mods: Mods, cx: &Context<'_>) -> Reply {
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
        Reply::used([Effect::Do(vec![Command::Move(moves)])])
    }

    fn type_into_selected(&mut self, key: &str, mods: Mods, cx: &Context<'_>) -> Reply {
        let is_character = key.chars().count() == 1 && !mods.ctrl && !mods.alt;
        if is_character {
            self.edit_selected(key.to_owned(), cx)
        } else {
            Reply::unused()
        }
    }

    fn edit_selected(&mut self, append: String, cx: &Context<'_>) -> Reply {
        let mut ids = self.selection.iter();
        match (ids.next().cloned(), ids.next()) {
            (Some(id), None) if !cx.read_only => Reply::used(self.edit(&id, append)),
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
