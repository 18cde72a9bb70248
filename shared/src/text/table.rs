//! The table of texts as code, made by `shared/build.rs` of the files in `shared/texts`.

use super::phrase::{Count, Phrase, Text, Value};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
