//! The requests by which people come to have a session.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};

/// An office: people of one room, who come from one address.
pub(crate) struct Office {
    http: reqwest::Client,
    server: String,
    /// Where its sockets come from.
    pub(crate) address: Ipv4Addr,
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

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.server)).json(&body);
        let answer = request.send().await.unwrap();
        let (status, said) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {said}");
        serde_json::from_str(&said).unwrap()
    }

    pub(crate) async fn workshop(&self) -> Workshop {
        let made = self
            .post("/api/workshops", json!({ "title": "Load" }))
            .await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let canvases = made["canvases"].as_array().unwrap().iter();
        Workshop {
            id: text(&made["workshop"]),
            key: text(&made["keys"]["participant"]),
            canvases: canvases.map(|canvas| text(&canvas["id"])).collect(),
        }
    }

    /// Somebody joins. Returns their token and who they are.
    pub(crate) async fn join(&self, workshop: &Workshop, name: &str) -> (String, String) {
        let body = json!({
            "workshop": workshop.id, "key": workshop.key, "name": name, "organisation": "Load", "token": true
        });
        let joined = self.post("/api/join", body).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&joined["token"]), text(&joined["participant"]["id"]))
    }
}
