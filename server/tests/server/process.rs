//! The real `plaza` binary on a folder and a port of its own.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a test's tool; each user needs a part of it"
)]

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tokio::{sync::oneshot, task::spawn_blocking};

/// A server process.
pub struct Process {
    binary: PathBuf,
    folder: PathBuf,
    /// What a shell does first.
    before: String,
    pub port: u16,
    pub child: Child,
    /// Resolves when the process has closed its output, which it does by ending.
    ended: Option<oneshot::Receiver<()>>,
}

impl Process {
    /// Starts it and waits until it answers.
    pub async fn start(binary: &Path, folder: &Path) -> Self {
        Self::start_with(binary, folder, ":").await
    }

    /// The same after a command of the shell, in the same process.
    pub async fn start_with(binary: &Path, folder: &Path, before: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = spawn(binary, folder, port, before);
        let mut process = Self {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            before: before.to_owned(),
            port,
            child,
            ended: None,
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
        self.child = spawn(&self.binary, &self.folder, self.port, &self.before);
        self.ready().await;
    }

    /// Asks it to stop, as a service manager does, and answers how it ended.
    pub async fn terminate(&mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        self.ended.take().unwrap().await.unwrap();
        self.child.wait().unwrap()
    }

    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn ws(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// Reads what it logs until it says that it is ready.
    async fn ready(&mut self) {
        let mut log = BufReader::new(self.child.stdout.take().unwrap());
        let read = spawn_blocking(move || {
            let mut line = String::new();
            while log.read_line(&mut line).unwrap() > 0 {
                if line.contains("Plaza is ready") {
                    return Some(log);
                }
                line.clear();
            }
            None
        });
        let mut log = read.await.unwrap().expect("it ended instead");
        let (ended, end) = oneshot::channel();
        self.ended = Some(end);
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut log, &mut std::io::sink());
            let _ = ended.send(());
        });
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(binary: &Path, folder: &Path, port: u16, before: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("{before}; exec \"$0\" \"$@\"")])
        .arg(binary)
        .args([
            "serve",
            "--log",
            "error,server::app=info",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--data",
        ])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}
