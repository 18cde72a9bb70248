//! The face of somebody: their initials on their colour.

use client::{Member, say::initials};
use leptos::prelude::*;
use shared::draw::tokens;

/// The face of somebody.
pub(crate) fn face(member: &Member) -> impl IntoView + use<> {
    let color = tokens::person(member.person.color).css();
    view! { <span class="face" translate="no" style:background-color=color aria-hidden="true">{initials(&member.person.name)}</span> }
}
