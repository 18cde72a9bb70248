//! Connections and bodies that never come to an end keep nobody out.

use std::{net::SocketAddr, path::Path, time::Duration};

use reqwest::Client;
use serde_json::{Value, json};
use shared::protocol::limits;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{images::long_png, process::Process, rig::Rig};

/// A connection that has sent so much, and sends nothing more.
async fn silent(address: SocketAddr, sent: &str) -> TcpStream {
    let mut tcp = TcpStream::connect(address).await.unwrap();
    tcp.write_all(sent.as_bytes()).await.unwrap();
    tcp
}

/// All that comes until the other side ends it.
async fn rest(mut tcp: TcpStream) -> String {
    let mut bytes = Vec::new();
    let reading = timeout(Duration::from_secs(10), tcp.read_to_end(&mut bytes));
    // One that is cut off has ended, too.
    let _ = reading.await.expect("it goes on");
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_connection_that_says_nothing_or_half_of_it_ends() {
    let rig = Rig::with(|config| config.limits.head_secs = 1).await;
    for sent in [
        "",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n",
        // Answered, and then kept for so long.
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        // The beginning of another version.
        "PRI * HTTP/2.0\r\n\r\nSM",
    ] {
        let tcp = silent(rig.address, sent).await;
        let said = rest(tcp).await;
        assert_eq!(
            said.contains("200 OK"),
            sent.ends_with("\r\n\r\n"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_refused_in_words() {
    let rig = Rig::with(|config| config.limits.body_secs = 1).await;
    let head = "POST /api/workshops HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
        Content-Length: 100\r\n\r\n{\"title\": \"Wa";
    let mut tcp = silent(rig.address, head).await;
    let mut said = String::new();
    while !said.contains("malformed") {
        let mut part = [0; 1_024];
        let read = timeout(Duration::from_secs(10), tcp.read(&mut part));
        let n = read.await.expect("an answer").unwrap();
        assert!(n > 0, "{said}");
        said += std::str::from_utf8(&part[..n]).unwrap();
    }
    assert!(said.starts_with("HTTP/1.1 400"), "{said}");
}

/// An upload that stops before its last byte.
async fn stopped(rig: &Rig, token: &str) -> TcpStream {
    let length = limits::IMAGE_BYTES_MAX;
    let head = format!(
        "POST /api/canvases/{}/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {length}\r\n\r\nx",
        rig.canvas(0)
    );
    silent(rig.address, &head).await
}

/// 60 of them held 325 MB.
#[tokio::test]
async fn uploads_that_stop_hold_so_much_and_not_for_long() {
    let rig = Rig::with(|config| {
        config.limits.upload_secs = 2;
        // Room for one person's.
        config.limits.body_memory_mib = 50;
    })
    .await;
    let mallory = rig.token("participant", "Mallory").await;
    let mut all = Vec::new();
    for _ in 0..30 {
        all.push(stopped(&rig, &mallory).await);
    }
    let upload = |token: &str| {
        Client::new()
            .post(rig.http(&format!("/api/canvases/{}/images", rig.canvas(0))))
            .bearer_auth(token)
            .body(long_png(1_000))
            .send()
    };
    let ana = rig.token("participant", "Ana").await;
    let uploaded = timeout(Duration::from_secs(1), upload(&ana)).await;
    assert_eq!(uploaded.expect("at once").unwrap().status(), 201);
    let said = rest(all.remove(0)).await;
    assert!(said.contains("interrupted"), "{said}");
    drop(all);
}

#[tokio::test]
async fn connections_of_one_address_are_counted_and_all_together() {
    let rig = Rig::with(|config| {
        config.limits.connections_per_address = 20;
        config.limits.head_secs = 1;
    })
    .await;
    let mut all = Vec::new();
    for _ in 0..30 {
        all.push(silent(rig.address, "").await);
    }
    // Those above are ended at once, the others in time: then there is room again.
    for tcp in all {
        assert_eq!(rest(tcp).await, "");
    }
    assert_eq!(
        rig.post("/api/workshops", json!({ "title": "Waste" }))
            .await
            .0,
        200
    );

    let rig = Rig::with(|config| {
        config.limits.connections = 20;
        config.limits.head_secs = 1;
    })
    .await;
    let mut all = Vec::new();
    for _ in 0..50 {
        all.push(silent(rig.address, "").await);
    }
    // It waits until some have ended.
    let (status, _) = rig
        .post("/api/workshops", json!({ "title": "Waste" }))
        .await;
    assert_eq!(status, 200);
    drop(all);
}

/// 1,100 silent connections and a limit of 1,024 files kept everybody out.
#[tokio::test]
async fn the_limit_of_files_is_raised_and_silent_connections_keep_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start_with(
        Path::new(env!("CARGO_BIN_EXE_plaza")),
        folder.path(),
        "ulimit -Sn 200",
    )
    .await;
    rlimit::increase_nofile_limit(4_096).unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], server.port));
    let mut all = Vec::new();
    for _ in 0..600 {
        all.push(silent(address, "").await);
    }
    let created = Client::new()
        .post(format!("{}/api/workshops", server.http()))
        .json(&json!({ "title": "Waste" }))
        .send();
    let created = timeout(Duration::from_secs(5), created)
        .await
        .expect("at once");
    let created: Value = created.unwrap().json().await.unwrap();
    assert!(created["keys"].is_object(), "{created}");
    drop(all);
}
