//! `texts FOLDER` writes a file for each language but English, which the client has inside,
//! as `FOLDER/<code>.txt`.

#![forbid(unsafe_code)]

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: texts FOLDER");
        return ExitCode::FAILURE;
    };
    let tables = match texts::load(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        Ok(tables) => tables,
        Err(problems) => {
            eprintln!("{}", problems.join("\n"));
            return ExitCode::FAILURE;
        }
    };
    for table in tables
        .iter()
        .filter(|table| table.language != texts::ENGLISH)
    {
        let path = Path::new(&folder).join(format!("{}.txt", table.language));
        if let Err(error) = fs::write(&path, texts::lines(table)) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
