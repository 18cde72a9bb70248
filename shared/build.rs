//! Makes code of the table of texts, or says what is wrong with it.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script speaks to cargo so, and writes a file"
)]

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=texts");
    match texts::load(Path::new("texts")) {
        Ok(tables) => {
            let folder = env::var_os("OUT_DIR").unwrap_or_default();
            let path = Path::new(&folder).join("texts.rs");
            if let Err(error) = fs::write(&path, texts::code(&tables)) {
                println!("cargo::error={}: {error}", path.display());
            }
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
        }
    }
}
