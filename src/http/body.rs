//! The body of a request: read within its limit and deadline, inflated within the same limit (D7).

use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, EXPECT, HeaderMap};
use std::io::Read;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Why a body cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than allowed, as sent or once inflated.
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// It is compressed in a way that is not spoken here.
    Encoding,
    /// It broke off or is no gzip.
    Broken,
}

/// Reads the whole body.
///
/// One that is too large is read on within the deadline and thrown away: many clients read no answer before they have sent all, and
/// lose it when the connection is reset. A client that waits to be told to continue is refused at once.
pub async fn read(headers: &HeaderMap, mut body: Incoming, limit: usize, deadline: Duration) -> Result<Bytes, BodyError> {
    let encoding = headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
    let gzip = match encoding.as_deref() {
        None | Some(b"" | b"identity") => false,
        Some(b"gzip" | b"x-gzip") => true,
        Some(_) => return Err(BodyError::Encoding),
    };
    if headers.contains_key(EXPECT) && usize::try_from(body.size_hint().lower()).map_or(true, |length| length > limit) {
        return Err(BodyError::TooLarge);
    }
    let end = Instant::now() + deadline;
    let bytes = match timeout_at(end, Limited::new(&mut body, limit).collect()).await {
        Err(_) => return Err(BodyError::TooSlow),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let thrown_away = async { while let Some(Ok(_)) = body.frame().await {} };
            // In time or not, the answer is the same.
            let _ = timeout_at(end, thrown_away).await;
            return Err(BodyError::TooLarge);
        }
        Ok(Err(_)) => return Err(BodyError::Broken),
        Ok(Ok(collected)) => collected.to_bytes(),
    };
    if gzip { inflated(&bytes, limit).map(Bytes::from) } else { Ok(bytes) }
}

fn inflated(bytes: &[u8], limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut out = Vec::new();
    let cap = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes).take(cap).read_to_end(&mut out).map_err(|_| BodyError::Broken)?;
    if out.len() > limit { Err(BodyError::TooLarge) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![b'x'; 1_000_000]);
        assert!(bomb.len() < 10_000);
        assert_eq!(inflated(&bomb, 4096), Err(BodyError::TooLarge));
        assert_eq!(inflated(&gzip(b"hello"), 5), Ok(b"hello".to_vec()));
        assert_eq!(inflated(b"hello", 5), Err(BodyError::Broken));
    }
}
