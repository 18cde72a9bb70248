//! A grid of boxes.

use shared::{
    geometry::{Rect, Vec2},
    sort::sort_by,
};

/// Puts boxes into a grid with its top left corner where that of them all was: in
/// reading order, in about as many columns as they stood in. A tidy grid stays as it is.
pub fn tidy(rects: &[Rect], gap: f64) -> Vec<Vec2> {
    let Some(all) = rects.iter().copied().reduce(|a, b| a.union(b)) else {
        return Vec::new();
    };
    let rows = rows(rects);
    let columns = columns(rects, &rows);
    let order: Vec<usize> = rows.into_iter().flatten().collect();
    let widest_of = |column: usize| {
        let cells = order.iter().skip(column).step_by(columns);
        cells.map(|&i| rects[i].width()).fold(0.0, f64::max)
    };
    let lefts: Vec<f64> = (0..columns)
        .scan(all.x0, |left, column| {
            let here = *left;
            *left += widest_of(column) + gap;
            Some(here)
        })
        .collect();
    let mut offsets = vec![Vec2::ZERO; rects.len()];
    let mut top = all.y0;
    for row in order.chunks(columns) {
        for (&i, left) in row.iter().zip(&lefts) {
            offsets[i] = Vec2::new(left - rects[i].x0, top - rects[i].y0);
        }
        let tallest = row.iter().map(|&i| rects[i].height()).fold(0.0, f64::max);
        top += tallest + gap;
    }
    offsets
}

/// Boxes whose middles lie at about the same height form a row; each row from left to right.
fn rows(rects: &[Rect]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rects.len()).collect();
    sort_by(&mut order, |&a, &b| {
        rects[a].y0.total_cmp(&rects[b].y0).then(a.cmp(&b))
    });
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let is_beside = |row: &Vec<usize>| {
            let first = rects[row[0]];
            let shared = first.y1.min(rects[i].y1) - first.y0.max(rects[i].y0);
            shared * 2.0 > first.height().min(rects[i].height())
        };
        match rows.last_mut().filter(|row| is_beside(row)) {
            Some(row) => row.push(i),
            None => rows.push(vec![i]),
        }
    }
    for row in &mut rows {
        sort_by(row, |&a, &b| {
            rects[a].x0.total_cmp(&rects[b].x0).then(a.cmp(&b))
        });
    }
    rows
}

/// As many as the first row has if the others fill up to it, as a tidy grid's do; of a
/// heap, as many as make the grid about square.
fn columns(rects: &[Rect], rows: &[Vec<usize>]) -> usize {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(1);
    let (last, full) = match rows.split_last() {
        Some((last, full)) => (last.len(), full),
        None => (0, rows),
    };
    let is_grid = full.iter().all(|row| row.len() == widest) && last <= widest;
    let is_heap = rects.iter().enumerate().any(|(i, a)| {
        let others = &rects[i + 1..];
        others.iter().any(|b| a.intersect(*b).area() > 0.0)
    });
    if is_grid && !is_heap {
        return widest;
    }
    let square = (rects.len() as f64).sqrt().ceil() as usize;
    square.max(1)
}
