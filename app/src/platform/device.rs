//! What this device remembers between visits: names, links, sessions, where one looked.

use editor::Camera;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::protocol::api::{ForRoles, Me};

use super::browser::window;

/// Who the person said they are.
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

/// The person as they last said.
pub(crate) fn identity() -> Identity {
    read("plaza.identity").unwrap_or_default()
}

/// Remembers the person.
pub(crate) fn set_identity(identity: &Identity) {
    write("plaza.identity", identity);
}

/// Who this person is in a workshop, as the server said last.
#[derive(Serialize, Deserialize)]
struct Session {
    participant: Me,
}

/// Who this person is in a workshop, if it was joined on this device.
pub(crate) fn session(workshop: &str) -> Option<Me> {
    read::<Session>(&format!("plaza.session.{workshop}")).map(|session| session.participant)
}

/// Remembers who this person is, so that the canvas opens without the server too.
pub(crate) fn set_session(workshop: &str, participant: &Me) {
    let participant = participant.clone();
    write(
        &format!("plaza.session.{workshop}"),
        &Session { participant },
    );
}

/// Forgets a session that no longer holds.
pub(crate) fn forget_session(workshop: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(&format!("plaza.session.{workshop}"));
    }
}

/// The links of a workshop that was created on this device.
pub(crate) fn links(workshop: &str) -> Option<ForRoles<String>> {
    read(&format!("plaza.links.{workshop}"))
}

/// Remembers the links: the server cannot say them again.
pub(crate) fn set_links(workshop: &str, links: &ForRoles<String>) {
    write(&format!("plaza.links.{workshop}"), links);
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
