//! Files of an import: what is read out of them and written into them, in every format, and what hostile ones do.

mod delimited;
mod hostile;
mod objects;
mod roundtrip;
mod support;
mod systems;
