//! Shapes with text in them: the boxes of a map.

use super::{Features, ObjectKind, Painted, lines};
use crate::{
    draw::{Align, Dash, Detail, NoteColor, Primitive, TextBox, TextSize, style, tokens},
    geometry::{BezPath, Circle, Ellipse, Point, Rect, RoundedRect, Shape as _, Size},
    plain::Plain,
    props::{Properties, Source, Style, choices},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "shape";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[
    (Outline::KEY, Plain::String),
    (NoteColor::KEY, Plain::String),
    (Dash::KEY, Plain::String),
    (TextSize::KEY, Plain::String),
    (Align::KEY, Plain::String),
];
/// Width and height of a new shape, in board units.
pub const SIZE: Size = Size::new(180.0, 100.0);
const TEXT_CEILING: f64 = 20.0;
const TEXT_FLOOR: f64 = 12.0;
const PADDING: f64 = 12.0;
const RADIUS: f64 = 16.0;
/// Height of the wave at the foot of a document, and of a person's head.
const DETAIL_SHARE: f64 = 0.16;
const LINE: f64 = 2.0;

choices! {
    /// The outline of a shape.
    Outline, OUTLINE, "shape", STYLE_SHAPE {
        /// A rectangle.
        #[default]
        Rectangle = "rectangle", SHAPE_RECTANGLE;
        /// A rectangle with round corners.
        Rounded = "rounded", SHAPE_ROUNDED;
        /// An ellipse.
        Ellipse = "ellipse", SHAPE_ELLIPSE;
        /// A square on its corner.
        Diamond = "diamond", SHAPE_DIAMOND;
        /// Six corners.
        Hexagon = "hexagon", SHAPE_HEXAGON;
        /// Round ends.
        Pill = "pill", SHAPE_PILL;
        /// A sheet with a wavy foot.
        Document = "document", SHAPE_DOCUMENT;
        /// Head and shoulders.
        Person = "person", SHAPE_PERSON;
    }
}

/// How a shape looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its outline.
    pub outline: Outline,
    /// What it is filled with.
    pub color: NoteColor,
    /// Its line.
    pub dash: Dash,
    /// How large its text may be.
    pub text_size: TextSize,
    /// To which side its text is set.
    pub align: Align,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            outline: Outline::default(),
            color: NoteColor::Chalk,
            dash: Dash::default(),
            text_size: TextSize::default(),
            align: Align::Center,
        }
    }
}

impl Shape {
    pub(super) fn read(source: &dyn Source) -> Self {
        let default = Self::default();
        let has = |style: &Style| source.string(style.key).is_some();
        Self {
            outline: Outline::read(source),
            color: if has(&style::COLOR) {
                NoteColor::read(source)
            } else {
                default.color
            },
            dash: Dash::read(source),
            text_size: TextSize::read(source),
            align: if has(&style::ALIGN) {
                Align::read(source)
            } else {
                default.align
            },
        }
    }

    /// Share of width and height, at each side, that text keeps clear of.
    fn inset(self) -> (f64, f64) {
        match self.outline {
            Outline::Rectangle | Outline::Rounded => (0.0, 0.0),
            Outline::Ellipse => (0.13, 0.13),
            Outline::Diamond => (0.22, 0.22),
            Outline::Hexagon | Outline::Pill => (0.1, 0.0),
            Outline::Document => (0.0, DETAIL_SHARE / 2.0),
            Outline::Person => (0.12, DETAIL_SHARE),
        }
    }
}

impl ObjectKind for Shape {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        self.outline.label().into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_shapes(n)
    }

    fn features(&self) -> Features {
        Features {
            turns: true,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        self.styles()
            .into_iter()
            .map(|(style, choice)| (style.key, choice.into()))
            .collect()
    }

    fn default_size(&self) -> Size {
        SIZE
    }

    fn text_box(&self, size: Size) -> Option<TextBox> {
        let (x, y) = self.inset();
        Some(TextBox {
            padding_x: PADDING + size.width * x,
            padding_y: PADDING + size.height * y,
            ceiling: (TEXT_CEILING * self.text_size.factor()).max(TEXT_FLOOR),
            floor: TEXT_FLOOR,
            align: self.align,
            is_centered: true,
            wraps: true,
        })
    }

    fn outline(&self, rect: Rect) -> BezPath {
        outline(self.outline, rect)
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![
            (&OUTLINE, self.outline.name()),
            (&style::COLOR, self.color.name()),
            (&style::DASH, self.dash.name()),
            (&style::TEXT_SIZE, self.text_size.name()),
            (&style::ALIGN, self.align.name()),
        ]
    }

    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        let color = tokens::paper(self.color);
        if at.detail == Detail::Block && self.outline == Outline::Rectangle {
            let (rect, radius) = (at.rect, 0.0);
            list.push(Primitive::Fill {
                rect,
                radius,
                color,
            });
            return;
        }
        list.push(Primitive::Path {
            path: outline(self.outline, at.rect),
            fill: Some(color),
            stroke: Some((tokens::INK_MUTED, LINE)),
            dash: self.dash,
        });
        if let Some(set) = self.text_box(at.rect.size()) {
            lines::paint(list, at, &set, tokens::INK);
        }
    }
}

fn outline(outline: Outline, rect: Rect) -> BezPath {
    const TOLERANCE: f64 = 0.1;
    let round = |radius: f64| RoundedRect::from_rect(rect, radius).to_path(TOLERANCE);
    let shorter = rect.width().min(rect.height());
    let (middle, Point { x: cx, y: cy }) = (rect.center(), rect.center());
    match outline {
        Outline::Rectangle => rect.to_path(TOLERANCE),
        Outline::Rounded => round(RADIUS.min(shorter / 2.0)),
        Outline::Pill => round(shorter / 2.0),
        Outline::Ellipse => {
            Ellipse::new(middle, (rect.width() / 2.0, rect.height() / 2.0), 0.0).to_path(TOLERANCE)
        }
        Outline::Diamond => polygon(&[(cx, rect.y0), (rect.x1, cy), (cx, rect.y1), (rect.x0, cy)]),
        Outline::Hexagon => {
            let cut = (rect.width() * 0.2).min(rect.height() / 2.0);
            polygon(&[
                (rect.x0 + cut, rect.y0),
                (rect.x1 - cut, rect.y0),
                (rect.x1, cy),
                (rect.x1 - cut, rect.y1),
                (rect.x0 + cut, rect.y1),
                (rect.x0, cy),
            ])
        }
        Outline::Document => {
            let wave = rect.height() * DETAIL_SHARE;
            let (foot, third) = (rect.y1 - wave / 2.0, rect.width() / 4.0);
            let mut path = BezPath::new();
            path.move_to((rect.x0, rect.y0));
            path.line_to((rect.x1, rect.y0));
            path.line_to((rect.x1, foot));
            path.curve_to(
                (rect.x1 - third, foot - wave),
                (cx + third / 2.0, foot - wave),
                (cx, foot),
            );
            path.curve_to(
                (cx - third, foot + wave),
                (rect.x0 + third / 2.0, foot + wave / 2.0),
                (rect.x0, foot),
            );
            path.close_path();
            path
        }
        Outline::Person => {
            // A head above shoulders; as high and as wide as the box allows.
            let radius = (rect.height() * DETAIL_SHARE).min(rect.width() * 0.25);
            let mut path = Circle::new((cx, rect.y0 + radius), radius).to_path(0.1);
            let body = Rect::new(rect.x0, rect.y0 + radius * 2.1, rect.x1, rect.y1);
            let round = (body.width() / 2.0).min(body.height() * 0.6);
            let shoulders = RoundedRect::from_rect(body, (round, round, 4.0, 4.0));
            path.extend(shoulders.path_elements(0.1));
            path
        }
    }
}

fn polygon(corners: &[(f64, f64)]) -> BezPath {
    let mut path = BezPath::new();
    for (i, corner) in corners.iter().enumerate() {
        if i == 0 {
            path.move_to(*corner);
        } else {
            path.line_to(*corner);
        }
    }
    path.close_path();
    path
}
