//! The editor's state, and where each input goes.

mod act;
pub(crate) mod keys;

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    board::{BoardView, Command},
    geometry::{Point, Size},
    id::{ObjectId, ParticipantId},
    object::{Kind, Resize, sticky_note},
    props::Style,
    scene::Scene,
};

use crate::{
    Action, Camera, Context, Effect, Input, Reply, Tool,
    gesture::Gesture,
    input::{Mods, Pointer},
    part::camera::{ZOOM_MAX, ZOOM_MIN},
    part::selection::Kept,
    part::tool::Models,
    plan::connect::Grown,
    plan::focus::Focus,
};

/// Padding around what is fitted to view, in screen pixels.
pub const FIT_PADDING: f64 = 32.0;

/// Below this zoom a canvas's section titles cannot be read.
const READABLE_ZOOM: f64 = 0.2;

/// The note being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Editing {
    pub(crate) id: ObjectId,
    /// It goes away if it is empty in the end: it was made for this, or had a
    /// text before. One that was empty already may be somebody else's, who is
    /// about to write.
    pub(crate) goes_if_empty: bool,
    /// It was made for this.
    pub(crate) is_new: bool,
    /// The last undo step is about something else than this text: moving it,
    /// another paper.
    pub(crate) has_other_step: bool,
}

/// One person's editor of one canvas.
#[derive(Debug)]
pub struct Editor {
    pub(crate) me: ParticipantId,
    pub(crate) camera: Camera,
    pub(crate) viewport: Size,
    pub(crate) selection: BTreeSet<ObjectId>,
    /// What stays selected while Tab goes on.
    pub(crate) kept: Kept,
    pub(crate) tool: Tool,
    /// The tool before the one that stays in hand until it is put away.
    pub(crate) tool_before: Tool,
    pub(crate) gesture: Gesture,
    /// Where the pointer is over the canvas, in screen space.
    pub(crate) pointer: Option<Point>,
    pub(crate) fingers: BTreeMap<i32, Point>,
    /// The pointer whose gesture is under way.
    pub(crate) holder: Option<Pointer>,
    /// A pen has drawn here: fingers move the view.
    pub(crate) has_pen: bool,
    pub(crate) space: bool,
    /// Modifier keys of the last pointer event.
    pub(crate) mods: Mods,
    /// How the next object of each kind looks.
    pub(crate) models: Models,
    /// The neighbours that Ctrl and an arrow key are making.
    pub(crate) grown: Option<Grown>,
    /// What is looked at by distance.
    pub(crate) focus: Option<Focus>,
    pub(crate) editing: Option<Editing>,
    /// The object from which a connector is being made by keyboard.
    pub(crate) linking: Option<ObjectId>,
    /// What was asked for and is not on the board yet.
    pub(crate) coming: BTreeSet<ObjectId>,
    /// The last thing that happened was an arrow key's nudge: the next one
    /// belongs to the same step.
    pub(crate) nudging: bool,
    /// Whether keys without Ctrl call actions (WCAG 2.1.4).
    pub single_keys: bool,
    /// Whether what is dragged snaps to what is there; Ctrl inverts it.
    pub snaps: bool,
    /// Whether the wheel zooms, and with Ctrl pans.
    pub wheel_zooms: bool,
}

impl Editor {
    /// An editor for a person.
    pub fn new(me: ParticipantId) -> Self {
        Self {
            me,
            camera: Camera::default(),
            viewport: Size::new(1280.0, 800.0),
            selection: BTreeSet::new(),
            kept: Kept::default(),
            tool: Tool::default(),
            tool_before: Tool::default(),
            gesture: Gesture::Idle,
            pointer: None,
            fingers: BTreeMap::new(),
            holder: None,
            has_pen: false,
            space: false,
            mods: Mods::default(),
            models: Models::default(),
            grown: None,
            focus: None,
            editing: None,
            linking: None,
            coming: BTreeSet::new(),
            nudging: false,
            single_keys: true,
            snaps: true,
            wheel_zooms: false,
        }
    }

    /// Takes an input.
    pub fn handle(&mut self, input: Input, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera;
        // Hovering and letting go of keys do not end a row of nudges.
        let is_aside = matches!(
            input,
            Input::Key { .. } | Input::KeyUp(_) | Input::SpaceUp | Input::Leave | Input::Resize(_)
        ) || matches!(input, Input::Move(_)) && self.gesture == Gesture::Idle;
        self.nudging &= is_aside;
        let reply = match input {
            Input::Key {
                key,
                code,
                mods,
                repeat,
            } => self.key(&key, &code, mods, repeat, cx),
            Input::KeyUp(key) => {
                if matches!(key.as_str(), "Control" | "Meta") {
                    self.stop_growing();
                }
                Reply::unused()
            }
            Input::Resize(viewport) => {
                self.viewport = viewport;
                // A screen keyboard must not cover what is being written.
                if let Some(id) = self.editing().cloned() {
                    self.reveal(&id, cx.scene);
                }
                Reply::used([Effect::Repaint])
            }
            pointing => self.point(pointing, cx),
        };
        self.camera_moved_from(camera, cx);
        reply
    }

    /// Does an action, as a button or the help would.
    pub fn act(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera;
        self.nudging = false;
        // A button pressed in the middle of a drag: the drag is off.
        let dropped = if self.gesture.is_drag() {
            self.abandon().effects
        } else {
            Vec::new()
        };
        let mut reply = self.do_action(action, cx);
        reply.effects.splice(0..0, dropped);
        self.camera_moved_from(camera, cx);
        reply
    }

    /// After every move of the camera: nobody gets lost, and what is dragged
    /// stays under the pointer.
    fn camera_moved_from(&mut self, before: Camera, cx: &Context<'_>) {
        if self.camera == before {
            return;
        }
        self.camera = self.camera.kept_over(cx.canvas_bounds(), self.viewport);
        if self.gesture.scrolls() {
            self.drag_on(cx);
        }
    }

    /// What changed elsewhere may end what is under way here. Writes nothing.
    pub fn after_change(&mut self, view: &BoardView) -> Vec<Effect> {
        let before = self.selection.len();
        self.coming.retain(|id| view.get(id).is_none());
        let coming = &self.coming;
        let exists = |id: &ObjectId| view.get(id).is_some() || coming.contains(id);
        self.selection.retain(exists);
        self.linking = self.linking.take().filter(|id| exists(id));
        self.gesture.forget_missing(view);
        if self.selection.is_empty() && matches!(self.gesture, Gesture::Translating(_)) {
            // What a frame carried does not move on without it.
            self.gesture = Gesture::Idle;
        }
        let mut effects = Vec::new();
        if self.selection.len() != before {
            effects.extend([Effect::Presence, Effect::RepaintOverlay]);
        }
        if self
            .editing
            .as_ref()
            .is_some_and(|editing| !exists(&editing.id))
        {
            self.editing = None;
            effects.push(Effect::StopEditing);
            effects.push(Effect::Toast(
                "Somebody deleted the note you were writing in.".into(),
            ));
        }
        effects
    }

    /// Whether nothing is being dragged or written.
    pub fn is_at_rest(&self) -> bool {
        self.editing.is_none() && matches!(self.gesture, Gesture::Idle)
    }

    /// The camera.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// Puts the camera back where it was on an earlier visit.
    pub fn set_camera(&mut self, camera: Camera) {
        if camera.origin.is_finite() && camera.zoom.is_finite() {
            self.camera = Camera {
                zoom: camera.zoom.clamp(ZOOM_MIN, ZOOM_MAX),
                ..camera
            };
        }
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

    /// The note being written.
    pub fn editing(&self) -> Option<&ObjectId> {
        self.editing.as_ref().map(|editing| &editing.id)
    }

    /// Whether the first words belong to the step that made the note, so that
    /// one undo takes back both.
    pub fn first_words_continue(&self) -> bool {
        self.editing
            .as_ref()
            .is_some_and(|editing| editing.is_new && !editing.has_other_step)
    }

    /// Where my pointer is, in board space.
    pub fn cursor(&self) -> Option<Point> {
        self.pointer
            .map(|screen| self.camera.board_from_screen(screen))
    }

    /// The CSS cursor that fits what is under way.
    pub fn cursor_style(&self) -> &'static str {
        match (&self.gesture, self.tool) {
            (Gesture::Panning { .. } | Gesture::Pinching { .. }, _) => "grabbing",
            (Gesture::Translating(_), _) => "move",
            (Gesture::Turning { .. }, _) => "grabbing",
            (Gesture::Resizing(resizing), _) => {
                let shares = resizing.shares;
                match (shares.x == 0.5, shares.y == 0.5) {
                    (true, _) => "ns-resize",
                    (_, true) => "ew-resize",
                    _ if shares.x == shares.y => "nwse-resize",
                    _ => "nesw-resize",
                }
            }
            (Gesture::Placing { .. }, _) => "crosshair",
            _ if self.space => "grab",
            (_, Tool::Hand) => "grab",
            (_, Tool::Place(_) | Tool::Connect | Tool::Draw) => "crosshair",
            _ => "default",
        }
    }

    /// Whether a kind is drawn to its size; others have their own.
    pub(crate) fn is_drawn_to_size(kind: &Kind) -> bool {
        kind.features().resize == Resize::Free
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

    /// The styles to choose from: those that all of the selection has, or that the
    /// next object of the tool in hand will have. Each with the present choice, where
    /// it is the same for all.
    pub fn styles(&self, cx: &Context<'_>) -> Vec<(&'static Style, Option<&'static str>)> {
        let own = |kind: &Kind| -> Vec<_> {
            kind.styles()
                .into_iter()
                .map(|(style, choice)| (style, Some(choice)))
                .collect()
        };
        if let Some(name) = self.tool.makes() {
            return own(&self.models.kind(name));
        }
        let mut objects = self.selected(cx).into_iter();
        let Some(first) = objects.next() else {
            return Vec::new();
        };
        let mut styles = own(&first.kind);
        for object in objects {
            let others = object.kind.styles();
            styles.retain_mut(|(style, choice)| {
                let other = others.iter().find(|(other, _)| other.key == style.key);
                *choice = choice.filter(|choice| other.is_some_and(|(_, other)| other == choice));
                other.is_some()
            });
        }
        styles
    }

    /// Makes another choice of a style, for what is selected and for the next of its kind.
    pub fn style(&mut self, key: &'static str, choice: &str, cx: &Context<'_>) -> Vec<Effect> {
        self.nudging = false;
        let has_style = |kind: &Kind| kind.styles().iter().any(|(style, _)| style.key == key);
        if let Some(name) = self.tool.makes() {
            self.models.style(name, key, choice);
        } else if self.selection.is_empty() {
            self.models.style(sticky_note::NAME, key, choice);
        }
        let mut commands = Vec::new();
        for object in self.selected(cx) {
            if has_style(&object.kind) && !object.is_locked {
                self.models.style(object.kind.name(), key, choice);
                commands.push(Command::Set(object.id.clone(), vec![(key, choice.into())]));
            }
        }
        let mut effects = Vec::new();
        if !commands.is_empty() && !cx.read_only {
            self.mark_other_step();
            effects.push(Effect::Do(commands));
        }
        effects
    }

    /// Centres the view at a point of the board.
    pub fn look_at(&mut self, at: Point, cx: &Context<'_>) -> Vec<Effect> {
        let before = self.camera;
        let half = Size::new(self.viewport.width, self.viewport.height).to_vec2()
            / (2.0 * self.camera.zoom);
        self.camera.origin = at - half;
        self.camera_moved_from(before, cx);
        vec![Effect::Repaint, Effect::Presence]
    }

    /// Selects one object, as from a list, and brings it into view.
    pub fn choose(&mut self, id: &ObjectId, cx: &Context<'_>) -> Vec<Effect> {
        if cx.view.get(id).is_none() {
            return Vec::new();
        }
        // Whatever is under way would act on what was chosen before.
        let mut effects = self.abandon().effects;
        if self.editing().is_some_and(|editing| editing != id) {
            effects.extend(self.stop_editing(cx));
        }
        self.select([id.clone()]);
        self.reveal(id, cx.scene);
        effects.extend([Effect::Repaint, Effect::Presence]);
        effects
    }

    /// A step that is not about the text being written is about to begin.
    pub(crate) fn mark_other_step(&mut self) {
        if let Some(editing) = &mut self.editing {
            editing.has_other_step = true;
        }
    }

    /// Brings an object into view if it is not.
    pub(crate) fn reveal(&mut self, id: &ObjectId, scene: &Scene) {
        if let Some(bounds) = scene.bounds(id) {
            self.reveal_rect(bounds);
        }
    }
}
