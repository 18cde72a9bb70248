//! The canvas page: the board, and the few things around it.

use leptos::{html, prelude::*};
use shared::sync::Status;
use web_sys::HtmlElement;

use super::{
    Place,
    dialog::Dialog,
    header::Header,
    link_dialog::LinkDialog,
    links::Links,
    menu::ContextMenu,
    message::MessageBar,
    minimap::Minimap,
    offer::OfferMenu,
    outline::Outline,
    page::Page,
    palette::Panels,
    people::PeopleList,
    properties::PropertiesBar,
    stage::Stage,
    toolbar::{Toolbar, ZoomBar},
};
use crate::{
    platform::device,
    route::Route,
    shell::{Elements, Shell},
    state::Ui,
};

/// A canvas.
#[component]
pub(crate) fn CanvasPage(workshop: String, canvas: String) -> impl IntoView {
    let place = expect_context::<Place>();
    let Some(session) = device::session(&workshop) else {
        place.replace(Route::Join {
            workshop,
            key: String::new(),
        });
        return ().into_any();
    };
    let Some(entry) = session
        .workshop
        .canvases
        .iter()
        .find(|entry| entry.id.as_str() == canvas)
        .cloned()
    else {
        place.replace(Route::Join {
            workshop,
            key: String::new(),
        });
        return ().into_any();
    };
    let page = Page {
        ui: Ui::new(session.participant.clone()),
        shell: StoredValue::new_local(None),
        people_open: RwSignal::new(false),
        share_open: RwSignal::new(false),
    };
    provide_context(page);
    let stage = NodeRef::<html::Div>::new();
    let board = NodeRef::<html::Div>::new();
    let overlay = NodeRef::<html::Canvas>::new();
    let minimap = NodeRef::<html::Canvas>::new();
    let outlined = entry.kind.clone();
    let text = NodeRef::<html::Textarea>::new();
    let (document, workshop_id, kind) = (canvas.clone(), workshop.clone(), entry.kind.clone());
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
            let shell = Shell::open(
                document.clone(),
                workshop_id.clone(),
                kind.clone(),
                page.ui,
                elements,
            );
            page.shell.set_value(Some(shell));
        }
    });
    on_cleanup(move || {
        if let Some(shell) = page.shell.try_update_value(Option::take).flatten() {
            shell.close();
        }
    });
    // A session that no longer holds: back to the join page, where one comes in again.
    let lost = workshop.clone();
    Effect::new(move || {
        if matches!(page.ui.status.get(), Status::Closed(4401, _)) {
            device::forget_session(&lost);
            place.replace(Route::Join {
                workshop: lost.clone(),
                key: String::new(),
            });
        }
    });
    let links = device::links(&workshop);
    let can_share = links.is_some();
    let info = session.workshop.clone();
    view! {
        <div class="canvas-page">
            <a class="skip" href="#stage">"Move focus to the canvas"</a>
            <Header info current=canvas can_share/>
            <div class="canvas-area">
                <Stage stage board overlay text/>
                <Toolbar/>
                <ZoomBar/>
                <Minimap canvas=minimap/>
                <PropertiesBar/>
                <OfferMenu/>
                <Panels/>
                {move || {
                    let kind = outlined.clone();
                    page.ui.outline.get().then(|| view! { <Outline kind/> })
                }}
                <MessageBar/>
                {move || page.people_open.get().then(|| view! { <PeopleList/> })}
            </div>
            <ContextMenu/>
            <LinkDialog/>
            {move || {
                let links = links.clone();
                page.share_open.get().then(|| links.map(|links| view! {
                    <Dialog title="Share this workshop" on_close=move || page.share_open.set(false)>
                        <Links links/>
                    </Dialog>
                }))
            }}
        </div>
    }
    .into_any()
}
