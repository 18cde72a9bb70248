//! One person of the list: where they are, and what can be changed of them.

use client::{AppEvent, Member, links, members};
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;
use shared::{
    authority,
    board::workshop::Person as Listed,
    id::ParticipantId,
    protocol::{
        api::{ForRoles, Leave as Leaving, NewRole, PersonChange, Removed as IsRemoved},
        control::Role,
        limits,
    },
    text::{self, Phrase},
};

use super::{
    face::face,
    links::NewLink,
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

/// One person of the list. The row stays while what it says changes, so that no form in it is lost.
#[component]
pub(crate) fn Person(id: ParticipantId, caller: StoredValue<Caller>) -> impl IntoView {
    let people = expect_context::<PeopleState>();
    let page = expect_context::<Page>();
    let id = StoredValue::new(id);
    let now = Memo::new(move |_| people.member(&id.get_value()));
    let is_gone = move || now.with(|now| now.as_ref().is_some_and(|now| !now.is_here));
    let is_open = move || {
        people
            .changing
            .with(|changing| changing.as_ref() == Some(&id.get_value()))
    };
    let toggle = move |_| {
        let id = (!is_open()).then(|| id.get_value());
        people.changing.set(id);
    };
    let may_change = move || {
        let is_me = now.with(|now| now.as_ref().is_some_and(|now| now.is_me));
        is_me || authority::may_facilitate(page.role())
    };
    let label = move || match now.get() {
        Some(member) if member.is_me => text::PEOPLE_CHANGE_ME.into(),
        Some(member) => text::people_change(member.name),
        None => Phrase::default(),
    };
    view! {
        <li class="person" class:gone=is_gone>
            <div class="person-row">
                {move || now.get().map(|member| view! { <Summary member/> })}
                {move || may_change().then(|| view! {
                    <button
                        class="icon-button person-more"
                        aria-label=move || say(label())
                        aria-expanded=move || is_open().to_string()
                        on:click=toggle
                    >"…"</button>
                })}
            </div>
            {move || is_open().then(|| untrack(move || now.get()).map(|member| view! { <Change member now caller/> }))}
        </li>
    }
}

/// Who somebody is, what they may do and where they are. A click goes there.
#[component]
fn Summary(member: Member) -> impl IntoView {
    let page = expect_context::<Page>();
    let id = member.person.id.clone();
    let go = move |_| page.send(AppEvent::GoTo(id.clone()));
    let organisation = member.person.organisation.clone();
    let has_organisation = !organisation.is_empty();
    view! {
        <button
            class="person-go"
            disabled=member.is_me || member.at.is_none()
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
                <span class="muted small">{t(member.role_name())} " · " <bdi translate="no">{t(member.place())}</bdi></span>
            </span>
        </button>
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
            Ok(_) => {
                let _ = error.try_set(Phrase::default());
                done();
            }
            Err(why) => drop(error.try_set(why)),
        }
    });
}

/// What can be changed of somebody: what they are called, and by facilitators what they may do. `member`: as they were
/// when it was opened.
#[component]
fn Change(member: Member, now: Memo<Option<Member>>, caller: StoredValue<Caller>) -> impl IntoView {
    let page = expect_context::<Page>();
    let error = RwSignal::new(Phrase::default());
    let is_me = member.is_me;
    let may_manage = Memo::new(move |_| authority::may_facilitate(page.role()) && !is_me);
    // Forms are made anew when what they are about has changed elsewhere.
    let managed = Memo::new(move |_| {
        now.with(|now| now.as_ref().map(|now| (now.person.removed, now.role())))
    });
    view! {
        <div class="person-change">
            <Rename member caller error/>
            {move || {
                let (removed, _) = managed.get().filter(|_| may_manage.get())?;
                let member = now.get_untracked()?;
                Some(if removed {
                    view! { <Removed member caller error/> }.into_any()
                } else {
                    view! { <RoleOf member=member.clone() caller error/> <Remove member caller error/> }.into_any()
                })
            }}
            <p class="error" role="alert">{move || say(error.get())}</p>
        </div>
    }
}

/// What somebody is called.
#[component]
fn Rename(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let people = expect_context::<PeopleState>();
    let before = member.person;
    let path = format!("/people/{}", before.id);
    let name = RwSignal::new(before.name.clone());
    let organisation = RwSignal::new(before.organisation.clone());
    let external = RwSignal::new(before.external);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let changed = |now: String, before: &String| (now != *before).then_some(now);
        let is_external = external.get_untracked();
        // What was left alone here may have been changed elsewhere meanwhile.
        let change = PersonChange {
            name: changed(name.get_untracked(), &before.name),
            organisation: changed(organisation.get_untracked(), &before.organisation),
            external: (is_external != before.external).then_some(is_external),
        };
        let id = before.id.clone();
        let close = move || {
            // Somebody else may have been opened meanwhile.
            let _ = people.changing.try_update(|changing| {
                if changing.as_ref() == Some(&id) {
                    *changing = None;
                }
            });
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

/// What somebody may do.
#[component]
fn RoleOf(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let path = format!("/people/{}/role", member.person.id);
    let theirs = member.role();
    let chosen = RwSignal::new(theirs);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let role = chosen.get_untracked();
        ask(
            caller,
            (Method::PUT, path.clone()),
            NewRole { role },
            error,
            || {},
        );
    };
    let option = move |role: Role| {
        view! { <option value=role.name() selected=theirs == role>{t(members::role_name(role))}</option> }
    };
    view! {
        <form on:submit=submit>
            <label>{t(text::PEOPLE_ROLE_OF)}
                <select class="field" on:change=move |event| chosen.set(Role::from_name(&event_target_value(&event)))>
                    {Role::ALL.map(option).collect_view()}
                </select>
            </label>
            <button class="button">{t(text::PEOPLE_ROLE_BUTTON)}</button>
        </form>
    }
}

/// Removes somebody, once that is sure.
#[component]
fn Remove(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let is_sure = RwSignal::new(false);
    let stored = StoredValue::new(member);
    let remove = move |_| set_removed(caller, &stored.get_value(), true, error);
    move || {
        if !is_sure.get() {
            return view! {
                <button class="button danger" on:click=move |_| is_sure.set(true)>{t(text::PEOPLE_REMOVE)}</button>
            }
            .into_any();
        }
        let sure = say(text::people_remove_sure(
            stored.with_value(|member| member.name.clone()),
        ));
        let label = sure.clone();
        view! {
            <div class="notice" role="group" tabindex="-1" aria-label=label>
                <p><strong>{sure}</strong></p>
                <p>{t(text::PEOPLE_REMOVE_ABOUT)}</p>
                <p>
                    <button class="button danger" on:click=remove>{t(text::PEOPLE_REMOVE_BUTTON)}</button> " "
                    <button class="button" on:click=move |_| is_sure.set(false)>{t(text::PEOPLE_CANCEL)}</button>
                </p>
                <NewLinks caller/>
            </div>
        }
        .into_any()
    }
}

/// Lets somebody in again who was removed.
#[component]
fn Removed(member: Member, caller: StoredValue<Caller>, error: RwSignal<Phrase>) -> impl IntoView {
    let label = text::people_readmit(member.name.as_str());
    view! {
        <button class="button" on:click=move |_| set_removed(caller, &member, false, error)>{t(label)}</button>
        <NewLinks caller/>
    }
}

fn set_removed(
    caller: StoredValue<Caller>,
    member: &Member,
    removed: bool,
    error: RwSignal<Phrase>,
) {
    let path = format!("/people/{}/removed", member.person.id);
    ask(
        caller,
        (Method::PUT, path),
        IsRemoved { removed },
        error,
        || {},
    );
}

/// The links by which somebody could come back on another device, and new ones in place of them.
#[component]
fn NewLinks(caller: StoredValue<Caller>) -> impl IntoView {
    let links = RwSignal::new(ForRoles::<String>::default());
    let said = RwSignal::new(Phrase::default());
    let on_new = Callback::new(move |role| {
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
    });
    let row_of = move |role| Memo::new(move |_| links.with(|links| links::row(links, role)));
    view! {
        {Role::ALL.map(|role| view! { <NewLink row=row_of(role) on_new/> })}
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
            <div class="notice" role="group" tabindex="-1" aria-label=t(text::PEOPLE_LEAVE)>
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
