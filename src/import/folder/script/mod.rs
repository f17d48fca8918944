//! Settings that are programs: what of a script in JavaScript or TypeScript is plain is understood, without running it. Names are followed to
//! where they are written, in other files too; a function without branches is what it returns.

use std::cell::Cell;
use std::collections::BTreeMap;

mod reading;

use reading::Reader;

use super::find;
use super::tree::{self, Tree};

/// What a part of a script is.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value {
    /// Nothing, or what only running the script would show.
    #[default]
    Unknown,
    Text(String),
    List(Vec<Value>),
    /// Keys in the order in which they are written.
    Keyed(Vec<(String, Value)>),
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn list(&self) -> &[Value] {
        if let Self::List(list) = self { list } else { &[] }
    }

    pub(super) fn keyed(&self) -> &[(String, Value)] {
        if let Self::Keyed(pairs) = self { pairs } else { &[] }
    }

    /// The value of a key; the last one counts.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.keyed().iter().rfind(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The value at the end of a row of keys.
    pub(super) fn at(&self, keys: &[&str]) -> Option<&Value> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// How much of it there is.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Unknown => 1,
            Self::Text(text) => 1 + text.len() / 32,
            Self::List(list) => 1 + list.iter().map(Self::size).sum::<usize>(),
            Self::Keyed(pairs) => 1 + pairs.iter().map(|(_, value)| value.size()).sum::<usize>(),
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::List(_) | Self::Keyed(_))
    }
}

/// How much is read at most, in values: names that stand for others grow without end. To look for a name in a file counts as much as
/// a value for each line.
const BUDGET: usize = 1_000_000;

/// Deepest nesting of values and of names that stand for others.
const DEPTH: usize = 64;

/// How the files of scripts end that a name without ending means.
const ENDINGS: [&str; 14] = [
    "",
    ".ts",
    ".js",
    ".mts",
    ".mjs",
    ".cts",
    ".cjs",
    ".json",
    "/index.ts",
    "/index.js",
    "/index.mts",
    "/index.mjs",
    "/index.cjs",
    "/index.json",
];

/// What a part of a script by itself is.
pub(super) fn literal(text: &str) -> Value {
    let nothing = BTreeMap::<String, Vec<u8>>::new();
    Scripts::new(&nothing).read("", text, 0, DEPTH)
}

/// The scripts of a folder.
pub(super) struct Scripts<'t> {
    tree: &'t dyn Tree,
    budget: Cell<usize>,
}

impl<'t> Scripts<'t> {
    pub(super) fn new(tree: &'t dyn Tree) -> Self {
        Self { tree, budget: Cell::new(BUDGET) }
    }

    /// What a file exports as a whole.
    pub(super) fn exported(&self, path: &str) -> Value {
        self.export(path, DEPTH)
    }

    /// What a file gives to a name, wherever that stands: `sidebar: […]`, `const sidebar = …`.
    pub(super) fn given(&self, path: &str, name: &str) -> Value {
        let Some(text) = tree::settings(self.tree, path) else { return Value::Unknown };
        let mut found = find::words(&text, name).filter_map(|at| {
            let rest = text[at + name.len()..].trim_start_matches(['"', '\'']);
            let value = find::value(rest)?;
            let start = text.len() - rest.len() + value;
            Some(self.read(path, &text, start, DEPTH)).filter(Value::is_whole)
        });
        found.next().unwrap_or_default()
    }

    /// The string that a file gives to a name somewhere, without what is computed in it.
    pub(super) fn plain(&self, path: &str, name: &str) -> Option<String> {
        let text = tree::settings(self.tree, path)?;
        find::words(&text, name).find_map(|at| {
            let rest = text[at + name.len()..].trim_start_matches(['"', '\'']);
            let rest = &rest[find::value(rest)?..];
            let (mut text, _) = find::string(&rest[find::blanks(rest)..])?;
            while let Some(open) = text.find("${") {
                let close = text[open..].find('}').map_or(text.len(), |close| open + close + 1);
                text.replace_range(open..close, "");
            }
            Some(text)
        })
    }

    /// Counts what a value takes; `None` where all that may be taken is.
    pub(super) fn charge(&self, value: Value) -> Option<Value> {
        self.spend(value.size())?;
        Some(value)
    }

    fn spend(&self, much: usize) -> Option<()> {
        let left = self.budget.get().checked_sub(much);
        self.budget.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    pub(super) fn export(&self, path: &str, depth: usize) -> Value {
        let Some(text) = tree::settings(self.tree, path) else { return Value::Unknown };
        if path.ends_with(".json") {
            return self.read(path, &text, 0, depth);
        }
        let at = find::words(&text, "export default").map(|at| at + "export default".len()).next();
        let assigned = || {
            let at = find::words(&text, "module.exports").next()? + "module.exports".len();
            Some(text.len() - text[at..].trim_start().strip_prefix('=')?.len())
        };
        at.or_else(assigned).map(|at| self.read(path, &text, at, depth)).unwrap_or_default()
    }

    fn read(&self, path: &str, text: &str, at: usize, depth: usize) -> Value {
        let given = BTreeMap::new();
        let mut reader = Reader { scripts: self, path, text, at, given: &given };
        reader.value(depth).unwrap_or_default()
    }

    /// What a name stands for in a file.
    pub(super) fn named(&self, path: &str, text: &str, name: &str, depth: usize) -> Value {
        if depth == 0 || self.spend(1 + text.len() / 40).is_none() {
            return Value::Unknown;
        }
        if let Some(at) = find::assigned(text, name) {
            return self.read(path, text, at, depth - 1);
        }
        let Some((from, other)) = find::imported(text, name) else { return Value::Unknown };
        let Some(file) = self.file(path, from) else { return Value::Unknown };
        let Some(inner) = tree::settings(self.tree, &file) else { return Value::Unknown };
        match other {
            Some(other) => self.named(&file, &inner, other, depth - 1),
            None => self.export(&file, depth - 1),
        }
    }

    /// What a function gives.
    pub(super) fn called(
        &self,
        path: &str,
        text: &str,
        name: &str,
        arguments: &[Value],
        depth: usize,
    ) -> Option<Value> {
        if depth == 0 {
            return None;
        }
        self.spend(1 + text.len() / 40)?;
        if let Some(function) = find::function(text, name) {
            let pairs = function.parameters.iter().map(|name| (*name).to_owned());
            let given: BTreeMap<String, Value> = pairs.zip(arguments.iter().cloned()).collect();
            let mut reader = Reader { scripts: self, path, text, at: function.result, given: &given };
            return reader.value(depth - 1);
        }
        let (from, other) = find::imported(text, name)?;
        let file = self.file(path, from)?;
        let inner = tree::settings(self.tree, &file)?;
        self.called(&file, &inner, other.unwrap_or("default"), arguments, depth - 1)
    }

    /// The file that a script means by a path.
    pub(super) fn file(&self, path: &str, from: &str) -> Option<String> {
        if !from.starts_with('.') {
            return None;
        }
        let target = tree::resolve(tree::folder(path), from)?;
        // What is written `.js` may be a file in TypeScript.
        let bare = target.strip_suffix(".js").or_else(|| target.strip_suffix(".mjs")).unwrap_or(&target);
        let names = ENDINGS.iter().map(|ending| format!("{target}{ending}"));
        let others = ENDINGS.iter().map(|ending| format!("{bare}{ending}"));
        names.chain(others).find(|name| self.tree.read(name).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(files: &[(&str, &str)]) -> Value {
        let files: BTreeMap<String, Vec<u8>> =
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Scripts::new(&files).exported(files.keys().next().expect("a file"))
    }

    fn shown(value: &Value) -> String {
        match value {
            Value::Unknown => "?".to_owned(),
            Value::Text(text) => text.clone(),
            Value::List(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(" ")),
            Value::Keyed(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}:{}", shown(value))).collect();
                format!("{{{}}}", pairs.join(" "))
            }
        }
    }

    #[test]
    fn what_is_plain_is_read_and_what_is_computed_is_unknown() {
        for (script, wanted) in [
            (
                "export default { // c\n z: [ 'x', `y`, f(1, ']'), ...more, ], \"a\": {c: true}, d, e() { return 1 }, }",
                "{z:[x y ?] a:{c:?} d:?}",
            ),
            ("module.exports = { a: /[}/]\"/.test(x), b: '\\u706f', }", "{a:? b:灯}"),
            ("const a = ['b']\nconst more: T[] = [...a, 'c']\nexport default more", "[b c]"),
            (
                "export default defineConfig<X>({ s: side('/zh/') })\nfunction side(p: string): X[] {\n const q = 1;\n if (q) { return [] }\n return [{ l: `${p}a`, m: p + 'b' }] as X\n}",
                "{s:[{l:/zh/a m:/zh/b}]}",
            ),
            (
                "const of = (p) => ({ p })\nexport default () => { return [of('a'), x.y, n ? 'y' : 'z', n === 1 ? 'y' : 'z'] } ",
                "[{p:a} ? z ?]",
            ),
            (
                "const t = { a: { b: 'c' } }\nexport default { k: t.a.b, [t.a]: 'd', u: undefined ?? 'e' } satisfies X",
                "{k:c u:e}",
            ),
            ("export default { a: [1", "?"),
        ] {
            assert_eq!(shown(&read(&[("c.ts", script)])), wanted, "{script}");
        }
    }

    #[test]
    fn names_are_followed_into_other_files_and_circles_end() {
        let files = [
            (
                "c.ts",
                "import side, { nav as n, sub } from './s/side.js'\nexport default { side, n, sub: sub('a'), r: require('./s/d') }",
            ),
            ("s/d.json", "[\"j\"]"),
            ("s/side.ts", "export const nav = ['n']\nexport function sub(a) { return [a] }\nexport default [nav]"),
        ];
        assert_eq!(shown(&read(&files)), "{side:[[n]] n:[n] sub:[a] r:[j]}");
        let circle = [("x.ts", "import { a } from './x'\nexport default [a, a]\nconst a = [a, a]")];
        assert!(matches!(read(&circle), Value::Unknown | Value::List(_)));
        let grows = "const f = (x) => [x, x]\nexport default f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f('a'))))))))))))))))))))))))";
        assert!(read(&[("c.js", grows)]).size() <= BUDGET);
    }
}
