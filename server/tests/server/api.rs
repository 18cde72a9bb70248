//! The JSON API, cookies, origins, headers.

use std::path::Path;

use serde_json::json;

use crate::{
    process::Process,
    rig::{Rig, add},
};

#[tokio::test]
async fn a_script_creates_joins_writes_and_exports() {
    let rig = Rig::start().await;
    for role in ["facilitator", "participant", "observer"] {
        let key = rig.workshop["keys"][role].as_str().unwrap();
        assert_eq!(key.len(), 22, "128 random bits");
        assert!(
            rig.workshop["links"][role]
                .as_str()
                .unwrap()
                .ends_with(&format!("/w/{}#k={key}", rig.id()))
        );
    }
    assert_eq!(rig.workshop["canvases"][0]["kind"], "blank");
    assert_eq!(rig.workshop["canvases"][1]["kind"], "ethics_canvas");
    let person = rig.person("participant", "Ana").await;
    person.run(&add("n1", "parking sensors"));
    person.saved().await;
    let token = rig.token("observer", "Script").await;
    let get = |path: String, token: String| {
        let url = rig.http(&path);
        async move {
            reqwest::Client::new()
                .get(url)
                .bearer_auth(token)
                .send()
                .await
                .unwrap()
        }
    };
    let listed = get(format!("/api/workshops/{}", rig.id()), token.clone()).await;
    let listed: serde_json::Value = listed.json().await.unwrap();
    assert_eq!(listed["title"], "Parking data");
    assert_eq!(listed["canvases"].as_array().unwrap().len(), 2);
    let path = format!("/api/canvases/{}/export.json", rig.canvas(0));
    let exported: serde_json::Value = get(path.clone(), token.clone()).await.json().await.unwrap();
    let object = &exported["objects"][0];
    assert_eq!(object["kind"], "sticky_note");
    assert_eq!(object["text"], "parking sensors");
    assert_eq!(object["position"], json!([10.0, 300.0]));
    assert_eq!(object["section"], serde_json::Value::Null);
    assert_eq!(object["author"]["id"], person.me().as_str());
    // The token is revocable.
    rig.leave(&token).await;
    assert_eq!(get(path, token).await.status(), 401);
}

#[tokio::test]
async fn bad_requests_are_refused_with_a_code() {
    let rig = Rig::start().await;
    let join = |key: &str, name: &str| json!({ "workshop": rig.id(), "key": key, "name": name });
    let (status, error) = rig.post("/api/join", join("wrong", "Ana")).await;
    assert_eq!(
        (status, error["code"].as_str().unwrap()),
        (401, "link_invalid")
    );
    let key = rig.workshop["keys"]["participant"].as_str().unwrap();
    let (status, error) = rig.post("/api/join", join(key, "  ")).await;
    assert_eq!(
        (status, error["code"].as_str().unwrap()),
        (400, "name_missing")
    );
    let (status, _) = rig.post("/api/workshops", json!({ "title": " " })).await;
    assert_eq!(status, 400);
    let (status, _) = rig
        .post(
            "/api/join",
            json!({ "workshop": "none", "key": key, "name": "A" }),
        )
        .await;
    assert_eq!(status, 404);
    let no_session = reqwest::get(rig.http(&format!("/api/workshops/{}", rig.id())))
        .await
        .unwrap();
    assert_eq!(no_session.status(), 401);
}

#[tokio::test]
async fn a_browser_gets_a_cookie_out_of_reach_and_stays_who_they_are() {
    let rig = Rig::start().await;
    let key = rig.workshop["keys"]["participant"].as_str().unwrap();
    let body = json!({ "workshop": rig.id(), "key": key, "name": "Ana", "organisation": "Parks" });
    let http = reqwest::Client::new();
    let first = http
        .post(rig.http("/api/join"))
        .json(&body)
        .send()
        .await
        .unwrap();
    let cookie = first.headers()["set-cookie"].to_str().unwrap().to_owned();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let first: serde_json::Value = first.json().await.unwrap();
    assert_eq!(first.get("token"), None);
    let value = cookie.split(';').next().unwrap().to_owned();
    let again = json!({ "workshop": rig.id(), "person": first["participant"]["id"] });
    let again = http
        .post(rig.http("/api/join"))
        .header("cookie", value)
        .json(&again)
        .send()
        .await
        .unwrap();
    let again: serde_json::Value = again.json().await.unwrap();
    assert_eq!(again["participant"]["id"], first["participant"]["id"]);
    assert_eq!(again["participant"]["color"], first["participant"]["color"]);
    assert_eq!(again["participant"]["name"], "Ana");
}

#[tokio::test]
async fn other_sites_are_refused_and_security_headers_are_there() {
    let rig = Rig::start().await;
    let http = reqwest::Client::new();
    let foreign = http
        .post(rig.http("/api/workshops"))
        .header("origin", "https://evil.example");
    assert_eq!(
        foreign
            .json(&json!({ "title": "x" }))
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
    let answer = http.get(rig.http("/healthz")).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'")
            && !policy.contains("unsafe-inline")
    );
    for header in [
        "x-content-type-options",
        "referrer-policy",
        "x-robots-tag",
        "cross-origin-opener-policy",
    ] {
        assert!(answer.headers().contains_key(header), "{header}");
    }
    let upgrade = |origin: Option<&str>, token: &str| {
        use tokio_tungstenite::tungstenite::client::IntoClientRequest;
        let url = format!("{}/sync/{}{token}", rig.ws(), rig.canvas(0));
        let mut request = url.into_client_request().unwrap();
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
        }
        tokio_tungstenite::connect_async(request)
    };
    let token = format!("?token={}", rig.token("participant", "Ana").await);
    assert!(upgrade(Some("https://evil.example"), &token).await.is_err());
    assert!(upgrade(None, "").await.is_err(), "no origin, no token");
    assert!(upgrade(None, &token).await.is_ok());
    assert!(
        upgrade(Some(&format!("http://{}", rig.address)), &token)
            .await
            .is_ok()
    );
}

/// A neighbour on the network sees no session: with HTTPS nothing of it travels without.
#[tokio::test]
async fn over_https_cookies_and_pages_stay_there() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_plaza"));
    let before = "export PLAZA_PUBLIC_URL=https://plaza.example.org";
    let server = Process::start_with(binary, folder.path(), before).await;
    let post = async |path: &str, body| {
        let address = format!("{}{path}", server.http());
        let sent = reqwest::Client::new().post(address).json(&body).send();
        sent.await.unwrap()
    };
    let workshop = post("/api/workshops", json!({ "title": "Parking" })).await;
    let policy = workshop.headers()["strict-transport-security"].clone();
    assert!(policy.to_str().unwrap().starts_with("max-age="));
    let workshop: serde_json::Value = workshop.json().await.unwrap();
    let link = workshop["links"]["participant"].as_str().unwrap();
    assert!(link.starts_with("https://plaza.example.org/w/"), "{link}");
    let key = &workshop["keys"]["participant"];
    let join = json!({ "workshop": workshop["workshop"], "key": key, "name": "Ana" });
    let joined = post("/api/join", join).await;
    let cookie = joined.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-"), "{cookie}");
    assert!(cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn the_folder_holds_no_token_and_no_secret_of_a_device() {
    let mut rig = Rig::start().await;
    let key = &rig.workshop["keys"]["participant"];
    let join = json!({
        "workshop": rig.id(), "key": key, "name": "Ana", "device": "the device's secret", "token": true
    });
    let (_, joined) = rig.post("/api/join", join).await;
    let token = joined["token"].as_str().unwrap().to_owned();
    rig.stop().await;
    let secrets = [token, "the device's secret".to_owned()];
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(rig.folder.path()).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("Parking data"), "the search works");
    for secret in secrets {
        assert!(!holds(&secret));
    }
}

#[tokio::test]
async fn whatever_a_request_lacks_is_said_by_a_code() {
    let rig = Rig::start().await;
    let http = reqwest::Client::new();
    let post = |path: &str| http.post(rig.http(path));
    let json = "application/json";
    let requests = [
        (post("/api/workshops").body("no JSON"), 400, "malformed"),
        (
            post("/api/workshops")
                .header("content-type", json)
                .body("{\"title\": "),
            400,
            "malformed",
        ),
        (
            post("/api/join").json(&json!({ "name": 7 })),
            400,
            "malformed",
        ),
        (
            post("/api/workshops").json(&json!({ "title": "x".repeat(20_000) })),
            413,
            "too_large",
        ),
        (http.get(rig.http("/api/workshops/%ff")), 400, "malformed"),
        (http.get(rig.http("/sync/%ff")), 400, "malformed"),
        (http.get(rig.http("/sync/x?token=t")), 400, "malformed"),
        (http.get(rig.http("/api/nothing")), 404, "not_found"),
        // There is such an address, but nothing to be deleted at it.
        (http.delete(rig.http("/api/join")), 404, "not_found"),
    ];
    for (request, status, code) in requests {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        let body = answer.text().await.unwrap();
        let said: serde_json::Value = serde_json::from_str(&body).expect(&body);
        assert_eq!(said["code"], code, "{body}");
    }
}
