//! Lines on which edges and middles lie.

use shared::geometry::Rect;

use super::guide::{Axis, Guide, SAME};

/// The edges and the middle of a box along an axis.
pub(super) fn lines_of(axis: Axis, rect: Rect) -> [f64; 3] {
    let (from, to) = axis.span(rect);
    [from, axis.middle(rect), to]
}

/// The shortest way that puts one of `own` on a line of another box.
pub(super) fn nearest_line(
    axis: Axis,
    own: &[f64],
    others: &[Rect],
    threshold: f64,
) -> Option<f64> {
    others
        .iter()
        .flat_map(|other| lines_of(axis, *other))
        .flat_map(|line| own.iter().map(move |at| line - at))
        .filter(|by| by.abs() <= threshold)
        .min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// The lines on which one of `own` lies together with others, each through all of them.
pub(super) fn line_guides(axis: Axis, own: &[f64], landed: Rect, others: &[Rect]) -> Vec<Guide> {
    let across = axis.across();
    let mut guides = Vec::new();
    for &at in own {
        let on_line = others.iter().filter(|other| {
            let mut lines = lines_of(axis, **other).into_iter();
            lines.any(|line| (line - at).abs() < SAME)
        });
        let (mut from, mut to) = across.span(landed);
        let mut is_shared = false;
        for other in on_line {
            let (other_from, other_to) = across.span(*other);
            (from, to) = (from.min(other_from), to.max(other_to));
            is_shared = true;
        }
        if is_shared {
            guides.push(Guide::Line { axis, at, from, to });
        }
    }
    guides
}
