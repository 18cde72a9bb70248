//! Ink: what was drawn freehand with a pen, a finger or a mouse.

use std::sync::Arc;

use super::{Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{
        Dash, Detail, Primitive,
        stroke::{self, InkPoint},
        tokens::{self, Rgb},
    },
    geometry::{Affine, BezPath, Point, Rect, Size, Vec2},
    plain::Plain,
    props::{Properties, Source, Style, Value, choices},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "ink";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[
    (POINTS, Plain::Bytes),
    (InkColor::KEY, Plain::String),
    (Nib::KEY, Plain::String),
];
/// Stored: the points, packed.
const POINTS: &str = "points";
/// How far, in board units, a kept stroke may be from where the pen went.
const TOLERANCE: f64 = 0.4;

choices! {
    /// What a pen draws in.
    InkColor, INK_COLOR, "ink", STYLE_COLOR {
        /// As text.
        #[default]
        Black = "black", COLOR_BLACK;
        /// As what is chosen.
        Teal = "teal", COLOR_TEAL;
        /// For water, or for links.
        Blue = "blue", COLOR_BLUE;
        /// For what must not be missed.
        Crimson = "crimson", COLOR_RED;
        /// For what is warm.
        Ochre = "ochre", COLOR_BROWN;
    }
}

impl InkColor {
    /// Its colour on a light board.
    pub const fn color(self) -> Rgb {
        match self {
            Self::Black => tokens::INK,
            Self::Teal => tokens::ACCENT,
            Self::Blue => Rgb(0x1d_5f_b4),
            Self::Crimson => Rgb(0xb0_27_45),
            Self::Ochre => tokens::HIGHLIGHT,
        }
    }
}

choices! {
    /// How broad a pen is.
    Nib, NIB, "nib", STYLE_PEN {
        /// For small writing.
        Fine = "fine", NIB_FINE;
        /// The usual.
        #[default]
        Medium = "medium", NIB_MEDIUM;
        /// For what is seen from across a room.
        Broad = "broad", NIB_BROAD;
    }
}

impl Nib {
    /// Its width at middle pressure, in board units.
    pub const fn width(self) -> f64 {
        match self {
            Self::Fine => 3.0,
            Self::Medium => 6.0,
            Self::Broad => 14.0,
        }
    }
}

/// One stroke of a pen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ink {
    /// Its colour.
    pub color: InkColor,
    /// Its pen.
    pub nib: Nib,
    /// Where the pen went, from the object's corner.
    points: Arc<[InkPoint]>,
    /// What is filled, at its natural size.
    path: Arc<BezPath>,
}

impl Ink {
    /// The stroke through points in board space, and the corner where it lies.
    pub fn drawn(&self, points: &[InkPoint]) -> (Point, Self) {
        let corner = stroke::bounds(points, self.nib.width()).origin().floor();
        let local: Vec<InkPoint> = points
            .iter()
            .map(|point| InkPoint::new(point.at - corner.to_vec2(), point.pressure))
            .collect();
        (corner, Self::new(self.color, self.nib, local))
    }

    /// The same as it is kept: with a pressure throughout, without needless points.
    pub fn finished(&self, points: &[InkPoint]) -> (Point, Self) {
        let width = self.nib.width();
        let pressed = stroke::press_by_speed(points, width);
        self.drawn(&stroke::simplify(&pressed, TOLERANCE))
    }

    fn new(color: InkColor, nib: Nib, points: Vec<InkPoint>) -> Self {
        let path = Arc::new(stroke::outline(&points, nib.width()));
        Self {
            color,
            nib,
            points: points.into(),
            path,
        }
    }

    pub(super) fn read(source: &dyn Source) -> Self {
        // What cannot be read draws nothing, the same for everybody.
        let bytes = source.bytes(POINTS).unwrap_or_default();
        let points = stroke::unpack(&bytes).unwrap_or_default();
        Self::new(InkColor::read(source), Nib::read(source), points)
    }

    /// From its natural size to the box it has.
    fn fit(&self, rect: Rect) -> Affine {
        let natural = self.default_size();
        let scale = (rect.width() / natural.width).max(1e-6);
        Affine::translate(rect.origin().to_vec2()) * Affine::scale(scale)
    }
}

impl ObjectKind for Ink {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        text::OBJECT_DRAWING.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_drawings(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::Ratio,
            has_text: false,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        vec![
            (INK_COLOR.key, self.color.name().into()),
            (NIB.key, self.nib.name().into()),
            (POINTS, Value::Bytes(stroke::pack(&self.points))),
        ]
    }

    fn default_size(&self) -> Size {
        let bounds = stroke::bounds(&self.points, self.nib.width());
        Size::new(bounds.x1.max(1.0), bounds.y1.max(1.0)).ceil()
    }

    fn is_at(&self, rect: Rect, point: Point, slack: f64) -> bool {
        let fit = self.fit(rect);
        let scale = fit.determinant().sqrt();
        let at = fit.inverse() * point;
        stroke::hit(&self.points, self.nib.width(), at, slack / scale)
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![(&INK_COLOR, self.color.name()), (&NIB, self.nib.name())]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let fit = self.fit(at.rect);
        if at.detail == Detail::Block {
            // Seen from afar the line through the points is enough.
            let line = self.points.iter().map(|point| fit * point.at);
            list.push(Primitive::Path {
                path: polyline(line),
                fill: None,
                stroke: Some((self.color.color(), self.nib.width())),
                dash: Dash::Solid,
            });
            return;
        }
        list.push(Primitive::Path {
            path: fit * self.path.as_ref(),
            fill: Some(self.color.color()),
            stroke: None,
            dash: Dash::Solid,
        });
    }
}

/// A line through points; a dot where there is but one.
fn polyline(mut points: impl Iterator<Item = Point>) -> BezPath {
    let mut path = BezPath::new();
    if let Some(first) = points.next() {
        path.move_to(first);
        path.line_to(first + Vec2::new(0.1, 0.0));
        points.for_each(|point| path.line_to(point));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke() -> Vec<InkPoint> {
        let at = |i: u32| (f64::from(i) * 5.0 + 100.3, f64::from(i % 7) * 9.0 + 50.7);
        (0..40).map(|i| InkPoint::new(at(i), 0.6)).collect()
    }

    #[test]
    fn what_is_stored_reads_back_and_lies_where_it_was_drawn() {
        let (corner, ink) = Ink::default().drawn(&stroke());
        let read = Ink::read(&ink.properties());
        assert_eq!(read.points.len(), ink.points.len());
        for (point, drawn) in read.points.iter().zip(stroke()) {
            assert!((point.at + corner.to_vec2()).distance(drawn.at) < 0.1);
        }
        let rect = Rect::from_origin_size(corner, ink.default_size());
        assert!(read.is_at(rect, stroke()[20].at, 1.0));
        assert!(!read.is_at(rect, rect.origin() + Vec2::new(200.0, 2.0), 1.0));
    }

    #[test]
    fn twice_as_large_it_is_hit_twice_as_far() {
        let (_, ink) = Ink::default().drawn(&stroke());
        let size = ink.default_size() * 2.0;
        let rect = Rect::from_origin_size(Point::ZERO, size);
        let local = ink.points[20].at;
        assert!(ink.is_at(rect, (local.to_vec2() * 2.0).to_point(), 0.0));
    }

    #[test]
    fn bytes_that_are_no_stroke_draw_nothing() {
        let odd = vec![(POINTS, Value::Bytes(vec![9, 9, 9]))];
        let ink = Ink::read(&odd);
        assert!(ink.points.is_empty() && ink.default_size().area() > 0.0);
    }
}
