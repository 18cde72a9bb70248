//! Any bytes as several people's work on a canvas, on all of its copies.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| shared::testing::documents::play(bytes));
