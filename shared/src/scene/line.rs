//! A connector as it runs at the moment: routed between what it is bound to.

use std::rc::Rc;

use crate::{
    draw::{
        Fitted,
        route::{self, Lane, Routed, Terminal},
    },
    geometry::{Affine, BezPath, Point, Rect, Vec2},
    object::{Connector, End, Object, ends::Ends},
};

/// Space between a loop and its label, in board units.
const LOOP_GAP: f64 = 4.0;

/// Half the distance at which an empty label would still break the line: none.
const NO_LABEL: Rect = Rect::ZERO;

/// A routed connector with its label.
#[derive(Clone, Debug)]
pub struct Line {
    /// How it runs.
    pub route: Rc<Routed>,
    /// Where its label lies; empty at its place where it has none.
    pub label: Rect,
}

impl Line {
    /// Its path, broken where its label stands.
    pub fn broken_path(&self) -> BezPath {
        if self.label.area() > 0.0 {
            self.route.without(self.label)
        } else {
            self.route.path.clone()
        }
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.route.path == other.route.path && self.label == other.label
    }
}

/// Where a box lies, and how it is turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Before it is turned, in board space.
    pub rect: Rect,
    /// In degrees clockwise.
    pub angle: f64,
}

impl Place {
    /// How the box is turned about its middle.
    pub fn turn(&self) -> Affine {
        Affine::rotate_about(self.angle.to_radians(), self.rect.center())
    }

    /// The upright box around it.
    pub fn bounds(&self) -> Rect {
        if self.angle == 0.0 {
            self.rect
        } else {
            self.turn().transform_rect_bbox(self.rect)
        }
    }

    /// A point of the board as if the box stood upright.
    pub fn upright(&self, point: Point) -> Point {
        if self.angle == 0.0 {
            point
        } else {
            self.turn().inverse() * point
        }
    }

    /// The point of the board at shares of the box's width and height.
    pub fn at(&self, shares: Point) -> Point {
        let Rect { x0, y0, .. } = self.rect;
        let (width, height) = (self.rect.width(), self.rect.height());
        self.turn() * Point::new(x0 + width * shares.x, y0 + height * shares.y)
    }

    /// The outline of an object that lies here.
    pub fn outline(&self, object: &Object) -> BezPath {
        let path = object.kind.outline(self.rect);
        if self.angle == 0.0 {
            path
        } else {
            self.turn() * path
        }
    }
}

/// Routes a connector. `place` returns where an object lies, and the object;
/// `None` where one that it is bound to is not there: then it is not drawn.
pub fn line<'a>(
    connector: &Connector,
    fitted: &Fitted,
    lane: Lane,
    place: impl Fn(&crate::id::ObjectId) -> Option<(&'a Object, Place)>,
) -> Option<Line> {
    let end = |end: &End| match end {
        End::Free(at) => Some(Bound::Free(*at)),
        End::Bound { id, pin } => {
            let (object, place) = place(id)?;
            Some(Bound::Object {
                outline: place.outline(object),
                bounds: place.bounds(),
                pin: pin.map(|pin| place.at(pin)),
            })
        }
    };
    let Ends { from, to } = &connector.ends;
    let (from, to) = (end(from)?, end(to)?);
    let route = route::route(&from.terminal(), &to.terminal(), connector.course, lane);
    let mut middle = route.at(connector.label_at);
    if let (Some(a), Some(b)) = (from.bounds(), to.bounds())
        && a == b
    {
        // A loop is too small to be broken: its label stands beside it.
        let reach = fitted.size.to_vec2() / 2.0;
        middle += Vec2::new(reach.x + LOOP_GAP, -reach.y);
    }
    let label = if fitted.text.lines.iter().all(|line| line.range.is_empty()) {
        Rect::from_center_size(middle, NO_LABEL.size())
    } else {
        Rect::from_center_size(middle, fitted.size)
    };
    Some(Line {
        route: Rc::new(route),
        label,
    })
}

enum Bound {
    Object {
        outline: BezPath,
        bounds: Rect,
        pin: Option<Point>,
    },
    Free(Point),
}

impl Bound {
    fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Object { bounds, .. } => Some(*bounds),
            Self::Free(_) => None,
        }
    }

    fn terminal(&self) -> Terminal<'_> {
        match self {
            Self::Free(at) => Terminal::Free(*at),
            Self::Object {
                outline,
                bounds,
                pin,
            } => Terminal::Object {
                outline,
                bounds: *bounds,
                pin: *pin,
            },
        }
    }
}
