//! Cookies, bearer tokens and origins.

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::{FromRequestParts, Query, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use serde::Deserialize;
use shared::{
    id::{ParticipantId, WorkshopId},
    protocol::{Refusal, limits},
};

use super::{
    address::{self, Peer},
    error::ApiFailure,
};
use crate::state::AppState;

/// Whoever makes a request: what it carries to say so.
#[derive(Debug)]
pub struct Caller {
    headers: HeaderMap,
    /// The other end of the connection.
    peer: Option<Peer>,
    /// As whom, where the address's query says `as`: several people may have a session in one browser.
    person: Option<ParticipantId>,
}

/// The part of an address's query that says as whom.
#[derive(Deserialize)]
struct As {
    r#as: Option<ParticipantId>,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = Query::<As>::try_from_uri(&parts.uri);
        Ok(Self {
            headers: parts.headers.clone(),
            peer: parts.extensions.get().copied(),
            person: query.ok().and_then(|Query(query)| query.r#as),
        })
    }
}

impl Caller {
    /// The request's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// From which address the request comes.
    pub fn address(&self, app: &AppState) -> IpAddr {
        let unknown = Peer(IpAddr::from([0; 4]));
        let Peer(peer) = self.peer.unwrap_or(unknown);
        address::address(peer, &self.headers, &app.config.trusted_proxy)
    }

    /// The session token for a workshop: `Authorization: Bearer`, else the cookie of whoever is meant; where nobody
    /// is named, of anybody who has one.
    pub fn token(&self, app: &AppState, workshop: &WorkshopId) -> Option<String> {
        self.token_of(app, workshop, self.person.as_ref())
    }

    /// The same for somebody who is named elsewhere.
    pub fn token_of(
        &self,
        app: &AppState,
        workshop: &WorkshopId,
        person: Option<&ParticipantId>,
    ) -> Option<String> {
        bearer(&self.headers).or_else(|| {
            let jar = CookieJar::from_headers(&self.headers);
            let cookie = match person {
                Some(person) => jar.get(&cookie_name(app, workshop, person)).cloned(),
                None => {
                    let prefix = cookie_prefix(app, workshop);
                    jar.iter()
                        .find(|cookie| cookie.name().starts_with(&prefix))
                        .cloned()
                }
            };
            cookie.map(|cookie| cookie.value().to_owned())
        })
    }
}

/// With HTTPS the name of a cookie demands the Secure attribute.
fn cookie_prefix(app: &AppState, workshop: &WorkshopId) -> String {
    let prefix = if app.config.is_https() { "__Host-" } else { "" };
    format!("{prefix}plaza_{workshop}_")
}

fn cookie_name(app: &AppState, workshop: &WorkshopId, person: &ParticipantId) -> String {
    format!("{}{person}", cookie_prefix(app, workshop))
}

/// A session cookie: out of reach of scripts, never sent from other sites.
pub fn session_cookie(
    app: &AppState,
    workshop: &WorkshopId,
    person: &ParticipantId,
    token: String,
) -> Cookie<'static> {
    Cookie::build((cookie_name(app, workshop, person), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.is_https())
        .max_age(time::Duration::seconds(limits::SESSION_SECS as i64))
        .build()
}

/// Takes the session cookie out of the browser.
pub fn no_cookie(app: &AppState, workshop: &WorkshopId, person: &ParticipantId) -> Cookie<'static> {
    let mut cookie = session_cookie(app, workshop, person, String::new());
    cookie.make_removal();
    cookie
}

/// The bearer token of a request.
pub fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}

/// What a request's origin says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page is ours.
    Ours,
    /// Another site's page asks.
    Foreign,
    /// No browser page asks.
    None,
}

/// Compares a request's `Origin` with the public URL, else with its `Host`.
pub fn origin(app: &AppState, headers: &HeaderMap) -> Origin {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &header::HeaderValue| value.to_str().ok())
    };
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Origin::None;
    };
    let Ok(origin) = origin.to_str() else {
        return Origin::Foreign;
    };
    let is_public = app
        .config
        .public_origin()
        .is_some_and(|public| public.eq_ignore_ascii_case(origin));
    let is_host = text(header::HOST).is_some_and(|host| {
        let origin_host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        origin_host.is_some_and(|origin_host| origin_host.eq_ignore_ascii_case(host))
    });
    if is_public || is_host {
        Origin::Ours
    } else {
        Origin::Foreign
    }
}

/// What links begin with: the public URL, else where the request came to.
pub fn link_origin(app: &AppState, headers: &HeaderMap) -> String {
    app.config.public_origin().map_or_else(
        || {
            let host = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok());
            format!(
                "http://{}",
                host.map_or_else(|| app.config.listen.to_string(), str::to_owned)
            )
        },
        str::to_owned,
    )
}

/// Refuses requests that another site's page makes.
pub async fn check_origin(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, ApiFailure> {
    if origin(&app, request.headers()) == Origin::Foreign {
        return Err(Refusal::OtherSite.into());
    }
    Ok(next.run(request).await)
}
