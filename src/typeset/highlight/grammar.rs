//! Code taken apart by the grammars that Typst carries and one more, for sessions in a terminal.
//!
//! A grammar goes from line to line. Books show code that grows from listing to listing, so a line is taken apart once for
//! each state of the grammar before it.

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use syntect::highlighting::ScopeSelectors;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxDefinition, SyntaxReference, SyntaxSet, SyntaxSetBuilder};
use typst::syntax::{LinkedNode, SyntaxNode, highlight, parse, parse_code, parse_math};
use typst::text::RAW_SYNTAXES;
use typst::utils::hash128;

use super::Token;

/// The kinds of token and what grammars call them.
const KINDS: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("string", "string"),
    ("escape", "constant.character.escape, constant.other.placeholder, string constant.character"),
    ("number", "constant.numeric"),
    ("constant", "constant.language, constant.other, support.constant"),
    ("keyword", "keyword, storage, keyword.operator.word"),
    ("operator", "keyword.operator, keyword.other.unit"),
    (
        "type",
        "entity.name.type, entity.name.class, entity.name.struct, entity.name.enum, entity.name.trait, entity.name.interface, \
         entity.name.impl, entity.name.namespace, entity.other.inherited-class, support.type, support.class, storage.modifier.lifetime",
    ),
    ("function", "entity.name.function, variable.function, support.function, entity.name.macro, support.macro"),
    ("tag", "entity.name.tag"),
    (
        "attribute",
        "entity.other.attribute-name, support.type.property-name, variable.annotation, meta.annotation, \
         meta.mapping.key string.quoted.double",
    ),
    ("section", "markup.heading, entity.name.section"),
    ("inserted", "markup.inserted"),
    ("deleted", "markup.deleted"),
    ("range", "meta.diff.range, meta.diff.header"),
    ("prompt", "punctuation.prompt"),
    ("command", "meta.command.console"),
    ("output", "meta.output.console"),
];

/// Sessions in a terminal.
static CONSOLE: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let grammar = SyntaxDefinition::load_from_str(include_str!("console.sublime-syntax"), false, None);
    let mut set = SyntaxSetBuilder::new();
    set.add(grammar.expect("the grammar of sessions can be read"));
    set.build()
});

/// The selectors of each kind.
static SELECTORS: LazyLock<Vec<(ScopeSelectors, &str)>> = LazyLock::new(|| {
    let read = |scopes: &str| scopes.parse().expect("the selectors of kinds can be read");
    KINDS.iter().map(|(kind, scopes)| (read(scopes), *kind)).collect()
});

/// Where a grammar stands between two lines.
#[derive(Clone)]
struct State {
    set: &'static LazyLock<SyntaxSet>,
    parse: ParseState,
    scopes: ScopeStack,
    /// What tells states apart.
    print: u128,
}

impl State {
    fn new(set: &'static LazyLock<SyntaxSet>, parse: ParseState, scopes: ScopeStack) -> Self {
        let print = hash128(&(std::ptr::eq(set, &CONSOLE), format!("{parse:?}"), format!("{scopes:?}")));
        Self { set, parse, scopes, print }
    }

    fn of(set: &'static LazyLock<SyntaxSet>, grammar: &SyntaxReference) -> Self {
        Self::new(set, ParseState::new(grammar), ScopeStack::new())
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.print.hash(hasher);
    }
}

/// The tokens of each line of code. Nothing is told apart in a language that is not known.
pub(super) fn lines(lang: &str, code: &str) -> Vec<Vec<Token>> {
    if let Some(root) = typst(lang, code) {
        return typst_lines(&root);
    }
    let mut state = start(lang);
    let mut tokens = |text: &str| {
        let Some(before) = &state else { return vec![Token { kind: None, text: text.to_owned() }] };
        let (tokens, after) = line(before, text);
        state = Some(after);
        tokens
    };
    code.split('\n').map(&mut tokens).collect()
}

/// How the grammar of a language begins, if there is one.
#[comemo::memoize]
fn start(lang: &str) -> Option<State> {
    let known = |set: &'static LazyLock<SyntaxSet>| Some(State::of(set, set.find_syntax_by_token(lang)?));
    if lang.is_empty() { None } else { known(&CONSOLE).or_else(|| known(&RAW_SYNTAXES)) }
}

/// The tokens of a line, and where the grammar stands behind it. A line that it cannot read is left as it is.
#[comemo::memoize]
fn line(before: &State, text: &str) -> (Vec<Token>, State) {
    let (mut parse, mut scopes) = (before.parse.clone(), before.scopes.clone());
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut token = |end: usize, scopes: &ScopeStack| {
        if let Some(piece) = text.get(start..end).filter(|piece| !piece.is_empty()) {
            tokens.push(Token { kind: kind_of(scopes.as_slice()), text: piece.to_owned() });
            start = end;
        }
    };
    for (at, change) in parse.parse_line(text, before.set).unwrap_or_default() {
        token(at, &scopes);
        // A change that does not fit the scopes changes nothing.
        let _ = scopes.apply(&change);
    }
    token(text.len(), &scopes);
    (tokens, State::new(before.set, parse, scopes))
}

/// The kind whose selector fits some scopes best.
fn kind_of(scopes: &[Scope]) -> Option<&'static str> {
    let fitting = SELECTORS.iter().filter_map(|(selectors, kind)| Some((selectors.does_match(scopes)?, *kind)));
    fitting.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, kind)| kind)
}

/// Typst's own code, which Typst's own parser takes apart.
fn typst(lang: &str, code: &str) -> Option<SyntaxNode> {
    match lang {
        "typ" | "typst" => Some(parse(code)),
        "typc" => Some(parse_code(code)),
        "typm" => Some(parse_math(code)),
        _ => None,
    }
}

fn typst_lines(root: &SyntaxNode) -> Vec<Vec<Token>> {
    let mut lines = vec![Vec::new()];
    leaves(&LinkedNode::new(root), &mut Vec::new(), &mut |text, scopes| {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(line)) = (part.is_empty(), lines.last_mut()) {
                line.push(Token { kind: kind_of(scopes), text: part.to_owned() });
            }
        }
    });
    lines
}

/// Visits the pieces of a tree with the scopes that they stand in.
fn leaves(node: &LinkedNode<'_>, scopes: &mut Vec<Scope>, visit: &mut impl FnMut(&str, &[Scope])) {
    let own = highlight(node).and_then(|tag| Scope::new(tag.tm_scope()).ok());
    scopes.extend(own);
    if node.children().len() == 0 {
        visit(node.leaf_text(), scopes);
    }
    node.children().for_each(|child| leaves(&child, scopes, visit));
    if own.is_some() {
        scopes.pop();
    }
}
