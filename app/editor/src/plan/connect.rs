//! Connectors: drawn from object to object, grown from the keyboard, walked along.

use shared::{
    board::{Command, NewObject},
    geometry::{Point, Rect, Vec2},
    id::ObjectId,
    object::{Connector, End, Ends, Kind, connector, sticky_note},
};

use crate::{
    Context, Editor, Effect, Reply, Tool,
    gesture::handles::Edge,
    input::Mods,
    say::{name_of, name_of_end},
};

/// How near an object is caught by the end of a connector, in screen pixels.
const CATCH_PX: f64 = 15.0;
/// Who pauses this near the middle means the object as a whole: a share of its sides.
const MIDDLE: f64 = 0.15;
/// Space between an object and the neighbour that is grown from it, in board units.
const GROW_GAP: f64 = 100.0;

impl Editor {
    /// The end that is meant at a point: bound to the object there, with Alt or where the
    /// pointer `paused` to the very spot, with Ctrl to nothing.
    pub(crate) fn end_at(
        &self,
        at: Point,
        mods: Mods,
        paused: Option<&ObjectId>,
        cx: &Context<'_>,
    ) -> End {
        let slack = (CATCH_PX / self.camera.zoom).min(30.0 / self.camera.zoom.sqrt());
        match cx.scene.target(cx.view, at, slack).filter(|_| !mods.ctrl) {
            Some(id) => {
                let spot = shares(&id, at, cx);
                let is_aside = |share: f64| (share - 0.5).abs() > MIDDLE;
                let is_meant = |spot: &Point| {
                    mods.alt || paused == Some(&id) && (is_aside(spot.x) || is_aside(spot.y))
                };
                let pin = spot.filter(is_meant);
                End::Bound { id, pin }
            }
            None => End::Free(at.round()),
        }
    }

    /// A connector that looks like my last one.
    pub(crate) fn new_connector(&self, from: End, to: End) -> Kind {
        match self.models.kind(connector::NAME) {
            Kind::Connector(last) => Kind::Connector(Connector {
                ends: Ends { from, to },
                label_at: 0.5,
                ..last
            }),
            _ => Kind::Connector(Connector::new(from, to)),
        }
    }

    /// Creates a connector and selects it.
    pub(crate) fn connect(&mut self, from: End, to: End, cx: &mut Context<'_>) -> Vec<Effect> {
        let is_nothing = match (&from, &to) {
            (End::Free(a), End::Free(b)) => (*a - *b).hypot() < 20.0,
            _ => false,
        };
        if is_nothing || cx.read_only {
            return Vec::new();
        }
        let said = match (&from, &to) {
            (End::Bound { id: a, .. }, End::Bound { id: b, .. }) => {
                format!(
                    "Connected {} to {}",
                    name_of(a, cx.view),
                    name_of(b, cx.view)
                )
            }
            _ => "Connector drawn".into(),
        };
        let id = (cx.new_id)();
        let kind = self.new_connector(from, to);
        let new = NewObject::new(
            id.clone(),
            Point::ZERO,
            kind,
            String::new(),
            self.me.clone(),
        );
        self.tool = Tool::Select;
        self.select([id]);
        vec![
            self.add(vec![new], cx),
            Effect::Presence,
            Effect::Announce(said),
        ]
    }

    /// A connected neighbour on a side of the selected object, of its kind and look.
    /// Repeated, it adds siblings beside the first.
    pub(crate) fn grow(&mut self, edge: Edge, cx: &mut Context<'_>) -> Reply {
        let from = match (&self.grown, self.only_selected(cx)) {
            // The next of the row, unless something else has been chosen meanwhile.
            (Some(grown), Some(object)) if grown.edge == edge && grown.last == object.id => {
                grown.from.clone()
            }
            (_, Some(object)) if object.kind.ends().is_none() => object.id.clone(),
            _ => return Reply::unused(),
        };
        let (Some(object), Some(place), false) =
            (cx.view.get(&from), cx.scene.place(&from), cx.read_only)
        else {
            return Reply::unused();
        };
        let slot = free_slot(place.rect, edge, cx);
        let mut effects = self.stop_editing(cx);
        let id = (cx.new_id)();
        let mut new = NewObject::new(
            id.clone(),
            slot.origin(),
            object.kind.clone(),
            String::new(),
            self.me.clone(),
        );
        new.size = object.size;
        let line = self.new_connector(End::to(&from), End::to(&id));
        let line_id = (cx.new_id)();
        let line = NewObject::new(line_id, Point::ZERO, line, String::new(), self.me.clone());
        let last = id.clone();
        self.grown = Some(Grown { from, edge, last });
        self.select([id]);
        effects.extend([
            self.add(vec![new, line], cx),
            Effect::Presence,
            Effect::Announce("A connected neighbour".into()),
        ]);
        self.reveal_rect(slot);
        Reply::used(effects)
    }

    /// Walks along a connector to the neighbour that lies most in a direction.
    pub(crate) fn walk_along(&mut self, direction: Vec2, cx: &Context<'_>) -> Reply {
        let Some(object) = self.only_selected(cx) else {
            return Reply::unused();
        };
        let here = cx.scene.bounds(&object.id).map(|rect| rect.center());
        let neighbours = match object.kind.ends() {
            Some(ends) => ends.objects().cloned().collect(),
            None => self.neighbours(&object.id, cx),
        };
        let towards = |id: &ObjectId| {
            let away = cx.scene.bounds(id)?.center() - here?;
            let share = away.dot(direction) / away.hypot().max(1.0);
            (share > 0.3).then_some((share, away.hypot()))
        };
        let best = neighbours
            .into_iter()
            .filter_map(|id| Some((towards(&id)?, id)))
            .max_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        match best {
            Some((_, id)) => Reply::used(self.choose(&id, cx)),
            None => Reply::used([Effect::Announce("No connector that way".into())]),
        }
    }

    /// The objects that connectors lead to from here, or come from.
    fn neighbours(&self, id: &ObjectId, cx: &Context<'_>) -> Vec<ObjectId> {
        cx.scene
            .connectors_of(id)
            .filter_map(|line| cx.view.get(line)?.kind.ends().cloned())
            .flat_map(|ends| ends.objects().cloned().collect::<Vec<_>>())
            .filter(|other| other != id)
            .collect()
    }

    /// Ends what the arrow keys with Ctrl have begun.
    pub(crate) fn stop_growing(&mut self) {
        self.grown = None;
    }

    /// Connects what is selected with what is chosen next by Tab, or two that are selected.
    pub(crate) fn connect_selected(&mut self, cx: &mut Context<'_>) -> Option<Vec<Effect>> {
        let boxes: Vec<ObjectId> = self
            .free_boxes(cx)
            .iter()
            .map(|object| object.id.clone())
            .collect();
        match &boxes[..] {
            [from, to] => Some(self.connect(End::to(from), End::to(to), cx)),
            _ => None,
        }
    }

    /// Binds a connector anew by keyboard, and selects it again.
    pub(crate) fn lead(&mut self, id: &ObjectId, ends: Ends, cx: &Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return vec![Effect::Toast("This link only reads.".into())];
        }
        let (from, to) = (
            name_of_end(&ends.from, cx.view),
            name_of_end(&ends.to, cx.view),
        );
        let said = format!("Leads from {from} to {to}");
        let mut effects = self.rebind(id, ends, cx);
        self.tool = Tool::Select;
        self.select([id.clone()]);
        effects.extend([Effect::Repaint, Effect::Announce(said)]);
        effects
    }

    /// Binds an end of a connector anew.
    pub(crate) fn rebind(&mut self, id: &ObjectId, ends: Ends, cx: &Context<'_>) -> Vec<Effect> {
        let before = cx.view.get(id).and_then(|line| line.kind.ends());
        if cx.read_only || before.is_none_or(|before| *before == ends) {
            return Vec::new();
        }
        let properties = connector::end_properties(&ends);
        vec![Effect::Do(vec![Command::Set(id.clone(), properties)])]
    }
}

/// The row of neighbours that Ctrl and an arrow key is making.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grown {
    from: ObjectId,
    edge: Edge,
    /// The neighbour made last: it is selected.
    last: ObjectId,
}

/// A spot of an object as shares of its width and height.
fn shares(id: &ObjectId, at: Point, cx: &Context<'_>) -> Option<Point> {
    let place = cx.scene.place(id)?;
    let at = place.upright(at) - place.rect.origin();
    Some(Point::new(
        (at.x / place.rect.width().max(1.0)).clamp(0.0, 1.0),
        (at.y / place.rect.height().max(1.0)).clamp(0.0, 1.0),
    ))
}

/// A free place for a box of the same size on a side: beside it, then alternately
/// after and before that.
fn free_slot(rect: Rect, edge: Edge, cx: &Context<'_>) -> Rect {
    let direction = edge.direction();
    let across = Vec2::new(direction.y.abs(), direction.x.abs());
    let step = |along: Vec2, gap: f64| {
        Vec2::new(
            along.x * (rect.width() + gap),
            along.y * (rect.height() + gap),
        )
    };
    let first = rect + step(direction, GROW_GAP);
    (0..40_i32)
        .map(|n| {
            let side = if n % 2 == 0 { -1.0 } else { 1.0 };
            let away = f64::from((n + 1) / 2) * side;
            first + step(across * away, sticky_note::GAP)
        })
        .find(|slot| {
            let boxes = cx.scene.touching(slot.inset(-1.0));
            boxes.iter().all(|id| {
                cx.view.get(id).is_none_or(|object| {
                    object.kind.ends().is_some() || object.kind.features().is_container
                })
            })
        })
        .unwrap_or(first)
}
