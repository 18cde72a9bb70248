//! The canvas as a list: what the outline and screen readers read.

use std::sync::Arc;

use client::{Dirty, LISTED_STEP, Listed};
use leptos::prelude::*;
use shared::canvas::{self, Template};

use super::page::put;
use crate::shell::Seen;

/// The list.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// Objects in reading order, at most `max`.
    pub(crate) items: RwSignal<Vec<Listed>>,
    /// How many there are in all.
    pub(crate) count: RwSignal<usize>,
    /// How many are listed at most.
    pub(crate) max: RwSignal<usize>,
    /// The canvas's ground; blank while that is not known.
    pub(crate) template: RwSignal<Arc<Template>>,
}

impl List {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self {
            items: RwSignal::new(Vec::new()),
            count: RwSignal::new(0),
            max: RwSignal::new(LISTED_STEP),
            template: RwSignal::new(canvas::blank()),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        let canvas = seen.workshop.canvas();
        if let Some(canvas) = canvas.filter(|_| seen.dirty.has(Dirty::LISTED)) {
            let listing = canvas.listing();
            put(self.template, Arc::clone(canvas.template()));
            put(self.count, listing.count());
            put(self.max, listing.max());
            if self.items.with_untracked(|items| items != listing.items()) {
                self.items.set(listing.items().to_vec());
            }
        }
    }
}
