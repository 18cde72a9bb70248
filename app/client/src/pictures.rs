//! Pictures that are pasted, dropped or chosen: how many, where, what they are called.

use std::collections::BTreeSet;

use shared::geometry::{Point, Vec2};

use crate::{Effect, FileInfo};

/// How far apart pictures that come together are placed, in board units.
const STEP: f64 = 40.0;
/// The most pictures that come at once.
const AT_ONCE_MAX: usize = 10;
/// The most characters of what a picture is called.
const ALT_MAX: usize = 80;

/// The uploads of pictures that come together, the first at a point of the board, and what
/// the person is told.
pub(crate) fn uploads(
    document: &str,
    mut files: Vec<FileInfo>,
    first: Point,
) -> (Vec<Effect>, String) {
    let left_out = files.len().saturating_sub(AT_ONCE_MAX);
    files.truncate(AT_ONCE_MAX);
    let said = if left_out > 0 {
        format!("Adding pictures… {left_out} left out: {AT_ONCE_MAX} at once is the most.")
    } else {
        "Adding the picture…".to_owned()
    };
    let upload = |(i, file): (usize, FileInfo)| Effect::Upload {
        document: document.to_owned(),
        file: file.file,
        alt: name_of(&file.name),
        at: first + Vec2::new(STEP, STEP) * i as f64,
    };
    (files.into_iter().enumerate().map(upload).collect(), said)
}

/// The pictures to be brought along with objects that are pasted from another workshop.
/// `is_ours`: whether a canvas is of this workshop.
pub(crate) fn to_bring(
    from: Option<&str>,
    json: &str,
    is_ours: impl Fn(&str) -> bool,
) -> Option<(String, BTreeSet<String>)> {
    // Other pages can put on the clipboard what they like.
    let is_id = |from: &str| {
        let mut bytes = from.bytes();
        bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let from = from.filter(|from| !from.is_empty() && is_id(from) && !is_ours(from))?;
    let hashes = editor::clipboard::pictures(json);
    (!hashes.is_empty()).then(|| (from.to_owned(), hashes))
}

/// What a file is called, without its ending; browsers call what is pasted "image".
pub(crate) fn name_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem == "image" {
        String::new()
    } else {
        stem.chars().take(ALT_MAX).collect()
    }
}
