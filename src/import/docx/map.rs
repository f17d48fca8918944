//! The style map: which style stands for what, as a small YAML file.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::styles::Role;
use crate::manuscript::yaml::{self, Area, Kind};
use crate::message::{List, Message};
use crate::source::{SourceFile, Sources};

/// What styles stand for, by their names.
#[derive(Debug, Clone, Default)]
pub struct StyleMap(BTreeMap<String, Role>);

impl StyleMap {
    pub(super) fn roles(&self) -> &BTreeMap<String, Role> {
        &self.0
    }

    /// Reads a map.
    ///
    /// # Errors
    /// Says which line is wrong, and what may stand there.
    pub fn read(text: &str) -> Result<Self, Message> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("styles", text));
        let mut told = Vec::new();
        let node = yaml::parse(Area { file, text, base: 0 }, &mut told);
        let Some(node) = node else {
            let why = told.into_iter().next().map_or_else(|| msg!("it is no YAML"), |found| found.message);
            return Err(why);
        };
        let Kind::Map(entries) = node.kind else {
            return match node.kind {
                Kind::Null => Ok(Self::default()),
                _ => Err(msg!("write a style and what it stands for on each line, as `--dry-run` prints them")),
            };
        };
        let mut map = BTreeMap::new();
        for (style, span, value) in entries {
            let line = sources.get(file).position(span.start).line;
            let word = match &value.kind {
                Kind::Scalar(word) => word.clone(),
                _ => String::new(),
            };
            let Some(role) = Role::of(&word) else {
                let words = Message::list(List::Or, Role::words().map(|word| format!("`{word}`")));
                return Err(msg!(
                    "line {line}: ‘{style}’ cannot stand for ‘{word}’, but for {words}",
                    line,
                    style,
                    word,
                    words
                ));
            };
            map.insert(style, role);
        }
        Ok(Self(map))
    }
}

/// The map that was used, to be changed.
pub(super) fn written(reader: &Reader<'_>) -> String {
    let mut out = format!("# What the styles of {} stand for. ", reader.settings.file);
    out.push_str("Change what is wrong, and import with --style-map.\n# ");
    out.push_str(&Role::words().collect::<Vec<_>>().join(", "));
    out.push('\n');
    for (name, count) in &reader.used {
        let role = reader.styles.role_of_name(name);
        let key = yaml::quoted(name);
        out.push_str(&format!("{key}: {}   # {count}\n", role.word()));
    }
    out
}
