//! Pictures that are pasted, dropped or chosen: how many, where, what they are called.

use std::collections::{BTreeSet, HashMap};

use shared::{
    geometry::{Point, Size, Vec2},
    protocol::{Refusal, limits::IMAGE_BYTES_MAX},
    text::{self, Phrase},
};

use crate::{Effect, FileInfo};

/// How far apart pictures that come together are placed, in board units.
const STEP: f64 = 40.0;
/// The most pictures that come at once.
const AT_ONCE_MAX: usize = 10;
/// The most characters of what a picture is called.
const ALT_MAX: usize = 80;

/// The types that the server takes.
const TYPES: [&str; 4] = ["image/png", JPEG, "image/gif", "image/webp"];
/// The type of photos.
const JPEG: &str = "image/jpeg";
/// The longer side of a picture that is drawn anew, in pixels.
const SIDE_MAX: f64 = 2_400.0;
/// A picture that could not be fetched is asked for again after this long, milliseconds.
const RETRY_MS: u64 = 10_000;

/// What is done with a file before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preparation {
    /// It is sent as it is.
    AsIs,
    /// It is drawn anew: a photo says where it was taken, and others may be too large.
    DrawnAnew,
}

/// Whether a file that comes with what is pasted is a picture, of whatever type.
pub fn is_picture(file_type: &str) -> bool {
    file_type.starts_with("image/")
}

/// What is to be done with a file of a type and of so many bytes.
///
/// # Errors
/// Why it is not sent: the server looks into the file itself, this only says it sooner.
pub fn prepare(file_type: &str, bytes: f64) -> Result<Preparation, Refusal> {
    if !TYPES.contains(&file_type) {
        return Err(Refusal::ImageUnsupported);
    }
    let is_drawn_anew = file_type == JPEG || bytes > IMAGE_BYTES_MAX as f64;
    Ok(if is_drawn_anew {
        Preparation::DrawnAnew
    } else {
        Preparation::AsIs
    })
}

/// The type that a picture of another type has once it is drawn anew.
pub fn drawn_type(file_type: &str) -> &'static str {
    if file_type == JPEG {
        JPEG
    } else {
        "image/webp"
    }
}

/// How large a picture of this size is drawn anew, in whole pixels.
pub fn drawn_size(size: Size) -> Size {
    (size * (SIDE_MAX / size.width.max(size.height)).min(1.0)).round()
}

/// What has become of the pictures of a canvas, by the hash of their content. `P` is a
/// picture that can be painted.
#[derive(Debug)]
pub struct Fetches<P>(HashMap<String, Fetch<P>>);

#[derive(Debug)]
enum Fetch<P> {
    Coming,
    Here(P),
    /// It could not be fetched, at this time, milliseconds.
    Missed(u64),
}

impl<P> Default for Fetches<P> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<P: Clone> Fetches<P> {
    /// A picture, if it is here; and whether it is to be fetched now.
    pub fn get(&mut self, hash: &str, now_ms: u64) -> (Option<P>, bool) {
        match self.0.get(hash) {
            Some(Fetch::Here(picture)) => return (Some(picture.clone()), false),
            Some(Fetch::Coming) => return (None, false),
            Some(Fetch::Missed(ms)) if !is_due(*ms, now_ms) => return (None, false),
            Some(Fetch::Missed(_)) | None => {}
        }
        self.0.insert(hash.to_owned(), Fetch::Coming);
        (None, true)
    }

    /// A picture has come.
    pub fn came(&mut self, hash: String, picture: P) {
        self.0.insert(hash, Fetch::Here(picture));
    }

    /// A picture could not be fetched.
    pub fn missed(&mut self, hash: String, now_ms: u64) {
        self.0.insert(hash, Fetch::Missed(now_ms));
    }

    /// The server will have one soon: until [`Self::arrived`] it is not asked for.
    pub fn expect(&mut self, hash: &str) {
        self.0.entry(hash.to_owned()).or_insert(Fetch::Coming);
    }

    /// One that was expected may be asked for.
    pub fn arrived(&mut self, hash: &str) {
        if matches!(self.0.get(hash), Some(Fetch::Coming)) {
            self.0.remove(hash);
        }
    }

    /// Whether one that was missed may be asked for again.
    pub fn may_retry(&self, now_ms: u64) -> bool {
        let mut fetches = self.0.values();
        fetches.any(|fetch| matches!(fetch, Fetch::Missed(ms) if is_due(*ms, now_ms)))
    }
}

fn is_due(missed_ms: u64, now_ms: u64) -> bool {
    now_ms.saturating_sub(missed_ms) >= RETRY_MS
}

/// The uploads of pictures that come together, the first at a point of the board, and what
/// the person is told.
pub(crate) fn uploads(
    document: &str,
    mut files: Vec<FileInfo>,
    first: Point,
) -> (Vec<Effect>, Phrase) {
    let left_out = files.len().saturating_sub(AT_ONCE_MAX);
    files.truncate(AT_ONCE_MAX);
    let mut said = vec![text::say_adding_pictures(files.len())];
    if left_out > 0 {
        said.push(text::say_pictures_left_out(left_out, AT_ONCE_MAX));
    }
    let upload = |(i, file): (usize, FileInfo)| Effect::Upload {
        document: document.to_owned(),
        file: file.file,
        alt: name_of(&file.name),
        at: first + Vec2::new(STEP, STEP) * i as f64,
    };
    let uploads = files.into_iter().enumerate().map(upload);
    (uploads.collect(), Phrase::Sentences(said))
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
