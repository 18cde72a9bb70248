//! From which address a request comes.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// What a proxy says of whom it asks for, the nearest last.
const FORWARDED: &str = "x-forwarded-for";

/// Who is at the other end of the connection; a part of every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// From which address a request comes: the other end of the connection, or whom a trusted proxy names. What others
/// say of that is not believed, since anybody can say anything.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.contains(&address.to_canonical());
    if !is_trusted(&peer) {
        return peer;
    }
    let named: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut nearest = peer;
    for name in named.into_iter().rev() {
        let Ok(address) = name.trim().parse() else {
            break;
        };
        nearest = address;
        if !is_trusted(&nearest) {
            break;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for said in said {
            headers.append(FORWARDED, said.parse().unwrap());
        }
        let ip = |text: &&str| text.parse().unwrap();
        let trusted: Vec<IpAddr> = trusted.iter().map(ip).collect();
        address(ip(&peer), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_proxy_that_was_named_is_believed() {
        let proxy = "127.0.0.1";
        assert_eq!(found(proxy, &["10.0.0.1"], &[]), proxy);
        assert_eq!(found("9.9.9.9", &["10.0.0.1"], &[proxy]), "9.9.9.9");
        assert_eq!(found(proxy, &["10.0.0.1"], &[proxy]), "10.0.0.1");
        assert_eq!(
            found("::ffff:127.0.0.1", &["10.0.0.1"], &[proxy]),
            "10.0.0.1"
        );
        assert_eq!(found(proxy, &[], &[proxy]), proxy);
    }

    #[test]
    fn what_comes_before_the_proxys_own_word_is_anybodys() {
        let proxy = "127.0.0.1";
        assert_eq!(found(proxy, &["1.1.1.1, 10.0.0.1"], &[proxy]), "10.0.0.1");
        assert_eq!(found(proxy, &["1.1.1.1", "10.0.0.1"], &[proxy]), "10.0.0.1");
        assert_eq!(found(proxy, &["10.0.0.1, nonsense"], &[proxy]), proxy);
        let two = &[proxy, "10.0.0.9"];
        assert_eq!(found(proxy, &["5.5.5.5, 10.0.0.9"], two), "5.5.5.5");
    }
}
