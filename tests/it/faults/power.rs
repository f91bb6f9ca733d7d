//! The power goes: at any moment, and any part of what was not synced is lost.
//!
//! One run of a server is recorded, and then the power is cut at as many of its moments as wanted: each record of the log is one. A
//! client notes how long the log was when it asked and when it was answered, so for each moment it is known what had been answered.

use super::disk::Faulty;
use super::image::{Image, Record, records};
use super::load::Load;
use super::{rounds, seed};
use crate::cli::program::{Place, Program};
use crate::cli::serve;
use crate::support::{Chance, patiently};

/// How often the power is cut in one recorded run.
const CUTS: usize = 24;
/// How much a life writes, in bytes.
const LIFE: u64 = 2 << 20;
/// More than the write-ahead log holds before it is copied back.
const LONG_LIFE: u64 = 110 << 20;

/// A recorded run, with the clients who know what they were answered.
struct Recorded {
    log: Vec<u8>,
    load: Load,
}

/// Lets a server live several times on one recorded disk, until so much is written in each life; the last life is killed.
fn record(seed: u64, wordy: bool, lives: &[u64]) -> Recorded {
    let disk = Faulty::recorded();
    let log = disk.log();
    let length = || std::fs::metadata(&log).unwrap().len();
    let mut load = Load::new(seed, wordy);
    for (life, much) in lives.iter().enumerate() {
        let program = disk.serve();
        let begun = length();
        let end = |program: Program| {
            patiently("enough is written", || (length() > begun + much).then_some(()));
            if life + 1 < lives.len() {
                assert_eq!(program.terminate().code, Some(0));
            } else {
                program.kill();
            }
        };
        load.until_gone(program, &length, end);
        if life + 1 < lives.len() {
            load.check_and_adopt(&disk.database(), length()).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
        }
    }
    Recorded { log: std::fs::read(&log).unwrap(), load }
}

/// Cuts the power at moments of a run that chance chooses from a range of its records; `look` tells whether what is left is right.
fn cut(
    log: &[Record<'_>],
    begin: usize,
    chance: &mut Chance,
    look: &dyn Fn(&Place, u64) -> Result<(), String>,
) -> Result<(), String> {
    let mut moments: Vec<usize> = (0..CUTS).map(|_| begin + 1 + chance.below(log.len() - begin)).collect();
    moments.sort_unstable();
    let (mut image, mut followed) = (Image::default(), 0);
    for moment in moments {
        log[followed..moment].iter().for_each(|record| image.follow(record));
        followed = moment;
        let place = Place::new();
        image.lose_power(chance, &place.path(""));
        look(&place, log[moment - 1].end).map_err(|wrong| format!("after record {moment} of {}: {wrong}", log.len()))?;
    }
    Ok(())
}

/// Starts a server on what is left, and looks whether all is there.
fn start_and_check(place: &Place, load: &Load, now: u64) -> Result<(), String> {
    let program = serve(place, &[]);
    load.check(&place.path("asmxd.db"), now)?;
    program.kill();
    Ok(())
}

#[test]
fn whenever_the_power_goes_all_that_was_answered_is_there_and_nothing_is_half_there() {
    let seed = seed();
    let mut chance = Chance::new(seed);
    for round in 0..rounds(1) {
        let Recorded { log, load } = record(chance.next(), false, &[LIFE, LIFE, LIFE]);
        let outcome = cut(&records(&log), 0, &mut chance, &|place, now| start_and_check(place, &load, now));
        outcome.unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed} round {round}: {wrong}"));
    }
}

#[test]
#[ignore = "takes minutes; tests/long.sh runs it"]
fn the_power_may_go_while_the_write_ahead_log_is_copied_back_and_begun_anew() {
    let seed = seed();
    let mut chance = Chance::new(seed);
    for round in 0..rounds(1) {
        let Recorded { log, load } = record(chance.next(), true, &[LONG_LIFE]);
        let log = records(&log);
        let outcome = cut(&log, log.len() / 2, &mut chance, &|place, now| start_and_check(place, &load, now));
        outcome.unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed} round {round}: {wrong}"));
    }
}

/// The checks are checked: were nothing synced any more from some moment on, they would tell.
#[test]
fn a_disk_that_lies_about_syncs_is_found_out() {
    let seed = seed();
    let Recorded { log, load } = record(seed, false, &[LIFE]);
    let mut log = records(&log);
    let middle = log.len() / 2;
    let mut number = 0;
    log.retain(|record| {
        number += 1;
        number < middle || !matches!(record.kind, b's')
    });
    let look = |place: &Place, now: u64| load.check(&place.path("asmxd.db"), now);
    let outcome = cut(&log, middle + (log.len() - middle) / 2, &mut Chance::new(seed), &look);
    assert!(outcome.is_err(), "FAULTS_SEED={seed}");
}
