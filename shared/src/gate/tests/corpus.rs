//! The committed starting points of the fuzz targets: real updates and the
//! crafted attacks. To write them anew:
//! `cargo test -p shared write_the_fuzz_corpus -- --ignored`

#![allow(clippy::disallowed_methods, reason = "the corpus is files")]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use yrs::{Update, updates::decoder::Decode};

use super::{
    wire::{At, Content, Update as Wire, chain},
    workshop::{Step, client, name, whole, work},
    *,
};
use crate::gate::scan;

fn folder(target: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "fuzz", "corpus", target]
        .iter()
        .collect()
}

/// Real updates: somebody's steps through every kind of edit.
fn real() -> Vec<(String, Vec<u8>)> {
    let step = |who, what, a, b| Step { who, what, a, b };
    let mut steps = Vec::new();
    for round in 0..3u8 {
        for what in [1, 6, 9, 10, 7, 8, 11, 12, 3, 5] {
            let who = usize::from((round + what) % 3);
            steps.extend([step(who, 0, 0, 0), step(who, what, round * 3, round + what)]);
        }
        steps.extend([
            step(1, 13, 0, 0),
            step(0, 4, 0, 0),
            step(2, 1, 0, 1),
            step(1, 2, 0, 0),
        ]);
    }
    let work = work(3, &steps);
    let mut files: Vec<_> = work
        .updates
        .iter()
        .enumerate()
        .filter(|(index, (_, update))| index % 2 == 0 && update.len() > 2)
        .map(|(index, (_, update))| (format!("edit_{index:02}"), update.clone()))
        .collect();
    for (who, doc) in work.docs.iter().enumerate() {
        files.push((format!("whole_{who}"), whole(doc)));
    }
    files
}

/// Attacks, and rare but valid shapes.
fn crafted() -> Vec<(String, Vec<u8>)> {
    let at = At::Root("objects", Some("k"));
    let text = Content::Text("x");
    let mut deep = [117, 1].repeat(16);
    deep.push(126);
    let files = [
        ("gc", Wire::new().client(client(0), 0).gc(100_000)),
        (
            "skip",
            Wire::new()
                .client(8, 0)
                .item(at, &text)
                .skip(3)
                .item(at, &text),
        ),
        ("hole", Wire::new().client(8, 3).item(At::Left(8, 1), &text)),
        (
            "nested",
            Wire::new().client(8, 0).item(at, &Content::Any(1, &deep)),
        ),
        ("chain", chain(8, 0, at, 8)),
        ("too_long_chain", chain(8, 0, at, 12)),
        ("orphans", chain(8, 0, At::In(99, 0, None), 3)),
        ("circle", {
            let update = Wire::new().client(1, 0).item(At::Left(2, 0), &text);
            update.client(2, 0).item(At::Between((1, 0), (1, 0)), &text)
        }),
        (
            "deletes",
            Wire::new()
                .delete(client(0), &[(0, 3), (5, 1000)])
                .delete(8, &[(0, 1)]),
        ),
        (
            "beside",
            Wire::new()
                .client(8, 0)
                .item(At::Right(client(0), 1), &Content::Type(2)),
        ),
        (
            "deleted",
            Wire::new()
                .client(8, 0)
                .item(At::In(client(0), 0, None), &Content::Deleted(7)),
        ),
        (
            "format",
            Wire::new()
                .client(8, 0)
                .item(at, &Content::Raw(6, b"\x01b\x04true")),
        ),
    ];
    files
        .into_iter()
        .map(|(name, update)| (name.to_owned(), update.bytes()))
        .collect()
}

/// What the decode target takes: who sends and how, the length, the bytes.
fn message(mode: u8, bytes: &[u8]) -> Vec<u8> {
    let len = u16::try_from(bytes.len()).unwrap().to_le_bytes();
    [&[mode][..], &len, bytes].concat()
}

#[test]
#[ignore = "writes files"]
fn write_the_fuzz_corpus() {
    for target in ["scan", "decode"] {
        fs::create_dir_all(folder(target)).unwrap();
        for (name, bytes) in real().into_iter().chain(crafted()) {
            let bytes = if target == "scan" {
                bytes
            } else {
                message(0, &bytes)
            };
            fs::write(folder(target).join(name), bytes).unwrap();
        }
    }
    // Several messages in a row, as the owner, a guest and a helper.
    for (name, mode) in [("row_owner", 0), ("row_guest", 1), ("row_helper", 3)] {
        let row: Vec<u8> = real()
            .iter()
            .chain(&crafted())
            .flat_map(|(_, bytes)| message(mode, bytes))
            .collect();
        fs::write(folder("decode").join(name), row).unwrap();
    }
}

#[test]
fn the_fuzz_corpus_holds() {
    let mut gate = gate();
    let mut files = 0;
    for (target, skip) in [("scan", 0), ("decode", 3)] {
        for entry in fs::read_dir(folder(target)).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            let bytes = &bytes[skip.min(bytes.len())..];
            files += 1;
            if scan(bytes, &limits()).is_ok() {
                let read = catch_unwind(AssertUnwindSafe(|| Update::decode_v1(bytes).map(drop)));
                assert!(matches!(read, Ok(Ok(()))));
            }
            let _ = send(&mut gate, bytes, &name(0), policy());
        }
    }
    assert!(files > 40);
}
