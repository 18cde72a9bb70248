//! What the operator may say, on the command line or in the environment.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand};
use shared::protocol::limits;

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
    /// The address of a proxy in front of Plaza, whose `X-Forwarded-For` is believed; several with commas between.
    #[arg(long, env = "PLAZA_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// A key without which nobody creates workshops; without one everybody does.
    #[arg(long, env = "PLAZA_CREATE_KEY", hide_env_values = true)]
    pub create_key: Option<String>,
    /// How much of everything there is.
    #[command(flatten)]
    pub limits: Limits,
}

/// Limits that the operator may change.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// The most people in one workshop.
    #[arg(long, env = "PLAZA_PEOPLE", default_value_t = limits::PEOPLE_MAX)]
    pub people: usize,
    /// The most open sockets: a person has one for each canvas and tab.
    #[arg(long, env = "PLAZA_SOCKETS", default_value_t = limits::SERVER_SOCKETS_MAX)]
    pub sockets: u64,
    /// The most connections, sockets among them; fewer where the system allows fewer files.
    #[arg(long, env = "PLAZA_CONNECTIONS", default_value_t = limits::CONNECTIONS_MAX)]
    pub connections: u64,
    /// The most connections from one address that is no trusted proxy.
    #[arg(long, env = "PLAZA_CONNECTIONS_PER_ADDRESS", default_value_t = limits::ADDRESS_CONNECTIONS_MAX)]
    pub connections_per_address: u64,
    /// Workshops that may be created in an hour, in all.
    #[arg(long, env = "PLAZA_WORKSHOPS_PER_HOUR", default_value_t = limits::WORKSHOPS_PER_HOUR)]
    pub workshops_per_hour: u32,
    /// Workshops that may be created in an hour from one address.
    #[arg(long, env = "PLAZA_WORKSHOPS_PER_HOUR_AND_ADDRESS", default_value_t = limits::ADDRESS_WORKSHOPS_PER_HOUR)]
    pub workshops_per_hour_and_address: u32,
    /// Memory for pictures and exports that are on their way, MiB.
    #[arg(long, env = "PLAZA_BODY_MEMORY_MIB", default_value_t = limits::SERVER_BODY_BYTES_MAX >> 20)]
    pub body_memory_mib: u64,
    /// Seconds in which the head of a request must have arrived, and for which an idle connection is kept.
    #[arg(long, env = "PLAZA_HEAD_SECS", default_value_t = limits::HEAD_SECS)]
    pub head_secs: u64,
    /// Seconds in which the body of a request must have arrived.
    #[arg(long, env = "PLAZA_BODY_SECS", default_value_t = limits::BODY_SECS)]
    pub body_secs: u64,
    /// Seconds in which the bytes of a picture must have arrived.
    #[arg(long, env = "PLAZA_UPLOAD_SECS", default_value_t = limits::UPLOAD_SECS)]
    pub upload_secs: u64,
    /// Seconds for which somebody new makes no room for others.
    #[arg(skip = limits::NEWCOMER_SECS)]
    pub newcomer_secs: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            people: limits::PEOPLE_MAX,
            sockets: limits::SERVER_SOCKETS_MAX,
            connections: limits::CONNECTIONS_MAX,
            connections_per_address: limits::ADDRESS_CONNECTIONS_MAX,
            workshops_per_hour: limits::WORKSHOPS_PER_HOUR,
            workshops_per_hour_and_address: limits::ADDRESS_WORKSHOPS_PER_HOUR,
            body_memory_mib: limits::SERVER_BODY_BYTES_MAX >> 20,
            head_secs: limits::HEAD_SECS,
            body_secs: limits::BODY_SECS,
            upload_secs: limits::UPLOAD_SECS,
            newcomer_secs: limits::NEWCOMER_SECS,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_help_says_is_what_holds_where_nothing_is_said() {
        let Some(Command::Serve(config)) = Cli::parse_from(["plaza", "serve"]).command else {
            panic!("it serves");
        };
        let said = format!("{:?}", config.limits);
        assert_eq!(said, format!("{:?}", Limits::default()));
        let arguments = ["plaza", "serve", "--trusted-proxy", "127.0.0.1,::1"];
        let Some(Command::Serve(config)) = Cli::parse_from(arguments).command else {
            panic!("it serves");
        };
        assert_eq!(config.trusted_proxy.len(), 2);
    }
}
