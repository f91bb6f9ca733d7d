//! Cells that a spreadsheet would take for a formula: written with an apostrophe before them, read without it.
//!
//! A cell that itself begins with an apostrophe gets one as well, so each cell comes back as it was. Of foreign files, only those cells are
//! changed that begin with an apostrophe and such a character, which is how people type a formula that is to be none.

use std::borrow::Cow;

/// What a cell begins with that a spreadsheet may calculate, after which it may look for such a character, or that hides one.
const TELLING: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];
const MARK: char = '\'';

/// The cell as it is written where a spreadsheet may read it.
pub(super) fn neutral(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(TELLING) || cell.starts_with(MARK) {
        true => Cow::Owned(format!("{MARK}{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// The cell that was written so.
pub(super) fn restored(cell: &str) -> &str {
    match cell.strip_prefix(MARK) {
        Some(rest) if rest.starts_with(TELLING) || rest.starts_with(MARK) => rest,
        _ => cell,
    }
}
