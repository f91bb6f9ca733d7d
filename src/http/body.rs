//! The body of a request: read within its limits of size, time and memory, inflated within the same size (D7).

use super::limits::HttpLimits;
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, EXPECT, HeaderMap};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// Why a body cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// It is larger than allowed, as sent or once inflated.
    TooLarge,
    /// It did not arrive in time.
    TooLate,
    /// It arrives too slowly.
    TooSlow,
    /// There is no memory left for it.
    NoRoom,
    /// It is compressed in a way that is not spoken here.
    Encoding,
    /// It broke off or is no gzip.
    Broken,
}

/// A body, and the memory that is set aside for it and for what is made of it.
#[derive(Debug)]
pub struct Whole {
    /// Its bytes.
    pub bytes: Bytes,
    /// To be held as long as anything of the body is.
    pub share: Share,
}

/// Bytes up to which a body needs no memory set aside: calls that are not large always get through.
const SMALL: usize = 64 * 1024;
/// What memory is counted in.
const UNIT: usize = 1024;

/// The memory for large bodies, shared by all connections.
#[derive(Debug, Clone)]
pub struct Room(Arc<Semaphore>);

/// A part of the room, free again when it is dropped.
#[derive(Debug, Default)]
pub struct Share {
    units: usize,
    permit: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for so many bytes.
    pub fn new(bytes: usize) -> Self {
        Room(Arc::new(Semaphore::new((bytes / UNIT).min(Semaphore::MAX_PERMITS))))
    }

    /// Makes a share large enough for so many bytes. Nobody waits here: those who wait while they hold a part would wait for each other.
    fn grow(&self, share: &mut Share, bytes: usize) -> Result<(), BodyError> {
        let wanted = if bytes <= SMALL { 0 } else { bytes.div_ceil(UNIT) };
        let more = u32::try_from(wanted.saturating_sub(share.units)).map_err(|_| BodyError::NoRoom)?;
        if more == 0 {
            return Ok(());
        }
        let permit = Arc::clone(&self.0).try_acquire_many_owned(more).map_err(|_| BodyError::NoRoom)?;
        match share.permit.as_mut() {
            Some(held) => held.merge(permit),
            None => share.permit = Some(permit),
        }
        share.units = wanted;
        Ok(())
    }
}

/// A body on its way.
struct Arrival<'b> {
    body: &'b mut Incoming,
    begun: Instant,
    received: usize,
    limits: HttpLimits,
}

impl Arrival<'_> {
    /// The next piece, unless the whole is late, or what came so far came too slowly to wait for more.
    async fn piece(&mut self) -> Result<Option<Bytes>, BodyError> {
        let deadline = self.begun + self.limits.body_deadline;
        let seconds = self.received.checked_div(self.limits.body_rate).unwrap_or(usize::MAX);
        let paid = Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX));
        let patience = self.begun.checked_add(paid.max(self.limits.body_grace)).unwrap_or(deadline);
        loop {
            match timeout_at(deadline.min(patience), self.body.frame()).await {
                Err(_) => return Err(if patience < deadline { BodyError::TooSlow } else { BodyError::TooLate }),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(BodyError::Broken),
                Ok(Some(Ok(frame))) => {
                    // What is no data are trailers, which nobody needs.
                    let Ok(data) = frame.into_data() else { continue };
                    self.received = self.received.saturating_add(data.len());
                    return Ok(Some(data));
                }
            }
        }
    }

    /// Reads on and throws away, up to so many bytes: many clients read no answer before they have sent all, and lose it when the
    /// connection is reset. Whether the end was reached.
    async fn discard(&mut self, limit: usize) -> bool {
        while self.received <= limit {
            match self.piece().await {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
        false
    }

    /// Puts the pieces together. They are copied: a piece of a few bytes would keep all of the buffer that it came in.
    async fn collect(&mut self, limit: usize, room: &Room) -> Result<Whole, BodyError> {
        let mut share = Share::default();
        let Some(first) = self.piece().await? else { return Ok(Whole { bytes: Bytes::new(), share }) };
        if self.received <= limit && self.body.is_end_stream() {
            room.grow(&mut share, self.received)?;
            return Ok(Whole { bytes: first, share });
        }
        let mut whole = first.to_vec();
        loop {
            if self.received > limit {
                return Err(BodyError::TooLarge);
            }
            // A vector grows by doubling.
            room.grow(&mut share, whole.capacity())?;
            match self.piece().await? {
                Some(piece) if self.received <= limit => whole.extend_from_slice(&piece),
                Some(_) => {}
                None => return Ok(Whole { bytes: whole.into(), share }),
            }
        }
    }
}

/// Reads the whole body.
///
/// One that is refused is read on within its time and thrown away, unless the client waits to be told to continue: then it is refused at
/// once.
pub async fn read(
    headers: &HeaderMap,
    mut body: Incoming,
    limit: usize,
    limits: HttpLimits,
    room: &Room,
) -> Result<Whole, BodyError> {
    let encoding = headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
    let gzip = match encoding.as_deref() {
        None | Some(b"" | b"identity") => Some(false),
        Some(b"gzip" | b"x-gzip") => Some(true),
        Some(_) => None,
    };
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let waits = headers.contains_key(EXPECT);
    let mut arrival = Arrival { body: &mut body, begun: Instant::now(), received: 0, limits };
    let outcome = match gzip {
        None => Err(BodyError::Encoding),
        Some(_) if announced > limit => Err(BodyError::TooLarge),
        Some(_) => arrival.collect(limit, room).await,
    };
    match (outcome, gzip) {
        (Ok(whole), Some(true)) => inflated(whole, limit, room),
        (Err(error @ (BodyError::TooLarge | BodyError::NoRoom | BodyError::Encoding)), _) => {
            if !waits || arrival.received > 0 {
                arrival.discard(limits.discarded).await;
            }
            Err(error)
        }
        (outcome, _) => outcome,
    }
}

/// Takes a body that nobody wants, so that the answer is not lost. Whether the connection can go on.
pub async fn discard(headers: &HeaderMap, mut body: Incoming, limits: HttpLimits) -> bool {
    if body.is_end_stream() {
        return true;
    }
    if headers.contains_key(EXPECT) {
        return false;
    }
    Arrival { body: &mut body, begun: Instant::now(), received: 0, limits }.discard(limits.discarded).await
}

fn inflated(packed: Whole, limit: usize, room: &Room) -> Result<Whole, BodyError> {
    let Whole { bytes, mut share } = packed;
    let mut out = Vec::new();
    let mut decoder = MultiGzDecoder::new(&bytes[..]);
    let mut piece = [0; 16 * 1024];
    loop {
        let count = decoder.read(&mut piece).map_err(|_| BodyError::Broken)?;
        if count == 0 {
            return Ok(Whole { bytes: out.into(), share });
        }
        if out.len() + count > limit {
            return Err(BodyError::TooLarge);
        }
        out.extend_from_slice(piece.get(..count).unwrap_or_default());
        room.grow(&mut share, bytes.len().saturating_add(out.capacity()))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap().into()
    }

    fn inflate(bytes: Bytes, limit: usize, room: &Room) -> Result<Vec<u8>, BodyError> {
        inflated(Whole { bytes, share: Share::default() }, limit, room).map(|whole| whole.bytes.to_vec())
    }

    #[test]
    fn a_compressed_bomb_stops_at_the_limit() {
        let (bomb, room) = (gzip(&vec![b'x'; 1_000_000]), Room::new(1 << 30));
        assert!(bomb.len() < 10_000);
        assert_eq!(inflate(bomb, 4096, &room), Err(BodyError::TooLarge));
        assert_eq!(inflate(gzip(b"hello"), 5, &room), Ok(b"hello".to_vec()));
        assert_eq!(inflate(Bytes::from_static(b"hello"), 5, &room), Err(BodyError::Broken));
    }

    #[test]
    fn large_bodies_share_the_room_and_small_ones_need_none() {
        let room = Room::new(300 * 1024);
        let (mut first, mut second) = (Share::default(), Share::default());
        assert_eq!(room.grow(&mut first, SMALL + 1), Ok(()));
        assert_eq!(room.grow(&mut first, 200 * 1024), Ok(()));
        assert_eq!(room.grow(&mut second, 200 * 1024), Err(BodyError::NoRoom));
        assert_eq!(room.grow(&mut second, SMALL), Ok(()));
        drop(first);
        assert_eq!(room.grow(&mut second, 200 * 1024), Ok(()));
        assert_eq!(inflate(gzip(&vec![0; 1 << 20]), 1 << 20, &room), Err(BodyError::NoRoom));
    }
}
