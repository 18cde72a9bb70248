//! The real `plaza` binary on a folder and a port of its own.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a test's tool; each user needs a part of it"
)]

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server process.
pub struct Process {
    binary: PathBuf,
    folder: PathBuf,
    pub port: u16,
    pub child: Child,
}

impl Process {
    /// Starts it and waits until it answers.
    pub async fn start(binary: &Path, folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = spawn(binary, folder, port);
        let process = Self {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            port,
            child,
        };
        process.ready().await;
        process
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again on the same folder and port.
    pub async fn restart(&mut self) {
        self.child = spawn(&self.binary, &self.folder, self.port);
        self.ready().await;
    }

    /// Asks it to stop, as a service manager does, and answers how it ended.
    pub async fn terminate(&mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it does not stop");
    }

    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn ws(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    async fn ready(&self) {
        let url = format!("{}/healthz", self.http());
        for _ in 0..500 {
            if reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server does not answer");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(binary: &Path, folder: &Path, port: u16) -> Child {
    Command::new(binary)
        .args([
            "serve",
            "--log",
            "error",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--data",
        ])
        .arg(folder)
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}
