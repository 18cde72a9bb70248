//! Links in the texts of objects.

use super::Scene;
use crate::{
    board::BoardView,
    draw::{font, marks},
    geometry::Point,
    id::ObjectId,
    object::lines,
};

impl Scene {
    /// The link at a point of the board, with the object in whose text it stands.
    pub fn link_at(&self, view: &BoardView, point: Point) -> Option<(ObjectId, String)> {
        let id = self.hit(view, point, 0.0)?;
        let (object, fitted, place) = (view.get(&id)?, self.fitted(&id)?, self.place(&id)?);
        let rect = self.line(&id).map_or(place.rect, |line| line.label);
        let set = object.kind.text_box(rect.size())?;
        let upright = place.upright(point);
        let layout = &fitted.text;
        let (corner, line) = lines::placed(rect, layout, &set).find(|(corner, line)| {
            let below = upright.y - corner.y;
            let along = upright.x - corner.x;
            (0.0..layout.size * font::LINE_HEIGHT).contains(&below)
                && (0.0..=line.width).contains(&along)
        })?;
        let along = if line.rtl {
            corner.x + line.width - upright.x
        } else {
            upright.x - corner.x
        };
        let runs = marks::with_found_links(&object.text, &object.marks);
        let mut end = 0.0;
        marks::pieces(&runs, &line.range)
            .find(|(range, _)| {
                end += font::width(&object.text[range.clone()]) * layout.size;
                along <= end
            })
            .and_then(|(_, look)| Some((id, look.link?)))
    }
}
