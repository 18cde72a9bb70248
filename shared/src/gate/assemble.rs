//! Puts an update together again from what may stay of it.

use super::{
    lib0::write_var,
    scan::{DeleteRange, Section},
};

/// Whether a delete set is taken over as it was written or anew.
pub(super) enum Deletes<'a> {
    Written(&'a [u8]),
    Cut(&'a [DeleteRange]),
}

/// The bytes of an update with the given sections, in their order.
pub(super) fn assemble(update: &[u8], sections: &[&Section], deletes: Deletes<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(update.len());
    write_var(&mut out, sections.len() as u64);
    for section in sections {
        out.extend_from_slice(&update[section.bytes.clone()]);
    }
    match deletes {
        Deletes::Written(bytes) => out.extend_from_slice(bytes),
        Deletes::Cut(ranges) => write_deletes(&mut out, ranges),
    }
    out
}

fn write_deletes(out: &mut Vec<u8>, ranges: &[DeleteRange]) {
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
