//! Which section of a template an object lies in.

use crate::{
    canvas::Template,
    geometry::Point,
    object::{Object, sticky_note},
};

/// The section an object lies in: that of the middle of it, or of its first square
/// where it is larger than a note.
pub fn section_of<'a>(object: &Object, template: &'a Template) -> Option<&'a str> {
    let size = object.chosen_size();
    let half = |length: f64| length.min(sticky_note::SIDE) / 2.0;
    let center = Point::new(
        object.pos.x + half(size.width),
        object.pos.y + half(size.height),
    );
    template
        .section_at(center)
        .map(|section| section.id.as_str())
}
