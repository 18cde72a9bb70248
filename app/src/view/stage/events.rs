//! Pointers, wheel and keys become the editor's input.

use client::{AppEvent, lists};
use editor::Input;
use leptos::prelude::GetValue as _;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::super::page::Page;
use crate::platform::{
    alarm::Alarm,
    browser::{self, Listener},
    pointer,
};

/// Where input goes, and the timer for what the editor waits for.
#[derive(Clone)]
struct Way {
    page: Page,
    alarm: Alarm,
}

impl Way {
    /// Sends an input: whether the browser's own action is to be suppressed.
    fn send(&self, input: Input) -> bool {
        let Some(shell) = self.page.shell.try_get_value().flatten() else {
            return false;
        };
        let used = shell.send_input(input);
        if let Some(at_ms) = shell.wakes_at() {
            let way = self.clone();
            self.alarm.set(at_ms, move || {
                way.send(Input::Tick(browser::monotonic_ms()));
            });
        }
        used
    }
}

/// Pointers, wheel and keys.
pub(super) fn listen(page: Page, stage: &HtmlElement) -> Vec<Listener> {
    let way = Way {
        page,
        alarm: Alarm::default(),
    };
    let mut listeners = presses(&way, stage);
    listeners.extend(looks(&way, stage));
    listeners.extend(keys(&way, stage));
    listeners
}

/// Whether an event is the text box's own.
pub(super) fn in_text(event: &Event) -> bool {
    event
        .target()
        .is_some_and(|target| target.dyn_ref::<web_sys::HtmlTextAreaElement>().is_some())
}

/// What points, pressed or not.
fn presses(way: &Way, stage: &HtmlElement) -> Vec<Listener> {
    let on = |name, input: fn(&Way, &HtmlElement, &PointerEvent)| {
        let (way, element) = (way.clone(), stage.clone());
        Listener::new(stage, name, move |event: PointerEvent| {
            input(&way, &element, &event);
        })
    };
    vec![
        on("pointerdown", |way, stage, event| {
            if !in_text(event) {
                let _ = stage.set_pointer_capture(event.pointer_id());
                let _ = stage.focus();
                event.prevent_default();
                way.send(Input::Down(pointer::pointer(event, stage)));
            }
        }),
        on("pointermove", |way, stage, event| {
            way.send(pointer::moved(event, stage));
        }),
        // Wherever it is let go: what has been pressed must not stay so.
        on("pointerup", |way, stage, event| {
            way.send(Input::Up(pointer::pointer(event, stage)));
        }),
        on("pointercancel", |way, stage, event| {
            let _ = stage.release_pointer_capture(event.pointer_id());
            way.send(Input::Cancel);
        }),
        on("pointerleave", |way, _, _| {
            way.send(Input::Leave);
        }),
    ]
}

/// Two clicks, the wheel, the menu.
fn looks(way: &Way, stage: &HtmlElement) -> Vec<Listener> {
    let (on_double, on_wheel, on_menu) = (stage.clone(), stage.clone(), stage.clone());
    let (twice, wheel, menu, blur) = (way.clone(), way.clone(), way.page, way.clone());
    vec![
        Listener::new(stage, "dblclick", move |event: MouseEvent| {
            if !in_text(&event) {
                twice.send(Input::DoubleClick(pointer::mouse(&event, &on_double)));
            }
        }),
        Listener::new(stage, "wheel", move |event: WheelEvent| {
            event.prevent_default();
            let (at, delta, mods) = pointer::wheel(&event, &on_wheel);
            wheel.send(Input::Wheel(at, delta, mods));
        }),
        Listener::new(stage, "contextmenu", move |event: MouseEvent| {
            if !in_text(&event) {
                event.prevent_default();
                menu.send(AppEvent::Menu(pointer::mouse(&event, &on_menu).at));
            }
        }),
        Listener::new(&browser::window(), "blur", move |_: Event| {
            blur.send(Input::Cancel);
        }),
    ]
}

fn keys(way: &Way, stage: &HtmlElement) -> Vec<Listener> {
    let (down, up) = (way.clone(), way.clone());
    vec![
        Listener::new(stage, "keydown", move |event: KeyboardEvent| {
            if in_text(&event) || event.is_composing() {
                return;
            }
            let (key, code, mods) = (event.key(), event.code(), pointer::key_mods(&event));
            if lists::comes_with_clipboard(&key, &code, mods) {
                return;
            }
            let repeat = event.repeat();
            if down.send(Input::Key {
                key,
                code,
                mods,
                repeat,
            }) {
                event.prevent_default();
            }
        }),
        Listener::new(stage, "keyup", move |event: KeyboardEvent| {
            let key = event.key();
            up.send(if key == " " {
                Input::SpaceUp
            } else {
                Input::KeyUp(key)
            });
        }),
    ]
}
