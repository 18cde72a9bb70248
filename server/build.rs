//! Says where the built client lies, as a path without `..`: a debug build keeps the path that it was compiled with and
//! reads the files when asked for them, also where there was no client yet when it was compiled.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");
    let client = root.canonicalize()?.join("dist");
    let code = format!(
        "#[derive(rust_embed::Embed)]\n#[folder = {client:?}]\n#[allow_missing = true]\nstruct Client;\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("client.rs"), code)?;
    Ok(())
}
