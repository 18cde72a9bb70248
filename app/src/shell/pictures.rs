//! Pictures that are pasted, dropped or chosen: sent to the server, then placed.

use leptos::prelude::Set;
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
