//! What the operator may say, on the command line or in the environment.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Plaza: a live whiteboard for data workshops.
#[derive(Debug, Parser)]
#[command(name = "plaza", version, about)]
pub struct Cli {
    /// What to do; `serve` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What Plaza can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves workshops.
    Serve(Config),
    /// Says whether the data folder is writable and the port free.
    Check(Config),
}

/// Where to listen and where to keep things.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address and port to listen on.
    #[arg(long, env = "PLAZA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The data folder; a backup is a copy of it.
    #[arg(long, env = "PLAZA_DATA", default_value = "plaza-data")]
    pub data: PathBuf,
    /// The address people type, e.g. `https://plaza.example.org`, where it is not the one listened on.
    #[arg(long, env = "PLAZA_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// What to log: `error`, `warn`, `info`, `debug`, or a tracing filter.
    #[arg(long, env = "PLAZA_LOG", default_value = "info")]
    pub log: String,
}

impl Config {
    /// The public URL's origin without a trailing slash, where one was given.
    pub fn public_origin(&self) -> Option<&str> {
        self.public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/'))
    }

    /// Whether people reach Plaza over HTTPS, so that cookies must not travel otherwise.
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}
