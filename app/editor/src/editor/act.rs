//! What each action does.

use std::collections::BTreeSet;

use shared::{
    board::Command,
    draw::marks::Format,
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::sticky_note,
};

use crate::{
    Action, Camera, Context, Editor, Effect, Panel, Reply, Tool,
    align::Alignment,
    editor::FIT_PADDING,
    gesture::Gesture,
    plan::arrange::Depth,
    plan::copy::DUPLICATE_OFFSET,
    say::{count, plural},
    snap::Axis,
};

/// What is shown around each of the others, in board units.
const GROUP_ROOM: (f64, f64) = (900.0, 600.0);

impl Editor {
    pub(crate) fn do_action(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        let middle = Point::new(self.viewport.width / 2.0, self.viewport.height / 2.0);
        let effects = match action {
            Action::SelectTool => self.take(Tool::Select, cx),
            Action::HandTool => self.take(Tool::Hand, cx),
            Action::NoteTool => self.take(Tool::NOTE, cx),
            Action::TextTool => self.take(Tool::TEXT, cx),
            Action::ShapeTool => self.take(Tool::SHAPE, cx),
            Action::FrameTool => self.take(Tool::FRAME, cx),
            Action::StampTool => self.take(Tool::STAMP, cx),
            Action::PenTool => self.take(Tool::Draw, cx),
            Action::Picture if cx.read_only => return Reply::unused(),
            Action::Picture => vec![Effect::AskPicture],
            Action::ConnectTool => self.take(Tool::Connect, cx),
            Action::NewNote => {
                let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
                let at = self.pointer.unwrap_or(middle);
                self.new_note(self.camera.board_from_screen(at) - half, cx)
            }
            Action::Edit => return self.edit_selected(String::new(), cx),
            Action::Bold => {
                return self.format(&Format::Bold(true), &Format::Bold(false), cx);
            }
            Action::Italic => {
                return self.format(&Format::Italic(true), &Format::Italic(false), cx);
            }
            Action::List => return self.bullet(cx),
            Action::Link => return self.ask_link(cx),
            Action::OpenLink => return self.open_link(cx),
            Action::Delete => return self.delete(cx),
            Action::Duplicate => self.duplicate(Vec2::new(DUPLICATE_OFFSET, DUPLICATE_OFFSET), cx),
            Action::Properties if self.selection.is_empty() || cx.read_only => {
                return Reply::unused();
            }
            Action::Properties => vec![Effect::Open(Panel::Properties)],
            Action::Keep => return self.keep(cx),
            Action::SelectAll => self.select_all(cx),
            Action::Copy => match self.clip(cx) {
                Some(clip) => vec![Effect::Copy(clip)],
                None => return Reply::unused(),
            },
            Action::Cut => {
                let clip = self.clip(cx);
                let mut reply = self.delete(cx);
                if let Some(clip) = clip.filter(|_| reply.used) {
                    reply.effects.insert(0, Effect::Copy(clip));
                }
                return reply;
            }
            Action::Undo => self.back_or_forth(Effect::Undo, cx),
            Action::Redo => self.back_or_forth(Effect::Redo, cx),
            Action::Group => return self.group(cx),
            Action::Ungroup => return self.ungroup(cx),
            Action::Lock => return self.lock(cx),
            Action::ToFront => return self.reorder(Depth::Front, cx),
            Action::Forward => return self.reorder(Depth::Forward, cx),
            Action::Backward => return self.reorder(Depth::Backward, cx),
            Action::ToBack => return self.reorder(Depth::Back, cx),
            Action::AlignLeft => return self.align(Alignment::Left, cx),
            Action::AlignCenter => return self.align(Alignment::Center, cx),
            Action::AlignRight => return self.align(Alignment::Right, cx),
            Action::AlignTop => return self.align(Alignment::Top, cx),
            Action::AlignMiddle => return self.align(Alignment::Middle, cx),
            Action::AlignBottom => return self.align(Alignment::Bottom, cx),
            Action::DistributeAcross => return self.distribute(Axis::X, cx),
            Action::DistributeDown => return self.distribute(Axis::Y, cx),
            Action::Tidy => return self.tidy(cx),
            Action::Wider => return self.grow_by(1.0, 0.0, cx),
            Action::Narrower => return self.grow_by(-1.0, 0.0, cx),
            Action::Taller => return self.grow_by(0.0, 1.0, cx),
            Action::Shorter => return self.grow_by(0.0, -1.0, cx),
            Action::TurnRight => return self.turn_by(1.0, cx),
            Action::TurnLeft => return self.turn_by(-1.0, cx),
            Action::ZoomIn => self.zoom(self.camera.next_step(true), middle),
            Action::ZoomOut => self.zoom(self.camera.next_step(false), middle),
            Action::ZoomReset => self.zoom(1.0, middle),
            Action::FitCanvas => {
                self.fit_canvas(cx);
                vec![Effect::Repaint, Effect::Presence]
            }
            Action::BackToGroup => self.back_to_group(cx),
            Action::FitSelection => self.fit_selection(cx),
            Action::FitSection => self.fit_section(cx),
            Action::Find => vec![Effect::Open(Panel::Find)],
            Action::Palette => vec![Effect::Open(Panel::Palette)],
            Action::Outline => vec![Effect::Open(Panel::Outline)],
            Action::Minimap => vec![Effect::Open(Panel::Minimap)],
            Action::Theme => vec![Effect::Open(Panel::Theme)],
            Action::Help => vec![Effect::Open(Panel::Help)],
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

    fn zoom(&mut self, zoom: f64, at: Point) -> Vec<Effect> {
        self.camera = self.camera.zoomed_at(at, zoom);
        vec![
            Effect::Repaint,
            Effect::Announce(format!("{:.0} %", self.camera.zoom * 100.0)),
        ]
    }

    /// To where the others point; the whole canvas where nobody does.
    fn back_to_group(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        let around = cx
            .others_at
            .iter()
            .map(|at| Rect::from_center_size(*at, GROUP_ROOM))
            .reduce(|a, b| a.union(b));
        match around {
            Some(around) => self.camera = Camera::fit(around, self.viewport, FIT_PADDING, 1.0),
            None => self.fit_canvas(cx),
        }
        vec![Effect::Repaint, Effect::Presence]
    }

    fn fit_selection(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        if let Some(bounds) = self.selection_bounds(cx) {
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
                let id = shared::scene::section_of(object, cx.template)?;
                cx.template.sections.iter().find(|section| section.id == id)
            }
            None => cx.template.section_at(middle),
        };
        section.map(|section| cx.template.section_rect(section))
    }

    pub(crate) fn escape(&mut self, cx: &Context<'_>) -> Reply {
        if !matches!(self.gesture, Gesture::Idle) {
            return self.abandon();
        }
        if self.editing.is_some() {
            return Reply::used(self.stop_editing(cx));
        }
        if self.unfocus() {
            return Reply::used([Effect::Repaint, Effect::Announce("Everything".into())]);
        }
        if self.tool != Tool::Select {
            self.tool = Tool::Select;
            return Reply::used([Effect::Announce("Select".into())]);
        }
        if !self.selection.is_empty() {
            self.selection.clear();
            return Reply::used([
                Effect::Repaint,
                Effect::Presence,
                Effect::Announce("Nothing selected".into()),
            ]);
        }
        Reply::used([])
    }

    /// Deletes what is selected and not locked, with the connectors bound to it.
    fn delete(&mut self, cx: &Context<'_>) -> Reply {
        if self.selection.is_empty() || cx.read_only {
            return Reply::unused();
        }
        let is_free = |id: &&ObjectId| cx.view.get(id).is_some_and(|object| !object.is_locked);
        let chosen: BTreeSet<ObjectId> = self.selection.iter().filter(is_free).cloned().collect();
        if chosen.is_empty() {
            return Reply::used([Effect::Toast("This is locked.".into())]);
        }
        let mut ids = chosen.clone();
        let lines = chosen.iter().flat_map(|id| cx.scene.connectors_of(id));
        ids.extend(lines.cloned());
        let mut said = format!("{} deleted", count(&chosen, cx));
        let tells = ids.len() > chosen.len();
        if tells {
            said += &format!(", with {}", plural(ids.len() - chosen.len(), "connector"));
        }
        self.selection.retain(|id| !ids.contains(id));
        let mut effects = self.stop_editing_for_deletion();
        effects.extend([
            Effect::Do(vec![Command::Delete(ids.into_iter().collect())]),
            Effect::Presence,
            if tells {
                Effect::Toast(said)
            } else {
                Effect::Announce(said)
            },
        ]);
        Reply::used(effects)
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
        let all: BTreeSet<ObjectId> = cx
            .view
            .iter()
            // A connector that lost an end to somebody else is not to be seen.
            .filter(|object| !object.is_locked && cx.scene.place(&object.id).is_some())
            .map(|object| object.id.clone())
            .collect();
        let section_of = |id: &ObjectId| {
            let object = cx.view.get(id)?;
            shared::scene::section_of(object, cx.template)
        };
        let section = self.current_section(cx);
        let in_section: BTreeSet<ObjectId> = section
            .map(|rect| {
                let id = cx.template.section_at(rect.center()).map(|s| s.id.as_str());
                let mut inside = cx.scene.touching(rect);
                inside.retain(|object| section_of(object) == id && all.contains(object));
                inside.into_iter().collect()
            })
            .unwrap_or_default();
        let has_section =
            !in_section.is_empty() && in_section.iter().all(|id| self.selection.contains(id));
        self.select(if in_section.is_empty() || has_section {
            all
        } else {
            in_section
        });
        vec![Effect::Repaint, Effect::Presence, self.say_selected(cx)]
    }
}
