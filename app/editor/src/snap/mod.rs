//! Snapping.

use shared::geometry::{Rect, Vec2};

/// px
pub const SNAP_PX: f64 = 8.0;
/// Axis
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// x
    X,
    /// y
    Y,
}
/// Guide
#[derive(Clone, Debug, PartialEq)]
pub enum Guide {
    /// line
    Line {
        /// a
        axis: Axis,
        /// b
        at: f64,
        /// c
        from: f64,
        /// d
        to: f64,
    },
    /// gaps
    Gaps {
        /// a
        axis: Axis,
        /// b
        across: f64,
        /// c
        spans: Vec<(f64, f64)>,
    },
}
/// Snapped
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// by
    pub by: Vec2,
    /// guides
    pub guides: Vec<Guide>,
}
/// Edges
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four sides")]
pub struct Edges {
    /// l
    pub left: bool,
    /// r
    pub right: bool,
    /// t
    pub top: bool,
    /// b
    pub bottom: bool,
}
/// m
pub fn snap_move(_moving: Rect, _others: &[Rect], _threshold: f64) -> Snapped {
    Snapped::default()
}
/// r
pub fn snap_resize(_rect: Rect, _edges: Edges, _others: &[Rect], _threshold: f64) -> Snapped {
    Snapped::default()
}
