//! What the editor may look at while it decides.

use std::ops::Range;

use crate::Rights;
use shared::{board::BoardView, canvas::Template, geometry::Point, id::ObjectId, scene::Scene};

/// The board as it is, and a source of new ids.
pub struct Context<'a> {
    /// The board.
    pub view: &'a BoardView,
    /// Where everything is.
    pub scene: &'a Scene,
    /// The ground.
    pub template: &'a Template,
    /// Draws an id for a new object.
    pub new_id: &'a mut dyn FnMut() -> ObjectId,
    /// Where the others point, in board space.
    pub others_at: &'a [Point],
    /// What is selected in the open text box, in UTF-16 units.
    pub selected_text: Option<Range<u32>>,
    /// What the person may do.
    pub rights: Rights,
}

impl Context<'_> {
    /// The whole canvas: its ground and whatever lies beside it, in board space.
    pub fn canvas_bounds(&self) -> shared::geometry::Rect {
        let ground = self.template.bounds();
        let content = self.scene.content_bounds();
        match content {
            Some(content) if self.template.sections.is_empty() => content,
            Some(content) => ground.union(content),
            None => ground,
        }
    }
}
