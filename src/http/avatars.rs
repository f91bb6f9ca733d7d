//! Avatars as HTTP answers them: pictures that may be kept for good, and the way to those that are somewhere else.

use super::respond::{Reply, response, text};
use crate::domain::avatar::Providers;
use crate::domain::picture::{Format, hash};
use crate::failure;
use crate::store::Store;
use hyper::StatusCode;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LOCATION,
    X_CONTENT_TYPE_OPTIONS,
};
use std::sync::LazyLock;

/// A plain silhouette.
const DEFAULT: &[u8] = include_bytes!("default-avatar.png");
/// Other bytes have another name, so what is kept under this one never grows old.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";
const AN_HOUR: &str = "public, max-age=3600";
/// Whatever a browser takes a picture for: nothing in it is run or loaded.
const POLICY: &str = "default-src 'none'";
const UNKNOWN: &str = "There is no such picture: AvatarUrl tells where somebody's is.\n";

/// The avatar of people who have none.
pub(super) fn default(headers: &HeaderMap) -> Reply {
    static HASH: LazyLock<String> = LazyLock::new(|| hash(DEFAULT));
    picture(headers, &HASH, Format::Png, A_DAY, DEFAULT.to_vec())
}

/// The uploaded picture of this name. It is read here and now, as a call reads.
pub(super) fn uploaded(store: &dyn Store, name: &str, headers: &HeaderMap) -> Reply {
    match store.view(|read| read.avatar_by_name(name)) {
        Ok(Some(avatar)) => {
            let hash = name.split('.').next().unwrap_or_default();
            picture(headers, hash, avatar.format, FOR_GOOD, avatar.bytes)
        }
        Ok(None) => text(StatusCode::NOT_FOUND, UNKNOWN),
        Err(error) => {
            failure::log("avatars", &error);
            text(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}

/// The way to a provider's picture.
pub(super) fn elsewhere(providers: &Providers, provider: &str, value: &str) -> Reply {
    let target = providers.target(provider, value).and_then(|target| HeaderValue::from_str(&target).ok());
    let Some(target) = target else {
        return text(StatusCode::NOT_FOUND, UNKNOWN);
    };
    let mut reply = text(StatusCode::FOUND, "The picture is somewhere else.\n");
    reply.headers_mut().insert(LOCATION, target);
    reply.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(AN_HOUR));
    reply
}

/// A picture, or that the client has it already.
fn picture(headers: &HeaderMap, hash: &str, format: Format, cache: &'static str, bytes: Vec<u8>) -> Reply {
    let tag = format!("\"{hash}\"");
    let mut reply = if is_known(headers, &tag) {
        let mut reply = response(StatusCode::NOT_MODIFIED, format.media_type(), cache, Vec::new());
        reply.headers_mut().remove(CONTENT_TYPE);
        reply
    } else {
        response(StatusCode::OK, format.media_type(), cache, bytes)
    };
    let more = reply.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        more.insert(ETAG, tag);
    }
    more.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    more.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    reply
}

/// Whether `If-None-Match` names the tag; weak ones count as well (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_itself_in_a_list_when_weak_and_to_a_star() {
        let known = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(IF_NONE_MATCH, value.parse().unwrap());
            }
            is_known(&headers, "\"0f\"")
        };
        for values in [&["\"0f\""][..], &["W/\"0f\""], &["*"], &["\"a\", W/\"b\" ,\"0f\""], &["\"a\"", "\"0f\""]] {
            assert!(known(values), "{values:?}");
        }
        for values in [&[][..], &[""], &["0f"], &["\"0F\""], &["\"0f\"-gzip"], &["\"a\", \"b\""], &["w/\"0f\""]] {
            assert!(!known(values), "{values:?}");
        }
    }
}
