//! Equal gaps: between two neighbours, going on as two of them stand, or as notes stand
//! side by side.

use shared::{geometry::Rect, object::sticky_note, sort::sort_by};

use super::guide::{Axis, Guide, SAME};

/// More neighbours in a row than this are not looked at.
const ROW_MAX: usize = 24;

/// The boxes that stand in one row or column with this one, in order.
fn row_of(axis: Axis, rect: Rect, others: &[Rect]) -> Vec<Rect> {
    let across = axis.across();
    let (from, to) = across.span(rect);
    let mut row: Vec<Rect> = others
        .iter()
        .copied()
        .filter(|other| {
            let (other_from, other_to) = across.span(*other);
            other_from < to && from < other_to
        })
        .collect();
    let away = |other: &Rect| (axis.middle(*other) - axis.middle(rect)).abs();
    sort_by(&mut row, |a, b| away(a).total_cmp(&away(b)));
    row.truncate(ROW_MAX);
    sort_by(&mut row, |a, b| axis.span(*a).0.total_cmp(&axis.span(*b).0));
    row
}

/// The neighbours of a row with the gap between them, where there is one.
fn gaps_in(axis: Axis, row: &[Rect]) -> impl Iterator<Item = (f64, f64)> {
    row.windows(2)
        .map(move |two| (axis.span(two[0]).1, axis.span(two[1]).0))
        .filter(|(from, to)| to - from > SAME)
}

/// The shortest way to a place with equal gaps.
pub(super) fn equal_gaps(axis: Axis, moving: Rect, others: &[Rect], threshold: f64) -> Option<f64> {
    let row = row_of(axis, moving, others);
    let (start, end) = axis.span(moving);
    let length = end - start;
    let between = row.windows(2).filter_map(|two| {
        let (from, to) = (axis.span(two[0]).1, axis.span(two[1]).0);
        let gap = (to - from - length) / 2.0;
        (gap > 0.0).then_some(from + gap - start)
    });
    let gaps = gaps_in(axis, &row).map(|(from, to)| to - from);
    let going_on = gaps.chain([sticky_note::GAP]).flat_map(|gap| {
        let beside = row.iter().flat_map(move |other| {
            let (other_start, other_end) = axis.span(*other);
            [other_end + gap - start, other_start - gap - end]
        });
        beside.collect::<Vec<_>>()
    });
    between
        .chain(going_on)
        .filter(|by| by.abs() <= threshold)
        .filter(|by| is_free(axis, moving + axis.along(*by), &row))
        .min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

fn is_free(axis: Axis, rect: Rect, row: &[Rect]) -> bool {
    let (from, to) = axis.span(rect);
    row.iter().all(|other| {
        let (other_from, other_to) = axis.span(*other);
        other_to <= from + SAME || to <= other_from + SAME
    })
}

/// The gaps beside the box that are equal to each other, or to others in the row.
pub(super) fn gap_guides(axis: Axis, landed: Rect, others: &[Rect]) -> Option<Guide> {
    let row = row_of(axis, landed, others);
    if !is_free(axis, landed, &row) {
        return None;
    }
    let (start, end) = axis.span(landed);
    let before = row
        .iter()
        .map(|other| axis.span(*other).1)
        .filter(|to| *to <= start)
        .max_by(f64::total_cmp);
    let after = row
        .iter()
        .map(|other| axis.span(*other).0)
        .filter(|from| *from >= end)
        .min_by(f64::total_cmp);
    let own = [before.map(|to| (to, start)), after.map(|from| (end, from))];
    let own: Vec<(f64, f64)> = own
        .into_iter()
        .flatten()
        .filter(|(from, to)| to - from > SAME)
        .collect();
    for gap in &own {
        let is_equal = |(from, to): &(f64, f64)| ((to - from) - (gap.1 - gap.0)).abs() < SAME;
        let mut spans: Vec<(f64, f64)> = own.iter().copied().filter(is_equal).collect();
        let is_taken = |(from, to): &(f64, f64)| *from < end && start < *to;
        spans.extend(gaps_in(axis, &row).filter(|span| is_equal(span) && !is_taken(span)));
        // The gap that notes have between them needs no other to be compared with.
        let is_notes = ((gap.1 - gap.0) - sticky_note::GAP).abs() < SAME;
        if spans.len() >= 2 || is_notes {
            sort_by(&mut spans, |a, b| a.0.total_cmp(&b.0));
            return Some(Guide::Gaps {
                axis,
                across: axis.across().middle(landed),
                spans,
            });
        }
    }
    None
}
