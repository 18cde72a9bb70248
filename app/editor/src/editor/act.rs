//! What is called by name: actions, styles, pasting, texts and links.

use shared::{
    draw::marks::Format,
    geometry::{Point, Size, Vec2},
    id::ObjectId,
    object::{End, sticky_note},
    text::Text,
};

use crate::{
    Action, Camera, Context, Editor, Effect, LinkAsked, Panel, Reply, Side,
    align::Alignment,
    part::Parts,
    plan::{
        Deed, Plan,
        arrange::{self, Depth},
        clipboard, copy, delete, format, look, note, paste, picture, place, select, size, style,
        write,
    },
    rights::Refusal,
    snap::Axis,
};

impl Editor {
    /// Does an action, as a button or the help would.
    pub fn act(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        let camera = self.camera();
        self.parts.steps.end_row();
        // A button pressed in the middle of a drag: the drag is off.
        let mut effects = Vec::new();
        if self.gesture.is_drag() {
            effects = self.carry_out(Plan::of([Deed::Abandon]), cx).effects;
        }
        let reply = self.do_action(action, cx);
        effects.extend(reply.effects);
        self.camera_moved_from(camera, cx);
        Reply { effects, ..reply }
    }

    /// Does an action, if it is allowed.
    pub(super) fn do_action(&mut self, action: Action, cx: &mut Context<'_>) -> Reply {
        if let Err(refusal) = action.allowed(&self.standing(cx)) {
            return self.carry_out(Plan::refused(refusal), cx);
        }
        let mut effects = Vec::new();
        if action.tool().is_some() {
            // Taking a tool in hand ends the writing.
            effects = self.carry_out(Plan::of([Deed::StopWriting]), cx).effects;
        }
        let plan = planned(action, &self.parts, cx);
        let reply = self.carry_out(plan, cx);
        effects.extend(reply.effects);
        Reply { effects, ..reply }
    }

    /// Makes another choice of a style, for what is selected and for the next of its kind.
    pub fn style(&mut self, key: &'static str, choice: &str, cx: &Context<'_>) -> Vec<Effect> {
        self.parts.steps.end_row();
        let plan = style::style(key, choice, &self.parts, cx);
        self.carry_out(plan, cx).effects
    }

    /// Pastes what is on the clipboard: objects that Plaza has copied, else text. The key
    /// that asked for it has said whether all becomes one note.
    pub fn paste_clipboard(&mut self, json: &str, text: &str, cx: &mut Context<'_>) -> Vec<Effect> {
        let as_one = self.parts.pasting.take_as_one();
        let objects = if as_one {
            None
        } else {
            self.paste_objects(json, cx)
        };
        objects.unwrap_or_else(|| self.paste(text, as_one, cx))
    }

    /// Pastes text: each line becomes a note, or all of it one note.
    pub(crate) fn paste(&mut self, text: &str, as_one: bool, cx: &mut Context<'_>) -> Vec<Effect> {
        if let Some(refused) = self.refused(cx) {
            return refused;
        }
        let Some(lines) = paste::read(text, as_one) else {
            return Vec::new();
        };
        let mut effects = self.end_all(cx);
        let plan = paste::paste(lines, &self.parts, cx);
        effects.extend(self.carry_out(plan, cx).effects);
        effects
    }

    /// Pastes objects around the pointer or the middle of the view. `None` where this
    /// is nothing that Plaza has copied.
    pub(crate) fn paste_objects(
        &mut self,
        json: &str,
        cx: &mut Context<'_>,
    ) -> Option<Vec<Effect>> {
        let brought = clipboard::read(json, &self.parts.me)?;
        if let Some(refused) = self.refused(cx) {
            return Some(refused);
        }
        let mut effects = self.end_all(cx);
        let plan = clipboard::paste(brought, &self.parts, cx);
        effects.extend(self.carry_out(plan, cx).effects);
        Some(effects)
    }

    /// What is told to those who may not write; `None` to those who may.
    fn refused(&mut self, cx: &Context<'_>) -> Option<Vec<Effect>> {
        let refusal = Refusal::ReadOnly;
        (!cx.rights.writes).then(|| self.carry_out(Plan::refused(refusal), cx).effects)
    }

    /// The gesture under way is off, the text that is open is closed, a row of steps ends.
    fn end_all(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.parts.steps.end_row();
        let plan = Plan::of([Deed::Abandon, Deed::StopWriting]);
        self.carry_out(plan, cx).effects
    }

    /// A note from a list rather than from the board: in a section, or beside everything.
    pub fn write_in(
        &mut self,
        section: Option<&str>,
        text: &str,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        let plan = paste::write_in(section, text, &self.parts, cx);
        self.carry_out(plan, cx).effects
    }

    /// Places a picture that is on the server, its middle at a point.
    pub fn place_picture(
        &mut self,
        hash: String,
        pixels: Size,
        alt: String,
        at: Point,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        let plan = picture::place_picture(hash, pixels, alt, at, &self.parts, cx);
        self.carry_out(plan, cx).effects
    }

    /// Places an object at the end of a connector that was let go on empty space, and
    /// connects it. Without a name only the connector is drawn.
    pub fn accept_offer(
        &mut self,
        from: End,
        at: Point,
        name: Option<&str>,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        let plan = place::accept_offer(from, at, name, &self.parts, cx);
        self.carry_out(plan, cx).effects
    }

    /// Sets the link that was asked for; an empty address takes it off.
    ///
    /// # Errors
    /// What to tell the person where the address cannot be opened safely.
    pub fn set_link(
        &mut self,
        asked: LinkAsked,
        typed: &str,
        cx: &Context<'_>,
    ) -> Result<Vec<Effect>, Text> {
        let plan = format::set_link(asked, typed)?;
        Ok(self.carry_out(plan, cx).effects)
    }

    /// While writing: the note on a side. One that is there already is opened,
    /// else a new one is made.
    pub fn go_beside(&mut self, side: Side, rtl: bool, cx: &mut Context<'_>) -> Reply {
        let plan = note::go_beside(side, rtl, &self.parts, cx);
        self.carry_out(plan, cx)
    }

    /// Ends writing. A note that is empty now goes away, without an undo entry
    /// of its own.
    pub fn stop_editing(&mut self, cx: &Context<'_>) -> Vec<Effect> {
        self.carry_out(Plan::of([Deed::StopWriting]), cx).effects
    }

    /// Selects one object, as from a list, and brings it into view.
    pub fn choose(&mut self, id: &ObjectId, cx: &Context<'_>) -> Vec<Effect> {
        let plan = select::choose(id, &self.parts, cx);
        self.carry_out(plan, cx).effects
    }

    /// Centres the view at a point of the board.
    pub fn look_at(&mut self, at: Point, cx: &Context<'_>) -> Vec<Effect> {
        let before = self.camera();
        let plan = look::at(self.parts.screen.centred(at));
        let reply = self.carry_out(plan, cx);
        self.camera_moved_from(before, cx);
        reply.effects
    }

    /// Puts the camera back where it was on an earlier visit.
    pub fn set_camera(&mut self, camera: Camera) {
        self.parts.screen.look(camera);
    }

    /// What is seen first: the whole canvas, or on a screen too small to read
    /// it the section where one begins.
    pub fn first_view(&mut self, cx: &Context<'_>) {
        let camera = look::first(&self.parts.screen, cx);
        self.parts.screen.look(camera);
    }
}

/// What an action that is allowed comes to.
fn planned(action: Action, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let open = |panel| Plan::of([Effect::Open(panel).into()]);
    match action {
        Action::Picture => Plan::of([Effect::AskPicture.into()]),
        Action::NewNote => {
            let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
            let at = parts.pointers.at().unwrap_or(parts.screen.middle());
            note::new_note(parts.screen.board(at) - half, parts, cx)
        }
        Action::Edit => write::edit_selected(String::new(), parts, cx),
        Action::Bold => format::format(&Format::Bold(true), &Format::Bold(false), parts, cx),
        Action::Italic => format::format(&Format::Italic(true), &Format::Italic(false), parts, cx),
        Action::List => format::bullet(parts, cx),
        Action::Link => format::ask_link(parts, cx),
        Action::OpenLink => format::open_link(parts, cx),
        Action::Delete => delete::delete(parts, cx),
        Action::Duplicate => copy::duplicate(copy::DUPLICATE_OFFSET, parts, cx),
        Action::Properties => open(Panel::Properties),
        Action::Keep => select::keep(&parts.sel, cx),
        Action::SelectAll => select::select_all(parts, cx),
        Action::Copy | Action::Cut => match clipboard::clip(parts, cx) {
            Some(clip) if action == Action::Cut => {
                Plan::of([Effect::Copy(clip).into()]).and(delete::delete(parts, cx))
            }
            Some(clip) => Plan::of([Effect::Copy(clip).into()]),
            None => Plan::unused(),
        },
        // Writing ends first, so that nobody writes in a note that goes away.
        Action::Undo => Plan::of([Deed::Abandon, Deed::StopWriting, Effect::Undo.into()]),
        Action::Redo => Plan::of([Deed::Abandon, Deed::StopWriting, Effect::Redo.into()]),
        Action::Group => arrange::group(parts, cx),
        Action::Ungroup => arrange::ungroup(parts, cx),
        Action::Lock => arrange::lock(parts, cx),
        Action::ToFront => arrange::reorder(Depth::Front, parts, cx),
        Action::Forward => arrange::reorder(Depth::Forward, parts, cx),
        Action::Backward => arrange::reorder(Depth::Backward, parts, cx),
        Action::ToBack => arrange::reorder(Depth::Back, parts, cx),
        Action::AlignLeft => arrange::align(Alignment::Left, parts, cx),
        Action::AlignCenter => arrange::align(Alignment::Center, parts, cx),
        Action::AlignRight => arrange::align(Alignment::Right, parts, cx),
        Action::AlignTop => arrange::align(Alignment::Top, parts, cx),
        Action::AlignMiddle => arrange::align(Alignment::Middle, parts, cx),
        Action::AlignBottom => arrange::align(Alignment::Bottom, parts, cx),
        Action::DistributeAcross => arrange::distribute(Axis::X, parts, cx),
        Action::DistributeDown => arrange::distribute(Axis::Y, parts, cx),
        Action::Tidy => arrange::tidy(parts, cx),
        Action::Wider => size::grow_by(1.0, 0.0, parts, cx),
        Action::Narrower => size::grow_by(-1.0, 0.0, parts, cx),
        Action::Taller => size::grow_by(0.0, 1.0, parts, cx),
        Action::Shorter => size::grow_by(0.0, -1.0, parts, cx),
        Action::TurnRight => size::turn_by(1.0, parts, cx),
        Action::TurnLeft => size::turn_by(-1.0, parts, cx),
        Action::ZoomIn => look::zoom(parts.screen.camera().next_step(true), &parts.screen),
        Action::ZoomOut => look::zoom(parts.screen.camera().next_step(false), &parts.screen),
        Action::ZoomReset => look::zoom(1.0, &parts.screen),
        Action::FitCanvas => look::at(look::whole(&parts.screen, cx)),
        Action::BackToGroup => look::at(look::group(&parts.screen, cx)),
        Action::FitSelection => look::selection(parts, cx),
        Action::FitSection => look::section(parts, cx),
        Action::Find => open(Panel::Find),
        Action::Palette => open(Panel::Palette),
        Action::Outline => open(Panel::Outline),
        Action::Minimap => open(Panel::Minimap),
        Action::Theme => open(Panel::Theme),
        Action::Help => open(Panel::Help),
        _ => match action.tool() {
            Some(tool) => place::take(tool, parts, cx),
            None => Plan::unused(),
        },
    }
}
