//! The JSON API.

use client::words;
pub(crate) use gloo_net::http::Method;
use gloo_net::http::{Request, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    protocol::{
        Refusal,
        api::{CreatedWorkshop, Join, Joined, Look, Looked, NewWorkshop},
    },
    text::{self, Phrase, Text},
};

use super::device;

/// Creates a workshop.
pub(crate) async fn create_workshop(new: &NewWorkshop) -> Result<CreatedWorkshop, Failure> {
    let request = Request::post("/api/workshops").json(new).map_err(odd)?;
    answer_or_failure(request).await
}

/// Asks where a link leads.
pub(crate) async fn look(workshop: &str, key: String) -> Result<Looked, Failure> {
    let path = format!("/api/workshops/{workshop}/look");
    let device = device::secret(workshop);
    let look = Look { key, device };
    let request = Request::post(&path).json(&look).map_err(odd)?;
    answer_or_failure(request).await
}

/// Why a request came to nothing.
pub(crate) enum Failure {
    /// The server refused it.
    Refused(Refusal),
    /// It did not get through, or something else answered.
    Lost(Text),
}

impl From<Failure> for Phrase {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => words::refused(&refusal),
            Failure::Lost(why) => why.into(),
        }
    }
}

/// Joins a workshop.
pub(crate) async fn join(join: &Join) -> Result<Joined, Phrase> {
    send(Request::post("/api/join"), join).await
}

/// Somebody of a workshop, as requests name them.
#[derive(Clone)]
pub(crate) struct Caller {
    /// The workshop's id.
    pub(crate) workshop: String,
    /// Their id.
    pub(crate) person: String,
}

impl Caller {
    /// Asks for something in the workshop: `rest` of its address.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        rest: &str,
        body: &impl Serialize,
    ) -> Result<T, Phrase> {
        let path = format!("/api/workshops/{}{rest}", self.workshop);
        self.ask_at(method, &path, body).await
    }

    /// Reads something of the workshop: `rest` of its address.
    pub(crate) async fn get<T: DeserializeOwned>(&self, rest: &str) -> Result<T, Failure> {
        let (workshop, person) = (&self.workshop, &self.person);
        let path = format!("/api/workshops/{workshop}{rest}?as={person}");
        answer_or_failure(Request::get(&path).build().map_err(odd)?).await
    }

    /// Asks for something of a canvas: `rest` of its address.
    pub(crate) async fn ask_canvas<T: DeserializeOwned>(
        &self,
        method: Method,
        canvas: &str,
        rest: &str,
        body: &impl Serialize,
    ) -> Result<T, Phrase> {
        self.ask_at(method, &format!("/api/canvases/{canvas}{rest}"), body)
            .await
    }

    async fn ask_at<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Phrase> {
        let address = format!("{path}?as={}", self.person);
        send(RequestBuilder::new(&address).method(method), body).await
    }
}

/// The error is for people.
async fn send<T: DeserializeOwned>(
    request: RequestBuilder,
    body: &impl Serialize,
) -> Result<T, Phrase> {
    answer(request.json(body).map_err(odd)?).await
}

/// Sends a request and reads the answer. The error is for people.
pub(super) async fn answer<T: DeserializeOwned>(request: Request) -> Result<T, Phrase> {
    Ok(answer_or_failure(request).await?)
}

async fn answer_or_failure<T: DeserializeOwned>(request: Request) -> Result<T, Failure> {
    let unreachable = |_| Failure::Lost(text::REQUEST_UNREACHABLE);
    let response = request.send().await.map_err(unreachable)?;
    if response.ok() {
        return response.json().await.map_err(odd);
    }
    let refusal: Refusal = response.json().await.map_err(odd)?;
    Err(Failure::Refused(refusal))
}

fn odd(_: gloo_net::Error) -> Failure {
    Failure::Lost(text::REQUEST_UNEXPECTED)
}
