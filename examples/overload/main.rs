//! Overload for a running server: it finds out what the server can do, asks for three times as much over many connections, and tells what
//! became of the calls and how soon the server was its usual self again. `benches/overload.sh` runs it; docs/performance.md has figures.
//!
//! Only this machine is ever called. How a call looks on the wire is in `caller.rs`.

mod caller;

use caller::{Caller, Kind, Outcome, Plan, Seen};
use clap::Parser;
use hdrhistogram::Histogram;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio::time::{sleep, sleep_until};

/// Puts a server on this machine under more load than it can bear.
#[derive(Parser)]
struct Options {
    /// Where the server is; a loopback address and a port
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: std::net::SocketAddrV4,
    /// What is called
    #[arg(long, value_enum, default_value_t = Kind::Read)]
    kind: Kind,
    /// Connections of the flood
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u16).range(1..=16384))]
    connections: u16,
    /// Addresses of this machine that they come from
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=200))]
    addresses: u8,
    /// Connections with which the server's best is found
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=4096))]
    sustainable: u16,
    /// How long each part takes
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// How many times its best the server is asked for
    #[arg(long, default_value_t = 3.0)]
    times: f64,
    /// The server's process, whose memory is told
    #[arg(long)]
    pid: Option<u32>,
}

/// Connections of callers who do nothing wrong, and people who log in for the first time, beside a flood of wrong passwords.
const GOOD: u16 = 16;
const NEWCOMERS: u32 = 20;

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(|error| error.to_string()).and_then(|runtime| runtime.block_on(run(&options)));
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("overload: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Whether no answer was anything but right, a refusal for want of room, or the refusal that a wrong password gets.
async fn run(options: &Options) -> Result<bool, String> {
    let plan = Arc::new(Plan::new(*options.address.ip(), options.address.port(), options.addresses)?);
    let seconds = Duration::from_secs(options.seconds);
    // What is measured beside a flood of wrong passwords is a call that has nothing to do with it.
    let measured = if options.kind == Kind::Wrong { Kind::Read } else { options.kind };
    let mut probe = Caller::new(Arc::clone(&plan));
    if options.kind == Kind::Wrong {
        for _ in 0..NEWCOMERS {
            probe.expect(Kind::Create).await?;
        }
    }
    probe.expect(Kind::Read).await?;
    let sustainable = if options.kind == Kind::Wrong { GOOD } else { options.sustainable };
    let spent = cpu(options.pid);
    let best = together(closed(&plan, measured, sustainable, seconds)).await?;
    let best_cpu = per_answer(spent, cpu(options.pid), &best);
    let best_rate = best.rate(seconds);
    println!("best       {best_rate:.0}/s with {sustainable} connections; {}; {best_cpu}", best.times());
    let usual = probed(&mut probe, measured, Duration::from_secs(2)).await?;
    println!("alone      {}", usual.times());
    let before = memory(options.pid, "VmRSS");
    let spent = cpu(options.pid);
    let flood = open(&plan, options, best_rate * options.times);
    let beside = if options.kind == Kind::Wrong {
        let good = closed(&plan, Kind::Read, GOOD, seconds);
        newcomers(&plan).await?;
        Some(together(good).await?)
    } else {
        None
    };
    let flooded = together(flood).await?;
    let ended = Instant::now();
    println!("flood      {}", per_answer(spent, cpu(options.pid), &flooded));
    tell(options, &flooded, beside.as_ref(), best_rate);
    recovery(&mut probe, measured, ended, &usual).await?;
    let mib = |kib: Option<u64>| kib.map_or("?".to_owned(), |kib| format!("{:.0}", kib as f64 / 1024.0));
    println!("memory     {} MiB before, {} MiB at most", mib(before), mib(memory(options.pid, "VmHWM")));
    Ok(flooded.seen.wrong == 0 && beside.is_none_or(|beside| beside.seen.wrong == 0))
}

/// What came of some calls.
struct Tally {
    good: Histogram<u64>,
    refused: Histogram<u64>,
    seen: Seen,
}

impl Tally {
    fn new() -> Result<Self, String> {
        let histogram = || Histogram::new_with_bounds(1, 120_000_000, 3).map_err(|error| error.to_string());
        Ok(Tally { good: histogram()?, refused: histogram()?, seen: Seen::default() })
    }

    fn take(&mut self, outcome: Outcome, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        match outcome {
            Outcome::Good => self.good.saturating_record(micros),
            Outcome::Shed | Outcome::Nine | Outcome::Denied => self.refused.saturating_record(micros),
            Outcome::Wrong(_) => {}
        }
        self.seen.count(outcome);
    }

    fn rate(&self, time: Duration) -> f64 {
        self.good.len() as f64 / time.as_secs_f64()
    }

    fn times(&self) -> String {
        percentiles(&self.good)
    }
}

fn percentiles(times: &Histogram<u64>) -> String {
    let at = |quantile| Duration::from_micros(times.value_at_quantile(quantile)).as_secs_f64() * 1e3;
    format!("p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms", at(0.5), at(0.99), at(1.0))
}

/// Adds up what tasks came to.
async fn together(tasks: Vec<JoinHandle<Result<Tally, String>>>) -> Result<Tally, String> {
    let mut all = Tally::new()?;
    for task in tasks {
        let tally = task.await.map_err(|error| error.to_string())??;
        all.good.add(&tally.good).and_then(|()| all.refused.add(&tally.refused)).map_err(|error| error.to_string())?;
        all.seen.add(tally.seen);
    }
    Ok(all)
}

/// Connections that ask again as soon as they were answered.
fn closed(plan: &Arc<Plan>, kind: Kind, connections: u16, time: Duration) -> Vec<JoinHandle<Result<Tally, String>>> {
    let until = Instant::now() + time;
    let connection = |_| {
        let mut caller = Caller::new(Arc::clone(plan));
        tokio::spawn(async move {
            let mut tally = Tally::new()?;
            while Instant::now() < until {
                let begun = Instant::now();
                let outcome = caller.call(kind).await;
                tally.take(outcome, begun.elapsed());
            }
            Ok(tally)
        })
    };
    (0..connections).map(connection).collect()
}

/// Connections that ask at a common rate, whatever the answers. One that was not answered when it should ask again asks late and not twice.
fn open(plan: &Arc<Plan>, options: &Options, rate: f64) -> Vec<JoinHandle<Result<Tally, String>>> {
    let (kind, connections) = (options.kind, options.connections);
    let begun = Instant::now();
    let until = begun + Duration::from_secs(options.seconds);
    let interval = Duration::from_secs_f64(f64::from(connections) / rate);
    let connection = |number: u16| {
        let mut caller = Caller::of_flood(Arc::clone(plan), number);
        let mut next = begun + interval.mul_f64(f64::from(number) / f64::from(connections));
        tokio::spawn(async move {
            let mut tally = Tally::new()?;
            while next < until {
                sleep_until(next.into()).await;
                let asked = Instant::now();
                let outcome = caller.call(kind).await;
                // Who is told when to come again does.
                let pause = if outcome == Outcome::Shed { caller::RETRY_AFTER } else { Duration::ZERO };
                tally.take(outcome, asked.elapsed());
                next = (next + interval).max(Instant::now() + pause);
            }
            Ok(tally)
        })
    };
    (0..connections).map(connection).collect()
}

/// Calls one by one with pauses, as a client among others would make them.
async fn probed(caller: &mut Caller, kind: Kind, time: Duration) -> Result<Tally, String> {
    let mut tally = Tally::new()?;
    let until = Instant::now() + time;
    while Instant::now() < until {
        let begun = Instant::now();
        let outcome = caller.call(kind).await;
        tally.take(outcome, begun.elapsed());
        sleep(Duration::from_millis(20)).await;
    }
    Ok(tally)
}

/// How soon after the flood calls are as quick as before it.
async fn recovery(caller: &mut Caller, kind: Kind, ended: Instant, usual: &Tally) -> Result<(), String> {
    // Twice the slowest of before, and what this machine's other work may add.
    let bound = Duration::from_micros(2 * usual.good.max()) + Duration::from_millis(5);
    let mut last_slow = Duration::ZERO;
    while ended.elapsed() < Duration::from_secs(6) {
        let begun = Instant::now();
        let outcome = caller.call(kind).await;
        if outcome != Outcome::Good || begun.elapsed() > bound {
            last_slow = ended.elapsed();
        }
        sleep(Duration::from_millis(20)).await;
    }
    println!(
        "recovered  {} ms after the flood (slower than {:.1} ms until then)",
        last_slow.as_millis(),
        bound.as_secs_f64() * 1e3
    );
    Ok(())
}

/// People who log in for the first time, one after the other; who is told to come again does at once.
async fn newcomers(plan: &Arc<Plan>) -> Result<(), String> {
    sleep(Duration::from_secs(1)).await;
    let mut caller = Caller::new(Arc::clone(plan));
    let (mut times, mut tries) = (Tally::new()?, 0);
    for number in 0..NEWCOMERS {
        let begun = Instant::now();
        loop {
            tries += 1;
            let outcome = caller.call(Kind::Newcomer(number)).await;
            match outcome {
                Outcome::Good => break times.take(outcome, begun.elapsed()),
                Outcome::Nine | Outcome::Shed if begun.elapsed() < Duration::from_secs(60) => {}
                other => return Err(format!("a newcomer did not get in: {other:?}")),
            }
        }
    }
    println!("newcomers  {NEWCOMERS} logged in by {tries} tries; {}", times.times());
    Ok(())
}

fn tell(options: &Options, flooded: &Tally, beside: Option<&Tally>, best: f64) {
    let seconds = Duration::from_secs(options.seconds);
    let good = beside.unwrap_or(flooded);
    let rate = good.rate(seconds);
    println!("overload   {rate:.0}/s good, {:.2} of the best; {}", rate / best, good.times());
    let Seen { shed, nine, denied, wrong, .. } = &flooded.seen;
    println!("refused    {shed} by 503, {nine} by code 9, {denied} by code 1; {}", percentiles(&flooded.refused));
    println!(
        "wrong      {wrong}{}",
        flooded.seen.first.as_deref().map_or(String::new(), |first| format!(", the first: {first}"))
    );
}

/// A line of the process's status, in KiB.
fn memory(pid: Option<u32>, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid?)).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().ok()
}

/// CPU time that the process has had, in hundredths of a second, which is what Linux counts it in everywhere.
fn cpu(pid: Option<u32>) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid?)).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

fn per_answer(before: Option<u64>, after: Option<u64>, tally: &Tally) -> String {
    let Some((before, after)) = before.zip(after) else { return "the server's CPU time is not known".to_owned() };
    let hundredths = after.saturating_sub(before);
    let micros = hundredths as f64 * 1e4 / (tally.good.len() + tally.refused.len()).max(1) as f64;
    format!("the server's CPU: {:.1} s, {micros:.0} us an answer", hundredths as f64 / 100.0)
}
