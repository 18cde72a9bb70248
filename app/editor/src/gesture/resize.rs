//! Resizing by a handle: one object, or several in proportion.

use shared::{
    board::{Command, schema::SIZE_RANGE},
    geometry::{Point, Rect, Size, Vec2},
    id::ObjectId,
    object::{End, Ends, Kind, Resize, connector},
    scene::Place,
    sort,
};

use super::{OTHERS_MAX, drag::others_in, transform};
use crate::{
    Context,
    input::Mods,
    part::{Parts, selection::of_others},
    plan::frames,
    snap::{Edges, Guide, SNAP_PX, snap_resize},
};

/// A drag that resizes what is selected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resizing {
    /// What is resized, as it lay before.
    before: Vec<(ObjectId, Place, Resize)>,
    /// The same as it would lie now.
    pub(super) now: Vec<(ObjectId, Place)>,
    /// The box with the handles before: the object's own, or the upright one around several.
    frame: Place,
    /// That box now.
    frame_now: Place,
    /// How that box is resized: several objects keep their proportions.
    resize: Resize,
    is_alone: bool,
    /// The handle, as shares of the box's width and height.
    pub(crate) shares: Point,
    /// How far from its corner the handle was caught.
    grab: Vec2,
    pub(super) guides: Vec<Guide>,
    /// Many objects of others would change: only after holding still.
    pub(super) asks_hold: bool,
    /// Where it was pressed, in screen space.
    pub(super) screen: Point,
}

impl Resizing {
    /// The handle is caught at a point of the board, which is this one on screen.
    pub(super) fn caught(&mut self, at: Point, screen: Point) {
        self.grab = at - self.frame.at(self.shares);
        self.screen = screen;
    }

    /// The handle is taken to a point of the board.
    pub(crate) fn drag_to(&mut self, to: Point, mods: Mods) {
        let frame = transform::resized(self.frame, self.shares, to, self.resize, mods);
        if self.is_alone {
            self.frame_now = frame;
            for (_, now) in &mut self.now {
                *now = frame;
            }
            return;
        }
        let anchor = if mods.alt {
            self.frame.rect.center()
        } else {
            let (x, y) = (1.0 - self.shares.x, 1.0 - self.shares.y);
            self.frame.at(Point::new(x, y))
        };
        let factor = self.within_limits(frame.rect.width() / self.frame.rect.width().max(1.0));
        let away = |point: Point| anchor + (point - anchor) * factor;
        let scaled = |(id, place, resize): &(ObjectId, Place, Resize)| {
            let Size { width, height } = place.rect.size();
            let size = match resize {
                Resize::Free | Resize::Ratio => Size::new(width * factor, height * factor).round(),
                // As high as its lines.
                Resize::Width => Size::new((width * factor).round(), height),
                Resize::No => place.rect.size(),
            };
            let corner = away(place.rect.center()) - size.to_vec2() / 2.0;
            let rect = Rect::from_origin_size(corner.round(), size);
            (id.clone(), Place { rect, ..*place })
        };
        self.now = self.before.iter().map(scaled).collect();
        let Rect { x0, y0, x1, y1 } = self.frame.rect;
        self.frame_now.rect = Rect::from_points(away(Point::new(x0, y0)), away(Point::new(x1, y1)));
    }

    /// Larger by so much to the right and down; returns the size. Boxes that keep their
    /// proportions grow by either, texts only in width.
    pub(crate) fn step(&mut self, by: Vec2) -> Size {
        let (shares, by) = match self.resize {
            Resize::Free if by.x == 0.0 => (Point::new(0.5, 1.0), by),
            Resize::Free => (Point::new(1.0, 0.5), by),
            Resize::Width => (Point::new(1.0, 0.5), Vec2::new(by.x, 0.0)),
            Resize::Ratio => (self.shares, Vec2::new(by.x + by.y, by.x + by.y)),
            Resize::No => (self.shares, Vec2::ZERO),
        };
        self.shares = shares;
        let Rect { x0, y0, .. } = self.frame.rect;
        let (width, height) = (self.frame.rect.width(), self.frame.rect.height());
        let handle = Point::new(x0 + width * shares.x, y0 + height * shares.y);
        self.drag_to(self.frame.turn() * (handle + by), Mods::default());
        self.frame_now.rect.size()
    }

    /// No object becomes smaller or larger than objects may be.
    fn within_limits(&self, factor: f64) -> f64 {
        let (min, max) = SIZE_RANGE;
        let (mut least, mut most) = (0.0_f64, f64::MAX);
        for (_, place, resize) in &self.before {
            let size = place.rect.size();
            let smallest = match resize {
                Resize::Free => size.min_side(),
                // A stroke of the pen is thin from the beginning.
                Resize::Ratio | Resize::Width => size.max_side(),
                Resize::No => continue,
            };
            least = least.max(2.0 * min / smallest.max(1.0));
            most = most.min(max / size.max_side().max(1.0));
        }
        // An object at its limit already stays as it is.
        factor.clamp(least.min(1.0), most.max(1.0))
    }

    /// What writes it down. Free ends of connectors among several go along.
    pub(crate) fn commands<'a>(
        &self,
        selection: impl IntoIterator<Item = &'a ObjectId>,
        cx: &Context<'_>,
    ) -> Vec<Command> {
        let mut moves = Vec::new();
        let mut rects = Vec::new();
        for ((id, before, resize), (_, now)) in self.before.iter().zip(&self.now) {
            match resize {
                _ if before == now => {}
                Resize::No => moves.push((id.clone(), now.rect.origin())),
                _ => rects.push((id.clone(), now.rect)),
            }
        }
        let mut commands = Vec::new();
        if !rects.is_empty() {
            commands.push(Command::Resize(rects));
        }
        if !moves.is_empty() {
            commands.push(Command::Move(moves));
        }
        let is_frame = |id: &ObjectId| {
            let object = cx.view.get(id);
            object.is_some_and(|object| object.kind.features().is_container)
        };
        let now = self.now.iter().filter(|(id, _)| is_frame(id));
        let places = now.map(|(id, place)| (id.clone(), place.rect));
        commands.extend(frames::settled(&places.collect::<Vec<_>>(), cx));
        if self.is_alone || commands.is_empty() {
            return commands;
        }
        let (from, to) = (self.frame.rect, self.frame_now.rect);
        let factor = to.width() / from.width().max(1.0);
        let along = |end: &End| match end {
            End::Free(at) => End::Free((to.origin() + (*at - from.origin()) * factor).round()),
            bound => bound.clone(),
        };
        for id in selection {
            let Some(Kind::Connector(line)) = cx.view.get(id).map(|object| &object.kind) else {
                continue;
            };
            let ends = Ends {
                from: along(&line.ends.from),
                to: along(&line.ends.to),
            };
            if ends != line.ends {
                commands.push(Command::Set(id.clone(), connector::end_properties(&ends)));
            }
        }
        commands
    }

    /// What others deleted is left out. Returns whether nothing is left.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&ObjectId) -> bool) -> bool {
        self.before.retain(|(id, ..)| !is_gone(id));
        self.now.retain(|(id, _)| !is_gone(id));
        self.before.is_empty()
    }
}

impl Resizing {
    /// What the handles of the selection resize, with the box they stand at.
    pub(crate) fn of_selected(shares: Point, parts: &Parts, cx: &Context<'_>) -> Option<Self> {
        let boxes = match parts.sel.one(cx) {
            Some(object) => vec![object],
            None => parts.sel.free_boxes(cx),
        };
        let before: Vec<_> = boxes
            .iter()
            .filter_map(|object| {
                let place = cx.scene.place(&object.id)?;
                Some((object.id.clone(), place, object.kind.features().resize))
            })
            .collect();
        let (frame, resize) = match &before[..] {
            [] => return None,
            [(_, place, resize)] => (*place, *resize),
            _ => {
                let rect = parts.sel.frame_of_several(cx)?;
                (Place { rect, angle: 0.0 }, Resize::Ratio)
            }
        };
        let ids = sort::set(before.iter().map(|(id, ..)| id.clone()));
        let now = before.iter().map(|(id, place, _)| (id.clone(), *place));
        Some(Self {
            now: now.collect(),
            asks_hold: of_others(&ids, &parts.me, cx) > OTHERS_MAX,
            is_alone: before.len() == 1,
            before,
            frame,
            frame_now: frame,
            resize,
            shares,
            grab: Vec2::ZERO,
            guides: Vec::new(),
            screen: Point::ZERO,
        })
    }

    /// Takes the handle to where the pointer is, or to what is near.
    pub(super) fn drag_on(&mut self, at: Point, snaps: bool, parts: &Parts, cx: &Context<'_>) {
        let mods = parts.pointers.mods();
        self.drag_to(at - self.grab, mods);
        self.guides.clear();
        let frame = self.frame_now;
        if !snaps || frame.angle != 0.0 || mods.shift || mods.alt {
            return;
        }
        let shares = self.shares;
        let edges = Edges {
            left: shares.x == 0.0,
            right: shares.x == 1.0,
            top: shares.y == 0.0,
            bottom: shares.y == 1.0,
        };
        let others = others_in(parts.screen.visible(), cx, |id| parts.sel.contains(id));
        let threshold = SNAP_PX / parts.screen.zoom();
        let snapped = snap_resize(frame.rect, edges, &others, threshold);
        let Rect { x0, y0, x1, y1 } = frame.rect;
        let corner = Point::new(
            if shares.x == 0.0 { x0 } else { x1 },
            if shares.y == 0.0 { y0 } else { y1 },
        );
        self.drag_to(corner + snapped.by, mods);
        self.guides = snapped.guides;
    }
}
