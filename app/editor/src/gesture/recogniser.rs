//! Recognises what single events do not say: two taps, a press that is held, a pause.
//!
//! Time comes with the input, in milliseconds of a clock that only goes forward. Nothing here
//! waits: [`Recogniser::wakes_at`] says when [`crate::Input::Tick`] is wanted.

use std::collections::BTreeMap;

use shared::geometry::Point;

use crate::{
    Input,
    input::{Pointer, PointerKind},
};

/// What is held this long, in milliseconds, may be moved, or begins a selection.
pub(crate) const LONG_PRESS_MS: u64 = 500;
/// A pointer that is pressed and still for this long has paused, in milliseconds.
pub(crate) const PAUSE_MS: u64 = 700;
/// The second of two taps comes within this time, in milliseconds.
const DOUBLE_TAP_MS: u64 = 350;
/// And within this distance, in screen pixels.
const DOUBLE_TAP_PX: f64 = 24.0;
/// A press that has moved further than this is neither a tap nor held, in screen pixels.
const PRESS_PX: f64 = 12.0;
/// A hand is never quite still, in screen pixels.
const STILL_PX: f64 = 4.0;

/// Something that took some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Recognised {
    /// Two taps in quick succession, of a finger or a pen.
    DoubleTap(Pointer),
    /// A pointer stayed where it went down.
    LongPress(Pointer),
    /// A pointer that is pressed has moved and then paused.
    Pause,
}

/// A pointer that is down.
#[derive(Clone, Debug)]
struct Press {
    /// As it went down.
    pointer: Pointer,
    /// It may still be a tap, or held: it has not moved, and no other finger has joined it.
    is_plain: bool,
    /// It has been held, and this has been told.
    is_held: bool,
}

/// Where a pressed pointer came to rest.
#[derive(Clone, Debug)]
struct Rest {
    at: Point,
    since_ms: u64,
    /// The pause has been told.
    is_told: bool,
}

/// Watches all pointers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recogniser {
    /// The pointers that are down, by their number.
    presses: BTreeMap<i32, Press>,
    /// Where the one that moved last rests.
    rest: Option<Rest>,
    /// The last tap: when, and where on screen.
    tap: Option<(u64, Point)>,
    /// What was lifted last.
    last_kind: Option<PointerKind>,
}

impl Recogniser {
    /// When a tick is wanted, in milliseconds of the clock of the input.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        let held = self.presses.values().filter(|press| press.waits());
        let held = held.map(|press| press.pointer.now_ms + LONG_PRESS_MS);
        let rest = self.rest.as_ref().filter(|rest| !rest.is_told);
        held.chain(rest.map(|rest| rest.since_ms + PAUSE_MS)).min()
    }

    /// What has come to pass by now, without any event.
    pub(crate) fn due(&mut self, now_ms: u64) -> Vec<Recognised> {
        let mut found = Vec::new();
        for press in self.presses.values_mut() {
            if press.waits() && now_ms >= press.pointer.now_ms + LONG_PRESS_MS {
                press.is_held = true;
                found.push(Recognised::LongPress(press.pointer));
            }
        }
        if let Some(rest) = &mut self.rest
            && !rest.is_told
            && now_ms >= rest.since_ms + PAUSE_MS
        {
            rest.is_told = true;
            found.push(Recognised::Pause);
        }
        found
    }

    /// An event: what it completes, to be done after it.
    pub(crate) fn observe(&mut self, input: &Input) -> Option<Recognised> {
        match input {
            Input::Down(pointer) => self.pressed(*pointer),
            Input::Move(pointer) => self.moved(pointer),
            Input::Trail(trail) => trail.iter().for_each(|pointer| self.moved(pointer)),
            Input::Up(pointer) => return self.lifted(pointer),
            Input::Cancel => *self = Self::default(),
            _ => {}
        }
        None
    }

    /// Whether two clicks that the system reports count: those of a mouse, by the time the
    /// person has set. Taps are counted here.
    pub(crate) fn counts_clicks(&self) -> bool {
        !matches!(self.last_kind, Some(PointerKind::Touch | PointerKind::Pen))
    }

    fn pressed(&mut self, pointer: Pointer) {
        self.rest = None;
        let is_touch = pointer.kind == PointerKind::Touch;
        let mut is_plain = true;
        for press in self.presses.values_mut() {
            match (press.pointer.kind, pointer.kind) {
                // Two fingers are a gesture of their own.
                (PointerKind::Touch, PointerKind::Touch) => {
                    press.is_plain = false;
                    is_plain = false;
                }
                // The palm of the hand that writes neither taps nor holds.
                (PointerKind::Touch, PointerKind::Pen) => press.is_plain = false,
                (PointerKind::Pen, PointerKind::Touch) => is_plain = false,
                _ => {}
            }
        }
        if is_touch && !is_plain {
            self.tap = None;
        }
        let press = Press {
            pointer,
            is_plain,
            is_held: false,
        };
        self.presses.insert(pointer.id, press);
    }

    fn moved(&mut self, pointer: &Pointer) {
        let Some(press) = self.presses.get_mut(&pointer.id) else {
            return;
        };
        if (pointer.at - press.pointer.at).hypot() > PRESS_PX {
            press.is_plain = false;
        }
        let is_still = |rest: &Rest| (pointer.at - rest.at).hypot() <= STILL_PX;
        if !self.rest.as_ref().is_some_and(is_still) {
            self.rest = Some(Rest {
                at: pointer.at,
                since_ms: pointer.now_ms,
                is_told: false,
            });
        }
    }

    fn lifted(&mut self, pointer: &Pointer) -> Option<Recognised> {
        self.rest = None;
        self.last_kind = Some(pointer.kind);
        let press = self.presses.remove(&pointer.id)?;
        let has_moved = (pointer.at - press.pointer.at).hypot() > PRESS_PX;
        if pointer.kind == PointerKind::Mouse || !press.waits() || has_moved {
            self.tap = None;
            return None;
        }
        let is_second = self.tap.is_some_and(|(ms, at)| {
            pointer.now_ms.saturating_sub(ms) < DOUBLE_TAP_MS
                && (pointer.at - at).hypot() < DOUBLE_TAP_PX
        });
        if is_second {
            // A third tap begins anew.
            self.tap = None;
            return Some(Recognised::DoubleTap(*pointer));
        }
        self.tap = Some((pointer.now_ms, pointer.at));
        None
    }
}

impl Press {
    /// Whether it may still become a tap, or be held.
    fn waits(&self) -> bool {
        self.is_plain && !self.is_held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Button, Mods, NO_PRESSURE};

    /// A script: `t` touch, `p` pen or `m` mouse; its number; `d`own, `m`ove or `u`p; where;
    /// when. `tick` at a time in between. Returns what was recognised, and when.
    fn run(script: &str) -> Vec<String> {
        let mut recogniser = Recogniser::default();
        let mut said = Vec::new();
        for line in script.split(';').map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let now_ms: u64 = words.last().unwrap().parse().unwrap();
            let mut tell = |found: Recognised| {
                let name = match found {
                    Recognised::DoubleTap(pointer) => format!("double {}", pointer.id),
                    Recognised::LongPress(pointer) => format!("held {}", pointer.id),
                    Recognised::Pause => "pause".to_owned(),
                };
                said.push(format!("{name} {now_ms}"));
            };
            recogniser.due(now_ms).into_iter().for_each(&mut tell);
            if words[0] == "tick" {
                continue;
            }
            let (x, y) = words[1].split_once(',').unwrap();
            let mut letters = words[0].chars();
            let kind = match letters.next() {
                Some('t') => PointerKind::Touch,
                Some('p') => PointerKind::Pen,
                _ => PointerKind::Mouse,
            };
            let pointer = Pointer {
                at: Point::new(x.parse().unwrap(), y.parse().unwrap()),
                id: letters.next().unwrap().to_digit(10).unwrap() as i32,
                kind,
                button: Button::Main,
                mods: Mods::default(),
                pressure: NO_PRESSURE,
                now_ms,
            };
            let input = match letters.next() {
                Some('d') => Input::Down(pointer),
                Some('m') => Input::Move(pointer),
                _ => Input::Up(pointer),
            };
            recogniser.observe(&input).into_iter().for_each(&mut tell);
        }
        said
    }

    fn none() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn two_taps_in_time_and_place_are_a_double_tap() {
        for kind in ["t", "p"] {
            let script = |at: &str, ms: u64| {
                let up = ms + 20;
                run(&format!(
                    "{kind}1d 50,50 0; {kind}1u 50,50 20; {kind}2d {at} {ms}; {kind}2u {at} {up}"
                ))
            };
            assert_eq!(script("60,55", 200), ["double 2 220"]);
            assert_eq!(script("60,55", 360), none(), "too late");
            assert_eq!(script("80,50", 200), none(), "too far");
        }
    }

    #[test]
    fn a_third_tap_begins_anew() {
        let taps = "t1d 5,5 0; t1u 5,5 10; t1d 5,5 100; t1u 5,5 110; t1d 5,5 200; t1u 5,5 210";
        assert_eq!(run(taps), ["double 1 110"]);
        assert_eq!(
            run(&format!("{taps}; t1d 5,5 300; t1u 5,5 310")),
            ["double 1 110", "double 1 310"]
        );
    }

    #[test]
    fn the_end_of_a_drag_is_no_tap() {
        assert_eq!(
            run("t1d 0,0 0; t1m 50,50 50; t1u 50,50 60; t1d 50,50 150; t1u 50,50 160"),
            none()
        );
    }

    #[test]
    fn a_mouse_clicks_twice_when_the_system_says_so() {
        assert_eq!(
            run("m1d 5,5 0; m1u 5,5 10; m1d 5,5 100; m1u 5,5 110"),
            none()
        );
        let mut recogniser = Recogniser::default();
        assert!(recogniser.counts_clicks());
        recogniser.last_kind = Some(PointerKind::Touch);
        assert!(!recogniser.counts_clicks(), "the taps have been counted");
    }

    #[test]
    fn what_stays_is_held_once() {
        assert_eq!(
            run("t1d 50,50 0; tick 499; tick 500; tick 900"),
            ["held 1 500"]
        );
        assert_eq!(run("m1d 50,50 0; tick 500"), ["held 1 500"]);
        assert_eq!(run("t1d 50,50 0; t1u 50,50 499; tick 500"), none());
    }

    #[test]
    fn a_finger_trembles_while_it_is_held_but_does_not_wander() {
        assert_eq!(run("t1d 50,50 0; t1m 58,50 100; tick 500"), ["held 1 500"]);
        assert_eq!(
            run("t1d 50,50 0; t1m 70,50 100; t1m 50,50 200; tick 500"),
            none()
        );
    }

    #[test]
    fn a_late_tick_changes_nothing() {
        // The finger had been still for long enough before it moved.
        assert_eq!(run("t1d 50,50 0; t1m 90,50 600"), ["held 1 600"]);
        // What was held is no tap.
        assert_eq!(
            run("t1d 5,5 0; t1u 5,5 10; t1d 5,5 100; t1u 5,5 700"),
            ["held 1 700"]
        );
    }

    #[test]
    fn two_fingers_neither_tap_nor_hold() {
        assert_eq!(run("t1d 50,50 0; t2d 60,60 10; tick 600"), none());
        assert_eq!(
            run("t1d 50,50 0; t2d 60,60 10; t1u 50,50 50; t2u 60,60 60; tick 800"),
            none()
        );
        // A tap before does not count with one of them.
        assert_eq!(
            run(
                "t1d 50,50 0; t1u 50,50 10; t1d 50,50 50; t2d 60,60 60; t1u 50,50 90; t2u 60,60 95"
            ),
            none()
        );
    }

    #[test]
    fn a_pen_taps_and_holds_with_a_finger_resting() {
        let taps = "p2d 50,50 100; p2u 50,50 120; p2d 50,50 200; p2u 50,50 220";
        assert_eq!(
            run(&format!("t1d 300,300 0; {taps}; tick 900")),
            ["double 2 220"]
        );
        assert_eq!(
            run("t1d 300,300 0; p2d 50,50 100; tick 900"),
            ["held 2 900"]
        );
        // And the palm that comes after the pen is no tap either.
        assert_eq!(
            run("p2d 50,50 0; t1d 60,60 10; t1u 60,60 20; t1d 60,60 30; t1u 60,60 40"),
            none()
        );
    }

    #[test]
    fn a_pause_comes_after_a_move_and_once() {
        assert_eq!(run("m1d 0,0 0; m1m 50,0 100; tick 799"), none());
        assert_eq!(
            run("m1d 0,0 0; m1m 50,0 100; tick 800; tick 2000"),
            ["pause 800"]
        );
        assert_eq!(
            run("m1d 0,0 0; m1m 50,0 100; m1m 53,0 600; tick 800"),
            ["pause 800"],
            "a hand is never quite still"
        );
        assert_eq!(
            run("m1d 0,0 0; m1m 50,0 100; m1m 90,0 600; tick 800"),
            none()
        );
        assert_eq!(
            run("m1d 0,0 0; m1m 50,0 100; m1u 50,0 300; tick 800"),
            none()
        );
        assert_eq!(run("m1m 50,0 100; tick 800"), none(), "not pressed");
    }

    #[test]
    fn it_is_woken_when_something_may_be_due_and_not_else() {
        let mut recogniser = Recogniser::default();
        assert_eq!(recogniser.wakes_at(), None);
        let pointer = Pointer {
            at: Point::ZERO,
            id: 1,
            kind: PointerKind::Touch,
            button: Button::Main,
            mods: Mods::default(),
            pressure: NO_PRESSURE,
            now_ms: 1_000,
        };
        recogniser.observe(&Input::Down(pointer));
        assert_eq!(recogniser.wakes_at(), Some(1_500));
        let moved = Pointer {
            at: Point::new(90.0, 0.0),
            now_ms: 1_100,
            ..pointer
        };
        recogniser.observe(&Input::Move(moved));
        assert_eq!(recogniser.wakes_at(), Some(1_800));
        assert_eq!(recogniser.due(1_800), [Recognised::Pause]);
        assert_eq!(recogniser.wakes_at(), None);
        recogniser.observe(&Input::Cancel);
        assert!(recogniser.presses.is_empty());
    }
}
