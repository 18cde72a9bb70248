//! Pictures that are pasted, dropped or chosen: sent to the server, then placed.

use leptos::prelude::{ReadUntracked, Set};
use shared::geometry::{Point, Size, Vec2};
use web_sys::File;

use super::{AppEvent, Sent, canvas::Canvas};
use crate::platform::upload;

/// How far apart pictures that come together are placed, in board units.
const STEP: f64 = 40.0;
/// The most pictures that come at once.
const AT_ONCE_MAX: usize = 10;

impl Canvas {
    /// Sends pictures to the server. `at` is in screen pixels; the middle of the view
    /// where there is none.
    pub(super) fn put_pictures(&mut self, mut files: Vec<File>, at: Option<Point>) {
        if files.is_empty() {
            return;
        }
        if self.ui.read_only() {
            self.tell("This link only reads.".into(), false);
            return;
        }
        let left_out = files.len().saturating_sub(AT_ONCE_MAX);
        files.truncate(AT_ONCE_MAX);
        let said = if left_out > 0 {
            format!("Adding pictures… {left_out} left out: {AT_ONCE_MAX} at once is the most.")
        } else {
            "Adding the picture…".to_owned()
        };
        self.tell(said, false);
        let camera = self.editor.camera();
        let middle = camera.visible(self.editor.viewport()).center();
        let first = at.map_or(middle, |at| camera.board_from_screen(at));
        for (i, file) in files.into_iter().enumerate() {
            let at = first + Vec2::new(STEP, STEP) * i as f64;
            let (shell, document) = (self.shell.clone(), self.document.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let sent = upload::send(&document, &file).await.map(|image| Sent {
                    image,
                    alt: name_of(&file),
                    at,
                });
                shell.send(AppEvent::Uploaded(sent));
            });
        }
    }

    /// Fetches the pictures of what is pasted from another workshop, and sends them to
    /// this one.
    pub(super) fn bring_pictures(&self, from: Option<String>, json: &str) {
        let is_ours = |canvas: &String| {
            let workshop = self.ui.workshop.read_untracked();
            workshop
                .canvases
                .iter()
                .any(|ours| ours.id.as_str() == canvas)
        };
        // Other pages can put on the clipboard what they like.
        let is_id = |from: &String| {
            let mut bytes = from.bytes();
            bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let Some(from) = from.filter(|from| is_id(from) && !is_ours(from)) else {
            return;
        };
        if self.ui.read_only() {
            return;
        }
        let hashes = editor::clipboard::pictures(json);
        for hash in &hashes {
            self.pictures.expect(hash);
        }
        let (shell, document) = (self.shell.clone(), self.document.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let mut failed = None;
            for hash in hashes {
                failed = upload::bring(&from, &hash, &document)
                    .await
                    .err()
                    .or(failed);
                shell.send(AppEvent::Brought(hash));
            }
            if let Some(why) = failed {
                shell.send(AppEvent::Uploaded(Err(why)));
            }
        });
    }

    pub(super) fn uploaded(&mut self, sent: Result<Sent, String>) {
        match sent {
            Ok(Sent { image, alt, at }) => {
                let pixels = Size::new(f64::from(image.width), f64::from(image.height));
                let effects = self.with_editor(|editor, cx| {
                    editor.place_picture(image.hash, pixels, alt, at, cx)
                });
                self.carry_out(effects);
                self.ui.message.set(None);
            }
            Err(why) => self.tell(why, true),
        }
    }
}

/// What a file is called, without its ending; browsers call what is pasted "image".
fn name_of(file: &File) -> String {
    let name = file.name();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    if stem == "image" {
        String::new()
    } else {
        stem.chars().take(80).collect()
    }
}
