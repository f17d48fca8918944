//! How families of programming languages write comments and strings.

/// What is known of the language of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Syntax {
    /// What begins a comment up to the end of its line.
    pub(super) line: &'static [&'static str],
    /// What begins and ends a comment.
    pub(super) block: &'static [(&'static str, &'static str)],
    pub(super) quotes: &'static [Quote],
    /// Whether strings in different quotation marks are the same.
    pub(super) loose_quotes: bool,
    /// Whether the last semicolon of a line and the last comma of a list may be left out.
    pub(super) loose_ends: bool,
    pub(super) markup: Markup,
    /// Whether it may be no code at all: output, a tree of files, a poem.
    pub(super) plain: bool,
}

/// Where text stands between tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    None,
    /// In expressions of JavaScript.
    Jsx,
    /// Everywhere outside tags.
    Html,
}

/// A way to write strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) reach: Reach,
    /// Whether a backslash takes away the meaning of what follows.
    pub(super) escapes: bool,
}

/// How far a string may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// One character, perhaps escaped.
    Character,
    /// To the end of the line.
    Line,
    /// Over several lines.
    Lines,
    /// Over several lines, with code in `${…}`.
    Template,
}

const fn quote(open: &'static str, close: &'static str, reach: Reach, escapes: bool) -> Quote {
    Quote { open, close, reach, escapes }
}

const DOUBLE: Quote = quote("\"", "\"", Reach::Line, true);
const DOUBLE_LINES: Quote = quote("\"", "\"", Reach::Lines, true);
const SINGLE: Quote = quote("'", "'", Reach::Line, true);
const SINGLE_LINES: Quote = quote("'", "'", Reach::Lines, false);
const CHARACTER: Quote = quote("'", "'", Reach::Character, true);
const BACKTICK: Quote = quote("`", "`", Reach::Template, true);
const TRIPLE: Quote = quote("\"\"\"", "\"\"\"", Reach::Lines, true);
const TRIPLE_SINGLE: Quote = quote("'''", "'''", Reach::Lines, true);

const SLASHES: Syntax = Syntax {
    line: &["//"],
    block: &[("/*", "*/")],
    quotes: &[TRIPLE, DOUBLE, CHARACTER],
    loose_quotes: false,
    loose_ends: false,
    markup: Markup::None,
    plain: false,
};
const RUST: Syntax = Syntax {
    quotes: &[
        quote("r##\"", "\"##", Reach::Lines, false),
        quote("r#\"", "\"#", Reach::Lines, false),
        quote("r\"", "\"", Reach::Lines, false),
        DOUBLE_LINES,
        CHARACTER,
    ],
    ..SLASHES
};
const GO: Syntax = Syntax { quotes: &[DOUBLE, CHARACTER, quote("`", "`", Reach::Lines, false)], ..SLASHES };
const SCRIPT: Syntax = Syntax {
    quotes: &[DOUBLE, SINGLE, BACKTICK],
    loose_quotes: true,
    loose_ends: true,
    markup: Markup::Jsx,
    ..SLASHES
};
const STYLE: Syntax = Syntax { quotes: &[DOUBLE, SINGLE], loose_quotes: true, loose_ends: true, ..SLASHES };
const PHP: Syntax = Syntax { line: &["//", "#"], quotes: &[DOUBLE_LINES, SINGLE_LINES], ..SLASHES };
const HASH: Syntax = Syntax {
    line: &["#"],
    block: &[],
    quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE_LINES, quote("'", "'", Reach::Lines, true)],
    ..SLASHES
};
const PYTHON: Syntax = Syntax { quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE], loose_quotes: true, ..HASH };
const SHELL: Syntax = Syntax { quotes: &[DOUBLE_LINES, SINGLE_LINES], ..HASH };
const HCL: Syntax = Syntax { line: &["#", "//"], block: &[("/*", "*/")], ..HASH };
const POWERSHELL: Syntax = Syntax { block: &[("<#", "#>")], ..SHELL };
const SQL: Syntax =
    Syntax { line: &["--"], quotes: &[quote("'", "'", Reach::Lines, false), DOUBLE, BACKTICK], ..SLASHES };
const LUA: Syntax = Syntax {
    line: &["--"],
    block: &[("--[[", "]]")],
    quotes: &[DOUBLE, SINGLE, quote("[[", "]]", Reach::Lines, false)],
    loose_quotes: true,
    ..SLASHES
};
const HASKELL: Syntax = Syntax { line: &["--"], block: &[("{-", "-}")], quotes: &[DOUBLE, CHARACTER], ..SLASHES };
const OCAML: Syntax = Syntax { line: &[], block: &[("(*", "*)")], quotes: &[DOUBLE_LINES, CHARACTER], ..SLASHES };
const LISP: Syntax = Syntax { line: &[";"], block: &[("#|", "|#")], quotes: &[DOUBLE_LINES], ..SLASHES };
const ASSEMBLY: Syntax = Syntax { line: &[";", "#", "//"], quotes: &[DOUBLE, SINGLE], ..SLASHES };
const INI: Syntax = Syntax { line: &[";", "#"], block: &[], quotes: &[DOUBLE], ..SLASHES };
const PERCENT: Syntax = Syntax { line: &["%"], block: &[("%{", "%}")], quotes: &[DOUBLE], ..SLASHES };
const HTML: Syntax = Syntax {
    line: &[],
    block: &[("<!--", "-->")],
    quotes: &[DOUBLE_LINES, quote("'", "'", Reach::Lines, false)],
    loose_quotes: true,
    markup: Markup::Html,
    ..SLASHES
};
/// Output of programs and other text, which may be translated as a whole.
const TEXT: Syntax = Syntax { line: &[], block: &[], quotes: &[], plain: true, ..SLASHES };
/// A listing whose language is not named or not known.
const UNKNOWN: Syntax = Syntax {
    line: &["//", "#", "--"],
    block: &[("/*", "*/"), ("<!--", "-->")],
    quotes: &[TRIPLE, DOUBLE, SINGLE],
    markup: Markup::Jsx,
    plain: true,
    ..SLASHES
};

/// The names of languages at a fence, in small letters.
const FAMILIES: &[(&str, Syntax)] = &[
    ("js jsx ts tsx mjs cjs javascript typescript javascriptreact typescriptreact mdx json json5 jsonc", SCRIPT),
    ("css scss less sass stylus postcss", STYLE),
    ("rust rs", RUST),
    ("go golang", GO),
    (
        "c h cc cpp c++ hpp cxx cs csharp c# java kotlin kt kts swift scala dart groovy gradle objc objectivec objective-c \
         d zig proto protobuf solidity sol glsl hlsl wgsl cuda metal verilog systemverilog typst typ v vala arduino \
         qml rescript reason jsonnet thrift",
        SLASHES,
    ),
    ("php", PHP),
    ("python py python3 py3 pycon ipython sage starlark bazel gdscript mojo", PYTHON),
    ("sh bash shell zsh fish ksh dockerfile docker makefile make gitignore awk sed env dotenv tcl", SHELL),
    (
        "ruby rb yaml yml toml r perl pl elixir ex exs crystal nix cmake julia jl nim graphql gql coffee coffeescript",
        HASH,
    ),
    ("hcl terraform tf nginx", HCL),
    ("powershell ps1 ps pwsh", POWERSHELL),
    ("sql mysql postgresql postgres plsql sqlite tsql psql", SQL),
    ("lua", LUA),
    ("haskell hs elm ada vhdl purescript agda idris", HASKELL),
    ("ocaml ml fsharp fs f# pascal delphi sml coq", OCAML),
    ("lisp scheme clojure clj racket elisp emacs-lisp common-lisp", LISP),
    ("asm nasm assembly x86asm armasm", ASSEMBLY),
    ("ini conf cfg properties editorconfig reg", INI),
    ("tex latex bibtex matlab octave erlang erl prolog postscript", PERCENT),
    ("html xml svg vue svelte astro xhtml htm jsp erb handlebars hbs jinja plist xsl xslt rss", HTML),
    ("text txt plain plaintext output log markdown md none nohighlight", TEXT),
];

/// The syntax of a language by its name at a fence, if it is known.
fn named(name: &str) -> Option<Syntax> {
    FAMILIES.iter().find(|(names, _)| names.split_whitespace().any(|other| other == name)).map(|(_, syntax)| *syntax)
}

/// The name of a language at a fence, in small letters and without attributes: `js{1,3}`, `rust,ignore`, `{.python}`.
fn name(word: &str) -> String {
    let word = word.trim_start_matches(['{', '.', '[']);
    let end = word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_'))).unwrap_or(word.len());
    let attribute = word[end..].starts_with('=') || word.starts_with(|c: char| c.is_ascii_digit());
    let name = if attribute { "" } else { &word[..end] };
    let name = name.to_lowercase();
    name.strip_prefix("language-").or(name.strip_prefix("lang-")).unwrap_or(&name).to_owned()
}

impl Syntax {
    /// The syntax of a listing that has these words at its fence in the two languages.
    pub(in super::super) fn of(words: [Option<&str>; 2]) -> Self {
        words.into_iter().flatten().find_map(|word| named(&name(word))).unwrap_or(UNKNOWN)
    }

    /// How the scripts and the styles in HTML are written.
    pub(super) fn inside(name: &str) -> Option<Self> {
        match name {
            "script" => Some(Self { markup: Markup::None, ..SCRIPT }),
            "style" => Some(STYLE),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_no_language() {
        for (word, expected) in [
            ("js", "js"),
            ("js{1,3}", "js"),
            ("rust,ignore", "rust"),
            ("{1,3}", ""),
            ("title=\"main.c\"", ""),
            ("{.python", "python"),
            ("language-C++", "c++"),
            ("C#", "c#"),
        ] {
            assert_eq!(name(word), expected, "{word}");
        }
    }

    #[test]
    fn one_language_has_one_family() {
        let mut names: Vec<&str> = FAMILIES.iter().flat_map(|(names, _)| names.split_whitespace()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(Syntax::of([None, Some("py")]).loose_quotes);
        assert!(Syntax::of([None, Some("console")]).plain);
    }
}
