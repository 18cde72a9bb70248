//! The JSON API.

use client::words;
use gloo_net::http::Request;
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    protocol::{
        Refusal,
        api::{CreatedWorkshop, Join, Joined, NewWorkshop},
    },
    text::{self, Phrase},
};

/// Creates a workshop.
pub(crate) async fn create_workshop(title: String) -> Result<CreatedWorkshop, Phrase> {
    post(
        "/api/workshops",
        &NewWorkshop {
            title,
            language: String::new(),
        },
    )
    .await
}

/// Joins one.
pub(crate) async fn join(join: Join) -> Result<Joined, Phrase> {
    post("/api/join", &join).await
}

/// The error is for people.
async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Phrase> {
    let request = Request::post(path).json(body).map_err(odd)?;
    answer(request).await
}

/// Sends a request and reads the answer. The error is for people.
pub(super) async fn answer<T: DeserializeOwned>(request: Request) -> Result<T, Phrase> {
    let unreachable = |_| text::REQUEST_UNREACHABLE;
    let response = request.send().await.map_err(unreachable)?;
    if response.ok() {
        return response.json().await.map_err(odd);
    }
    let refusal: Refusal = response.json().await.map_err(odd)?;
    Err(words::refused(&refusal))
}

fn odd(_: gloo_net::Error) -> Phrase {
    text::REQUEST_UNEXPECTED.into()
}
