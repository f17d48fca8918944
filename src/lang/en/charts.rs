//! What is said of charts in English.

use crate::lang::shape::{Form, Magnitude, Said, Says, Shape};

const fn scale(value: f64, word: &'static str, said: bool) -> Magnitude {
    Magnitude { value, word, said }
}

/// The units of large values.
pub(super) const MAGNITUDES: &[Magnitude] = &[
    scale(1e3, "thousand", false),
    scale(1e6, "million", true),
    scale(1e8, "hundred million", false),
    scale(1e9, "billion", true),
    scale(1e12, "trillion", true),
];

fn form(form: Form) -> &'static str {
    match form {
        Form::Bars => "Bar chart",
        Form::Lines => "Line chart",
        Form::Shares => "Shares of a whole",
        Form::Points => "Scatter chart",
        Form::Dots => "Dot plot",
        Form::Slopes => "Slope chart",
        Form::Steps => "Waterfall chart",
        Form::Funnel => "Funnel",
        Form::Timeline => "Timeline",
        Form::Flow => "Diagram",
    }
}

/// The sentence for those who cannot see a chart.
pub(super) fn sentence(shape: &Shape<'_>) -> String {
    let mut text = form(shape.form).to_owned();
    if let Some(title) = shape.title {
        text += &format!(" of ‘{title}’");
    }
    let said: Vec<String> = shape.says.iter().map(|(name, says)| one(shape.form, *name, says)).collect();
    format!("{text}: {}.", said.join("; "))
}

fn one(form: Form, name: Option<&str>, says: &Says) -> String {
    let name = name.map(|name| format!("{name}, ")).unwrap_or_default();
    let text = match says {
        Says::Ranks { count, greatest, least: None } => match count {
            1 => format!("{} is {}", greatest.label, greatest.value),
            _ => format!("all {count} are {}", greatest.value),
        },
        Says::Ranks { count, greatest, least: Some(least) } => format!(
            "of {count}, {} is largest with {} and {} smallest with {}",
            greatest.label, greatest.value, least.label, least.value
        ),
        Says::Course { first, last, greatest, least } => {
            let mut text = format!("from {} to {}", at(first), at(last));
            text += &greatest.as_ref().map(|said| format!(", highest {}", at(said))).unwrap_or_default();
            text + &least.as_ref().map(|said| format!(", lowest {}", at(said))).unwrap_or_default()
        }
        Says::Reaches { count, first, last } => {
            format!("{count} steps from {} ({}) to {} ({})", first.label, first.value, last.label, last.value)
        }
        Says::Holds { count, first, last } => {
            let what = match form {
                Form::Timeline => "events",
                Form::Points => "points",
                _ => "boxes",
            };
            format!("{count} {what}, from {first} to {last}")
        }
    };
    name + &text
}

fn at(said: &Said) -> String {
    format!("{} ({})", said.value, said.label)
}
