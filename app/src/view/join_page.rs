//! The join page: where the link leads, who one is, then straight to the canvas.

use client::{Route, forms, links, members, words};
use futures_util::FutureExt;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    authority,
    protocol::{
        api::{Join, Joined, Looked, Me},
        control::Role,
        limits,
    },
    text::{self, Phrase},
};
use wasm_split_helpers::wasm_split;

use super::{
    canvas_page,
    icon::Mark,
    language_choice::LanguageChoice,
    lazy::Fetched,
    place::Place,
    text::{say, t},
};
use crate::platform::{
    browser,
    device::{self, Identity},
    http::{self, Failure},
};

/// What the page knows of the link.
#[derive(Clone)]
enum Link {
    /// It is being looked up, or somebody is coming in.
    Waiting,
    /// It is good.
    Good(Looked),
    /// The address has none: only who has been here can come in.
    None,
    /// It is not good, or the server could not say.
    Wrong(Phrase),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Door {
    place: Place,
    route: StoredValue<Route>,
    link: RwSignal<Link>,
    /// Somebody who has not been here joins, although others are known.
    is_new: RwSignal<bool>,
    /// Somebody is coming in.
    busy: RwSignal<bool>,
    error: RwSignal<Phrase>,
}

/// Where one joins a workshop, by a link or as somebody who has been here.
#[wasm_split(join, fallible)]
pub(crate) fn part() -> Fetched<Route> {
    Ok(|route| view! { <JoinPage route/> }.into_any())
}

#[component]
fn JoinPage(route: Route) -> impl IntoView {
    let workshop = route.workshop();
    let door = Door {
        place: expect_context::<Place>(),
        route: StoredValue::new(route),
        link: RwSignal::new(Link::Waiting),
        is_new: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(Phrase::default()),
    };
    let known = StoredValue::new(device::people(&workshop));
    browser::set_title(&format!("{} – Plaza", say(text::JOIN_HEADING)));
    door.begin(&workshop);
    let heading = move || match door.link.get() {
        Link::Good(looked) => say(text::join_heading_to(looked.title)),
        _ => say(text::JOIN_HEADING),
    };
    let content = move || {
        match door.link.get() {
        Link::Waiting => view! { <p role="status">{t(text::JOIN_LOOKING)}</p> }.into_any(),
        Link::Good(looked) => {
            let asks_who = known.with_value(|known| !known.is_empty()) && !door.is_new.get();
            if asks_who {
                view! { <Known door known=known.get_value() may_be_new=true/> }.into_any()
            } else if looked.barred {
                view! { <p class="error" role="alert">{t(text::JOIN_BARRED)}</p> }.into_any()
            } else {
                view! { <Form door looked/> }.into_any()
            }
        }
        Link::None if known.with_value(Vec::is_empty) => view! {
            <p role="alert">{t(text::JOIN_NO_KEY)}</p>
            <p class="muted">{t(text::JOIN_NO_KEY_HINT)}</p>
        }
        .into_any(),
        Link::None => view! { <Known door known=known.get_value() may_be_new=false/> }.into_any(),
        Link::Wrong(why) => view! {
            <p class="error" role="alert">{t(why)}</p>
            <button class="button" on:click=move |_| door.begin_again()>{t(text::JOIN_AGAIN)}</button>
        }
        .into_any(),
    }
    };
    view! {
        <main class="page narrow">
            <header class="brand">
                <Mark size=40/>
                <h1 translate="no">{heading}</h1>
            </header>
            <section class="card">{content}</section>
            <p class="muted small">{t(text::JOIN_ABOUT)}</p>
            <footer class="page-foot">
                <LanguageChoice/>
                <a href="/">{t(text::JOIN_TO_START)}</a>
            </footer>
        </main>
    }
}

/// Those who have joined in this browser.
#[component]
fn Known(door: Door, known: Vec<Me>, may_be_new: bool) -> impl IntoView {
    let row = |me: Me| {
        let name = me.name.clone();
        view! {
            <li>
                <button class="button wide-button" disabled=move || door.busy.get() on:click=move |_| door.go_on_as(&me)>
                    {t(text::join_continue(name))}
                </button>
            </li>
        }
    };
    view! {
        <h2>{t(text::JOIN_WHO)}</h2>
        <p class="muted">{t(text::JOIN_WHO_ABOUT)}</p>
        <ul class="plain-list" role="list">
            {known.into_iter().rev().map(row).collect_view()}
            {may_be_new.then(|| view! {
                <li>
                    <button class="button wide-button" on:click=move |_| door.is_new.set(true)>{t(text::JOIN_SOMEBODY_ELSE)}</button>
                </li>
            })}
        </ul>
        <Problem door/>
    }
}

#[component]
fn Problem(door: Door) -> impl IntoView {
    view! { <p id="join-error" class="error" role="alert">{move || say(door.error.get())}</p> }
}

/// Name and organisation of somebody who has not been here.
#[component]
fn Form(door: Door, looked: Looked) -> impl IntoView {
    // Who has joined here before is somebody else.
    let last = if door.is_new.get_untracked() {
        Identity::default()
    } else {
        device::identity()
    };
    let name = RwSignal::new(last.name);
    let organisation = RwSignal::new(last.organisation);
    let external = RwSignal::new(false);
    // The canvas comes while the name is typed. If it does not, its own page says so.
    let fetch_canvas = || spawn_local(canvas_page::preload().map(drop));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Err(why) = name.with_untracked(|name| forms::check_name(name)) {
            door.error.set(words::refused(&why));
            return;
        }
        fetch_canvas();
        let identity = Identity {
            name: name.get_untracked(),
            organisation: organisation.get_untracked(),
        };
        device::set_identity(&identity);
        door.come_in(Join {
            name: identity.name,
            organisation: identity.organisation,
            external: external.get_untracked(),
            ..Join::default()
        });
    };
    let role = members::role_name(looked.role);
    // Whoever has said that they are somebody else goes on by typing their name.
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if door.is_new.get_untracked() {
            drop(field.get().map(|field| field.focus()));
        }
    });
    view! {
        <form on:submit=submit>
            <p class="muted">{t(text::join_as_role(role))}</p>
            <label for="name">{t(text::JOIN_NAME)}</label>
            <input
                id="name"
                node_ref=field
                autocomplete="name"
                maxlength=limits::NAME_CHARS_MAX.to_string()
                aria-describedby="join-error"
                on:input=move |_| fetch_canvas()
                bind:value=name
            />
            <label for="organisation">{t(text::JOIN_ORGANISATION)}</label>
            <input
                id="organisation"
                autocomplete="organization"
                maxlength=limits::ORGANISATION_CHARS_MAX.to_string()
                bind:value=organisation
            />
            <label class="check">
                <input type="checkbox" bind:checked=external/>
                <span>{t(text::JOIN_EXTERNAL)}</span>
            </label>
            <Problem door/>
            <button class="button primary" disabled=move || door.busy.get()>{t(text::JOIN_BUTTON)}</button>
        </form>
    }
}

impl Door {
    /// Looks the link up; without one, who has been here goes on at once.
    fn begin(self, workshop: &str) {
        let key = self.key();
        if key.is_empty() {
            let (known, of_tab) = (device::people(workshop), device::person(workshop));
            let is_back = self.place.is_to_return(workshop);
            match forms::comes_in(&known, of_tab.as_ref(), is_back) {
                Some(me) => self.go_on_as(me),
                None => self.link.set(Link::None),
            }
            return;
        }
        let workshop = workshop.to_owned();
        spawn_local(async move {
            let is_whole = Route::is_whole(&key);
            let looked = http::look(&workshop, key).await;
            let link = match looked {
                Ok(looked) => Link::Good(looked),
                Err(Failure::Refused(_)) if !is_whole => Link::Wrong(text::JOIN_BROKEN.into()),
                Err(why) => Link::Wrong(why.into()),
            };
            let _ = self.link.try_set(link);
        });
    }

    fn begin_again(self) {
        self.link.set(Link::Waiting);
        self.begin(&self.workshop());
    }

    fn workshop(self) -> String {
        self.route.with_value(Route::workshop)
    }

    fn key(self) -> String {
        self.route.with_value(Route::key)
    }

    /// Comes in as somebody who has been here: their session proves it, or the device.
    fn go_on_as(self, me: &Me) {
        self.come_in(Join {
            person: Some(me.id.clone()),
            ..Join::default()
        });
    }

    fn come_in(self, join: Join) {
        self.busy.set(true);
        self.error.set(Phrase::default());
        let workshop = self.workshop();
        let join = Join {
            key: self.key(),
            device: device::secret(&workshop),
            workshop,
            ..join
        };
        let route = self.route.get_value();
        let role = match self.link.get_untracked() {
            Link::Good(looked) => Some(looked.role),
            _ => None,
        };
        spawn_local(async move {
            let first = http::join(&join).await.and_then(|joined| {
                remember(&route, role, &joined);
                forms::first_canvas(&joined)
            });
            match first {
                Ok(canvas) => self.place.arrive(canvas),
                // One may have gone elsewhere meanwhile.
                Err(why) => {
                    let link = self.link.try_get_untracked();
                    if matches!(link, Some(Link::Waiting)) {
                        let _ = self.link.try_set(Link::Wrong(why));
                    } else {
                        let _ = self.error.try_set(why);
                    }
                    let _ = self.busy.try_set(false);
                }
            }
        });
    }
}

/// Remembers who joined, and a facilitator's links, so that they can be shared. `role`: what
/// the link lets one do.
fn remember(route: &Route, role: Option<Role>, joined: &Joined) {
    let workshop = joined.workshop.id.as_str();
    device::set_person(workshop, &joined.participant);
    device::remember_workshop(workshop, &joined.workshop.title);
    if authority::may_facilitate(joined.participant.role) {
        let (origin, known) = (browser::origin(), device::links(workshop));
        if let Some(kept) = links::to_keep(&origin, route, role, known) {
            device::set_links(workshop, &kept);
        }
    }
}
