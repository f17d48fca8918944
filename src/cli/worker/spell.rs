//! How long a piece of work may take on a machine that does other work as well.

use std::time::{Duration, Instant};

use super::limits::{Limits, Time};

/// Of the clock's time, the part that work must have been given, so that it is thought to be alive: what waits for a thing that never comes has none.
const ALIVE: u32 = 20;

/// A piece of work that is being done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell {
    /// When it is looked at next.
    deadline: Option<Instant>,
    limit: Duration,
    /// Whether the clock alone counts.
    by_the_clock: bool,
    /// The processor time of the process when the work began.
    began: Option<Duration>,
    /// When it was looked at last, and the processor time then.
    looked: (Instant, Option<Duration>),
}

impl Spell {
    /// Work that begins now, in a process that has had so much processor time; none where the system does not tell.
    pub(super) fn begin(limits: Limits, now: Instant, had: Option<Duration>) -> Self {
        let (limit, by_the_clock) = match limits.time {
            Some(Time { limit, by_the_clock }) => (Some(limit), by_the_clock),
            None => (None, true),
        };
        Self {
            deadline: limit.and_then(|limit| now.checked_add(limit)),
            limit: limit.unwrap_or_default(),
            by_the_clock,
            began: had,
            looked: (now, had),
        }
    }

    /// When it is to be looked at; never without a limit.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Time that is not its own.
    pub(super) fn put_off(&mut self, by: Duration) {
        self.deadline = self.deadline.and_then(|deadline| deadline.checked_add(by));
        self.looked.0 += by;
    }

    /// Whether its time is up. `had` is the processor time of the process until now, which is asked for at a deadline alone. Work that others kept
    /// waiting gets the processor time that it may take, as long as it does take some.
    pub(super) fn is_over(&mut self, now: Instant, had: impl FnOnce() -> Option<Duration>) -> bool {
        let Some(deadline) = self.deadline.filter(|deadline| now >= *deadline) else { return false };
        let had = if self.by_the_clock { None } else { had() };
        let (Some(began), Some(had), (before, Some(then))) = (self.began, had, self.looked) else { return true };
        let left = self.limit.saturating_sub(had.saturating_sub(began));
        let since = deadline.saturating_duration_since(before);
        if left.is_zero() || had.saturating_sub(then) < since / ALIVE {
            return true;
        }
        self.looked = (now, Some(had));
        self.deadline = now.checked_add(left.max(Duration::from_secs(1)));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    fn spell(by_the_clock: bool, had: Option<Duration>) -> (Spell, Instant) {
        let now = Instant::now();
        let limits = Limits { memory: None, time: Some(Time { limit: S(100), by_the_clock }) };
        (Spell::begin(limits, now, had), now)
    }

    #[test]
    fn work_that_had_its_processor_time_is_over() {
        let (mut spell, now) = spell(false, Some(S(7)));
        assert!(!spell.is_over(now + S(99), || panic!("nothing is asked before the time")));
        assert!(spell.is_over(now + S(100), || Some(S(107))));
    }

    #[test]
    fn work_that_waited_for_a_busy_machine_goes_on_and_has_an_end() {
        let (mut spell, now) = spell(false, Some(S(7)));
        assert!(!spell.is_over(now + S(100), || Some(S(37))));
        assert_eq!(spell.deadline(), Some(now + S(170)));
        assert!(!spell.is_over(now + S(170), || Some(S(77))));
        assert!(spell.is_over(now + S(200), || Some(S(107))));
    }

    #[test]
    fn work_that_takes_no_processor_time_is_over() {
        let (mut spell, now) = spell(false, Some(S(0)));
        assert!(spell.is_over(now + S(100), || Some(S(1))));
        let (mut spell, now) = self::spell(false, Some(S(0)));
        assert!(!spell.is_over(now + S(100), || Some(S(60))));
        assert!(spell.is_over(now + S(140), || Some(S(60))));
    }

    #[test]
    fn the_clock_decides_where_the_command_line_or_the_system_has_nothing_else() {
        let (mut spell, now) = spell(true, Some(S(0)));
        assert!(spell.is_over(now + S(100), || Some(S(10))));
        let (mut spell, now) = self::spell(false, None);
        assert!(spell.is_over(now + S(100), || None));
    }

    #[test]
    fn what_other_programs_take_is_not_counted() {
        let (mut spell, now) = spell(true, None);
        spell.put_off(S(50));
        assert!(!spell.is_over(now + S(149), || None));
        assert!(spell.is_over(now + S(150), || None));
    }

    #[test]
    fn without_a_limit_nothing_is_over() {
        let now = Instant::now();
        assert!(!Spell::begin(Limits::NONE, now, None).is_over(now + S(1 << 30), || None));
    }
}
