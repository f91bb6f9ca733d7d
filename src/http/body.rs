//! The body of a request: read within its limit and deadline, inflated within the same limit (D7).

use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, HeaderMap};
use std::io::Read;
use std::time::Duration;

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
pub async fn read(headers: &HeaderMap, body: Incoming, limit: usize, deadline: Duration) -> Result<Bytes, BodyError> {
    let encoding = headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
    let gzip = match encoding.as_deref() {
        None | Some(b"" | b"identity") => false,
        Some(b"gzip" | b"x-gzip") => true,
        Some(_) => return Err(BodyError::Encoding),
    };
    let collected = tokio::time::timeout(deadline, Limited::new(body, limit).collect()).await;
    let bytes = match collected {
        Err(_) => return Err(BodyError::TooSlow),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(BodyError::TooLarge),
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
