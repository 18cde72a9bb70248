//! Placing objects: by pointer, or from the keyboard as something pending that the
//! arrow keys move until Enter puts it down.

use shared::{
    board::NewObject,
    geometry::{Point, Rect, Size, Vec2},
    object::{End, Features, Image, Kind, sticky_note},
};

use crate::{
    Context, Editor, Effect, Reply, Tool, editor::Editing, gesture::Gesture, input::Mods,
    plan::note::free_place,
};

/// One step of the arrow keys, in board units; ten with Shift resizes.
const STEP: f64 = 20.0;
/// A picture is moved past so many objects at most.
const BESIDE_MAX: usize = 40;
/// What is drawn smaller than this has its kind's size, in board units.
const DRAWN_MIN: f64 = 24.0;

impl Editor {
    /// Places an object of a kind around a point, or into the box drawn.
    pub(crate) fn place(
        &mut self,
        name: &str,
        at: Point,
        drawn: Option<Rect>,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        if cx.read_only {
            return vec![Effect::Toast("This link only reads.".into())];
        }
        if name == sticky_note::NAME {
            let half = Vec2::new(sticky_note::SIDE, sticky_note::SIDE) / 2.0;
            return self.new_note(at - half, cx);
        }
        let kind = self.models.kind(name);
        let is_drawn = |rect: &Rect| {
            Self::is_drawn_to_size(&kind) && rect.width().min(rect.height()) >= DRAWN_MIN
        };
        match drawn.filter(is_drawn) {
            Some(rect) => self.put(kind, rect, true, cx),
            None => {
                let rect = Rect::from_center_size(at, kind.default_size());
                self.put(kind, rect, false, cx)
            }
        }
    }

    /// Puts an object down and, if it has a text, opens it for writing.
    fn put(&mut self, kind: Kind, rect: Rect, sized: bool, cx: &mut Context<'_>) -> Vec<Effect> {
        let mut effects = self.stop_editing(cx);
        let id = (cx.new_id)();
        let pos = if sized {
            rect.origin()
        } else {
            free_place(rect.origin(), cx)
        };
        let features = kind.features();
        let label = kind.label().to_owned();
        let text = String::new();
        let mut new = NewObject::new(id.clone(), pos.round(), kind, text, self.me.clone());
        new.size = sized.then(|| rect.size().round());
        self.tool = Tool::Select;
        effects.push(self.add(vec![new], cx));
        if features.has_text && new_has_cursor(features) {
            let editing = Editing {
                id,
                goes_if_empty: features.lives_by_text,
                is_new: true,
                has_other_step: false,
            };
            effects.extend(self.open(editing, String::new()));
        } else {
            self.select([id]);
            effects.extend([Effect::Presence]);
        }
        effects.push(Effect::Announce(format!("{label} placed")));
        effects
    }

    /// Places a picture that is on the server, its middle at a point.
    pub fn place_picture(
        &mut self,
        hash: String,
        pixels: Size,
        alt: String,
        at: Point,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        let kind = Kind::Image(Image::new(hash, pixels, alt));
        let mut rect = Rect::from_center_size(at, kind.default_size());
        // Beside what is there: a picture hides what it lies on.
        for _ in 0..BESIDE_MAX {
            let below = cx.scene.touching(rect);
            let covered = below.iter().filter(|id| cx.scene.line(id).is_none());
            let Some(bounds) = covered
                .filter_map(|id| cx.scene.bounds(id))
                .find(|bounds| rect.contains(bounds.center()) || bounds.contains(rect.center()))
            else {
                break;
            };
            rect = rect + Vec2::new(bounds.x1 + sticky_note::GAP - rect.x0, 0.0);
        }
        self.put(kind, rect, false, cx)
    }

    /// Takes a tool in hand, or puts one away that is in hand already. Who was writing
    /// is done with it.
    pub(crate) fn take(&mut self, tool: Tool, cx: &mut Context<'_>) -> Vec<Effect> {
        let mut effects = self.stop_editing(cx);
        let tool = if tool.stays() && tool == self.tool {
            self.tool_before
        } else {
            tool
        };
        if tool == Tool::Connect
            && let Some(connected) = self.connect_selected(cx)
        {
            effects.extend(connected);
            return effects;
        }
        if !self.tool.stays() {
            self.tool_before = self.tool;
        }
        self.tool = tool;
        let linking = self
            .only_selected(cx)
            .filter(|object| tool == Tool::Connect && !object.is_locked);
        self.linking = linking.map(|object| object.id.clone());
        let said = match tool {
            Tool::Select => "Select".to_owned(),
            Tool::Hand => "Move the view".to_owned(),
            Tool::Connect => match &self.linking {
                Some(line) if cx.scene.line(line).is_some() => {
                    "Tab to an object: Enter leads the connector there, Shift Enter from there"
                        .to_owned()
                }
                Some(from) => format!(
                    "Connecting from {}: Tab to the other end, Enter connects",
                    crate::say::name_of(from, cx.view)
                ),
                None => {
                    "Connect: drag from one object to another, or select two and press C".to_owned()
                }
            },
            Tool::Draw => "Pen: draw on the board".to_owned(),
            Tool::Place(name) => {
                let kind = self.models.kind(name);
                format!(
                    "{}: click where it goes, or press Enter for the middle of the view",
                    kind.label()
                )
            }
        };
        effects.extend([Effect::RepaintOverlay, Effect::Announce(said)]);
        effects
    }

    /// Keys while a tool that places is in hand. `None`: not for it.
    pub(crate) fn pending_key(
        &mut self,
        key: &str,
        mods: Mods,
        cx: &mut Context<'_>,
    ) -> Option<Reply> {
        if let (Tool::Connect, "Enter", Some(from)) = (self.tool, key, self.linking.clone()) {
            let to = self
                .only_selected(cx)
                .filter(|object| object.kind.ends().is_none());
            let to = End::to(&to?.id);
            self.linking = None;
            return Some(Reply::used(match cx.view.get(&from)?.kind.ends() {
                Some(ends) => {
                    let mut ends = ends.clone();
                    *(if mods.shift {
                        &mut ends.from
                    } else {
                        &mut ends.to
                    }) = to;
                    self.lead(&from, ends, cx)
                }
                None => self.connect(End::to(&from), to, cx),
            }));
        }
        let Tool::Place(name) = self.tool else {
            return None;
        };
        let direction = match key {
            "ArrowLeft" => Vec2::new(-1.0, 0.0),
            "ArrowRight" => Vec2::new(1.0, 0.0),
            "ArrowUp" => Vec2::new(0.0, -1.0),
            "ArrowDown" => Vec2::new(0.0, 1.0),
            "Enter" => {
                let rect = self.pending_rect(name);
                self.gesture = Gesture::Idle;
                let kind = self.models.kind(name);
                let sized = rect.size() != kind.default_size();
                let drawn = (sized && Self::is_drawn_to_size(&kind)).then_some(rect);
                return Some(Reply::used(self.place(name, rect.center(), drawn, cx)));
            }
            _ => return None,
        };
        if mods.ctrl || mods.alt {
            return None;
        }
        let rect = self.pending_rect(name);
        let kind = self.models.kind(name);
        let rect = if mods.shift && Self::is_drawn_to_size(&kind) {
            let size = rect.size() + Size::new(direction.x * STEP, direction.y * STEP);
            let size = Size::new(size.width.max(DRAWN_MIN), size.height.max(DRAWN_MIN));
            Rect::from_origin_size(rect.origin(), size)
        } else {
            rect + direction * STEP
        };
        self.gesture = Gesture::Pending { name, rect };
        self.reveal_rect(rect);
        let Point { x, y } = rect.origin().round();
        Some(Reply::used([
            Effect::Repaint,
            Effect::Announce(format!("{x}, {y}; {} by {}", rect.width(), rect.height())),
        ]))
    }

    /// Where the pending object would go: the middle of the view to begin with.
    fn pending_rect(&self, name: &str) -> Rect {
        match &self.gesture {
            Gesture::Pending { rect, .. } => *rect,
            _ => {
                let middle = self.camera.visible(self.viewport).center();
                let size = self.models.kind(name).default_size();
                let origin = middle - size.to_vec2() / 2.0;
                let grid = (origin.to_vec2() / STEP).round() * STEP;
                Rect::from_origin_size(grid.to_point(), size)
            }
        }
    }

    /// Places an object at the end of a connector that was let go on empty space, and
    /// connects it. Without a name only the connector is drawn.
    pub fn accept_offer(
        &mut self,
        from: End,
        at: Point,
        name: Option<&str>,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        if cx.read_only {
            return Vec::new();
        }
        let Some(name) = name else {
            return self.connect(from, End::Free(at), cx);
        };
        let kind = self.models.kind(name);
        let rect = Rect::from_center_size(at, kind.default_size());
        let (id, line_id) = ((cx.new_id)(), (cx.new_id)());
        let line = self.new_connector(from, End::to(&id));
        let me = self.me.clone();
        let new = vec![
            NewObject::new(
                id.clone(),
                rect.origin().round(),
                kind,
                String::new(),
                me.clone(),
            ),
            NewObject::new(line_id, Point::ZERO, line, String::new(), me),
        ];
        let mut effects = vec![self.add(new, cx)];
        let editing = Editing {
            id,
            goes_if_empty: false,
            is_new: true,
            has_other_step: false,
        };
        effects.extend(self.open(editing, String::new()));
        effects
    }
}

/// A frame is drawn around what is there: its title waits until it is asked for.
fn new_has_cursor(kind: Features) -> bool {
    !kind.is_container
}
