//! What the largest admitted update of every hostile shape costs.
//!
//! `cargo run --release -p shared --example hostile`. For each shape in `shapes.rs` the
//! greatest size is looked for that the gate admits; then measured, in processor time, what the gate, the
//! server's copy and a page's copy need for it. Ends with an error where the gate and the
//! server's copy together need more than 250 ms or 64 MB.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool that prints, and fails loudly"
)]

mod before;
mod shapes;

use cpu_time::ThreadTime;

use peak_alloc::PeakAlloc;
use shared::{
    authority,
    board::{Document, DocumentKind, Replica},
    gate::{Arrival, Gate, Policy, Rank},
    id::ParticipantId,
    protocol::limits,
};

use shapes::{SHAPES, Shape};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What one message may cost.
const MILLISECONDS_MAX: f64 = 250.0;
const MEGABYTES_MAX: f32 = 64.0;

const POLICY: Policy = Policy {
    max_bytes: limits::UPDATE_BYTES_MAX,
    rank: Rank::Writes,
    arrival: Arrival::Live,
    takes_strangers: true,
};

/// A canvas as the server has it.
struct Room {
    gate: Gate,
    replica: Replica,
    page: Document,
}

impl Room {
    fn new() -> Self {
        let mut room = Self {
            gate: authority::gate(DocumentKind::Canvas),
            replica: Replica::new(1),
            page: Document::new(2),
        };
        let seed = Document::seed(3, "blank", "Board");
        room.gate.restore_update(&seed).unwrap();
        room.replica.merge(&seed).unwrap();
        let _seen = room.page.merge(&seed).unwrap();
        room
    }

    /// What was sent before.
    fn take(&mut self, update: &[u8]) {
        let admitted = self.gate.check(update, &me(), POLICY).unwrap();
        self.gate.commit(&admitted);
        self.replica.merge(&admitted.bytes).unwrap();
        let _seen = self.page.merge(&admitted.bytes).unwrap();
    }
}

fn me() -> ParticipantId {
    "mallory".into()
}

/// The greatest size at which the gate admits a shape.
fn largest(shape: &Shape, gate: &Gate) -> u32 {
    let fits = |size: u32| {
        let update = (shape.attack)(size);
        gate.check(&update, &me(), POLICY).is_ok()
    };
    let mut high = 1;
    while high < shape.most && fits(high * 2) {
        high *= 2;
    }
    let (mut low, mut high) = (high, high * 2);
    while high - low > low / 50 + 1 {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Milliseconds, and megabytes at the highest beyond what there was before.
fn measured<T>(work: impl FnOnce() -> T) -> (T, f64, f32) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage_as_mb();
    let start = ThreadTime::now();
    let done = work();
    let took = start.elapsed().as_secs_f64() * 1_000.0;
    (done, took, MEMORY.peak_usage_as_mb() - before)
}

fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    println!(
        "{:<42} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "shape", "size", "kB", "gate ms", "copy ms", "MB", "page ms", "page MB"
    );
    let mut worst = Vec::new();
    for shape in SHAPES {
        if !only.is_empty() && !only.iter().any(|word| shape.name.contains(word)) {
            continue;
        }
        let mut room = Room::new();
        for update in (shape.before)() {
            room.take(&update);
        }
        let size = largest(shape, &room.gate);
        let update = (shape.attack)(size);
        let (admitted, gate_ms, gate_mb) = measured(|| {
            let admitted = room.gate.check(&update, &me(), POLICY).unwrap();
            room.gate.commit(&admitted);
            admitted
        });
        let bytes = &admitted.bytes;
        let (_, copy_ms, copy_mb) = measured(|| {
            if !bytes.is_empty() {
                room.replica.merge(bytes).unwrap();
            }
        });
        let (_, page_ms, page_mb) = measured(|| {
            if !bytes.is_empty() {
                let _seen = room.page.merge(bytes).unwrap();
            }
        });
        let megabytes = gate_mb + copy_mb;
        println!(
            "{:<42} {size:>9} {:>9.1} {gate_ms:>8.1} {copy_ms:>8.1} {megabytes:>8.1} {page_ms:>8.1} {page_mb:>8.1}",
            shape.name,
            update.len() as f64 / 1_024.0,
        );
        if gate_ms + copy_ms > MILLISECONDS_MAX || megabytes > MEGABYTES_MAX {
            worst.push(shape.name);
        }
    }
    assert!(worst.is_empty(), "cost too much: {worst:?}");
}
