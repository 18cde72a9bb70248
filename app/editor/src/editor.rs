//! The editor's state, and where each input goes.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    board::{BoardView, Command},
    geometry::{Point, Rect, Size, Vec2},
    id::{ObjectId, ParticipantId},
    object::NoteColor,
    scene::Scene,
};

use crate::{Action, Camera, Context, Effect, Input, Reply, gesture::Gesture};

/// Padding around what is fitted to view, in screen pixels.
pub const FIT_PADDING: f64 = 32.0;

/// Below this zoom a canvas's section titles cannot be read.
const READABLE_ZOOM: f64 = 0.2;

/// What the main button does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves.
    #[default]
    Select,
    /// Places a note with the next click.
    Note,
    /// Moves the view.
    Hand,
}

/// One person's editor of one canvas.
#[derive(Debug)]
pub struct Editor {
    pub(crate) me: ParticipantId,
    pub(crate) camera: Camera,
    pub(crate) viewport: Size,
    pub(crate) selection: BTreeSet<ObjectId>,
    pub(crate) tool: Tool,
    pub(crate) gesture: Gesture,
    /// Where the pointer is over the canvas, in screen space.
    pub(crate) pointer: Option<Point>,
    pub(crate) fingers: BTreeMap<i32, Point>,
    pub(crate) space: bool,
    pub(crate) color: NoteColor,
    pub(crate) editing: Option<ObjectId>,
    /// Whether keys without Ctrl call actions (WCAG 2.1.4).
    pub single_keys: bool,
}

impl Editor {
    /// An editor for a person.
    pub fn new(me: ParticipantId) -> Self {
        Self {
            me,
            camera: Camera::default(),
            viewport: Size::new(1280.0, 800.0),
            selection: BTreeSet::new(),
            tool: Tool::default(),
            gesture: Gesture::Idle,
            pointer: None,
            fingers: BTreeMap::new(),
            space: false,
            color: NoteColor::default(),
            editing: None,
            single_keys: true,
        }
    }

    /// Takes an input.
    pub fn handle(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera;
        let reply = match input {
            Input::Key {
                key,
                code,
                mods,
                repeat,
            } => self.key(&key, &code, mods, repeat, cx),
            Input::Resize(viewport) => {
                self.viewport = viewport;
                Reply::used([Effect::Repaint])
            }
            pointing => self.point(pointing, cx),
        };
        if self.camera != camera {
            self.camera = self.camera.kept_over(cx.canvas_bounds(), self.viewport);
        }
        reply
    }

    /// Does an action, as a button or the help would.
    pub fn act(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera;
        let reply = self.do_action(action, cx);
        if self.camera != camera {
            self.camera = self.camera.kept_over(cx.canvas_bounds(), self.viewport);
        }
        reply
    }

    /// What changed elsewhere may end what is under way here. Writes nothing.
    pub fn after_change(&mut self, view: &BoardView) -> Vec<Effect> {
        let before = self.selection.len();
        self.selection.retain(|id| view.get(id).is_some());
        if let Gesture::Brushing { with, .. } = &mut self.gesture {
            with.retain(|id| view.get(id).is_some());
        }
        let mut effects = Vec::new();
        if self.selection.len() != before {
            if self.selection.is_empty() && matches!(self.gesture, Gesture::Translating { .. }) {
                self.gesture = Gesture::Idle;
            }
            effects.push(Effect::Presence);
        }
        if self
            .editing
            .as_ref()
            .is_some_and(|id| view.get(id).is_none())
        {
            self.editing = None;
            effects.push(Effect::StopEditing);
            effects.push(Effect::Toast(
                "Somebody deleted the note you were writing in.".into(),
            ));
        }
        effects
    }

    /// The camera.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// Puts the camera back where it was on an earlier visit.
    pub fn set_camera(&mut self, camera: Camera) {
        self.camera = camera;
    }

    /// The size of the canvas on screen.
    pub fn viewport(&self) -> Size {
        self.viewport
    }

    /// What is selected.
    pub fn selection(&self) -> &BTreeSet<ObjectId> {
        &self.selection
    }

    /// The tool in hand.
    pub fn tool(&self) -> Tool {
        self.tool
    }

    /// The paper of my next note.
    pub fn color(&self) -> NoteColor {
        self.color
    }

    /// The note being written.
    pub fn editing(&self) -> Option<&ObjectId> {
        self.editing.as_ref()
    }

    /// Where my pointer is, in board space.
    pub fn cursor(&self) -> Option<Point> {
        self.pointer
            .map(|screen| self.camera.board_from_screen(screen))
    }

    /// How far the selection is being dragged, in board space.
    pub fn drag_offset(&self) -> Option<Vec2> {
        match self.gesture {
            Gesture::Translating { start, now, .. } => Some(now - start),
            _ => None,
        }
    }

    /// The rectangle being drawn to select, in board space.
    pub fn brush(&self) -> Option<Rect> {
        match self.gesture {
            Gesture::Brushing { start, now, .. } => Some(Rect::from_points(start, now)),
            _ => None,
        }
    }

    /// The CSS cursor that fits what is under way.
    pub fn cursor_style(&self) -> &'static str {
        match (&self.gesture, self.tool) {
            (Gesture::Panning { .. } | Gesture::Pinching { .. }, _) => "grabbing",
            (Gesture::Translating { .. }, _) => "move",
            _ if self.space => "grab",
            (_, Tool::Hand) => "grab",
            (_, Tool::Note) => "copy",
            _ => "default",
        }
    }

    /// Shows the whole canvas.
    pub fn fit_canvas(&mut self, cx: &Context<'_>) {
        let is_blank = cx.template.sections.is_empty() && cx.view.is_empty();
        let zoom_min = if is_blank { 1.0 } else { 0.0 };
        let fitted = Camera::fit(cx.canvas_bounds(), self.viewport, FIT_PADDING, 1.0);
        let middle = Point::new(self.viewport.width, self.viewport.height).to_vec2() / 2.0;
        // There is nothing to be seen whole on an empty board: notes should be readable.
        self.camera = fitted.zoomed_at(middle.to_point(), fitted.zoom.max(zoom_min));
    }

    /// What one sees first: the whole canvas, or on a screen too small to read
    /// it the section where one begins.
    pub fn first_view(&mut self, cx: &Context<'_>) {
        self.fit_canvas(cx);
        if self.camera.zoom < READABLE_ZOOM
            && let Some(section) = cx.template.sections.first()
        {
            let rect = cx.template.section_rect(section);
            self.camera = Camera::fit(rect, self.viewport, FIT_PADDING / 2.0, 1.0);
        }
    }

    /// Gives the selected notes another paper; it is also that of my next note.
    pub fn recolor(&mut self, color: NoteColor, cx: &Context<'_>) -> Vec<Effect> {
        self.color = color;
        let mut effects = vec![Effect::Tools];
        if !self.selection.is_empty() && !cx.read_only {
            effects.push(Effect::Do(vec![Command::Recolor(
                self.selection.iter().cloned().collect(),
                color,
            )]));
        }
        effects
    }

    /// Selects one object, as from a list, and brings it into view.
    pub fn choose(&mut self, id: &ObjectId, cx: &Context<'_>) -> Vec<Effect> {
        if cx.view.get(id).is_none() {
            return Vec::new();
        }
        self.select([id.clone()]);
        self.reveal(id, cx.scene);
        vec![Effect::Tools, Effect::Repaint, Effect::Presence]
    }

    /// Selects these and nothing else.
    pub(crate) fn select(&mut self, ids: impl IntoIterator<Item = ObjectId>) {
        self.selection = ids.into_iter().collect();
    }

    /// Brings an object into view if it is not.
    pub(crate) fn reveal(&mut self, id: &ObjectId, scene: &Scene) {
        let Some(bounds) = scene.bounds(id) else {
            return;
        };
        let visible = self.camera.visible(self.viewport);
        if visible.intersect(bounds) != bounds {
            let half =
                Vec2::new(self.viewport.width, self.viewport.height) / (2.0 * self.camera.zoom);
            self.camera.origin = bounds.center() - half;
        }
    }
}
