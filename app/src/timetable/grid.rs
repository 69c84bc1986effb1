//! What a timetable decides, apart from how it looks.

/// What a session is moved by, in minutes.
pub(crate) const STEP: i32 = 5;
/// How long a session looks whose end is not known, in minutes.
const SOME: i32 = 30;
const HOUR: i32 = 60;
/// The last moment of a day at which something may end.
const LAST: i32 = 24 * HOUR - STEP;

/// When a session is: on which of the days shown, and from which minute of it to which.
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
    /// Until when it is drawn.
    pub(crate) fn until(self) -> i32 {
        self.ends.unwrap_or(self.starts + SOME)
    }

    /// Earlier or later, as long as it was, within its day.
    pub(crate) fn moved(self, by: By) -> Self {
        let long = self.ends.map(|ends| (ends - self.starts).max(0));
        let starts = by.from(self.starts).clamp(0, (LAST - long.unwrap_or_default()).max(0));
        Self { starts, ends: long.map(|long| (starts + long).min(LAST)), ..self }
    }

    /// With another end, after its start.
    pub(crate) fn ended(self, by: By) -> Self {
        let first = (self.starts + STEP).min(LAST);
        Self { ends: Some(by.from(self.until()).clamp(first, LAST)), ..self }
    }
}

/// `09:45`, in minutes since midnight.
pub(crate) fn minutes(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..HOUR).contains(&minute)).then_some(hour * HOUR + minute)
}

/// The other way round.
pub(crate) fn clock(minutes: i32) -> String {
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
        let until = when.until().max(when.starts + 1);
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
    fn what_is_moved_keeps_its_length_and_stays_within_its_day() {
        assert_eq!(when(0, 543, 600).moved(By::Minutes(0)), when(0, 543, 600), "it was only touched");
        assert_eq!(when(0, 543, 600).moved(By::Minutes(61)), when(0, 605, 662));
        assert_eq!(when(0, 543, 600).moved(By::Step(true)), when(0, 545, 602));
        assert_eq!(when(0, 545, 600).moved(By::Step(false)), when(0, 540, 595));
        assert_eq!(when(0, 60, 120).moved(By::Minutes(-500)), when(0, 0, 60));
        assert_eq!(when(0, 60, 120).moved(By::Minutes(5000)), when(0, 1375, 1435));
        let open = When { day: 0, starts: 60, ends: None };
        assert_eq!(open.moved(By::Step(true)), When { starts: 65, ..open });
        // What a form holds that was never right stays within the day too.
        assert_eq!(when(0, 600, 540).moved(By::Step(true)), when(0, 605, 605));
    }

    #[test]
    fn an_end_comes_after_its_start() {
        assert_eq!(when(0, 600, 630).ended(By::Minutes(-200)), when(0, 600, 605));
        assert_eq!(when(0, 600, 630).ended(By::Step(true)), when(0, 600, 635));
        assert_eq!(when(0, 600, 630).ended(By::Minutes(5000)), when(0, 600, 1435));
        assert_eq!(When { day: 0, starts: 600, ends: None }.ended(By::Step(true)), when(0, 600, 635));
    }

    #[test]
    fn there_is_an_hour_to_move_to_on_both_sides() {
        assert_eq!(hours([when(0, 543, 605), when(1, 600, 720)].into_iter()), (480, 780));
        assert_eq!(hours([when(0, 10, 1435)].into_iter()), (0, 1440));
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
        assert_eq!(lanes(&[Some(when(3, 0, 0)), Some(when(3, 0, 0)), Some(when(3, 0, 5))]), [(0, 3), (1, 3), (2, 3)]);
    }
}
