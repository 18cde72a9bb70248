//! The JSON API.

use client::words;
use gloo_net::http::Request;
use serde::{Serialize, de::DeserializeOwned};
use shared::protocol::{
    Refusal,
    api::{CreatedWorkshop, Join, Joined, NewWorkshop},
};

/// Creates a workshop.
pub(crate) async fn create_workshop(title: String) -> Result<CreatedWorkshop, String> {
    post("/api/workshops", &NewWorkshop { title }).await
}

/// Joins one.
pub(crate) async fn join(join: Join) -> Result<Joined, String> {
    post("/api/join", &join).await
}

/// The error is for people.
async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, String> {
    let request = Request::post(path).json(body).map_err(odd)?;
    answer(request).await
}

/// Sends a request and reads the answer. The error is for people.
pub(super) async fn answer<T: DeserializeOwned>(request: Request) -> Result<T, String> {
    let unreachable = |_| words::UNREACHABLE.to_owned();
    let response = request.send().await.map_err(unreachable)?;
    if response.ok() {
        return response.json().await.map_err(odd);
    }
    let refusal: Refusal = response.json().await.map_err(odd)?;
    Err(words::refused(&refusal))
}

fn odd(_: gloo_net::Error) -> String {
    words::UNEXPECTED.to_owned()
}
