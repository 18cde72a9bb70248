//! Makes the folder of the built client, so that it has a path before there is a client: a
//! debug build keeps the path that it was compiled with and reads the files when asked for them.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    std::fs::create_dir_all("../dist")
}
