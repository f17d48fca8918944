//! Times of the day: 下午3点, 16:00, 三点半.

use crate::lang::number::{Number, arabic};

/// When in the day the words before an hour say that it is.
const DAY: [(&str, Part); 22] = [
    ("上午", Part::Morning),
    ("早上", Part::Morning),
    ("清晨", Part::Morning),
    ("早晨", Part::Morning),
    ("今早", Part::Morning),
    ("明早", Part::Morning),
    ("凌晨", Part::Early),
    ("拂晓", Part::Early),
    ("黎明", Part::Early),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("下午", Part::Afternoon),
    ("午后", Part::Afternoon),
    ("傍晚", Part::Afternoon),
    ("晚上", Part::Night),
    ("晚间", Part::Night),
    ("今晚", Part::Night),
    ("当晚", Part::Night),
    ("晚", Part::Night),
    ("夜里", Part::Night),
    ("深夜", Part::Night),
    ("夜间", Part::Night),
];

#[derive(Clone, Copy)]
enum Part {
    Morning,
    Early,
    Noon,
    Afternoon,
    Night,
}

/// Makes an hour of a number that stands as one, and adds the minutes that words say. Gives the bytes behind the number that
/// belong to it: the `:00` of a full hour. `before` and `after` are the text around it.
pub(super) fn hour(number: &mut Number, before: &str, after: &str, found: &mut Vec<Number>) -> usize {
    let full = arabic::full_hour(after);
    let tail = after[full..].trim_start_matches(' ');
    let named = tail.starts_with('点') || (tail.starts_with('时') && !tail.starts_with("时间"));
    let hour = (0.0..=24.0).contains(&number.value) && number.value.fract() == 0.0;
    if !hour || !(named || after.starts_with([':', '：'])) {
        return 0;
    }
    number.normal = in_day(number.value, before);
    let end = number.range.end;
    if let Some(rest) = tail.strip_prefix('点') {
        let minutes = [("半", 30.0), ("一刻", 15.0), ("三刻", 45.0)];
        let said = minutes.iter().filter(|(word, _)| rest.starts_with(word));
        found.extend(said.map(|(_, value)| Number::hint(*value, end..end + after.len() - rest.len())));
    }
    full
}

/// The hour from 0 to 23, if the words before it say when in the day it is.
fn in_day(hour: f64, before: &str) -> Option<f64> {
    let before = before.trim_end().trim_end_matches(['约', '近', '大']).trim_end();
    let (_, part) = DAY.iter().find(|(word, _)| before.ends_with(word))?;
    let late = hour < 12.0;
    Some(match part {
        Part::Morning => hour,
        Part::Early => hour % 12.0,
        Part::Noon if hour < 4.0 => hour + 12.0,
        Part::Noon => hour,
        Part::Afternoon if late => hour + 12.0,
        Part::Afternoon => hour,
        Part::Night if (6.0..12.0).contains(&hour) => hour + 12.0,
        Part::Night => hour % 12.0 + if hour > 12.0 { 12.0 } else { 0.0 },
    })
}
