//! The part of TOML that settings of books and front matter are written in: tables, texts, numbers and lists of them.

/// A file of settings: keys with the table before them, `book.title`.
#[derive(Debug, Default)]
pub(super) struct Settings(Vec<(String, Vec<String>)>);

impl Settings {
    /// The text of a key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.list(key).first().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The texts of a key.
    pub(super) fn list(&self, key: &str) -> &[String] {
        self.0.iter().find(|(known, _)| known == key).map_or(&[], |(_, values)| values)
    }

    /// All keys below a table.
    pub(super) fn flat(&self, table: &str) -> Vec<(String, String)> {
        let below = |key: &str| key.strip_prefix(table).map(str::to_owned);
        self.0.iter().filter_map(|(key, values)| Some((below(key)?, values.join(", ")))).collect()
    }
}

/// Reads settings. A line that is understood in no way is left.
pub(super) fn read(text: &str) -> Settings {
    let (mut settings, mut table) = (Settings::default(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            table = format!("{}.", name.0.trim_matches('[').trim());
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        let mut value = value.trim().to_owned();
        for quotes in ["\"\"\"", "'''"] {
            while value.starts_with(quotes) && (value.len() < 6 || !value.ends_with(quotes)) {
                let Some(more) = lines.next() else { break };
                value.push('\n');
                value.push_str(more);
            }
        }
        while value.starts_with('[') && !closes(&value) {
            let Some(more) = lines.next() else { break };
            value.push(' ');
            value.push_str(more.trim());
        }
        settings.0.push((format!("{table}{}", key.trim().trim_matches('"')), values(&value)));
    }
    settings
}

/// Whether a list ends.
fn closes(value: &str) -> bool {
    let outside = value.split(['"', '\'']).step_by(2).map(|part| part.split('#').next().unwrap_or_default());
    outside.flat_map(str::chars).fold(0i32, |depth, c| depth + i32::from(c == '[') - i32::from(c == ']')) <= 0
}

fn values(value: &str) -> Vec<String> {
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inner) = value.strip_prefix(quotes) {
            return vec![inner.trim_end_matches(quotes).trim().to_owned()];
        }
    }
    let mut found = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find(['"', '\'', '#']) {
        let quote = rest.as_bytes()[at];
        if quote == b'#' {
            rest = &rest[..at];
            break;
        }
        let inner = &rest[at + 1..];
        let mut end = 0;
        while end < inner.len() && inner.as_bytes()[end] != quote {
            end += if inner.as_bytes()[end] == b'\\' && quote == b'"' { 2 } else { 1 };
        }
        let text = inner.get(..end).unwrap_or(inner);
        found.push(text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"));
        rest = inner.get(end + 1..).unwrap_or_default();
    }
    if found.is_empty() && !rest.trim().is_empty() && !rest.starts_with('[') {
        found.push(rest.trim().to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn settings_of_a_book_are_read() {
        let text = "[book]\ntitle = \"灯 # 火\" # c\nauthors = [\n  \"甲\",\n  'B \"C\"',\n]\nn = 3\n[a.b]\nc = true\n";
        let read = super::read(text);
        assert_eq!(read.get("book.title"), Some("灯 # 火"));
        assert_eq!(read.list("book.authors"), ["甲", "B \"C\""]);
        assert_eq!((read.get("book.n"), read.get("a.b.c")), (Some("3"), Some("true")));
    }
}
