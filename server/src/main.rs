//! The `plaza` command.

use std::{process::ExitCode, time::Duration};

use clap::Parser;
use server::{
    app,
    config::{Cli, Command, Config},
};
use tracing_subscriber::EnvFilter;

/// After everything is stored, what a request still computes is awaited this long.
const LEAVE_AFTER: Duration = Duration::from_secs(1);

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Serve(config)) => serve(config),
        Some(Command::Check(config)) => check(&config).map(|()| ExitCode::SUCCESS),
        None => match Cli::parse_from(["plaza", "serve"]).command {
            Some(Command::Serve(config)) => serve(config),
            _ => Ok(ExitCode::SUCCESS),
        },
    }
}

fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_new(&config.log)?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .init();
    let runtime = tokio::runtime::Runtime::new()?;
    let ended = runtime.block_on(app::serve(config, stop_signal()));
    runtime.shutdown_timeout(LEAVE_AFTER);
    Ok(ExitCode::from(ended?.exit_code()))
}

/// Resolves when the operator or the service manager asks Plaza to stop.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[expect(
    clippy::print_stdout,
    reason = "a command that answers on the terminal"
)]
fn check(config: &Config) -> anyhow::Result<()> {
    let folder = server::storage::SqliteStore::open(&config.data);
    match &folder {
        Ok(_) => println!(
            "The data folder {} can be read and written.",
            config.data.display()
        ),
        Err(error) => println!(
            "The data folder {} cannot be used: {error}.",
            config.data.display()
        ),
    }
    let port = std::net::TcpListener::bind(config.listen);
    match &port {
        Ok(_) => println!("{} is free.", config.listen),
        Err(error) => println!("{} cannot be listened on: {error}.", config.listen),
    }
    anyhow::ensure!(
        folder.is_ok() && port.is_ok(),
        "Plaza cannot start like this"
    );
    println!("Plaza can start.");
    Ok(())
}
