//! What a timetable decides, apart from how it looks.

/// What a session is moved by, in minutes.
const STEP: i32 = 5;
/// How long a session looks whose end is not known, in minutes.
const SOME: i32 = 30;
/// How long one looks at least: there is a line to be read, and a finger finds it.
const LEAST: i32 = 15;
const HOUR: i32 = 60;
const DAY: i32 = 24 * HOUR;
/// The last moment of a day to which something is moved.
const LAST: i32 = DAY - STEP;
/// What ends on the next day is taken to be no longer than this (`content`'s rules of a slot have the last word).
const NIGHT: i32 = 6 * HOUR;

/// When a session is: on which of the days shown, and from which minute of it to which, also past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) day: usize,
    pub(crate) starts: i32,
    pub(crate) ends: Option<i32>,
}

/// How far something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// By the arrows: to the next full step.
    Step(bool),
    /// By a pointer: that many minutes, to a full step.
    Minutes(i32),
}

impl By {
    fn from(self, minute: i32) -> i32 {
        match self {
            Self::Step(true) => (minute.div_euclid(STEP) + 1) * STEP,
            Self::Step(false) => (minute - 1).div_euclid(STEP) * STEP,
            Self::Minutes(0) => minute,
            Self::Minutes(minutes) => (minute + minutes + STEP / 2).div_euclid(STEP) * STEP,
        }
    }
}

impl When {
    /// What ends no later than it starts ends on the next day, where that is not half a day later: else its end is as if it
    /// were not there.
    pub(crate) fn of(day: usize, starts: i32, ends: Option<i32>) -> Self {
        let ends = ends.and_then(|ends| match ends {
            ends if ends > starts => Some(ends),
            ends if ends + DAY - starts <= DAY / 2 => Some(ends + DAY),
            _ => None,
        });
        Self { day, starts, ends }
    }

    /// Until when it is drawn.
    pub(crate) fn until(self) -> i32 {
        self.ends.unwrap_or(self.starts + SOME).max(self.starts + LEAST)
    }

    /// Earlier or later, as long as it was; what is long stays within its day.
    pub(crate) fn moved(self, by: By) -> Self {
        let long = self.ends.map(|ends| ends - self.starts);
        let last = LAST - long.filter(|long| *long > NIGHT).unwrap_or_default();
        let starts = by.from(self.starts).clamp(0, last.max(self.starts));
        Self { starts, ends: long.map(|long| starts + long), ..self }
    }

    /// With another end, after its start.
    pub(crate) fn ended(self, by: By) -> Self {
        let ends = by.from(self.ends.unwrap_or(self.starts + SOME));
        Self { ends: Some(ends.clamp(self.starts + STEP, LAST.max(self.starts + NIGHT))), ..self }
    }
}

/// `09:45`, in minutes since midnight.
pub(crate) fn minutes(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..HOUR).contains(&minute)).then_some(hour * HOUR + minute)
}

/// The other way round; of the next day too.
pub(crate) fn clock(minutes: i32) -> String {
    let minutes = minutes.rem_euclid(DAY);
    format!("{:02}:{:02}", minutes / HOUR, minutes % HOUR)
}

/// From which minute to which a picture goes that shows them all, with an hour to move to on both sides.
pub(crate) fn hours(all: impl Iterator<Item = When> + Clone) -> (i32, i32) {
    let first = all.clone().map(|when| when.starts).min().unwrap_or(9 * HOUR);
    let last = all.map(When::until).max().unwrap_or(17 * HOUR);
    let from = (first / HOUR - 1).max(0) * HOUR;
    (from, ((last + HOUR - 1) / HOUR + 1).clamp(from / HOUR + 1, 24) * HOUR)
}

/// In which lane of its day each stands, so that none lies over another, and among how many: as few as will do for all
/// that hang together.
pub(crate) fn lanes(all: &[Option<When>]) -> Vec<(usize, usize)> {
    let mut lanes = vec![(0, 1); all.len()];
    let mut order: Vec<(usize, When)> = all.iter().enumerate().filter_map(|(at, when)| Some((at, (*when)?))).collect();
    order.sort_by_key(|&(at, when)| (when.day, when.starts, at));
    // Those that hang together, and until when each of their lanes is taken.
    let (mut group, mut taken): (Vec<usize>, Vec<i32>) = (Vec::new(), Vec::new());
    let mut day = 0;
    let mut close = |group: &mut Vec<usize>, taken: &mut Vec<i32>| {
        for at in group.drain(..) {
            lanes[at].1 = taken.len().max(1);
        }
        taken.clear();
    };
    let mut places = Vec::new();
    for (at, when) in order {
        if when.day != day || taken.iter().all(|until| *until <= when.starts) {
            close(&mut group, &mut taken);
            day = when.day;
        }
        let until = when.until();
        let lane = taken.iter().position(|free| *free <= when.starts).unwrap_or(taken.len());
        match taken.get_mut(lane) {
            Some(taken) => *taken = until,
            None => taken.push(until),
        }
        places.push((at, lane));
        group.push(at);
    }
    close(&mut group, &mut taken);
    for (at, lane) in places {
        lanes[at].0 = lane;
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(day: usize, starts: i32, ends: i32) -> When {
        When { day, starts, ends: Some(ends) }
    }

    #[test]
    fn times_are_read_and_written() {
        assert_eq!(minutes("09:45"), Some(585));
        assert_eq!(clock(585), "09:45");
        for odd in ["", "9", "24:00", "09:60", "-1:00", "a:b"] {
            assert_eq!(minutes(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_is_moved_keeps_its_length() {
        assert_eq!(when(0, 543, 600).moved(By::Minutes(0)), when(0, 543, 600), "it was only touched");
        assert_eq!(when(0, 543, 600).moved(By::Minutes(61)), when(0, 605, 662));
        assert_eq!(when(0, 543, 600).moved(By::Step(true)), when(0, 545, 602));
        assert_eq!(when(0, 545, 600).moved(By::Step(false)), when(0, 540, 595));
        assert_eq!(when(0, 60, 120).moved(By::Minutes(-500)), when(0, 0, 60));
        assert_eq!(when(0, 540, 1080).moved(By::Minutes(5000)), when(0, 895, 1435), "a day does not end in the night");
        let open = When { day: 0, starts: 60, ends: None };
        assert_eq!(open.moved(By::Step(true)), When { starts: 65, ..open });
    }

    #[test]
    fn an_evening_goes_past_midnight() {
        let evening = When::of(0, 1200, Some(60));
        assert_eq!(evening, when(0, 1200, 1500));
        assert_eq!(evening.moved(By::Step(true)), when(0, 1205, 1505));
        assert_eq!(clock(1505), "01:05");
        assert_eq!(When::of(0, 1320, Some(0)).moved(By::Minutes(0)), when(0, 1320, 1440));
        assert_eq!(when(0, 1320, 1439).moved(By::Step(true)), when(0, 1325, 1444));
        assert_eq!(when(0, 1438, 1439).moved(By::Step(true)), when(0, 1438, 1439), "it is the last of its day");
        assert_eq!(when(0, 1438, 1439).ended(By::Step(true)), when(0, 1438, 1443));
        // What was never right loses nothing: the form says so.
        assert_eq!(When::of(0, 600, Some(540)), When { day: 0, starts: 600, ends: None });
        assert_eq!(When::of(0, 600, Some(600)), When { day: 0, starts: 600, ends: None });
    }

    #[test]
    fn an_end_comes_after_its_start() {
        assert_eq!(when(0, 600, 630).ended(By::Minutes(-200)), when(0, 600, 605));
        assert_eq!(when(0, 600, 630).ended(By::Step(true)), when(0, 600, 635));
        assert_eq!(when(0, 600, 630).ended(By::Minutes(5000)), when(0, 600, 1435));
        assert_eq!(when(0, 1380, 1430).ended(By::Minutes(60)), when(0, 1380, 1490));
        assert_eq!(When { day: 0, starts: 600, ends: None }.ended(By::Step(true)), when(0, 600, 635));
    }

    #[test]
    fn there_is_an_hour_to_move_to_on_both_sides() {
        assert_eq!(hours([when(0, 543, 605), when(1, 600, 720)].into_iter()), (480, 780));
        assert_eq!(hours([when(0, 10, 1500)].into_iter()), (0, 1440));
        assert_eq!(hours(std::iter::empty()), (480, 1080));
    }

    #[test]
    fn none_lies_over_another() {
        let all = [
            Some(when(0, 540, 600)),
            Some(when(0, 570, 630)),
            None,
            Some(when(0, 600, 660)),
            Some(when(0, 660, 700)),
            Some(when(1, 540, 600)),
            Some(when(0, 680, 680)),
        ];
        assert_eq!(lanes(&all), [(0, 2), (1, 2), (0, 1), (0, 2), (0, 2), (0, 1), (1, 2)]);
        let short = [Some(when(3, 0, 5)), Some(when(3, 5, 20)), Some(when(3, 15, 30))];
        assert_eq!(lanes(&short), [(0, 2), (1, 2), (0, 2)], "what is short is drawn longer than it is");
    }
}
