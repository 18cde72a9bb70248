//! The board itself: two layers, the text box, and the list that says
//! the same to a screen reader. Browser events become the editor's input here.

use std::{cell::Cell, rc::Rc};

use client::{AppEvent, Pasted, say};
use editor::{Action, Input, Tool, action, clipboard, input::Mods};
use leptos::{html, prelude::*};
use shared::geometry::Point;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    ClipboardEvent, File, FileList, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent,
};

use super::{listed::List, page::Page, stage_state::StageState};
use crate::platform::{
    browser::{self, Listener},
    pause::PauseWatch,
    pointer,
};

/// What is held this long, milliseconds, may be moved, or begins a selection.
const LONG_PRESS_MS: i32 = 500;
/// Two taps within this time, milliseconds, and distance, pixels, are a double tap.
const DOUBLE_TAP_MS: u64 = 350;
const DOUBLE_TAP_PX: f64 = 24.0;

/// The board.
#[component]
pub(crate) fn Stage(
    stage: NodeRef<html::Div>,
    board: NodeRef<html::Div>,
    overlay: NodeRef<html::Canvas>,
    text: NodeRef<html::Textarea>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let list = expect_context::<List>();
    let state = expect_context::<StageState>();
    Effect::new(move || {
        if let (Some(stage), Some(text)) = (stage.get(), text.get()) {
            let element: HtmlElement = stage.into();
            let kept = StoredValue::new_local(Some((
                listen(page, &element),
                listen_text(page, &text),
                resizes(page, &element),
            )));
            on_cleanup(move || drop(kept.try_update_value(Option::take)));
        }
    });
    let choose_files = move |event: web_sys::Event| {
        let field: web_sys::HtmlInputElement = event_target(&event);
        put_pictures(page, files_of(field.files()), None);
        // The same file may be chosen again.
        field.set_value("");
    };
    let choose = move |id: shared::id::ObjectId| move |_| page.send(AppEvent::Choose(id.clone()));
    let rows = move || {
        list.items.with(|notes| {
            notes
                .iter()
                .map(|listed| {
                    let text = listed.spoken();
                    view! { <li><button tabindex="-1" on:click=choose(listed.id.clone())>{text}</button></li> }
                })
                .collect_view()
        })
    };
    let counted = move || say::counted(list.count.get(), list.max.get());
    view! {
        <div
            id="stage"
            class="stage"
            node_ref=stage
            tabindex="0"
            role="application"
            aria-label="Canvas"
            aria-describedby="stage-keys"
        >
            <div class="layer" node_ref=board aria-hidden="true"></div>
            <canvas class="layer" node_ref=overlay aria-hidden="true"></canvas>
            <textarea
                class="note-text"
                node_ref=text
                aria-label="Note text"
                dir="auto"
                spellcheck="true"
                autocomplete="off"
            ></textarea>
        </div>
        <input
            id="picture-file"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            hidden
            on:change=choose_files
        />
        {move || state.left.get().map(|left| view! { <div class="counter" role="status">{left}" characters left"</div> })}
        <p id="stage-keys" class="visually-hidden">
            "Press N for a new note, Tab to go through the notes, Enter to write in one, question mark for all keys."
        </p>
        <div class="visually-hidden">
            <p>{counted}</p>
            <ul role="list" aria-label="Notes in reading order">{rows}</ul>
        </div>
    }
}

/// Pointer, wheel, keys and clipboard.
fn listen(page: Page, stage: &HtmlElement) -> Vec<Listener> {
    let send = move |input: Input| {
        page.shell
            .try_get_value()
            .flatten()
            .is_some_and(|shell| shell.send_input(input))
    };
    let in_text = |event: &web_sys::Event| {
        event
            .target()
            .is_some_and(|target| target.dyn_ref::<web_sys::HtmlTextAreaElement>().is_some())
    };
    let press = Rc::new(Cell::new(0_u32));
    let taps = Rc::new(Cell::new((0_u64, Point::ZERO)));
    let (on_down, on_move, on_up) = (stage.clone(), stage.clone(), stage.clone());
    let (press_down, press_move, press_up) = (Rc::clone(&press), Rc::clone(&press), press);
    let (on_cancel, on_double, on_wheel) = (stage.clone(), stage.clone(), stage.clone());
    let (on_menu, on_drop) = (stage.clone(), stage.clone());
    let moved_from = Rc::new(Cell::new(Point::ZERO));
    let moved_to = Rc::clone(&moved_from);
    let pauses = PauseWatch::default();
    let pauses_up = pauses.clone();
    vec![
        Listener::new(stage, "pointerdown", move |event: PointerEvent| {
            if in_text(&event) {
                return;
            }
            let down = pointer::pointer(&event, &on_down);
            let _ = on_down.set_pointer_capture(event.pointer_id());
            let _ = on_down.focus();
            event.prevent_default();
            send(Input::Down(down));
            moved_from.set(down.at);
            press_down.set(press_down.get() + 1);
            let (number, current) = (press_down.get(), Rc::clone(&press_down));
            browser::after_ms(LONG_PRESS_MS, move || {
                if current.get() == number {
                    send(Input::LongPress(down));
                }
            });
        }),
        Listener::new(stage, "pointermove", move |event: PointerEvent| {
            let at = pointer::pointer(&event, &on_move);
            if (at.at - moved_to.get()).hypot() > DOUBLE_TAP_PX / 2.0 {
                press_move.set(press_move.get() + 1);
            }
            if event.buttons() != 0 {
                pauses.moved(at.at, move || {
                    send(Input::Pause);
                });
            }
            if untrack(|| page.tool()) == Tool::Draw {
                // A pen is read more often than the screen is painted.
                for between in pointer::coalesced(&event) {
                    send(Input::Move(pointer::pointer(&between, &on_move)));
                }
            }
            send(Input::Move(at));
        }),
        Listener::new(stage, "pointerup", move |event: PointerEvent| {
            press_up.set(press_up.get() + 1);
            pauses_up.lifted();
            if in_text(&event) {
                return;
            }
            let up = pointer::pointer(&event, &on_up);
            send(Input::Up(up));
            if event.pointer_type() != "mouse" {
                let (ms, at) = taps.replace((browser::now_ms(), up.at));
                if browser::now_ms() - ms < DOUBLE_TAP_MS && (at - up.at).hypot() < DOUBLE_TAP_PX {
                    send(Input::DoubleClick(up));
                }
            }
        }),
        Listener::new(stage, "pointercancel", move |event: PointerEvent| {
            let _ = on_cancel.release_pointer_capture(event.pointer_id());
            send(Input::Cancel);
        }),
        Listener::new(stage, "pointerleave", move |_: PointerEvent| {
            send(Input::Leave);
        }),
        Listener::new(stage, "dblclick", move |event: web_sys::MouseEvent| {
            if !in_text(&event) {
                send(Input::DoubleClick(pointer::mouse(&event, &on_double)));
            }
        }),
        Listener::new(stage, "wheel", move |event: WheelEvent| {
            event.prevent_default();
            let (at, delta, mods) = pointer::wheel(&event, &on_wheel);
            send(Input::Wheel(at, delta, mods));
        }),
        Listener::new(stage, "contextmenu", move |event: web_sys::MouseEvent| {
            if in_text(&event) {
                return;
            }
            event.prevent_default();
            page.send(AppEvent::Menu(pointer::mouse(&event, &on_menu).at));
        }),
        Listener::new(stage, "keydown", move |event: KeyboardEvent| {
            if in_text(&event) || event.is_composing() {
                return;
            }
            let (key, code, mods) = (event.key(), event.code(), pointer::key_mods(&event));
            // The clipboard comes as an event of its own.
            if mods.ctrl && matches!(key.as_str(), "v" | "V") {
                as_one(mods.shift);
                return;
            }
            if mods.ctrl && !mods.shift && matches!(key.as_str(), "c" | "C" | "x" | "X") {
                return;
            }
            if send(Input::Key {
                key,
                code,
                mods,
                repeat: event.repeat(),
            }) {
                event.prevent_default();
            }
        }),
        Listener::new(stage, "keyup", move |event: KeyboardEvent| {
            let key = event.key();
            send(if key == " " {
                Input::SpaceUp
            } else {
                Input::KeyUp(key)
            });
        }),
        Listener::new(stage, "paste", move |event: ClipboardEvent| {
            if in_text(&event) {
                return;
            }
            event.prevent_default();
            let data = event.clipboard_data();
            let of = |kind: &str| {
                let data = data.as_ref()?.get_data(kind).ok()?;
                Some(data).filter(|data| !data.is_empty())
            };
            let (json, text) = (of(clipboard::MIME), of("text/plain"));
            // Spreadsheets put a picture of the cells beside their text: the text is meant.
            if json.is_none() && text.is_none() {
                let files = data.as_ref().and_then(web_sys::DataTransfer::files);
                put_pictures(page, pictures_in(files), None);
                return;
            }
            page.send(AppEvent::Paste(Pasted {
                json: json.unwrap_or_default(),
                canvas: of(clipboard::CANVAS_MIME),
                text: text.unwrap_or_default(),
                as_one: AS_ONE.with(Cell::take),
            }));
        }),
        Listener::new(stage, "dragover", move |event: web_sys::DragEvent| {
            event.prevent_default();
        }),
        Listener::new(stage, "drop", move |event: web_sys::DragEvent| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|data| data.files());
            let at = pointer::mouse(&event, &on_drop).at;
            put_pictures(page, files_of(files), Some(at));
        }),
        copies(page, stage, "copy", in_text, Action::Copy),
        copies(page, stage, "cut", in_text, Action::Cut),
        Listener::new(&browser::window(), "blur", move |_: web_sys::Event| {
            send(Input::Cancel);
        }),
    ]
}

/// Pictures are to be sent; where, in screen pixels.
fn put_pictures(page: Page, files: Vec<File>, at: Option<Point>) {
    if let Some(shell) = page.shell.try_get_value().flatten() {
        shell.put_pictures(files, at);
    }
}

/// The files of a list.
fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|i| list.get(i)).collect())
        .unwrap_or_default()
}

/// The pictures among them.
fn pictures_in(list: Option<FileList>) -> Vec<File> {
    let mut files = files_of(list);
    files.retain(|file| file.type_().starts_with("image/"));
    files
}

/// The browser copies or cuts: it is told what.
fn copies(
    page: Page,
    stage: &HtmlElement,
    name: &'static str,
    in_text: impl Fn(&web_sys::Event) -> bool + 'static,
    action: Action,
) -> Listener {
    Listener::new(stage, name, move |event: ClipboardEvent| {
        if in_text(&event) {
            return;
        }
        page.send(AppEvent::Act(action));
        let clip = page
            .shell
            .try_get_value()
            .flatten()
            .and_then(|shell| shell.take_clip());
        if let (Some((clip, canvas)), Some(data)) = (clip, event.clipboard_data()) {
            let _ = data.set_data(clipboard::MIME, &clip.json);
            let _ = data.set_data(clipboard::CANVAS_MIME, &canvas);
            let _ = data.set_data("text/plain", &clip.text);
            event.prevent_default();
        }
    })
}

thread_local! {
    /// Whether the paste that is about to come was asked for with Shift.
    static AS_ONE: Cell<bool> = const { Cell::new(false) };
}

fn as_one(shift: bool) {
    AS_ONE.with(|flag| flag.set(shift));
}

/// The text box.
fn listen_text(page: Page, text: &web_sys::HtmlTextAreaElement) -> Vec<Listener> {
    vec![
        Listener::new(text, "input", move |_: web_sys::Event| {
            page.send(AppEvent::Typed)
        }),
        Listener::new(text, "compositionstart", move |_: web_sys::Event| {
            page.send(AppEvent::Composing(true))
        }),
        Listener::new(text, "compositionend", move |_: web_sys::Event| {
            page.send(AppEvent::Composing(false))
        }),
        Listener::new(text, "blur", move |_: web_sys::Event| {
            page.send(AppEvent::TextLeft)
        }),
        Listener::new(text, "keydown", move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            let mods = pointer::key_mods(&event);
            let key = event.key();
            let is_ours = matches!(
                (key.as_str(), mods.ctrl),
                ("Escape" | "Tab", _) | ("Enter", true)
            );
            let undoes = mods.ctrl && matches!(key.to_lowercase().as_str(), "z" | "y");
            let marks = format_of(&key, &event.code(), mods);
            if is_ours {
                event.prevent_default();
                page.send(AppEvent::TextKey(key, mods));
            } else if key == "Enter" {
                let shell = page.shell.try_get_value().flatten();
                if shell.is_some_and(|shell| shell.text_enter(mods)) {
                    event.prevent_default();
                }
            } else if let Some(action) = marks {
                event.prevent_default();
                page.send(AppEvent::Act(action));
            } else if undoes {
                // The browser would undo its own text behind the document's back.
                event.prevent_default();
                let redo = mods.shift || key.eq_ignore_ascii_case("y");
                page.send(AppEvent::Act(if redo {
                    Action::Redo
                } else {
                    Action::Undo
                }));
            }
        }),
    ]
}

/// The mark that a key puts on what is selected in the text box.
fn format_of(key: &str, code: &str, mods: Mods) -> Option<Action> {
    if mods.ctrl && !mods.shift && key.eq_ignore_ascii_case("k") {
        return Some(Action::Link);
    }
    let found = action::find(key, code, mods, false)?;
    let formats = [Action::Bold, Action::Italic, Action::List, Action::Link];
    formats.contains(&found).then_some(found)
}

/// Tells the editor how large the board is on screen.
fn resizes(page: Page, stage: &HtmlElement) -> Resizes {
    let element = stage.clone();
    let closure = Closure::<dyn FnMut()>::new(move || {
        let rect = element.get_bounding_client_rect();
        page.send(AppEvent::Input(Input::Resize(
            (rect.width(), rect.height()).into(),
        )));
    });
    let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(stage);
    }
    let keyboard = browser::visual_viewport().map(|viewport| {
        Listener::new(&viewport, "resize", |_: web_sys::Event| {
            browser::follow_visible_height()
        })
    });
    Resizes {
        observer,
        _closure: closure,
        _keyboard: keyboard,
    }
}

/// Stops when it is dropped.
struct Resizes {
    observer: Option<web_sys::ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
    _keyboard: Option<Listener>,
}

impl Drop for Resizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
