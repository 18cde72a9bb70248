//! Resizing, turning and sliding by keys: what handles do, step by step.

use shared::{
    board::Command,
    geometry::{Point, Vec2},
    object::{Kind, connector},
    props::Value,
};

use crate::{Context, Editor, Effect, Reply, editor::keys::NUDGE, say::plural};

/// One step of the keys that turn, in degrees.
const TURN: f64 = 15.0;
/// One step of a label along its connector, as a share of its length.
const SLIDE: f64 = 0.05;

impl Editor {
    /// Makes the selection larger or smaller by a step: across, or down.
    pub(crate) fn grow_by(&mut self, across: f64, down: f64, cx: &Context<'_>) -> Reply {
        let goes_on = std::mem::take(&mut self.nudging);
        let Some(mut resizing) = self
            .resizing(Point::new(1.0, 1.0), cx)
            .filter(|_| !cx.read_only)
        else {
            return Reply::unused();
        };
        if self
            .only_selected(cx)
            .is_some_and(|object| object.is_locked)
        {
            return Reply::used([Effect::Toast("This is locked.".into())]);
        }
        let size = resizing.step(Vec2::new(across, down) * NUDGE).round();
        let commands = resizing.commands(&self.selection, cx);
        if commands.is_empty() {
            return Reply::used([Effect::Announce(
                "That is not to be resized this way".into(),
            )]);
        }
        let mut effects = self.written_on(commands, goes_on);
        let said = format!("{} by {}", size.width, size.height);
        effects.push(Effect::Announce(said));
        Reply::used(effects)
    }

    /// Turns each of what is selected about its own middle, clockwise or back.
    pub(crate) fn turn_by(&mut self, steps: f64, cx: &Context<'_>) -> Reply {
        let goes_on = std::mem::take(&mut self.nudging);
        if self.selection.is_empty() || cx.read_only {
            return Reply::unused();
        }
        let mut boxes = self.free_boxes(cx);
        boxes.retain(|object| object.kind.features().turns);
        let turns: Vec<_> = boxes
            .iter()
            .map(|object| {
                let stop = (object.angle / TURN).round() * TURN;
                (object.id.clone(), (stop + steps * TURN).rem_euclid(360.0))
            })
            .collect();
        let said = match &turns[..] {
            [] => {
                let said = "Shapes, texts and pictures can be turned, unless they are locked.";
                return Reply::used([Effect::Toast(said.into())]);
            }
            [(_, degrees)] => format!("Turned to {degrees} degrees"),
            several => format!("{} turned", plural(several.len(), "object")),
        };
        let mut effects = self.written_on(vec![Command::Turn(turns)], goes_on);
        effects.push(Effect::Announce(said));
        Reply::used(effects)
    }

    /// Moves the label of the selected connector along its line.
    pub(crate) fn slide_label(
        &mut self,
        direction: Vec2,
        goes_on: bool,
        cx: &Context<'_>,
    ) -> Option<Reply> {
        let object = self.only_selected(cx)?;
        let (Kind::Connector(connector), false) = (&object.kind, object.is_locked) else {
            return None;
        };
        let line = cx
            .scene
            .line(&object.id)
            .filter(|line| line.label.area() > 0.0)?;
        let to = |by: f64| (connector.label_at + by).clamp(SLIDE, 1.0 - SLIDE);
        let (back, on) = (to(-SLIDE), to(SLIDE));
        let forward = (line.route.at(on) - line.route.at(back)).dot(direction);
        if forward.abs() < 1.0 {
            return None;
        }
        let share = if forward > 0.0 { on } else { back };
        let properties = vec![(connector::LABEL_AT, Value::Number(share))];
        let commands = vec![Command::Set(object.id.clone(), properties)];
        let mut effects = self.written_on(commands, goes_on);
        let said = format!("Label at {:.0} % of its connector", share * 100.0);
        effects.push(Effect::Announce(said));
        Some(Reply::used(effects))
    }

    /// One step of these; of keys that follow each other they make one step together.
    pub(crate) fn written_on(&mut self, commands: Vec<Command>, goes_on: bool) -> Vec<Effect> {
        self.nudging = true;
        self.mark_other_step();
        if goes_on {
            commands.into_iter().map(Effect::Continue).collect()
        } else {
            vec![Effect::Do(commands)]
        }
    }
}
