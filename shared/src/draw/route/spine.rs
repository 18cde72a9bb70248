//! A line from aim to aim, and which part of it lies between two outlines.

use super::{GAP, end::End};
use crate::geometry::{BezPath, CubicBez, Line, ParamCurve, PathSeg, Point, Rect, Shape};

/// Chords that stand for one curve where it is cut.
const STEPS: u32 = 32;

/// Less than this between two outlines, in board units, is no room for a line.
const LEAST_ROOM: f64 = 1.0;

/// Slack for crossings that fall together with a joint, in board units.
const SLACK: f64 = 1e-6;

/// Which stretches of a spine may cross the outlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of it: the line leaves where it is last inside.
    Whole,
    /// The first and the last segment: what lies between may run anywhere.
    Outer,
}

/// Segments and the polyline that stands for them.
#[derive(Debug)]
pub(super) struct Spine {
    segments: Vec<PathSeg>,
    /// The polyline's points, each with its segment's number plus the share of
    /// that segment, and the arc length up to it.
    knots: Vec<(Point, f64, f64)>,
}

impl Spine {
    /// Of lines through these points, of which there is at least one.
    pub(super) fn through(points: &[Point]) -> Self {
        let lines = points
            .windows(2)
            .map(|pair| PathSeg::Line(Line::new(pair[0], pair[1])));
        Self::new(lines.collect())
    }

    /// Of one curve.
    pub(super) fn curve(curve: CubicBez) -> Self {
        Self::new(vec![PathSeg::Cubic(curve)])
    }

    pub(super) fn new(segments: Vec<PathSeg>) -> Self {
        let mut knots: Vec<(Point, f64, f64)> = Vec::with_capacity(segments.len() + 1);
        if let Some(first) = segments.first() {
            knots.push((first.start(), 0.0, 0.0));
        }
        for (at, segment) in segments.iter().enumerate() {
            let steps = if matches!(segment, PathSeg::Line(_)) {
                1
            } else {
                STEPS
            };
            for step in 1..=steps {
                let share = f64::from(step) / f64::from(steps);
                let point = segment.eval(share);
                let length = knots
                    .last()
                    .map_or(0.0, |&(last, _, length)| length + last.distance(point));
                knots.push((point, at as f64 + share, length));
            }
        }
        Self { segments, knots }
    }

    /// Arc length, in board units.
    pub(super) fn length(&self) -> f64 {
        self.knots.last().map_or(0.0, |knot| knot.2)
    }

    /// Arc length up to where the segment of this number begins.
    fn begin_of(&self, segment: usize) -> f64 {
        let at = self
            .knots
            .partition_point(|knot| knot.1 < segment as f64 - SLACK);
        self.knots.get(at).map_or(0.0, |knot| knot.2)
    }

    /// Arc lengths of the first and the last crossing of an outline, among
    /// those between two arc lengths.
    pub(super) fn crossings(&self, outline: &BezPath, within: (f64, f64)) -> Option<(f64, f64)> {
        let area = outline.control_box();
        let mut found: Option<(f64, f64)> = None;
        for pair in self.knots.windows(2) {
            let ((a, _, begin), (b, _, end)) = (pair[0], pair[1]);
            let chord = Line::new(a, b);
            if end < within.0 - SLACK
                || begin > within.1 + SLACK
                || !touches(chord.bounding_box().inflate(SLACK, SLACK), area)
            {
                continue;
            }
            // A little longer at both ends, or a crossing right at a joint
            // might be on neither side of it.
            let longer = (b - a) * (SLACK / (end - begin).max(SLACK));
            let probe = Line::new(a - longer, b + longer);
            for segment in outline.segments() {
                for hit in segment.intersect_line(probe) {
                    let at = begin + ((end - begin + 2.0 * SLACK) * hit.line_t - SLACK);
                    let at = at.clamp(begin, end);
                    if at >= within.0 - SLACK && at <= within.1 + SLACK {
                        let (first, last) = found.unwrap_or((at, at));
                        found = Some((first.min(at), last.max(at)));
                    }
                }
            }
        }
        found
    }

    /// Where the line leaves its beginning's object, by arc length.
    pub(super) fn leaves(&self, from: &End, reach: Reach) -> Option<f64> {
        let until = match reach {
            Reach::Whole => self.length(),
            Reach::Outer => self.begin_of(1),
        };
        let crossed = self.crossings(from.outline?, (0.0, until));
        // A speck cannot be crossed, but is kept clear of all the same.
        crossed
            .map(|(_, last)| last)
            .or_else(|| from.is_speck().then_some(0.0))
    }

    /// Where the line arrives at its end's object, by arc length.
    pub(super) fn arrives(&self, to: &End, reach: Reach) -> Option<f64> {
        let since = match reach {
            Reach::Whole => 0.0,
            Reach::Outer => self.begin_of(self.segments.len().saturating_sub(1)),
        };
        let crossed = self.crossings(to.outline?, (since, self.length()));
        crossed
            .map(|(first, _)| first)
            .or_else(|| to.is_speck().then_some(self.length()))
    }

    /// The segments between the two outlines, clear of both; all of them if
    /// the outlines leave no room. At least one.
    pub(super) fn between(&self, from: &End, to: &End, reach: Reach) -> Vec<PathSeg> {
        let (leaves, arrives) = (self.leaves(from, reach), self.arrives(to, reach));
        let (begin, end) = (leaves.unwrap_or(0.0), arrives.unwrap_or(self.length()));
        let room = end - begin;
        if room < LEAST_ROOM {
            return self.part(0.0, self.length());
        }
        let gap = |bound: Option<f64>| bound.map_or(0.0, |_| GAP.min(room / 4.0));
        self.part(begin + gap(leaves), end - gap(arrives))
    }

    /// The segments between two arc lengths. At least one.
    fn part(&self, begin: f64, end: f64) -> Vec<PathSeg> {
        let (begin, end) = (self.param(begin), self.param(end));
        let mut parts = Vec::with_capacity(self.segments.len());
        for (at, segment) in self.segments.iter().enumerate() {
            let at = at as f64;
            let (t0, t1) = ((begin - at).max(0.0), (end - at).min(1.0));
            if t0 >= t1 {
                continue;
            }
            let part = if (t0, t1) == (0.0, 1.0) {
                *segment
            } else {
                segment.subsegment(t0..t1)
            };
            if part.start() != part.end() || matches!(part, PathSeg::Cubic(_)) {
                parts.push(part);
            }
        }
        if parts.is_empty() {
            let spot = self.knots.first().map_or(Point::ORIGIN, |knot| knot.0);
            parts.push(PathSeg::Line(Line::new(spot, spot)));
        }
        parts
    }

    /// Segment number plus share of that segment at an arc length.
    fn param(&self, length: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.2 <= length);
        match (
            after.checked_sub(1).and_then(|at| self.knots.get(at)),
            self.knots.get(after),
        ) {
            (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (length - a.2) / (b.2 - a.2),
            (Some(last), None) => last.1,
            _ => 0.0,
        }
    }
}

/// Whether two rectangles have a point in common, edges included.
pub(super) fn touches(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}
