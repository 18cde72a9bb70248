//! The pictures of stamps, on a grid of [`GRID`](super::GRID) units.
//!
//! As elements, not as SVG: what reads SVG brings 15 kB of tables that everybody would load.

use crate::geometry::{PathEl, Point};

const CLOSE: PathEl = PathEl::ClosePath;

const fn from(x: f64, y: f64) -> PathEl {
    PathEl::MoveTo(Point::new(x, y))
}

const fn line(x: f64, y: f64) -> PathEl {
    PathEl::LineTo(Point::new(x, y))
}

const fn curve(a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> PathEl {
    PathEl::CurveTo(
        Point::new(a.0, a.1),
        Point::new(b.0, b.1),
        Point::new(to.0, to.1),
    )
}

pub(super) const THUMBS_UP: &[PathEl] = &[
    from(4.0, 11.0),
    line(7.0, 11.0),
    line(7.0, 20.0),
    line(4.0, 20.0),
    CLOSE,
    from(9.0, 20.0),
    line(9.0, 11.0),
    line(13.0, 4.0),
    curve((14.8, 4.0), (15.5, 5.3), (15.0, 7.0)),
    line(14.0, 10.0),
    line(19.0, 10.0),
    curve((20.3, 10.0), (21.0, 11.0), (20.7, 12.2)),
    line(19.2, 18.2),
    curve((19.0, 19.3), (18.2, 20.0), (17.0, 20.0)),
    CLOSE,
];

pub(super) const HEART: &[PathEl] = &[
    from(12.0, 20.0),
    curve((5.0, 15.0), (3.0, 11.5), (3.0, 8.5)),
    curve((3.0, 6.0), (5.0, 4.0), (7.5, 4.0)),
    curve((9.5, 4.0), (11.0, 5.0), (12.0, 6.5)),
    curve((13.0, 5.0), (14.5, 4.0), (16.5, 4.0)),
    curve((19.0, 4.0), (21.0, 6.0), (21.0, 8.5)),
    curve((21.0, 11.5), (19.0, 15.0), (12.0, 20.0)),
    CLOSE,
];

pub(super) const QUESTION: &[PathEl] = &[
    from(8.0, 9.0),
    curve((8.0, 6.5), (9.8, 4.5), (12.2, 4.5)),
    curve((14.6, 4.5), (16.5, 6.2), (16.5, 8.5)),
    curve((16.5, 11.5), (13.0, 12.0), (13.0, 15.0)),
    line(10.5, 15.0),
    curve((10.5, 11.0), (13.8, 10.8), (13.8, 8.7)),
    curve((13.8, 7.7), (13.1, 7.0), (12.1, 7.0)),
    curve((11.1, 7.0), (10.4, 7.8), (10.4, 9.0)),
    CLOSE,
    from(10.5, 17.5),
    line(13.0, 17.5),
    line(13.0, 20.0),
    line(10.5, 20.0),
    CLOSE,
];

pub(super) const IDEA: &[PathEl] = &[
    from(12.0, 3.0),
    curve((9.098, 2.984), (6.537, 4.894), (5.724, 7.68)),
    curve((4.911, 10.466), (6.044, 13.453), (8.5, 15.0)),
    line(8.5, 17.0),
    line(15.5, 17.0),
    line(15.5, 15.0),
    curve((17.956, 13.453), (19.089, 10.466), (18.276, 7.68)),
    curve((17.463, 4.894), (14.902, 2.984), (12.0, 3.0)),
    CLOSE,
    from(9.0, 18.5),
    line(15.0, 18.5),
    line(15.0, 20.0),
    line(9.0, 20.0),
    CLOSE,
    from(10.5, 21.0),
    line(13.5, 21.0),
    line(13.5, 22.0),
    line(10.5, 22.0),
    CLOSE,
];

pub(super) const WARNING: &[PathEl] = &[
    from(12.0, 3.0),
    line(22.0, 20.0),
    line(2.0, 20.0),
    CLOSE,
    from(11.0, 9.0),
    line(11.0, 14.0),
    line(13.0, 14.0),
    line(13.0, 9.0),
    CLOSE,
    from(11.0, 15.5),
    line(11.0, 17.5),
    line(13.0, 17.5),
    line(13.0, 15.5),
    CLOSE,
];

pub(super) const STAR: &[PathEl] = &[
    from(12.0, 2.5),
    line(14.9, 8.7),
    line(21.5, 9.5),
    line(16.6, 14.1),
    line(17.9, 20.8),
    line(12.0, 17.5),
    line(6.1, 20.8),
    line(7.4, 14.1),
    line(2.5, 9.5),
    line(9.1, 8.7),
    CLOSE,
];

pub(super) const CHECK: &[PathEl] = &[
    from(3.5, 12.5),
    line(5.8, 10.2),
    line(9.8, 14.2),
    line(18.2, 5.8),
    line(20.5, 8.1),
    line(9.8, 18.8),
    CLOSE,
];

pub(super) const PARTY: &[PathEl] = &[
    from(3.0, 21.0),
    line(8.0, 8.0),
    line(16.0, 16.0),
    CLOSE,
    from(14.0, 3.0),
    line(15.5, 6.0),
    line(14.0, 8.0),
    CLOSE,
    from(18.0, 7.0),
    line(21.0, 6.0),
    line(20.0, 9.0),
    CLOSE,
    from(17.0, 11.0),
    line(21.0, 12.0),
    line(17.5, 13.5),
    CLOSE,
    from(9.0, 3.0),
    line(11.0, 4.0),
    line(9.5, 6.0),
    CLOSE,
];
