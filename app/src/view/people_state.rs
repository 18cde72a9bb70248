//! What the list of people shows.

use client::{Dirty, Member};
use leptos::prelude::*;
use shared::id::ParticipantId;

use super::page::put;
use crate::shell::Seen;

/// The people of the workshop.
#[derive(Clone, Copy)]
pub(crate) struct PeopleState {
    /// Everybody, me first.
    pub(crate) members: RwSignal<Vec<Member>>,
    /// The panel is open.
    pub(crate) open: RwSignal<bool>,
    /// Of whom something is being changed.
    pub(crate) changing: RwSignal<Option<ParticipantId>>,
}

impl PeopleState {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            members: RwSignal::new(Vec::new()),
            open: RwSignal::new(false),
            changing: RwSignal::new(None),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::PEOPLE) || seen.dirty.has(Dirty::WORKSHOP) {
            put(self.members, seen.workshop.members());
        }
    }

    /// Somebody as they are now.
    pub(crate) fn member(self, id: &ParticipantId) -> Option<Member> {
        self.members.with(|members| {
            let mut members = members.iter();
            members.find(|member| member.person.id == *id).cloned()
        })
    }

    /// Those who are connected.
    pub(crate) fn here(self) -> usize {
        let is_here = |member: &&Member| member.is_here;
        self.members
            .with(|members| members.iter().filter(is_here).count())
    }
}
