//! Killed at moments that chance chooses, again and again, on one file.

use super::load::Load;
use super::{rounds, seed};
use crate::cli::program::{Place, Program};
use crate::cli::{ADMINISTRATOR, CHEAP, serve};
use crate::support::{Chance, patiently};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How often clients ask or are answered before the end, at most.
const MOST: usize = 300;

fn wait(chance: &mut Chance, at_most: usize) {
    std::thread::sleep(Duration::from_micros(u64::try_from(chance.below(at_most * 1000)).unwrap()));
}

/// Kills it: at work, or while it ends in order.
fn end(program: Program, chance: &mut Chance) {
    wait(chance, 5);
    if chance.below(4) == 0 {
        program.signal("TERM");
        wait(chance, 10);
    }
    program.kill();
}

/// Kills it before, or while, it reads what the last one left.
fn kill_at_start(place: &Place, chance: &mut Chance) {
    let mut child = place.server(&[], &[&CHEAP[..], &[ADMINISTRATOR]].concat()).spawn().unwrap();
    wait(chance, 40);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn whenever_it_is_killed_all_that_was_answered_is_there_and_nothing_is_half_there() {
    let seed = seed();
    let mut chance = Chance::new(seed);
    let mut load = Load::new(seed, false);
    let place = Place::new();
    let database = place.path("asmxd.db");
    let rounds = rounds(30);
    for round in 0..rounds {
        if chance.below(4) == 0 {
            kill_at_start(&place, &mut chance);
        }
        let program = serve(&place, &[]);
        load.check_and_adopt(&database, 0).unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed} round {round}: {wrong}"));
        let (told, enough) = (AtomicUsize::new(0), chance.below(MOST));
        let clock = || {
            told.fetch_add(1, Ordering::Relaxed);
            0
        };
        load.until_gone(program, &clock, |program| {
            patiently("enough is answered", || (told.load(Ordering::Relaxed) >= enough).then_some(()));
            end(program, &mut chance);
        });
    }
    let program = serve(&place, &[]);
    load.check(&database, 0).unwrap_or_else(|wrong| panic!("FAULTS_SEED={seed} at the end: {wrong}"));
    drop(program);
    println!("{rounds} rounds, {} calls", load.calls());
}
