//! The canvas page: the board, and the few things around it.

use client::{AppEvent, Opening, Part, Route};
use leptos::{html, prelude::*};
use shared::{authority, text};
use wasm_split_helpers::wasm_split;
use web_sys::HtmlElement;

use super::{
    canvases, debug,
    find::Found,
    header::Header,
    header_state::HeaderState,
    lazy::{self, Fetched},
    link_dialog::{self, LinkState},
    listed::List,
    menu::{ContextMenu, MenuState},
    message::{MessageBar, MessageState},
    minimap::Minimap,
    offer::{OfferMenu, OfferState},
    outline::{self, OutlineState},
    page::{self, Page},
    panels::{DialogState, Panels},
    people,
    people_state::PeopleState,
    place::{self, Place},
    properties::{BarState, PropertiesBar},
    removed, share_dialog,
    stage::Stage,
    stage_state::StageState,
    text::{said, t, track_language},
    toolbar::{Toolbar, ToolbarState, ZoomBar},
};
use crate::{
    platform::{device, http::Caller},
    shell::{Elements, Seen, Shell},
};

/// The state of the page's parts, each beside its view.
#[derive(Clone, Copy)]
struct States {
    page: Page,
    header: HeaderState,
    people: PeopleState,
    message: MessageState,
    list: List,
    outline: OutlineState,
    toolbar: ToolbarState,
    bar: BarState,
    stage: StageState,
    dialog: DialogState,
    found: Found,
    menu: MenuState,
    offer: OfferState,
    link: LinkState,
}

impl States {
    fn new(page: Page) -> Self {
        Self {
            page,
            header: HeaderState::new(),
            people: PeopleState::new(),
            message: MessageState::new(),
            list: List::new(),
            outline: OutlineState::new(),
            toolbar: ToolbarState::new(),
            bar: BarState::new(),
            stage: StageState::new(),
            dialog: DialogState::new(),
            found: Found::new(),
            menu: MenuState::new(),
            offer: OfferState::new(),
            link: LinkState::new(),
        }
    }

    /// Gives each part its state.
    fn provide(self) {
        provide_context(self.page);
        provide_context(self.header);
        provide_context(self.people);
        provide_context(self.message);
        provide_context(self.list);
        provide_context(self.outline);
        provide_context(self.toolbar);
        provide_context(self.bar);
        provide_context(self.stage);
        provide_context(self.dialog);
        provide_context(self.found);
        provide_context(self.menu);
        provide_context(self.offer);
        provide_context(self.link);
    }

    /// Each part takes what became dirty.
    fn show(self, seen: &Seen<'_>) {
        self.page.show(seen);
        self.header.show(seen);
        self.people.show(seen);
        self.message.show(seen);
        self.list.show(seen);
        self.outline.show(seen);
        self.toolbar.show(seen);
        self.bar.show(seen);
        self.stage.show(seen);
        self.dialog.show(seen);
        self.found.show(seen);
        self.menu.show(seen);
        self.offer.show(seen);
        self.link.show(seen);
    }
}

/// The board and all around it: a workshop's id, a canvas's id.
#[wasm_split(canvas, fallible, preload(preload))]
pub(crate) fn part() -> Fetched<(String, String)> {
    Ok(|(workshop, canvas)| view! { <CanvasPage workshop canvas/> }.into_any())
}

/// A canvas.
#[component]
fn CanvasPage(workshop: String, canvas: String) -> impl IntoView {
    let place = expect_context::<Place>();
    let Some(me) = device::person(&workshop) else {
        place.come_in_again();
        return ().into_any();
    };
    // From here on this tab is theirs, whoever joins in another one.
    device::set_person(&workshop, &me);
    let caller = Caller {
        workshop: workshop.clone(),
        person: me.id.to_string(),
    };
    let current = canvas.clone();
    let inside = workshop.clone();
    let states = States::new(Page::new(me.role));
    states.provide();
    let (page, outline, list) = (states.page, states.outline, states.list);
    let stage = NodeRef::<html::Div>::new();
    let board = NodeRef::<html::Div>::new();
    let overlay = NodeRef::<html::Canvas>::new();
    let minimap = NodeRef::<html::Canvas>::new();
    let text_box = NodeRef::<html::Textarea>::new();
    let opening = Opening {
        workshop: workshop.clone(),
        me,
        preferences: page::preferences(),
    };
    let document = canvas.clone();
    Effect::new(move || {
        if let (Some(stage), Some(board), Some(overlay), Some(minimap), Some(text)) = (
            stage.get(),
            board.get(),
            overlay.get(),
            minimap.get(),
            text_box.get(),
        ) {
            let stage: HtmlElement = stage.into();
            let _ = stage.focus();
            let elements = Elements {
                stage,
                board: board.into(),
                overlay,
                minimap,
                text,
                say: said,
            };
            let Some(shell) = Shell::of_tab(opening.clone(), elements) else {
                return;
            };
            let workshop = inside.clone();
            let go = move |canvas: Option<String>| match canvas {
                Some(canvas) => place.go(Route::Canvas {
                    workshop: workshop.clone(),
                    canvas,
                }),
                None if page.is_leaving.try_get_value().unwrap_or(true) => {}
                None => place.come_in_again(),
            };
            page.shell.set_value(Some(shell.clone()));
            shell.open_canvas(document.clone(), move |seen| states.show(seen), go);
        }
    });
    repaint_with_language(page);
    close_on_leaving(page, place, workshop.clone());
    let people = caller.clone();
    view! {
        <div class="canvas-page">
            <a class="skip" href="#stage">{t(text::CANVAS_SKIP)}</a>
            <Header workshop current=canvas/>
            <div class="canvas-area">
                <Stage stage board overlay text_box=text_box/>
                <Toolbar/>
                <ZoomBar/>
                <Minimap canvas=minimap/>
                <PropertiesBar/>
                <OfferMenu/>
                <Panels/>
                {move || {
                    let close = move || page.send(AppEvent::Closed(Part::Outline));
                    outline.is_open().then(|| lazy::panel(text::ACTION_OUTLINE, close, None, outline::part, list.template.get()))
                }}
                <MessageBar/>
                {move || {
                    let close = move || states.people.open.set(false);
                    states.people.open.get().then(|| lazy::panel(text::PEOPLE_HEADING, close, None, people::part, people.clone()))
                }}
            </div>
            {place::is_debugging().then(|| lazy::page(text::LOG_TITLE, debug::part, ()))}
            <ContextMenu/>
            <Dialogs caller current/>
        </div>
    }
    .into_any()
}

/// What is painted has texts as well.
fn repaint_with_language(page: Page) {
    Effect::new(move || {
        track_language();
        page.send(AppEvent::LanguageChanged);
    });
}

/// The dialogs, of which one is open at a time.
#[component]
fn Dialogs(caller: Caller, current: String) -> impl IntoView {
    let page = expect_context::<Page>();
    let header = expect_context::<HeaderState>();
    let link = expect_context::<LinkState>();
    let listing = caller.clone();
    Effect::new(move || {
        if !authority::may_facilitate(page.role()) {
            header.share_open.set(false);
        }
    });
    view! {
        {move || {
            let close = move || page.send(AppEvent::Closed(Part::Link));
            link.asked().map(|asked| lazy::panel(text::ACTION_LINK, close, None, link_dialog::part, asked))
        }}
        {move || {
            let close = move || header.share_open.set(false);
            header.share_open.get().then(|| lazy::panel(text::SHARE_HEADING, close, None, share_dialog::part, caller.clone()))
        }}
        {move || {
            let close = move || header.canvases_open.set(false);
            let input = (listing.clone(), current.clone());
            header.canvases_open.get().then(|| lazy::panel(text::CANVASES_NAME, close, None, canvases::part, input))
        }}
        {move || header.is_removed.get().then(|| lazy::panel(text::REMOVED_HEADING, || (), None, removed::part, ()))}
    }
}

/// Closes the canvas with its page; the workshop stays open while one goes to another canvas.
fn close_on_leaving(page: Page, place: Place, workshop: String) {
    on_cleanup(move || {
        if let Some(shell) = page.shell.try_update_value(Option::take).flatten() {
            if place.is_in(&workshop) {
                shell.close_canvas();
            } else {
                shell.close();
            }
        }
    });
}
