//! `make load`: how many people a server carries, and what it does for them when some mean harm.
//! Each scenario prints its figures and fails loudly where somebody lacks anything.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool that prints, and fails loudly"
)]

mod api;
mod brainstorm;
#[path = "../../tests/server/client.rs"]
mod client;
mod crowd;
mod figures;
mod hostile;
mod person;
#[path = "../../tests/server/process.rs"]
mod process;
mod room;
mod socket;

use clap::{Parser, ValueEnum};
use process::Process;

/// Files for sockets at both ends, with some to spare: the server inherits the limit.
const FILES: u64 = 20_000;

/// Puts many people on a server of its own, and prints figures.
#[derive(Debug, Parser)]
pub(crate) struct Cli {
    /// What to play; all of it where nothing is said.
    #[arg(long, value_enum)]
    only: Option<Scenario>,
    /// Sockets that are open, those of active people among them.
    #[arg(long, default_value_t = 4_000)]
    sockets: usize,
    /// Rooms of twenty active people.
    #[arg(long, default_value_t = 50)]
    rooms: usize,
    /// Seconds for which figures are taken.
    #[arg(long, default_value_t = 60)]
    secs: u64,
    /// The search for the most active rooms ends here.
    #[arg(long, default_value_t = 400)]
    rooms_max: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Twenty people in a silent brainstorm: everybody has the same, a restarted server too.
    Brainstorm,
    /// Many rooms, with and without somebody hostile in every tenth.
    Hostile,
    /// The most active rooms whose edits reach others in time.
    Search,
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let cli = Cli::parse();
    let files = rlimit::increase_nofile_limit(FILES).unwrap();
    assert!(
        files > cli.sockets as u64 + 1_000,
        "too few files for so many sockets: {files}"
    );
    let plays = |scenario| cli.only.is_none_or(|only| only == scenario);
    if plays(Scenario::Brainstorm) {
        brainstorm::play().await;
    }
    if plays(Scenario::Hostile) {
        crowd::with_and_without_harm(&cli).await;
    }
    if plays(Scenario::Search) {
        crowd::the_most_rooms(&cli).await;
    }
}

/// A server on a folder of its own, which goes with it.
struct Server {
    process: Process,
    _folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        let example = std::env::current_exe().unwrap();
        let built = example.parent().and_then(std::path::Path::parent).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let process = Process::start(&built.join("plaza"), folder.path()).await;
        Self {
            process,
            _folder: folder,
        }
    }
}
