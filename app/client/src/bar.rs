//! The properties bar: whether it is shown, what is in it, and where it stands.

use editor::{Camera, Tool, action::Standing};
use shared::{
    draw::{
        NoteColor, style,
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect, Size},
    object::stamp,
    props::Style,
};

/// Space that the properties bar needs above the selection, in pixels.
const BAR_ROOM_PX: f64 = 130.0;
/// How far above the selection it stands.
const BAR_ABOVE_PX: f64 = 112.0;
/// How far below.
const BAR_BELOW_PX: f64 = 28.0;
/// How high it may be.
const BAR_HEIGHT_PX: f64 = 140.0;
/// Space between it and the top of the board.
const BAR_EDGE_PX: f64 = 8.0;

/// Over the selection's bounds in board space, clear of the handle that turns it; below
/// where there is no room.
pub(crate) fn place(bounds: Rect, camera: &Camera, viewport: Size) -> (i32, i32) {
    let top = camera.screen_from_board(Point::new(bounds.center().x, bounds.y0));
    let bottom = camera.screen_from_board(Point::new(bounds.center().x, bounds.y1));
    let y = if top.y > BAR_ROOM_PX {
        top.y - BAR_ABOVE_PX
    } else {
        bottom.y + BAR_BELOW_PX
    };
    let lowest = (viewport.height - BAR_HEIGHT_PX).max(BAR_EDGE_PX);
    (
        top.x.round() as i32,
        y.clamp(BAR_EDGE_PX, lowest).round() as i32,
    )
}

/// What the properties bar shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Where it stands, in screen pixels; `None`: above the tools.
    pub at: Option<(i32, i32)>,
    /// Whether styles can be chosen.
    pub has_styles: bool,
    /// Those styles, with the present choice of each.
    pub styles: Vec<(&'static Style, Option<&'static str>)>,
    /// Whether the text of what is selected can be marked.
    pub has_formats: bool,
    /// Whether it has a link that can be opened.
    pub has_link: bool,
    /// Whether there is more to be done with what is selected.
    pub has_actions: bool,
    /// Whether it can be deleted.
    pub can_delete: bool,
}

/// What decides what the bar shows.
pub(crate) struct Now<'a> {
    /// Tool, selection and rights.
    pub(crate) standing: &'a Standing,
    /// A text is written.
    pub(crate) is_writing: bool,
    /// Nothing is dragged.
    pub(crate) is_still: bool,
    /// Something that is selected can have a text.
    pub(crate) has_text: bool,
    /// Where the bar of the selection would stand, in screen pixels.
    pub(crate) at: Option<(i32, i32)>,
}

impl Bar {
    /// The bar of a tool that makes something, or else of what is selected; the styles and
    /// the link are still to be put in. `None` where none is shown: nothing is there to be
    /// changed, one only looks, or it would be in the way of what is dragged.
    pub(crate) fn of(now: &Now<'_>) -> Option<Self> {
        let Standing {
            rights,
            selected,
            locked,
            tool,
        } = *now.standing;
        let is_of_tool = matches!(tool, Tool::Place(_) | Tool::Connect | Tool::Draw);
        let is_of_selection = !is_of_tool && selected > 0 && now.is_still && now.at.is_some();
        if !rights.writes || !(is_of_tool || is_of_selection) {
            return None;
        }
        let has_actions = is_of_selection && !now.is_writing;
        Some(Self {
            at: now.at.filter(|_| is_of_selection),
            has_styles: !locked && !now.is_writing,
            styles: Vec::new(),
            has_formats: is_of_selection && now.has_text && !locked,
            has_link: false,
            has_actions,
            can_delete: has_actions && !locked,
        })
    }
}

/// How a style is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooser {
    /// Papers side by side.
    Papers,
    /// Pictures side by side.
    Pictures,
    /// A list.
    List,
}

/// How this style is chosen.
pub fn chooser(style: &Style) -> Chooser {
    if style.key == style::COLOR.key {
        Chooser::Papers
    } else if style.key == stamp::EMOJI.key {
        Chooser::Pictures
    } else {
        Chooser::List
    }
}

/// The colour that a paper has on the screen.
pub fn paper(name: &str, is_dark: bool) -> Rgb {
    let color = tokens::paper(NoteColor::from_name(name));
    if is_dark { tokens::dark(color) } else { color }
}
