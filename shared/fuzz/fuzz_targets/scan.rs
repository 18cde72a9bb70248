//! Any bytes into the scanner; what it accepts is compared with yrs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    authority,
    board::DocumentKind,
    gate::{BlockKind, ScanLimits, scan},
};
use yrs::{ClientID, Update, updates::decoder::Decode};

fn limits() -> ScanLimits {
    ScanLimits::new(authority::schema(DocumentKind::Canvas))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(scan) = scan(bytes, &limits()) else {
        return;
    };
    if scan.blocks.iter().any(|block| block.odd.is_some()) {
        // yrs gets to see nothing of that.
        return;
    }
    let update = Update::decode_v1(bytes).expect("yrs reads what the scanner accepts");
    let inserted = update.insertions(true);
    let mut with_content = 0;
    for section in &scan.sections {
        let blocks = &scan.blocks[section.blocks.clone()];
        assert_eq!(blocks[0].start, section.start);
        assert_eq!(blocks[blocks.len() - 1].end, section.end);
        let full = blocks.iter().all(|block| block.kind != BlockKind::Skip);
        let client = ClientID::new(section.client);
        if full && section.start == 0 {
            assert_eq!(update.state_vector().get(&client), section.end);
        }
        let Some(ranges) = inserted.get(&client) else {
            assert!(blocks.iter().all(|block| block.kind == BlockKind::Skip));
            continue;
        };
        with_content += 1;
        for block in blocks {
            for clock in [block.start, block.end - 1] {
                assert_eq!(ranges.contains_clock(clock), block.kind != BlockKind::Skip);
            }
        }
    }
    assert_eq!(inserted.iter().count(), with_content);
    let deleted = update.delete_set().iter().flat_map(|(client, ranges)| {
        ranges
            .iter()
            .map(move |range| (client.get(), range.start, range.end))
    });
    let mut deleted: Vec<_> = deleted.collect();
    let mut scanned: Vec<_> = scan
        .deletes
        .iter()
        .map(|range| (range.client, range.start, range.end))
        .collect();
    let join = |ranges: &mut Vec<(u64, u32, u32)>| {
        ranges.sort_unstable();
        ranges.dedup_by(|next, before| {
            let touches = next.0 == before.0 && next.1 <= before.2;
            before.2 = if touches { before.2.max(next.2) } else { before.2 };
            touches
        });
    };
    join(&mut deleted);
    join(&mut scanned);
    assert_eq!(deleted, scanned);
});
