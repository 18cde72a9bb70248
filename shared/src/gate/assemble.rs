//! Puts an update together again from what may stay of it.

use std::collections::HashMap;

use super::{
    block::{Block, BlockKind, DeleteRange, Scan, Section},
    content::DELETED_INFO,
    lib0::write_var,
    scan::FLAGS,
};

/// The bytes of an update with the given sections and deletions, in their order. Blocks
/// that were left out (by their place in [`Scan::blocks`], with what stands instead)
/// keep their length.
pub(super) fn assemble(
    update: &[u8],
    scan: &Scan<'_>,
    sections: &[&Section],
    left_out: &HashMap<usize, BlockKind>,
    deletes: &[DeleteRange],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(update.len());
    write_var(&mut out, sections.len() as u64);
    for section in sections {
        write_section(&mut out, update, scan, section, left_out);
    }
    write_deletes(&mut out, deletes);
    out
}

/// Writes a section, without holes at its end; see [`assemble`].
pub(super) fn write_section(
    out: &mut Vec<u8>,
    update: &[u8],
    scan: &Scan<'_>,
    section: &Section,
    left_out: &HashMap<usize, BlockKind>,
) {
    let blocks = &scan.blocks[section.blocks.clone()];
    let is_hole = |block: &&Block<'_>| block.kind == BlockKind::Skip;
    let holes = blocks.iter().rev().take_while(is_hole).count();
    let blocks = &blocks[..blocks.len() - holes];
    write_var(out, blocks.len() as u64);
    write_var(out, section.client);
    write_var(out, section.start.into());
    for (index, block) in section.blocks.clone().zip(blocks) {
        let (start, content, end) = block.bytes;
        match left_out.get(&index) {
            None => out.extend_from_slice(&update[start..end]),
            Some(kind) => {
                if *kind == BlockKind::Deleted {
                    out.push(update[start] & FLAGS | DELETED_INFO);
                    out.extend_from_slice(&update[start + 1..content]);
                } else {
                    out.push(0);
                }
                write_var(out, (block.end - block.start).into());
            }
        }
    }
}

/// The bytes of an update that deletes and does nothing else.
pub(super) fn deletion(ranges: &[DeleteRange]) -> Vec<u8> {
    let mut out = vec![0];
    write_deletes(&mut out, ranges);
    out
}

/// Writes a delete set; the ranges of a client lie together.
pub(super) fn write_deletes(out: &mut Vec<u8>, ranges: &[DeleteRange]) {
    let same_client = |a: &DeleteRange, b: &DeleteRange| a.client == b.client;
    write_var(out, ranges.chunk_by(same_client).count() as u64);
    for ranges in ranges.chunk_by(same_client) {
        write_var(out, ranges[0].client);
        write_var(out, ranges.len() as u64);
        for range in ranges {
            write_var(out, range.start.into());
            write_var(out, (range.end - range.start).into());
        }
    }
}
