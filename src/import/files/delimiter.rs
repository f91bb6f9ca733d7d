//! What stands between the cells of a CSV file, found by looking at its first rows.

use csv_core::{ReadRecordResult, ReaderBuilder};

const CANDIDATES: [u8; 3] = *b",;\t";
/// How many rows are looked at.
const ROWS: usize = 50;

/// A first line `sep=;`, as Excel reads and writes it: the delimiter, and how many bytes the line has with its end.
pub(super) fn declared(sample: &[u8]) -> Option<(u8, usize)> {
    let (word, rest) = sample.split_at_checked(4)?;
    match rest {
        [delimiter, b'\r', b'\n', ..] if word.eq_ignore_ascii_case(b"sep=") => Some((*delimiter, 7)),
        [delimiter, b'\n' | b'\r', ..] if word.eq_ignore_ascii_case(b"sep=") => Some((*delimiter, 6)),
        _ => None,
    }
}

/// The delimiter by which most rows have as many cells as the header, of which it must have two; a comma if none is like that.
pub(super) fn detected(sample: &[u8]) -> u8 {
    let scored = CANDIDATES.into_iter().map(|candidate| (score(sample, candidate), candidate)).rev();
    scored.max_by_key(|(score, _)| *score).filter(|(score, _)| score.1 > 1).map_or(b',', |(_, candidate)| candidate)
}

/// The share of rows, in thousandths, with as many cells as the header; and how many cells that has.
fn score(sample: &[u8], delimiter: u8) -> (usize, usize) {
    let counts = cells_per_row(sample, delimiter);
    match counts.split_first() {
        Some((header, rows)) if *header > 1 => {
            let like = rows.iter().filter(|count| *count == header).count();
            ((1 + like) * 1_000 / counts.len(), *header)
        }
        _ => (0, 0),
    }
}

/// How many cells the first rows have, but for the last one of the sample, which may be cut short.
fn cells_per_row(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut rest, mut counts, mut cells) = (sample, Vec::new(), 0);
    let (mut text, mut ends) = ([0; 4096], [0; 256]);
    while counts.len() < ROWS {
        let (result, read, _, found) = reader.read_record(rest, &mut text, &mut ends);
        rest = rest.get(read..).unwrap_or_default();
        cells += found;
        match result {
            ReadRecordResult::Record => counts.push(std::mem::take(&mut cells)),
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            // What was cut short counts if it is all there is, and its last cell did not end.
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {
                counts.extend(counts.is_empty().then_some(cells + 1));
                break;
            }
        }
    }
    counts
}
