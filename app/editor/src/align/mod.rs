//! Boxes in order: aligned, evenly spaced, in a grid. Each function returns how far each
//! box moves, in the order given; sizes stay.

mod tidy;

#[cfg(test)]
mod tests;

use shared::{
    geometry::{Rect, Vec2},
    sort::sort_by,
};

use crate::snap::Axis;

pub use tidy::tidy;

/// The line on which boxes are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Left edges.
    Left,
    /// Middles, one above the other.
    Center,
    /// Right edges.
    Right,
    /// Top edges.
    Top,
    /// Middles, side by side.
    Middle,
    /// Bottom edges.
    Bottom,
}

/// Puts boxes on one line of the box around them all.
pub fn align(rects: &[Rect], to: Alignment) -> Vec<Vec2> {
    let Some(all) = rects.iter().copied().reduce(|a, b| a.union(b)) else {
        return Vec::new();
    };
    let by = |rect: &Rect| match to {
        Alignment::Left => Vec2::new(all.x0 - rect.x0, 0.0),
        Alignment::Center => Vec2::new(all.center().x - rect.center().x, 0.0),
        Alignment::Right => Vec2::new(all.x1 - rect.x1, 0.0),
        Alignment::Top => Vec2::new(0.0, all.y0 - rect.y0),
        Alignment::Middle => Vec2::new(0.0, all.center().y - rect.center().y),
        Alignment::Bottom => Vec2::new(0.0, all.y1 - rect.y1),
    };
    rects.iter().map(by).collect()
}

/// Makes the gaps between neighbours along an axis equal. The outermost boxes stay; where
/// the boxes are wider than the room between those, they overlap by equal parts.
pub fn distribute(rects: &[Rect], axis: Axis) -> Vec<Vec2> {
    let mut offsets = vec![Vec2::ZERO; rects.len()];
    let mut order: Vec<usize> = (0..rects.len()).collect();
    sort_by(&mut order, |&a, &b| {
        let middle = |i: usize| axis.middle(rects[i]);
        middle(a).total_cmp(&middle(b)).then(a.cmp(&b))
    });
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else {
        return offsets;
    };
    let widths: f64 = rects.iter().map(|rect| axis.length(*rect)).sum();
    let room = axis.span(rects[last]).1 - axis.span(rects[first]).0;
    let gap = (room - widths) / (rects.len() - 1).max(1) as f64;
    let mut at = axis.span(rects[first]).0;
    for i in order {
        if i != first && i != last {
            offsets[i] = axis.along(at - axis.span(rects[i]).0);
        }
        at += axis.length(rects[i]) + gap;
    }
    offsets
}
