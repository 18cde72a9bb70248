//! What the strip above the board shows.

use client::Dirty;
use leptos::prelude::*;
use shared::{
    board::workshop::{CanvasEntry, Facts},
    sync::Status,
};

use super::page::put;
use crate::shell::Seen;

/// What the strip shows.
#[derive(Clone, Copy)]
pub(crate) struct HeaderState {
    /// What the workshop says of itself.
    pub(crate) facts: RwSignal<Facts>,
    /// Its canvases, in order.
    pub(crate) canvases: RwSignal<Vec<CanvasEntry>>,
    /// Those that are archived.
    pub(crate) archived: RwSignal<Vec<CanvasEntry>>,
    /// The worst of what all links say.
    pub(super) status: RwSignal<Status>,
    /// Whether this device keeps what is written.
    pub(super) device_keeps: RwSignal<bool>,
    /// The dialog with the links is open.
    pub(crate) share_open: RwSignal<bool>,
    /// The dialog with all canvases is open.
    pub(crate) canvases_open: RwSignal<bool>,
    /// A facilitator has removed me.
    pub(crate) is_removed: RwSignal<bool>,
}

impl HeaderState {
    /// Before anything is known.
    pub(crate) fn new() -> Self {
        Self {
            facts: RwSignal::new(Facts::default()),
            canvases: RwSignal::new(Vec::new()),
            archived: RwSignal::new(Vec::new()),
            status: RwSignal::new(Status::Offline(0)),
            device_keeps: RwSignal::new(true),
            share_open: RwSignal::new(false),
            canvases_open: RwSignal::new(false),
            is_removed: RwSignal::new(false),
        }
    }

    /// Takes what became dirty.
    pub(crate) fn show(self, seen: &Seen<'_>) {
        if seen.dirty.has(Dirty::WORKSHOP) {
            let view = seen.workshop.view();
            put(self.facts, view.facts.clone());
            put(self.canvases, view.canvases.clone());
            put(self.archived, view.archived.clone());
        }
        if seen.dirty.has(Dirty::STATUS) {
            put(self.status, seen.workshop.status());
            put(self.device_keeps, seen.workshop.device_keeps());
            put(self.is_removed, seen.workshop.is_removed());
        }
    }
}
