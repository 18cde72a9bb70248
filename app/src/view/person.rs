//! One person of the list: where they are, and what can be changed of them.

use client::{AppEvent, Member, links, members};
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;
use shared::{
    authority,
    board::workshop::Person as Listed,
    protocol::{
        api::{ForRoles, Leave as Leaving, NewRole, PersonChange, Removed},
        control::Role,
        limits,
    },
    text::{self, Phrase},
};

use super::{
    face::face,
    page::Page,
    people_state::PeopleState,
    place::Place,
    renew::renew,
    text::{say, t},
};
use crate::platform::{
    device,
    http::{Caller, Method},
};

/// One person of the list.
#[component]
pub(crate) fn Person(member: Member, caller: StoredValue<Caller>) -> impl IntoView {
    let page = expect_context::<Page>();
    let people = expect_context::<PeopleState>();
    let id = StoredValue::new(member.person.id.clone());
    // Where they are, which changes while the row stays.
    let now = Memo::new(move |_| people.member(&id.get_value()));
    let is_me = member.is_me;
    let can_go = move || !is_me && now.with(|now| now.as_ref().is_some_and(|now| now.at.is_some()));
    let place = move || now.with(|now| now.as_ref().map(|now| say(now.place())));
    let is_gone = move || now.with(|now| now.as_ref().is_some_and(|now| !now.is_here));
    let go = move |_| page.send(AppEvent::GoTo(id.get_value()));
    let organisation = member.person.organisation.clone();
    let has_organisation = !organisation.is_empty();
    let is_open = move || {
        people
            .changing
            .with(|changing| changing.as_ref() == Some(&id.get_value()))
    };
    let toggle = move |_| {
        let id = (!is_open()).then(|| id.get_value());
        people.changing.set(id);
    };
    let change_label = if is_me {
        text::PEOPLE_CHANGE_ME.into()
    } else {
        text::people_change(member.name.as_str())
    };
    let may_change = move || is_me || authority::may_facilitate(page.role());
    let stored = StoredValue::new(member.clone());
    view! {
        <li class="person" class:gone=is_gone>
            <div class="person-row">
                <button
                    class="person-go"
                    disabled=move || !can_go()
                    title=t(text::people_go(member.name.as_str()))
                    on:click=go
                >
                    {face(&member)}
                    <span class="person-name">
                        <span translate="no" dir="auto">{t(member.shown_name())}</span>
                        <span class="muted small" translate="no">
                            <bdi>{organisation}</bdi>
                            {member.person.external.then(|| view! {
                                {has_organisation.then_some(" · ")} <span class="badge">{t(text::PEOPLE_EXTERNAL)}</span>
                            })}
                        </span>
                        <span class="muted small">{t(member.role_name())} " · " <bdi translate="no">{place}</bdi></span>
                    </span>
                </button>
                {move || may_change().then(|| {
                    let label = change_label.clone();
                    view! {
                        <button
                            class="icon-button person-more"
                            aria-label=t(label)
                            aria-expanded=move || is_open().to_string()
                            on:click=toggle
                        >"…"</button>
                    }
                })}
            </div>
            {move || is_open().then(|| view! { <Change member=stored.get_value() caller/> })}
        </li>
    }
}

/// Asks for something of somebody, and says what came of it.
fn ask<B: Serialize + 'static>(
    caller: StoredValue<Caller>,
    (method, rest): (Method, String),
    body: B,
    error: RwSignal<Phrase>,
    done: impl FnOnce() + 'static,
) {
    let caller = caller.get_value();
    spawn_local(async move {
        match caller.ask::<Listed>(method, &rest, &body).await {
            Ok(_) => done(),
            Err(why) => drop(error.try_set(why)),
        }
    });
}

/// What can be changed of somebody: what they are called, and by facilitators what they may do.
#[component]
fn Change(member: Member, caller: StoredValue<Caller>) -> impl IntoView {
    let page = expect_context::<Page>();
    let error = RwSignal::new(Phrase::default());
    let stored = StoredValue::new(member);
    let may_manage =
        move || authority::may_facilitate(page.role()) && stored.with_value(|member| !member.is_me);
    view! {
        <div class="person-change">
            <Rename member=stored.get_value() caller error/>
            {move || may_manage().then(|| view! { <Manage member=stored.get_value() caller error/> })}
            <p class="error" role="alert">{move || say(error.get())}</p>
        </div>
    }
}

/// What somebody is called.
#[component]
fn Rename(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let people = expect_context::<PeopleState>();
    let person = member.person;
    let path = format!("/people/{}", person.id);
    let name = RwSignal::new(person.name);
    let organisation = RwSignal::new(person.organisation);
    let external = RwSignal::new(person.external);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let change = PersonChange {
            name: Some(name.get_untracked()),
            organisation: Some(organisation.get_untracked()),
            external: Some(external.get_untracked()),
        };
        let close = move || {
            let _ = people.changing.try_set(None);
        };
        ask(caller, (Method::PATCH, path.clone()), change, error, close);
    };
    let label = if member.is_me {
        text::JOIN_NAME
    } else {
        text::PEOPLE_THEIR_NAME
    };
    view! {
        <form on:submit=submit>
            <label>{t(label)}
                <input class="field" maxlength=limits::NAME_CHARS_MAX.to_string() bind:value=name/>
            </label>
            <label>{t(text::JOIN_ORGANISATION)}
                <input class="field" maxlength=limits::ORGANISATION_CHARS_MAX.to_string() bind:value=organisation/>
            </label>
            <label class="check">
                <input type="checkbox" bind:checked=external/>
                <span>{t(text::PEOPLE_EXTERNAL)}</span>
            </label>
            <div class="buttons">
                <button class="button primary">{t(text::PEOPLE_DONE)}</button>
                <button type="button" class="button" on:click=move |_| people.changing.set(None)>{t(text::PEOPLE_CANCEL)}</button>
            </div>
        </form>
    }
}

/// What somebody may do, and whether they are in at all.
#[component]
fn Manage(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let path = StoredValue::new(format!("/people/{}", member.person.id));
    let is_sure = RwSignal::new(false);
    let set_role = move |event: web_sys::Event| {
        let role = Role::from_name(&event_target_value(&event));
        let path = path.with_value(|path| format!("{path}/role"));
        ask(caller, (Method::PUT, path), NewRole { role }, error, || {});
    };
    let set_removed = move |removed: bool| {
        let path = path.with_value(|path| format!("{path}/removed"));
        ask(
            caller,
            (Method::PUT, path),
            Removed { removed },
            error,
            || {},
        );
    };
    let name = StoredValue::new(member.name.clone());
    if member.person.removed {
        return view! {
            <button class="button" on:click=move |_| set_removed(false)>{t(text::people_readmit(name.get_value()))}</button>
            <NewLinks caller role=member.role()/>
        }
        .into_any();
    }
    let theirs = member.role();
    let option = move |role: Role| {
        view! { <option value=role.name() selected=theirs == role>{t(members::role_name(role))}</option> }
    };
    // One that the server refused is not shown as theirs.
    let shown = move || {
        error.track();
        theirs.name()
    };
    let roles = [Role::Facilitator, Role::Participant, Role::Observer];
    view! {
        <label>{t(text::PEOPLE_ROLE_OF)}
            <select class="field" prop:value=shown on:change=set_role>{roles.map(option).collect_view()}</select>
        </label>
        {move || if is_sure.get() {
            view! { <Remove caller name=name.get_value() role=theirs is_sure set_removed/> }.into_any()
        } else {
            view! { <button class="button danger" on:click=move |_| is_sure.set(true)>{t(text::PEOPLE_REMOVE)}</button> }.into_any()
        }}
    }
    .into_any()
}

/// Whether somebody is really to be removed, and the new link that goes with it.
#[component]
fn Remove(
    caller: StoredValue<Caller>,
    name: String,
    role: Role,
    is_sure: RwSignal<bool>,
    set_removed: impl Fn(bool) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="notice" role="group" aria-label=t(text::people_remove_sure(name.as_str()))>
            <p><strong>{t(text::people_remove_sure(name.as_str()))}</strong></p>
            <p>{t(text::PEOPLE_REMOVE_ABOUT)}</p>
            <p>
                <button class="button danger" on:click=move |_| set_removed(true)>{t(text::PEOPLE_REMOVE_BUTTON)}</button> " "
                <button class="button" on:click=move |_| is_sure.set(false)>{t(text::PEOPLE_CANCEL)}</button>
            </p>
            <NewLinks caller role/>
        </div>
    }
}

/// New links, to be made and copied: the participants', and that of somebody's role, by either of which they could come
/// back on another device.
#[component]
fn NewLinks(caller: StoredValue<Caller>, role: Role) -> impl IntoView {
    let links = RwSignal::new(ForRoles::<String>::default());
    let said = RwSignal::new(Phrase::default());
    let one = move |role: Role| {
        let row = Memo::new(move |_| links.with(|links| links::row(links, role)));
        let name = row.get_untracked().name;
        let make = move |_| {
            let caller = caller.get_value();
            spawn_local(async move {
                match renew(&caller, role).await {
                    Ok(mut made) => {
                        let link = std::mem::take(made.of_mut(role));
                        let _ = links.try_update(|links| *links.of_mut(role) = link);
                        let _ = said.try_set(text::SHARE_REPLACED.into());
                    }
                    Err(why) => drop(said.try_set(why)),
                }
            });
        };
        view! {
            <p><button class="button" on:click=make>{t(text::share_new(name))}</button></p>
            {move || Some(row.get().link).filter(|link| !link.is_empty()).map(|link| view! {
                <input class="field" readonly dir="ltr" aria-label=t(name) prop:value=link/>
            })}
        }
    };
    view! {
        {one(Role::Participant)}
        {(role != Role::Participant).then(|| one(role))}
        <p role="status">{move || say(said.get())}</p>
    }
}

/// Leaves the workshop, once that is sure.
#[component]
pub(crate) fn Leave(caller: StoredValue<Caller>) -> impl IntoView {
    let page = expect_context::<Page>();
    let place = expect_context::<Place>();
    let is_sure = RwSignal::new(false);
    let error = RwSignal::new(Phrase::default());
    let leave = move |_| {
        let caller = caller.get_value();
        page.is_leaving.set_value(true);
        spawn_local(async move {
            let device = device::secret(&caller.workshop);
            let leaving = Leaving { device };
            let left = caller.ask::<serde_json::Value>(Method::POST, "/leave", &leaving);
            match left.await {
                Ok(_) => {
                    if let Some(me) = device::person(&caller.workshop) {
                        device::forget_person(&caller.workshop, &me);
                    }
                    place.go(client::Route::Start);
                }
                Err(why) => {
                    let _ = page.is_leaving.try_set_value(false);
                    let _ = error.try_set(why);
                }
            }
        });
    };
    move || {
        if !is_sure.get() {
            return view! { <button class="button" on:click=move |_| is_sure.set(true)>{t(text::PEOPLE_LEAVE)}</button> }.into_any();
        }
        let loses = page.has_unstored();
        view! {
            <div class="notice" role="group" aria-label=t(text::PEOPLE_LEAVE)>
                <p>{t(text::PEOPLE_LEAVE_ABOUT)}</p>
                {loses.then(|| view! { <p><strong>{t(text::PEOPLE_LEAVE_UNSAVED)}</strong></p> })}
                <p>
                    <button class="button danger" on:click=leave>{t(text::PEOPLE_LEAVE_BUTTON)}</button> " "
                    <button class="button" on:click=move |_| is_sure.set(false)>{t(text::PEOPLE_CANCEL)}</button>
                </p>
                <p class="error" role="alert">{move || say(error.get())}</p>
            </div>
        }
        .into_any()
    }
}
