//! Parts of the client that are fetched when they are first needed
//! (ARCHITECTURE.md, "What is loaded"), and what is shown until they are here.

use std::{future::Future, pin::pin};

use futures_util::FutureExt;
use leptos::{html, prelude::*, task::spawn_local};
use shared::text::{self, Text};
use wasm_split_helpers::SplitLoaderError;

use super::{dialog::Dialog, text::t};

/// What the function of a part returns once the part is here: how its view is built.
pub(crate) type Fetched<A> = Result<fn(A) -> AnyView, SplitLoaderError>;

/// How far a part has come.
#[derive(Clone, Copy)]
enum Arrival<A: 'static> {
    Awaited,
    Here(fn(A) -> AnyView),
    Failed,
}

impl<A> From<Fetched<A>> for Arrival<A> {
    fn from(part: Fetched<A>) -> Self {
        part.map_or(Self::Failed, Self::Here)
    }
}

/// The page that a part brings; until then that it is being opened, or that it could not be.
pub(crate) fn page<A, F>(name: Text, part: fn() -> F, input: A) -> impl IntoView
where
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Fetched<A>> + 'static,
{
    let (arrival, fetch) = fetching(part);
    move || match arrival.get() {
        Arrival::Awaited => view! {
            <main class="page narrow"><p role="status">{t(text::LAZY_OPENING)}</p></main>
        }
        .into_any(),
        Arrival::Here(build) => build(input.clone()),
        Arrival::Failed => view! {
            <main class="page narrow">
                <h1>"Plaza"</h1>
                <Failed name fetch/>
            </main>
        }
        .into_any(),
    }
}

/// The section of a page that a part brings; until then that it is being opened, or that it could not be.
pub(crate) fn section<A, F>(name: Text, part: fn() -> F, input: A) -> impl IntoView
where
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Fetched<A>> + 'static,
{
    let (arrival, fetch) = fetching(part);
    move || match arrival.get() {
        Arrival::Awaited => {
            view! { <section class="card"><p role="status">{t(text::LAZY_OPENING)}</p></section> }
                .into_any()
        }
        Arrival::Here(build) => build(input.clone()),
        Arrival::Failed => {
            view! { <section class="card"><Failed name fetch/></section> }.into_any()
        }
    }
}

/// The dialog or side panel that a part brings. Until then a dialog takes the focus, so that
/// no key reaches the board; with `typed` it has a field that keeps what is typed meanwhile.
pub(crate) fn panel<A, F>(
    name: Text,
    close: impl Fn() + Copy + Send + Sync + 'static,
    typed: Option<RwSignal<String>>,
    part: fn() -> F,
    input: A,
) -> impl IntoView
where
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Fetched<A>> + 'static,
{
    let (arrival, fetch) = fetching(part);
    move || match (arrival.get(), typed) {
        (Arrival::Here(build), _) => build(input.clone()),
        (Arrival::Awaited, None) => view! {
            <Dialog title=name on_close=close><p role="status">{t(text::LAZY_OPENING)}</p></Dialog>
        }
        .into_any(),
        (Arrival::Awaited, Some(typed)) => {
            let field = NodeRef::<html::Input>::new();
            view! {
                <Dialog title=name on_close=close field>
                    <input class="field" node_ref=field aria-label=t(name) autocomplete="off" bind:value=typed/>
                    <p role="status">{t(text::LAZY_OPENING)}</p>
                </Dialog>
            }
            .into_any()
        }
        (Arrival::Failed, _) => {
            view! { <Dialog title=name on_close=close><Failed name fetch/></Dialog> }.into_any()
        }
    }
}

/// Says that a part did not arrive, and lets one try again.
#[component]
fn Failed(name: Text, fetch: impl Fn() + 'static) -> impl IntoView {
    view! {
        <p class="error" role="alert">
            {t(text::lazy_failed(name))}
        </p>
        <button class="button primary" on:click=move |_| fetch()>{t(text::LAZY_RETRY)}</button>
    }
}

/// Begins to fetch a part. Returns how far it has come, and what fetches it once more.
fn fetching<A, F>(part: fn() -> F) -> (RwSignal<Arrival<A>>, impl Fn() + Copy + Send + Sync)
where
    A: 'static,
    F: Future<Output = Fetched<A>> + 'static,
{
    // What is here already is shown at once, without a moment of waiting.
    let now = pin!(part()).now_or_never();
    let is_awaited = now.is_none();
    let arrival = RwSignal::new(now.map_or(Arrival::Awaited, Arrival::from));
    let fetch = move || {
        arrival.set(Arrival::Awaited);
        spawn_local(async move {
            let part = part().await;
            // Nobody waits any more when the view was closed meanwhile.
            let _ = arrival.try_set(part.into());
        });
    };
    if is_awaited {
        fetch();
    }
    (arrival, fetch)
}
