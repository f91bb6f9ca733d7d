//! Who calls when. In a closed loop each connection calls again once it has its answer. In an open loop calls are due at even intervals
//! and their time is counted from then, so that a server that stalls is charged for the calls that had to wait.

use crate::caller::{Caller, Target};
use crate::message::{Numbers, Template};
use crate::tally::Tally;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How long a connection rests after a call that failed, so that a server that is gone is not asked in a tight loop.
const REST: Duration = Duration::from_millis(10);

/// What a run does.
pub struct Plan {
    pub target: Target,
    /// None: GET without a body.
    pub template: Option<Template>,
    pub numbers: Numbers,
    pub connections: u16,
    pub duration: Duration,
    pub rate: Option<u32>,
}

impl Plan {
    /// Makes the next call.
    pub async fn call(&self, caller: &mut Caller) -> Result<(), String> {
        caller.call(&self.target, self.template.as_ref().map(|template| template.fill(&self.numbers))).await
    }
}

/// Makes calls on all connections until the time is over, and waits for their answers.
pub async fn drive(plan: &Arc<Plan>) -> Result<Tally, String> {
    let schedule = plan.rate.map(|rate| Arc::new(Schedule::new(rate)));
    let begun = schedule.as_ref().map_or_else(Instant::now, |schedule| schedule.begun);
    let until = begun + plan.duration;
    let tasks: Vec<_> = (0..plan.connections)
        .map(|_| tokio::spawn(keep_busy(Arc::clone(plan), schedule.as_ref().map(Arc::clone), until)))
        .collect();
    if let Some(schedule) = &schedule {
        // A thread sleeps more exactly than the runtime, whose clock ticks by milliseconds.
        let schedule = Arc::clone(schedule);
        std::thread::spawn(move || schedule.tick(until));
    }
    let mut all = Tally::new()?;
    for task in tasks {
        all.add(task.await.map_err(|error| error.to_string())??)?;
    }
    all.ended(begun.elapsed());
    if let Some(schedule) = schedule {
        schedule.waiting_at(until).for_each(|wait| all.unbegun(wait));
    }
    Ok(all)
}

/// One connection's calls.
async fn keep_busy(plan: Arc<Plan>, schedule: Option<Arc<Schedule>>, until: Instant) -> Result<Tally, String> {
    let mut tally = Tally::new()?;
    let mut caller = Caller::default();
    loop {
        let due = match &schedule {
            None => Instant::now(),
            Some(schedule) => match schedule.next().await {
                Some(due) => due,
                None => break,
            },
        };
        if Instant::now() >= until {
            if let Some(schedule) = &schedule {
                schedule.give_back();
            }
            break;
        }
        let outcome = plan.call(&mut caller).await;
        let failed = outcome.is_err();
        tally.answered(outcome, due.elapsed());
        if failed {
            tokio::time::sleep(REST).await;
        }
    }
    tally.reopened(caller.reopened());
    Ok(tally)
}

/// When calls are due: number `n` after `n` intervals.
struct Schedule {
    begun: Instant,
    rate: u32,
    /// A permit for each call that is due and not begun. They are given in the order of asking, so the longest due comes first.
    due: Semaphore,
    begun_calls: AtomicU64,
}

impl Schedule {
    fn new(rate: u32) -> Self {
        Schedule { begun: Instant::now(), rate, due: Semaphore::new(0), begun_calls: AtomicU64::new(0) }
    }

    fn time(&self, number: u64) -> Instant {
        self.begun + Duration::from_secs_f64(number as f64 / f64::from(self.rate))
    }

    /// Waits until a call is due, and tells since when it is; nothing when no more will be.
    async fn next(&self) -> Option<Instant> {
        self.due.acquire().await.ok()?.forget();
        Some(self.time(self.begun_calls.fetch_add(1, Ordering::Relaxed)))
    }

    /// A call that was taken and will not be made.
    fn give_back(&self) {
        self.begun_calls.fetch_sub(1, Ordering::Relaxed);
        self.due.add_permits(1);
    }

    /// Lets calls begin when they are due.
    fn tick(&self, until: Instant) {
        let mut released = 0;
        while self.time(released) < until {
            std::thread::sleep(self.time(released).saturating_duration_since(Instant::now()));
            let now = Instant::now().min(until);
            let mut ready = 0;
            while self.time(released) <= now && self.time(released) < until {
                released += 1;
                ready += 1;
            }
            self.due.add_permits(ready);
        }
        std::thread::sleep(until.saturating_duration_since(Instant::now()));
        self.due.close();
    }

    /// How long those calls had waited that were due before the end and did not begin.
    fn waiting_at(&self, until: Instant) -> impl Iterator<Item = Duration> {
        let first = self.begun_calls.load(Ordering::Relaxed);
        (first..).map(|number| self.time(number)).take_while(move |time| *time < until).map(move |time| until - time)
    }
}

#[cfg(test)]
mod tests {
    use super::Schedule;
    use std::time::Duration;

    #[tokio::test]
    async fn calls_are_due_at_even_intervals_however_late_they_begin() {
        let schedule = Schedule::new(1000);
        schedule.due.add_permits(3);
        let mut due = Vec::new();
        for _ in 0..3 {
            due.push(schedule.next().await.unwrap() - schedule.begun);
        }
        assert_eq!(due, [0, 1, 2].map(Duration::from_millis));
    }

    #[test]
    fn what_does_not_begin_before_the_end_is_told_with_its_wait() {
        let schedule = Schedule::new(10);
        let waits: Vec<_> = schedule.waiting_at(schedule.begun + Duration::from_millis(250)).collect();
        assert_eq!(waits, [250, 150, 50].map(Duration::from_millis));
    }
}
