//! Any bytes as the body of a request: what is taken reads back the same when it is written
//! again, in no more room, and what is kept of its lines is within their limits.
#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use shared::protocol::{api, limits, line};

// The server's own, which is pure: a fuzz target needs no server.
#[expect(dead_code, reason = "that a workshop is full says the store")]
#[path = "../../../server/src/image.rs"]
mod image;

/// What a body may grow by when what was missing is written out.
const GROWTH_BYTES_MAX: usize = 256;

/// Reads the body of one kind of request.
type Read = fn(&[u8]);

/// Every kind of request with a body. A new one is one line: its shape, and what is kept of the
/// lines that people type in it, each with its limit.
const BODIES: &[Read] = &[
    picture,
    |bytes| json(bytes, |body: &api::NewWorkshop| vec![title(&body.title)]),
    |bytes| {
        json(bytes, |body: &api::Join| {
            vec![name(&body.name), organisation(&body.organisation)]
        })
    },
    |bytes| json(bytes, |_: &api::Look| vec![]),
    |bytes| json(bytes, |_: &api::Leave| vec![]),
    |bytes| json(bytes, |body: &api::Retitle| vec![title(&body.title)]),
    |bytes| json(bytes, |body: &api::NewCanvas| vec![title(&body.title)]),
    |bytes| json(bytes, |body: &api::NewCopy| vec![title(&body.title)]),
    |bytes| {
        json(bytes, |body: &api::CanvasChange| {
            body.title.iter().map(|typed| title(typed)).collect()
        })
    },
    |bytes| {
        json(bytes, |body: &api::PersonChange| {
            let names = body.name.iter().map(|typed| name(typed));
            let organisations = body.organisation.iter().map(|typed| organisation(typed));
            names.chain(organisations).collect()
        });
    },
    |bytes| json(bytes, |_: &api::NewRole| vec![]),
    |bytes| json(bytes, |_: &api::Removed| vec![]),
    |bytes| json(bytes, |_: &api::Frozen| vec![]),
];

/// What is kept of a line, and how many characters it has at most.
type Kept = (String, usize);

fn name(typed: &str) -> Kept {
    (line::clean_name(typed), limits::NAME_CHARS_MAX)
}

fn organisation(typed: &str) -> Kept {
    (
        line::clean_organisation(typed),
        limits::ORGANISATION_CHARS_MAX,
    )
}

fn title(typed: &str) -> Kept {
    (line::clean_title(typed), limits::TITLE_CHARS_MAX)
}

fn json<T>(bytes: &[u8], lines: impl Fn(&T) -> Vec<Kept>)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let Ok(body) = serde_json::from_slice::<T>(bytes) else {
        return;
    };
    let again = serde_json::to_vec(&body).expect("what was read can be written");
    assert!(again.len() <= bytes.len() + GROWTH_BYTES_MAX);
    let read = serde_json::from_slice::<T>(&again).expect("what was written can be read");
    assert_eq!(read, body);
    for (kept, max) in lines(&body) {
        assert!(kept.chars().count() <= max, "{kept:?}");
    }
}

fn picture(bytes: &[u8]) {
    let Ok(sniffed) = image::sniff(bytes) else {
        return;
    };
    for side in [sniffed.width, sniffed.height] {
        assert!((1..=limits::IMAGE_SIDE_PX_MAX).contains(&side));
    }
    let types = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    assert!(types.contains(&sniffed.media_type));
}

fuzz_target!(|bytes: &[u8]| {
    if let [kind, body @ ..] = bytes {
        BODIES[usize::from(*kind) % BODIES.len()](body);
    }
});
