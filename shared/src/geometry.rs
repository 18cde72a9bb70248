//! The geometry vocabulary: kurbo's types under the names Plaza uses.
//!
//! *Board* space has its origin at the top left of the canvas ground, x to the
//! right, y down, one unit being one CSS pixel at 100 % zoom. *Screen* space is
//! CSS pixels from the top left of the canvas element. A value's name says
//! which space it is in.

pub use kurbo::{
    Affine, BezPath, Circle, CubicBez, Ellipse, Line, ParamCurve, ParamCurveNearest, PathEl,
    PathSeg, Point, Rect, RoundedRect, Shape, Size, Vec2, flatten,
};
