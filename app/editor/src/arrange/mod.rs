//! Boxes in order.

use shared::geometry::{Rect, Vec2};

use crate::snap::Axis;

/// Along which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// l
    Left,
    /// c
    Center,
    /// r
    Right,
    /// t
    Top,
    /// m
    Middle,
    /// b
    Bottom,
}

/// Offsets.
pub fn align(rects: &[Rect], _to: Alignment) -> Vec<Vec2> {
    vec![Vec2::ZERO; rects.len()]
}
/// Offsets.
pub fn distribute(rects: &[Rect], _axis: Axis) -> Vec<Vec2> {
    vec![Vec2::ZERO; rects.len()]
}
/// Offsets.
pub fn tidy(rects: &[Rect], _gap: f64) -> Vec<Vec2> {
    vec![Vec2::ZERO; rects.len()]
}
