//! Placing pictures that are on the server.

use shared::{
    geometry::{Point, Rect, Size, Vec2},
    object::{Image, Kind, sticky_note},
};

use super::{Plan, place};
use crate::{Context, part::Parts};

/// A picture is moved past at most this many objects.
const BESIDE_MAX: usize = 40;

/// Places a picture, its middle at a point, or beside what it would hide there.
pub(crate) fn place_picture(
    hash: String,
    pixels: Size,
    alt: String,
    at: Point,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Plan {
    let kind = Kind::Image(Image::new(hash, pixels, alt));
    let mut rect = Rect::from_center_size(at, kind.default_size());
    for _ in 0..BESIDE_MAX {
        let below = cx.scene.touching(rect);
        let covered = below.iter().filter(|id| cx.scene.line(id).is_none());
        let Some(bounds) = covered
            .filter_map(|id| cx.scene.bounds(id))
            .find(|bounds| rect.contains(bounds.center()) || bounds.contains(rect.center()))
        else {
            break;
        };
        rect = rect + Vec2::new(bounds.x1 + sticky_note::GAP - rect.x0, 0.0);
    }
    place::put(kind, rect, false, parts, cx)
}
