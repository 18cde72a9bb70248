//! What this device remembers between visits: names, links, sessions, where one looked.

use client::known::{self, Known};
use editor::Camera;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    id::DocumentId,
    protocol::api::{ForRoles, Me},
};

use super::browser::{random, window};

/// Who somebody said they are when they joined last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) organisation: String,
}

fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let storage = window().local_storage().ok()??;
    serde_json::from_str(&storage.get_item(key).ok()??).ok()
}

fn write(key: &str, value: &impl Serialize) {
    // A private window may refuse: then the next visit asks again.
    if let (Ok(Some(storage)), Ok(json)) = (window().local_storage(), serde_json::to_string(value))
    {
        let _ = storage.set_item(key, &json);
    }
}

fn remove(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Who joined last in this browser, whichever workshop.
pub(crate) fn identity() -> Identity {
    read(IDENTITY).unwrap_or_default()
}

/// Remembers the person.
pub(crate) fn set_identity(identity: &Identity) {
    write(IDENTITY, identity);
}

/// Where it is remembered who joined last.
const IDENTITY: &str = "plaza.identity";

fn links_key(workshop: &str) -> String {
    format!("plaza.links.{workshop}")
}

fn people_key(workshop: &str) -> String {
    format!("plaza.people.{workshop}")
}

fn person_key(workshop: &str) -> String {
    format!("plaza.person.{workshop}")
}

/// Everybody who has joined a workshop in this browser and has not left it.
pub(crate) fn people(workshop: &str) -> Vec<Me> {
    read(&people_key(workshop)).unwrap_or_default()
}

/// Who this tab is in a workshop: whoever joined in it, otherwise who joined last in this
/// browser.
pub(crate) fn person(workshop: &str) -> Option<Me> {
    let people = people(workshop);
    let tab = window().session_storage().ok().flatten();
    let of_tab = tab.and_then(|tab| tab.get_item(&person_key(workshop)).ok().flatten());
    let id: String = of_tab.or_else(|| read(&person_key(workshop)))?;
    people.into_iter().find(|me| me.id.as_str() == id)
}

/// Remembers who this tab is, so that the canvas opens without the server too.
pub(crate) fn set_person(workshop: &str, me: &Me) {
    let mut people = people(workshop);
    people.retain(|known| known.id != me.id);
    people.push(me.clone());
    write(&people_key(workshop), &people);
    write(&person_key(workshop), &me.id);
    if let Ok(Some(tab)) = window().session_storage() {
        let _ = tab.set_item(&person_key(workshop), me.id.as_str());
    }
}

/// Forgets somebody who has left, with the links by which others could run the workshop. The workshop itself is
/// forgotten where nothing is left of it.
pub(crate) fn forget_person(workshop: &str, me: &Me) {
    let mut people = people(workshop);
    people.retain(|known| known.id != me.id);
    write(&people_key(workshop), &people);
    if let Ok(Some(tab)) = window().session_storage() {
        let _ = tab.remove_item(&person_key(workshop));
    }
    if read(&person_key(workshop)).is_some_and(|last: String| last == me.id.as_str()) {
        remove(&person_key(workshop));
    }
    if identity().name == me.name {
        remove(IDENTITY);
    }
    if known::links_go(me, &people) {
        remove(&links_key(workshop));
    }
    if people.is_empty() && links(workshop).is_none() {
        let mut others = workshops();
        others.retain(|known| known.id != workshop);
        set_workshops(&others);
    }
}

/// The secret with which this device proves in a workshop who joined on it: drawn once,
/// never shown.
pub(crate) fn secret(workshop: &str) -> String {
    let key = format!("plaza.device.{workshop}");
    read(&key).unwrap_or_else(|| {
        let secret = DocumentId::from_random(random()).to_string();
        write(&key, &secret);
        secret
    })
}

/// The workshops that were created or joined in this browser and have not been left, the last one first.
pub(crate) fn workshops() -> Vec<Known> {
    read("plaza.workshops").unwrap_or_default()
}

/// Remembers a workshop, with its title as it is now.
pub(crate) fn remember_workshop(id: &str, title: &str) {
    let known = known::remember(workshops(), id, title);
    write("plaza.workshops", &known);
}

/// Sets the list of workshops.
pub(crate) fn set_workshops(known: &[Known]) {
    write("plaza.workshops", &known);
}

/// The links of a workshop, as far as this device knows them.
pub(crate) fn links(workshop: &str) -> Option<ForRoles<String>> {
    read(&links_key(workshop))
}

/// Remembers the links, to be shown before the server has answered.
pub(crate) fn set_links(workshop: &str, links: &ForRoles<String>) {
    write(&links_key(workshop), links);
}

/// Where one looked on a canvas.
pub(crate) fn camera(document: &str) -> Option<Camera> {
    let (x, y, zoom): (f64, f64, f64) = read(&format!("plaza.camera.{document}"))?;
    let origin = (x, y).into();
    Some(Camera { origin, zoom })
}

/// Remembers the camera of a canvas.
pub(crate) fn set_camera(document: &str, camera: Camera) {
    let place = (camera.origin.x, camera.origin.y, camera.zoom);
    write(&format!("plaza.camera.{document}"), &place);
}

/// A preference of this device.
pub(crate) fn preference(name: &str, default: bool) -> bool {
    read(&format!("plaza.{name}")).unwrap_or(default)
}

/// Remembers a preference.
pub(crate) fn set_preference(name: &str, on: bool) {
    write(&format!("plaza.{name}"), &on);
}

/// The language that the person chose, by its code.
pub(crate) fn language() -> Option<String> {
    read("plaza.language")
}

/// Remembers the language that the person chose.
pub(crate) fn set_language(code: &str) {
    write("plaza.language", &code);
}

/// The file of the language that was last used.
pub(crate) fn texts<T: DeserializeOwned>() -> Option<T> {
    read("plaza.texts")
}

/// Keeps the file of a language.
pub(crate) fn set_texts(file: &impl Serialize) {
    write("plaza.texts", file);
}
