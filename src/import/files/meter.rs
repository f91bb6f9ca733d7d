//! A gauge between a text and its parser: it knows the line, and stops what goes on for longer than a row may.
//!
//! Parsers keep a value until it ends. So it is here, before them, that the memory they may use is bounded.

use super::{LONGEST_ROW, ReadError};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// What is known of the place where the parser stands.
#[derive(Debug)]
pub(super) struct Gauge {
    left: Cell<usize>,
    line: Cell<u64>,
    begin: Cell<u64>,
}

impl Gauge {
    /// A row begins or has ended: what follows may be as long as a row.
    pub fn renew(&self) {
        self.left.set(LONGEST_ROW);
        self.begin.set(self.line.get());
    }

    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line.get()
    }
}

/// The text on its way to the parser.
pub(super) struct Meter<R> {
    input: R,
    gauge: Rc<Gauge>,
}

impl<R: BufRead> Meter<R> {
    /// The text and its gauge.
    pub fn new(input: R) -> (Meter<R>, Rc<Gauge>) {
        let gauge = Rc::new(Gauge { left: Cell::new(LONGEST_ROW), line: Cell::new(1), begin: Cell::new(1) });
        (Meter { input, gauge: Rc::clone(&gauge) }, gauge)
    }
}

impl<R: BufRead> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.gauge.left.get();
        let bytes = self.input.fill_buf()?;
        if left == 0 && !bytes.is_empty() {
            let problem = format!("what begins here is longer than {} MiB, which no row may be", LONGEST_ROW / 1024 / 1024);
            return Err(ReadError::at(self.gauge.begin.get(), problem).into());
        }
        Ok(bytes.get(..left.min(bytes.len())).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(bytes) = self.input.fill_buf() {
            let breaks = bytes.iter().take(amount).filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
            self.gauge.line.set(self.gauge.line.get() + breaks);
        }
        self.gauge.left.set(self.gauge.left.get().saturating_sub(amount));
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
