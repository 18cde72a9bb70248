//! Pictures over real HTTP: who may bring and fetch them, what is refused and in which words.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Client, RequestBuilder, Response};
use rusqlite::Connection;
use serde_json::{Value, json};
use server::storage::{ImageRow, ImageStored, Pictures};
use shared::protocol::limits::{IMAGE_BYTES_MAX, WORKSHOP_IMAGES_BYTES_MAX};

use crate::rig::Rig;

/// A PNG of 3 by 2 pixels.
pub(crate) fn png() -> Vec<u8> {
    STANDARD
        .decode("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFUlEQVR42mM8ISfHwMDAwMDAxAADABMuAQjbG1iiAAAAAElFTkSuQmCC")
        .unwrap()
}

/// The same, `length` bytes long.
pub(crate) fn long_png(length: usize) -> Vec<u8> {
    let mut bytes = png();
    bytes.resize(length, 0);
    bytes
}

fn address(rig: &Rig) -> String {
    rig.http(&format!("/api/canvases/{}/images", rig.canvas(0)))
}

async fn upload(rig: &Rig, token: &str, bytes: Vec<u8>) -> (u16, Value) {
    answer(
        Client::new()
            .post(address(rig))
            .bearer_auth(token)
            .body(bytes),
    )
    .await
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

async fn fetch(rig: &Rig, token: &str, hash: &str) -> Response {
    Client::new()
        .get(format!("{}/{hash}", address(rig)))
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
}

fn rows(rig: &Rig) -> i64 {
    Connection::open(rig.folder.path().join("plaza.sqlite3"))
        .unwrap()
        .query_row("SELECT count(*) FROM images", [], |row| row.get(0))
        .unwrap()
}

#[tokio::test]
async fn a_picture_comes_back_byte_for_byte_and_is_harmless() {
    let rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let (status, uploaded) = upload(&rig, &ana, png()).await;
    let hash = blake3::hash(&png()).to_hex().to_string();
    assert_eq!(status, 201);
    assert_eq!(uploaded, json!({ "hash": hash, "width": 3, "height": 2 }));
    assert_eq!(
        upload(&rig, &ana, png()).await,
        (201, uploaded),
        "twice is once"
    );
    assert_eq!(rows(&rig), 1);

    let observer = rig.token("observer", "Olu").await;
    let fetched = fetch(&rig, &observer, &hash).await;
    assert_eq!(fetched.status(), 200);
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, max-age=31536000, immutable"),
        ("etag", &format!("\"{hash}\"")),
        ("referrer-policy", "no-referrer"),
    ] {
        let found: Vec<_> = fetched.headers().get_all(name).iter().collect();
        assert_eq!(found, [value], "{name}");
    }
    assert_eq!(fetched.bytes().await.unwrap(), png());
    let again = Client::new()
        .get(format!("{}/{hash}", address(&rig)))
        .bearer_auth(&observer)
        .header("if-none-match", format!("\"{hash}\""));
    let again = again.send().await.unwrap();
    assert_eq!(again.status(), 304);
    assert_eq!(again.bytes().await.unwrap().len(), 0);
}

#[tokio::test]
async fn the_sender_is_not_believed_about_the_type() {
    let rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let request = Client::new().post(address(&rig)).bearer_auth(&ana);
    let (status, uploaded) = answer(request.header("content-type", "text/html").body(png())).await;
    assert_eq!(status, 201);
    let fetched = fetch(&rig, &ana, uploaded["hash"].as_str().unwrap()).await;
    assert_eq!(fetched.headers()["content-type"], "image/png");
}

#[tokio::test]
async fn only_who_writes_brings_and_only_the_workshop_fetches() {
    let mut rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let (_, uploaded) = upload(&rig, &ana, png()).await;
    let hash = uploaded["hash"].as_str().unwrap();
    let observer = rig.token("observer", "Olu").await;
    let (status, error) = upload(&rig, &observer, long_png(200)).await;
    assert_eq!(
        (status, error["code"].as_str().unwrap()),
        (403, "read_only")
    );
    let (status, error) = answer(Client::new().post(address(&rig)).body(png())).await;
    assert_eq!(
        (status, error["code"].as_str().unwrap()),
        (401, "unauthenticated")
    );
    let foreign = Client::new().post(address(&rig)).bearer_auth(&ana);
    let foreign = foreign.header("origin", "https://evil.example").body(png());
    assert_eq!(answer(foreign).await.0, 403);
    let (status, error) = upload_to(&rig, &ana, &rig.id()).await;
    assert_eq!(
        (status, error["code"].as_str().unwrap()),
        (404, "not_found")
    );
    assert_eq!(rows(&rig), 1);

    for unknown in [
        "0".repeat(64),
        "x".into(),
        hash.to_uppercase(),
        format!("{hash}0"),
    ] {
        let missing = fetch(&rig, &ana, &unknown).await;
        assert_eq!(missing.status(), 404, "{unknown}");
        let error: Value = missing.json().await.unwrap();
        assert_eq!(error["what"], "picture");
    }
    let no_session = reqwest::get(format!("{}/{hash}", address(&rig)));
    assert_eq!(no_session.await.unwrap().status(), 401);

    // Another workshop on the same server.
    let ours = rig.workshop.clone();
    let (_, theirs) = rig
        .post("/api/workshops", json!({ "title": "Elsewhere" }))
        .await;
    rig.workshop = theirs;
    let stranger = rig.token("facilitator", "Sam").await;
    assert_eq!(
        fetch(&rig, &stranger, hash).await.status(),
        404,
        "not theirs"
    );
    rig.workshop = ours;
    assert_eq!(fetch(&rig, &stranger, hash).await.status(), 401);
    assert_eq!(upload(&rig, &stranger, long_png(200)).await.0, 401);
}

async fn upload_to(rig: &Rig, token: &str, canvas: &str) -> (u16, Value) {
    let url = rig.http(&format!("/api/canvases/{canvas}/images"));
    answer(Client::new().post(url).bearer_auth(token).body(png())).await
}

#[tokio::test]
async fn a_browser_does_it_by_its_cookie() {
    let rig = Rig::start().await;
    let http = Client::new();
    let body = json!({
        "workshop": rig.id(), "key": rig.workshop["keys"]["participant"], "name": "Ana"
    });
    let joined = http.post(rig.http("/api/join")).json(&body);
    let joined = joined.send().await.unwrap();
    let cookie = joined.headers()["set-cookie"].to_str().unwrap().to_owned();
    let request = http
        .post(address(&rig))
        .header("cookie", cookie.split(';').next().unwrap())
        .header("origin", format!("http://{}", rig.address));
    assert_eq!(answer(request.body(png())).await.0, 201);
}

#[tokio::test]
async fn other_files_and_large_ones_are_refused_with_a_code() {
    let rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let (status, error) = upload(&rig, &ana, svg.to_vec()).await;
    assert_eq!((status, &error["code"]), (415, &json!("image_unsupported")));
    assert_eq!(upload(&rig, &ana, Vec::new()).await.0, 415);
    assert_eq!(upload(&rig, &ana, png()[..40].to_vec()).await.0, 400);
    assert_eq!(upload(&rig, &ana, long_png(IMAGE_BYTES_MAX)).await.0, 201);
    for length in [IMAGE_BYTES_MAX + 1, 3 * IMAGE_BYTES_MAX] {
        let (status, error) = upload(&rig, &ana, long_png(length)).await;
        assert_eq!((status, &error["code"]), (413, &json!("image_too_large")));
    }
    assert_eq!(rows(&rig), 1);
}

#[tokio::test]
async fn a_full_workshop_takes_no_more_and_keeps_what_it_has() {
    let rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let most = ImageRow {
        workshop: rig.id().into(),
        hash: [7; 32],
        media_type: "image/png".into(),
        width: 1,
        height: 1,
        created_ms: 0,
        bytes: vec![0; WORKSHOP_IMAGES_BYTES_MAX as usize - png().len()],
    };
    let stored = rig.store.put_image(most, WORKSHOP_IMAGES_BYTES_MAX).await;
    assert_eq!(stored.unwrap(), ImageStored::Stored);
    let (status, uploaded) = upload(&rig, &ana, png()).await;
    assert_eq!(status, 201, "just full");
    let (status, error) = upload(&rig, &ana, long_png(200)).await;
    assert_eq!((status, &error["code"]), (400, &json!("images_full")));
    assert_eq!(upload(&rig, &ana, png()).await, (201, uploaded));
}

#[tokio::test]
async fn other_routes_still_take_small_bodies_only() {
    let rig = Rig::start().await;
    for path in ["/api/workshops", "/api/join"] {
        let body = json!({
            "title": "x".repeat(17 << 10), "workshop": rig.id(), "key": "", "name": "Ana"
        });
        assert_eq!(rig.post(path, body).await.0, 413, "{path}");
    }
}

#[tokio::test]
async fn a_picture_survives_a_restart() {
    let mut rig = Rig::start().await;
    let ana = rig.token("participant", "Ana").await;
    let (_, uploaded) = upload(&rig, &ana, png()).await;
    rig.stop().await;
    rig.restart().await;
    let fetched = fetch(&rig, &ana, uploaded["hash"].as_str().unwrap()).await;
    assert_eq!(fetched.status(), 200);
    assert_eq!(fetched.bytes().await.unwrap(), png());
}
