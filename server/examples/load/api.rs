//! The requests by which people come to have a session.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use serde_json::{Value, json};

use super::socket::Way;

/// An office: people of one room, who come from one address.
pub(crate) struct Office {
    http: reqwest::Client,
    server: String,
    /// Where its sockets come from.
    address: Ipv4Addr,
}

/// A workshop as its office knows it.
pub(crate) struct Workshop {
    pub(crate) id: String,
    key: String,
    pub(crate) canvases: Vec<String>,
}

impl Office {
    /// That of a room, by its number, with an address of its own: a server's limits by address
    /// are for one office.
    pub(crate) fn new(server: &str, room: usize) -> Self {
        let address = Ipv4Addr::new(127, 10, (room / 250) as u8, (room % 250 + 1) as u8);
        let http = reqwest::Client::builder().local_address(IpAddr::V4(address));
        Self {
            http: http.build().unwrap(),
            server: server.to_owned(),
            address,
        }
    }

    /// What the server answers, or why it does not.
    async fn ask(&self, path: &str, body: Value) -> Result<Value, String> {
        let request = self.http.post(format!("{}{path}", self.server)).json(&body);
        let answer = request.send().await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let said = answer.text().await.map_err(|error| error.to_string())?;
        if status.is_success() {
            Ok(serde_json::from_str(&said).unwrap())
        } else {
            Err(format!("{path}: {status} {said}"))
        }
    }

    pub(crate) async fn workshop(&self) -> Workshop {
        let made = self
            .ask("/api/workshops", json!({ "title": "Load" }))
            .await
            .unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let canvases = made["canvases"].as_array().unwrap().iter();
        Workshop {
            id: text(&made["workshop"]),
            key: text(&made["keys"]["participant"]),
            canvases: canvases.map(|canvas| text(&canvas["id"])).collect(),
        }
    }

    /// Somebody joins. Returns their token and who they are, or why they do not come in.
    pub(crate) async fn join(
        &self,
        workshop: &Workshop,
        name: &str,
    ) -> Result<(String, String), String> {
        let body = json!({
            "workshop": workshop.id, "key": workshop.key, "name": name, "organisation": "Load", "token": true
        });
        let joined = self.ask("/api/join", body).await?;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Ok((text(&joined["token"]), text(&joined["participant"]["id"])))
    }
}

/// How people come into a workshop. A cheap handle.
#[derive(Clone)]
pub(crate) struct Door {
    office: Arc<Office>,
    pub(crate) workshop: Arc<Workshop>,
    server: SocketAddr,
}

impl Door {
    /// Creates a workshop for an office.
    pub(crate) async fn open(office: Office, port: u16) -> Self {
        let workshop = office.workshop().await;
        Self {
            office: Arc::new(office),
            workshop: Arc::new(workshop),
            server: ([127, 0, 0, 1], port).into(),
        }
    }

    /// Somebody comes in. Returns how they come to the first canvas, and who they are.
    ///
    /// # Errors
    /// Why they do not come in.
    pub(crate) async fn admit(&self, name: &str) -> Result<(Way, String), String> {
        let (token, me) = self.office.join(&self.workshop, name).await?;
        Ok((self.way(&self.workshop.canvases[0], &token), me))
    }

    /// How somebody comes to a document.
    pub(crate) fn way(&self, document: &str, token: &str) -> Way {
        Way {
            server: self.server,
            from: self.office.address,
            document: document.to_owned(),
            token: token.to_owned(),
        }
    }
}
