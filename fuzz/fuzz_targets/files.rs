//! Files of an import, in any format. What is right is known in `tests/it/fuzz/entries/`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| asmxd_fuzz::entries::run("files", bytes));
