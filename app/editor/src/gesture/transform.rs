//! Resizing and turning: what a handle that is dragged makes of an object.

use shared::{
    board::schema::SIZE_RANGE,
    geometry::{Point, Rect, Size, Vec2},
    object::Resize,
    scene::Place,
};

use crate::input::Mods;

/// Turning stops at multiples of this with Shift, in degrees.
const TURN_STEP: f64 = 15.0;
/// Where the ratio is kept, only the length counts of a box this many times as long as broad.
const THIN: f64 = 4.0;
/// Upright and lying are caught within this, in degrees.
const TURN_CATCH: f64 = 3.0;

/// The box that results when the handle at `shares` of `before` is dragged to `to`.
/// Shift keeps the ratio, Alt keeps the middle.
pub(crate) fn resized(
    before: Place,
    shares: Point,
    to: Point,
    resize: Resize,
    mods: Mods,
) -> Place {
    let to = before.upright(to);
    let rect = before.rect;
    let anchor_shares = if mods.alt {
        Point::new(0.5, 0.5)
    } else {
        Point::new(1.0 - shares.x, 1.0 - shares.y)
    };
    let anchor = Point::new(
        rect.x0 + rect.width() * anchor_shares.x,
        rect.y0 + rect.height() * anchor_shares.y,
    );
    let length = |moves: f64, anchor_share: f64, before: f64, to: f64, anchor: f64| {
        if moves == 0.5 {
            return before;
        }
        // From the anchor to the handle is this share of the whole.
        let share = moves - anchor_share;
        let least = before.min(SIZE_RANGE.0 * 2.0);
        ((to - anchor) / share).clamp(least, SIZE_RANGE.1)
    };
    let mut width = length(shares.x, anchor_shares.x, rect.width(), to.x, anchor.x);
    let mut height = length(shares.y, anchor_shares.y, rect.height(), to.y, anchor.y);
    if resize == Resize::Ratio || mods.shift {
        let (x, y) = (
            width / rect.width().max(1.0),
            height / rect.height().max(1.0),
        );
        let is_thin = |length: f64, other: f64| other * THIN < length;
        let factor = match (shares.x == 0.5, shares.y == 0.5) {
            (true, _) => y,
            (_, true) => x,
            // A pixel across would double it.
            _ if is_thin(rect.width(), rect.height()) => x,
            _ if is_thin(rect.height(), rect.width()) => y,
            _ => x.max(y),
        };
        (width, height) = (rect.width() * factor, rect.height() * factor);
    }
    if resize == Resize::Width {
        height = rect.height();
    }
    let size = Size::new(width.round(), height.round());
    let origin = Point::new(
        anchor.x - size.width * anchor_shares.x,
        anchor.y - size.height * anchor_shares.y,
    );
    let upright = Rect::from_origin_size(origin, size);
    // A turned box turns about its own middle, which has moved: keep the anchor.
    let moved = before.turn() * anchor
        - Place {
            rect: upright,
            ..before
        }
        .at(anchor_shares);
    Place {
        rect: upright + moved,
        angle: before.angle,
    }
}

/// The angle at which the handle above the box points to `to`, in degrees.
pub(crate) fn turned(place: Place, to: Point, mods: Mods) -> f64 {
    let away: Vec2 = to - place.rect.center();
    let degrees = away.y.atan2(away.x).to_degrees() + 90.0;
    let step = if mods.shift { TURN_STEP } else { 90.0 };
    let nearest = (degrees / step).round() * step;
    let is_caught = mods.shift || (degrees - nearest).abs() <= TURN_CATCH;
    let degrees = if is_caught { nearest } else { degrees.round() };
    degrees.rem_euclid(360.0)
}
