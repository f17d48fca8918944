//! What stands above a page: front matter in YAML or TOML.

use serde_yaml::Value;

use super::toml;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Its keys, in order, with plain values as text; others as YAML.
    pub(super) keys: Vec<(String, String)>,
    /// How many lines it has, its fences included.
    pub(super) lines: usize,
}

impl Front {
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The place among its neighbours that it asks for.
    pub(super) fn weight(&self) -> Option<f64> {
        ["sidebar_position", "weight", "nav_order", "order", "position"]
            .into_iter()
            .find_map(|key| self.get(key)?.trim().parse().ok())
    }
}

/// Splits a page into its front matter and its text.
pub(super) fn split(text: &str) -> (Front, &str) {
    for (fence, is_toml) in [("---", false), ("+++", true)] {
        let Some(inner) = text.strip_prefix(fence).and_then(|rest| rest.strip_prefix('\n')) else { continue };
        let mut at = 0;
        for line in inner.split_inclusive('\n') {
            if line.trim_end() == fence {
                let body = &inner[at + line.len()..];
                let keys = if is_toml { toml::read(&inner[..at]).flat("") } else { yaml(&inner[..at]) };
                return (Front { keys, lines: inner[..at].lines().count() + 2 }, body);
            }
            at += line.len();
        }
    }
    (Front::default(), text)
}

/// The keys of a mapping. What cannot be read as YAML is read line by line.
fn yaml(text: &str) -> Vec<(String, String)> {
    let by_line = || {
        let pair = |line: &str| line.split_once(": ").map(|(key, value)| (key.to_owned(), unquoted(value)));
        text.lines().filter(|line| !line.starts_with([' ', '-', '#'])).filter_map(pair).collect()
    };
    if text.len() > crate::manuscript::yaml::MAX_BYTES {
        return Vec::new();
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Mapping(map)) => map.iter().filter_map(|(key, value)| Some((scalar(key)?, shown(value)))).collect(),
        Ok(Value::Null) => Vec::new(),
        _ => by_line(),
    }
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

/// A plain value as text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A value as text: that of a list, its parts with commas between them.
fn shown(value: &Value) -> String {
    match value {
        Value::Sequence(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Mapping(map) => map.values().map(shown).collect::<Vec<_>>().join(", "),
        other => scalar(other).unwrap_or_default(),
    }
}
