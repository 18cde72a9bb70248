//! The canvas page: the board, and the few things around it.

use client::{AppEvent, Opening, Part, Route};
use leptos::{html, prelude::*};
use shared::text;
use wasm_split_helpers::wasm_split;
use web_sys::HtmlElement;

use super::{
    debug::DebugPanel,
    find::Found,
    header::{Header, HeaderState},
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
    people::{PeopleList, PeopleState},
    place::{self, Place},
    properties::{BarState, PropertiesBar},
    share_dialog,
    stage::Stage,
    stage_state::StageState,
    toolbar::{Toolbar, ToolbarState, ZoomBar},
};
use crate::{
    platform::device,
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
    let join = Route::Join {
        workshop: workshop.clone(),
        key: String::new(),
    };
    let Some(me) = device::session(&workshop) else {
        place.replace(join);
        return ().into_any();
    };
    let states = States::new(Page::new(me.role));
    states.provide();
    let (page, header, outline, list) = (states.page, states.header, states.outline, states.list);
    let stage = NodeRef::<html::Div>::new();
    let board = NodeRef::<html::Div>::new();
    let overlay = NodeRef::<html::Canvas>::new();
    let minimap = NodeRef::<html::Canvas>::new();
    let text = NodeRef::<html::Textarea>::new();
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
            text.get(),
        ) {
            let stage: HtmlElement = stage.into();
            let _ = stage.focus();
            let elements = Elements {
                stage,
                board: board.into(),
                overlay,
                minimap,
                text,
            };
            let Some(shell) = Shell::of_tab(opening.clone(), elements) else {
                return;
            };
            let join = join.clone();
            let leave = move || place.replace(join.clone());
            page.shell.set_value(Some(shell.clone()));
            shell.open_canvas(document.clone(), move |seen| states.show(seen), leave);
        }
    });
    let left = workshop.clone();
    on_cleanup(move || {
        if let Some(shell) = page.shell.try_update_value(Option::take).flatten() {
            if place.is_in(&left) {
                shell.close_canvas();
            } else {
                shell.close();
            }
        }
    });
    let links = device::links(&workshop);
    let has_links = links.is_some();
    view! {
        <div class="canvas-page">
            <a class="skip" href="#stage">"Move focus to the canvas"</a>
            <Header workshop current=canvas has_links/>
            <div class="canvas-area">
                <Stage stage board overlay text/>
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
                {move || states.people.open.get().then(|| view! { <PeopleList/> })}
            </div>
            {place::is_debugging().then(|| view! { <DebugPanel/> })}
            <ContextMenu/>
            {move || {
                let close = move || page.send(AppEvent::Closed(Part::Link));
                states.link.asked().map(|asked| lazy::panel(text::ACTION_LINK, close, None, link_dialog::part, asked))
            }}
            {move || {
                let close = move || header.share_open.set(false);
                let links = links.clone().filter(|_| header.share_open.get());
                links.map(|links| lazy::panel(text::SHARE_TITLE, close, None, share_dialog::part, links))
            }}
        </div>
    }
    .into_any()
}
