//! Cookies, bearer tokens and origins.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use shared::{
    id::WorkshopId,
    protocol::{Refusal, limits},
};

use super::error::ApiFailure;
use crate::state::AppState;

/// The cookie of a workshop. With HTTPS its name demands the Secure attribute.
pub fn cookie_name(app: &AppState, workshop: &WorkshopId) -> String {
    let prefix = if app.config.is_https() { "__Host-" } else { "" };
    format!("{prefix}plaza_{workshop}")
}

/// A session cookie: out of reach of scripts, never sent from other sites.
pub fn session_cookie(app: &AppState, workshop: &WorkshopId, token: String) -> Cookie<'static> {
    Cookie::build((cookie_name(app, workshop), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.is_https())
        .max_age(time::Duration::seconds(limits::SESSION_SECS as i64))
        .build()
}

/// The session token of a request: `Authorization: Bearer`, else the cookie.
pub fn token(app: &AppState, headers: &HeaderMap, workshop: &WorkshopId) -> Option<String> {
    bearer(headers).or_else(|| {
        let jar = CookieJar::from_headers(headers);
        jar.get(&cookie_name(app, workshop))
            .map(|cookie| cookie.value().to_owned())
    })
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
