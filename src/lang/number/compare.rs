//! When two numbers say the same.

use super::units::{self, Measure};
use super::{Form, Kind, Number};

impl Number {
    /// Whether both come to the same, up to rounding of the arithmetic: a half is 50 %, 七折 is 30 % off, 3 p.m. is 15, 增长了两倍
    /// is tripled and not doubled. Units are not looked at.
    pub fn same_value(&self, other: &Number) -> bool {
        // The 3 of 千分之三 may be three per thousand, but is not 3 %.
        let implied =
            |a: &Number, b: &Number| a.form == Form::Hint && a.kind == Kind::Cardinal && b.kind == Kind::Percent;
        if implied(self, other) || implied(other, self) {
            return false;
        }
        match (self.normal, other.normal) {
            (Some(a), Some(b)) => same(a, b),
            (Some(normal), None) => self.same_figure(other) || other.may_come_to(normal),
            (None, Some(normal)) => self.same_figure(other) || self.may_come_to(normal),
            (None, None) => self.same_figure(other),
        }
    }

    /// Whether both say one amount in different units: 16 km is 10 miles, 68 °F is 20 °C, up to the rounding of the coarser one.
    pub fn converts_to(&self, other: &Number) -> bool {
        let (Some(a), Some(b)) = (Amount::of(self), Amount::of(other)) else { return false };
        self.unit != other.unit && a.measure.dimension == b.measure.dimension && a.is_near(&b)
    }

    /// What the unit measures, such as `length` or `time`; `money` is that of currencies.
    pub fn dimension(&self) -> Option<&'static str> {
        units::measure(self.unit?).map(|measure| measure.dimension.as_str())
    }

    fn same_figure(&self, other: &Number) -> bool {
        same(self.value, other.value) || self.is_share_of(other) || other.is_share_of(self)
    }

    /// Whether this is a percentage that says the same as a fraction, a decimal or a multiple.
    fn is_share_of(&self, other: &Number) -> bool {
        let share = match other.kind {
            Kind::Fraction | Kind::Multiple => true,
            Kind::Cardinal => other.value.abs() < 1.0,
            _ => false,
        };
        self.kind == Kind::Percent && share && same(self.value / 100.0, other.value)
    }

    /// Whether a number that does not say whether something grows *by* or *to* it may be meant so that it comes to this.
    fn may_come_to(&self, normal: f64) -> bool {
        let times = match self.kind {
            Kind::Percent => self.value / 100.0,
            Kind::Multiple | Kind::Fraction => self.value,
            _ => return same(self.value, normal),
        };
        same(times, normal) || same(times, (normal - 1.0).abs())
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// A number in the base unit of what it measures.
struct Amount {
    measure: &'static Measure,
    value: f64,
    /// The last place that was written: 10 of 150, 0.1 of 3.5.
    step: f64,
}

impl Amount {
    /// The largest difference by which two amounts that are meant to be the same may differ.
    const ROUNDED: f64 = 0.1;

    fn of(number: &Number) -> Option<Self> {
        let measure = units::measure(number.unit?).filter(|measure| measure.dimension != "money")?;
        let fahrenheit = number.unit == Some("°F");
        let (factor, zero) = if fahrenheit { (5.0 / 9.0, 32.0) } else { (measure.factor, 0.0) };
        let counted = matches!(number.kind, Kind::Cardinal | Kind::Fraction);
        let value = (number.value - zero) * factor;
        (counted && value.is_finite()).then(|| Self { measure, value, step: step(number.value) * factor })
    }

    fn is_near(&self, other: &Self) -> bool {
        let apart = (self.value - other.value).abs();
        let most = self.value.abs().max(other.value.abs());
        let degrees = self.measure.dimension == "temperature";
        let rounded = self.step.max(other.step) / 2.0 * (1.0 + 1e-9);
        apart <= 1e-9 * most || (apart <= rounded && (degrees || apart <= Self::ROUNDED * most))
    }
}

/// The last place of a number that was written.
fn step(value: f64) -> f64 {
    let mut step: f64 = 1.0;
    if value == 0.0 {
        return step;
    }
    while value % (step * 10.0) == 0.0 {
        step *= 10.0;
    }
    let fits = |step: f64| ((value / step).round() - value / step).abs() < 1e-6;
    while !fits(step) && step > 1e-6 {
        step /= 10.0;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(value: f64, unit: &'static str) -> Number {
        Number { unit: Some(unit), ..Number::cardinal(value, 0..0, Form::Exact) }
    }

    #[test]
    fn amounts_are_one_up_to_the_rounding_of_the_coarser() {
        for (a, b) in [
            ((16.0, "km"), (10.0, "mile")),
            ((100.0, "mile"), (160.0, "km")),
            ((10.0, "jin"), (5.0, "kg")),
            ((150.0, "mu"), (10.0, "ha")),
            ((20.0, "°C"), (68.0, "°F")),
            ((-40.0, "°C"), (-40.0, "°F")),
            ((6.0, "ft"), (1.83, "m")),
            ((0.5, "year"), (6.0, "month")),
            ((3.0, "decade"), (30.0, "year")),
            ((8.0, "bit"), (1.0, "byte")),
            ((2.0, "TB"), (2048.0, "GB")),
            ((5.0, "km"), (5000.0, "m")),
            ((1.0, "km²"), (100.0, "ha")),
        ] {
            assert!(amount(a.0, a.1).converts_to(&amount(b.0, b.1)), "{a:?} {b:?}");
            assert!(amount(b.0, b.1).converts_to(&amount(a.0, a.1)), "{b:?} {a:?}");
        }
        for (a, b) in [
            ((60.0, "km"), (60.0, "mile")),
            ((16.0, "km"), (12.0, "mile")),
            ((100.0, "m"), (100.0, "ft")),
            ((10.0, "jin"), (10.0, "kg")),
            ((20.0, "°C"), (86.0, "°F")),
            ((8.0, "bit"), (8.0, "byte")),
            ((5.0, "USD"), (5.0, "CNY")),
            ((3.4, "month"), (3.4, "year")),
            ((5.0, "kg"), (5.0, "kg")),
            ((5.0, "kg"), (5.0, "m")),
        ] {
            assert!(!amount(a.0, a.1).converts_to(&amount(b.0, b.1)), "{a:?} {b:?}");
        }
    }
}
