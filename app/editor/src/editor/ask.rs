//! What the page asks before it paints: nothing here changes anything.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    geometry::{Point, Rect, Size, Vec2},
    id::ObjectId,
    props::Style,
    scene::Place,
};

use crate::{
    Camera, Context, Editor, Handle, Preview, Tool,
    action::Standing,
    gesture::{Gesture, handles, scroll},
    plan::{format, style},
    snap::Guide,
};

impl Editor {
    /// What decides which actions are allowed now.
    pub fn standing(&self, cx: &Context<'_>) -> Standing {
        Standing {
            rights: cx.rights,
            selected: self.parts.sel.ids().len(),
            locked: self.parts.sel.is_locked(cx.view),
            tool: self.tool(),
        }
    }

    /// Whether nothing is being dragged or written.
    pub fn is_at_rest(&self) -> bool {
        !self.parts.writing.is_open() && self.gesture == Gesture::Idle
    }

    /// The camera.
    pub fn camera(&self) -> Camera {
        self.parts.screen.camera()
    }

    /// The size of the canvas on screen.
    pub fn viewport(&self) -> Size {
        self.parts.screen.viewport()
    }

    /// What is selected.
    pub fn selection(&self) -> &BTreeSet<ObjectId> {
        self.parts.sel.ids()
    }

    /// The tool in hand.
    pub fn tool(&self) -> Tool {
        self.parts.hand.tool()
    }

    /// The object being written in.
    pub fn editing(&self) -> Option<&ObjectId> {
        self.parts.writing.id()
    }

    /// Whether the first words belong to the step that made the note, so that
    /// one undo takes back both.
    pub fn first_words_continue(&self) -> bool {
        self.parts.writing.first_words_continue()
    }

    /// Where my pointer is, in board space.
    pub fn cursor(&self) -> Option<Point> {
        self.parts.cursor()
    }

    /// The CSS cursor that fits what is under way.
    pub fn cursor_style(&self) -> &'static str {
        match (self.gesture.cursor_style(), self.tool()) {
            (Some(style), _) => style,
            _ if self.parts.pointers.space() => "grab",
            (None, Tool::Hand) => "grab",
            (None, Tool::Place(_) | Tool::Connect | Tool::Draw) => "crosshair",
            (None, Tool::Select) => "default",
        }
    }

    /// The styles to choose from: those that all of the selection has, or that the
    /// next object of the tool in hand will have. Each with the present choice, where
    /// it is the same for all.
    pub fn styles(&self, cx: &Context<'_>) -> Vec<(&'static Style, Option<&'static str>)> {
        style::styles(&self.parts, cx)
    }

    /// Whether the one selected object has a link to open.
    pub fn has_link(&self, cx: &Context<'_>) -> bool {
        format::link_of_selected(&self.parts, cx).is_some()
    }

    /// The handles that can be seen, with where they are on screen.
    pub fn handles(&self, cx: &Context<'_>) -> Vec<(Handle, Point)> {
        handles::handles(&self.gesture, &self.parts, cx)
    }

    /// The upright box around several selected boxes, by which they are resized together.
    pub fn frame_of_several(&self, cx: &Context<'_>) -> Option<Rect> {
        self.parts.sel.frame_of_several(cx)
    }

    /// Whether [`crate::Input::Scroll`] would move the view: ask for frames meanwhile.
    pub fn scrolls_at_edge(&self) -> bool {
        scroll::scrolls(&self.gesture, &self.parts)
    }

    /// Changes when the focus does.
    pub fn focus_mark(&self) -> Option<(ObjectId, u8)> {
        Some(self.parts.focus.as_ref()?.mark())
    }

    /// What is in focus, connectors included; `None` where everything is.
    pub fn in_focus(&self, cx: &Context<'_>) -> Option<BTreeSet<ObjectId>> {
        self.parts.focus.as_ref()?.found(cx)
    }

    /// How far what is moved has been dragged, in board space.
    pub fn drag_offset(&self) -> Option<Vec2> {
        self.gesture.drag_offset()
    }

    /// Whether what is being dragged are copies: the originals stay where they are.
    pub fn drags_copies(&self) -> bool {
        self.gesture.drags_copies()
    }

    /// Where objects appear while they are moved, resized or turned.
    pub fn elsewhere(&self, cx: &Context<'_>) -> BTreeMap<ObjectId, Place> {
        self.gesture.elsewhere(cx)
    }

    /// The rectangle being drawn to select, in board space.
    pub fn brush(&self) -> Option<Rect> {
        self.gesture.brush()
    }

    /// What is about to be placed, drawn or bound anew.
    pub fn preview(&self) -> Option<Preview> {
        self.gesture.preview(&self.parts.hand)
    }

    /// The object to which a connector would be bound: it lights up.
    pub fn connect_target(&self) -> Option<&ObjectId> {
        self.gesture.connect_target()
    }

    /// The spot to which a connector would be pinned.
    pub fn pinned_spot(&self, cx: &Context<'_>) -> Option<Point> {
        self.gesture.pinned_spot(cx)
    }

    /// The connector whose end is being moved: it is drawn as a preview instead.
    pub fn redrawn_line(&self) -> Option<&ObjectId> {
        self.gesture.redrawn_line()
    }

    /// A connector's label that is being moved along it, and to which share.
    pub fn sliding_label(&self) -> Option<(&ObjectId, f64)> {
        self.gesture.sliding_label()
    }

    /// The guides that show what something snaps to.
    pub fn guides(&self) -> &[Guide] {
        self.gesture.guides()
    }
}
