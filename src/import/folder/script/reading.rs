//! A value of a script, as it is written.

use std::collections::BTreeMap;

use super::{Scripts, Value};
use crate::import::folder::find;

/// Reads a value of a script.
pub(super) struct Reader<'s> {
    pub(super) scripts: &'s Scripts<'s>,
    pub(super) path: &'s str,
    pub(super) text: &'s str,
    pub(super) at: usize,
    /// What stands for the parameters of the function that is read.
    pub(super) given: &'s BTreeMap<String, Value>,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += find::blanks(self.rest());
    }

    fn begins_line(&self) -> bool {
        self.text[..self.at].trim_end_matches([' ', '\t']).ends_with('\n')
    }

    /// What a name stands for; what the function is given comes first.
    fn meant(&self, name: &str, depth: usize) -> Option<Value> {
        match self.given.get(name) {
            Some(value) => self.scripts.charge(value.clone()),
            None => Some(self.scripts.named(self.path, self.text, name, depth)),
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    /// A value; `None` where the text ends in it. What is computed is unknown.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        self.scripts.charge(Value::Unknown)?;
        let depth = depth.checked_sub(1)?;
        let mut value = self.part(depth)?;
        loop {
            self.blanks();
            let rest = self.rest();
            match rest.chars().next() {
                None | Some(',' | ']' | '}' | ')' | ';') => return Some(value),
                Some('+') if !rest.starts_with("++") => {
                    self.at += 1;
                    value = match (value, self.part(depth)?) {
                        (Value::Text(one), Value::Text(two)) => self.scripts.charge(Value::Text(one + &two))?,
                        _ => Value::Unknown,
                    };
                }
                _ if rest.starts_with("as ") || rest.starts_with("satisfies ") => {
                    self.at += find::type_end(rest);
                    return Some(value);
                }
                _ if rest.starts_with("||") || rest.starts_with("??") => {
                    self.at += 2;
                    let other = self.part(depth)?;
                    value = if value == Value::Unknown { other } else { value };
                }
                // Of two values that depend on what only running shows, the second is what a site is by default.
                Some('?') if !rest.starts_with("?.") => {
                    self.at += 1;
                    self.part(depth)?;
                    value = if self.takes(":") { self.part(depth)? } else { Value::Unknown };
                }
                // A statement without a semicolon ends with its line.
                Some(c) if c != '.' && value != Value::Unknown && self.begins_line() => return Some(value),
                _ => {
                    self.at += find::computed(rest)?;
                    return Some(Value::Unknown);
                }
            }
        }
    }

    /// A value without operators behind it.
    fn part(&mut self, depth: usize) -> Option<Value> {
        self.blanks();
        let first = self.rest().chars().next()?;
        match first {
            '[' => self.array(depth),
            '{' => self.object(depth),
            '"' | '\'' => {
                let (text, length) = find::string(self.rest())?;
                self.at += length;
                Some(Value::Text(text))
            }
            '`' => self.template(depth),
            '(' => {
                if let Some(length) = find::arrow(self.rest()) {
                    self.at += length;
                    return self.value(depth.checked_sub(1)?);
                }
                self.at += 1;
                let value = self.value(depth)?;
                self.takes(")").then_some(value)
            }
            c if c.is_alphabetic() || c == '_' || c == '$' => self.name(depth),
            _ => Some(Value::Unknown),
        }
    }

    /// A text with values in it.
    fn template(&mut self, depth: usize) -> Option<Value> {
        let (text, length) = find::string(self.rest())?;
        self.at += length;
        let (mut out, mut rest) = (String::new(), text.as_str());
        while let Some(open) = rest.find("${") {
            let close = open + rest[open..].find('}')?;
            let Value::Text(value) = self.meant(rest[open + 2..close].trim(), depth)? else {
                return Some(Value::Unknown);
            };
            out.push_str(&rest[..open]);
            out.push_str(&value);
            rest = &rest[close + 1..];
        }
        self.scripts.charge(Value::Text(out + rest))
    }

    /// A name, or the call of a function.
    fn name(&mut self, depth: usize) -> Option<Value> {
        let name = find::name(self.rest());
        self.at += name.len();
        if matches!(name, "await" | "async") {
            return self.part(depth);
        }
        self.at += find::types(self.rest());
        if self.rest().starts_with('(') {
            self.at += 1;
            let arguments = self.arguments(depth)?;
            let called = self.scripts.called(self.path, self.text, name, &arguments, depth);
            let first = || arguments.into_iter().next();
            return Some(match called {
                Some(value) => value,
                // `defineConfig({…})` and its like give what they are given.
                None if name.starts_with("require") => self.required(name, first(), depth),
                None => first().filter(Value::is_whole).unwrap_or_default(),
            });
        }
        let (head, keys) = name.split_once('.').unwrap_or((name, ""));
        let value = self.meant(head, depth)?;
        let keys: Vec<&str> = keys.split('.').filter(|key| !key.is_empty()).collect();
        Some(value.at(&keys).cloned().unwrap_or_default())
    }

    /// What `require` gives: a file as a whole. `require.resolve` gives its path.
    fn required(&self, name: &str, path: Option<Value>, depth: usize) -> Value {
        let Some(Value::Text(from)) = path else { return Value::Unknown };
        if name != "require" {
            return Value::Text(from);
        }
        let file = self.scripts.file(self.path, &from);
        file.map(|file| self.scripts.export(&file, depth)).unwrap_or_default()
    }

    fn arguments(&mut self, depth: usize) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        loop {
            self.blanks();
            match self.rest().chars().next()? {
                ')' => {
                    self.at += 1;
                    return Some(found);
                }
                ',' | ';' => self.at += 1,
                _ => found.push(self.progress(depth)?),
            }
        }
    }

    /// A value behind which the reader stands farther than before it.
    fn progress(&mut self, depth: usize) -> Option<Value> {
        let before = self.at;
        let value = self.value(depth)?;
        (self.at > before).then_some(value)
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            match self.rest().chars().next()? {
                ']' => {
                    self.at += 1;
                    return Some(Value::List(items));
                }
                ',' | ';' => self.at += 1,
                _ if self.takes("...") => items.extend(self.progress(depth)?.list().iter().cloned()),
                _ => items.push(self.progress(depth)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut pairs = Vec::new();
        loop {
            self.blanks();
            let rest = self.rest();
            match rest.chars().next()? {
                '}' => {
                    self.at += 1;
                    return Some(Value::Keyed(pairs));
                }
                ',' | ';' => self.at += 1,
                _ if self.takes("...") => pairs.extend(self.progress(depth)?.keyed().iter().cloned()),
                _ => pairs.extend(self.pair(depth)?),
            }
        }
    }

    /// A key and its value; no pair for what is no plain one, such as a method.
    fn pair(&mut self, depth: usize) -> Option<Option<(String, Value)>> {
        let rest = self.rest();
        let (key, length) = match find::string(rest) {
            Some(found) => found,
            None => {
                let name = find::key(rest);
                (name.to_owned(), name.len())
            }
        };
        if length == 0 {
            // A key that is computed: `[name]: value`.
            let length = find::computed(rest).filter(|length| *length > 0)?;
            self.at += length;
            return Some(None);
        }
        self.at += length;
        if self.takes(":") {
            return Some(Some((key, self.progress(depth)?)));
        }
        self.blanks();
        if self.rest().starts_with([',', '}']) {
            let value = self.meant(&key, depth)?;
            return Some(Some((key, value)));
        }
        self.at += find::method(self.rest())?;
        Some(None)
    }
}
