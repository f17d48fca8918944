//! A small package with a unit of every sort, for the tests of all forms.

use crate::exchange::unit::{Code, CodeKind, Coded, File, NoteKind, Package, Piece, Sentence, State, Unit, UnitNote};
use crate::model::Lang;

/// Text.
pub(crate) fn text(text: &str) -> Piece<Code> {
    Piece::Text(text.to_owned())
}

/// A code by itself.
pub(crate) fn single(id: &str, kind: CodeKind, shown: &str) -> Piece<Code> {
    Piece::Single(code(id, kind, shown))
}

/// A code around others.
pub(crate) fn pair(id: &str, kind: CodeKind, shown: &str, inner: Coded) -> Piece<Code> {
    Piece::Pair(code(id, kind, shown), inner)
}

fn code(id: &str, kind: CodeKind, shown: &str) -> Code {
    Code { id: id.to_owned(), kind, shown: shown.to_owned() }
}

fn unit(id: &str, kind: &'static str, source: Coded, target: Option<Coded>, state: State) -> Unit {
    let (line, sentences, notes) = (3, Vec::new(), Vec::new());
    Unit { id: id.to_owned(), kind, line, source, target, extra_codes: false, state, sentences, notes }
}

/// Two chapters, Chinese into English, of which the second has no translation.
pub(crate) fn package() -> Package {
    let mut units = vec![signed(), coded(), in_sentences(), missing(), stale(), draft(), extra(), hard()];
    units.push(Unit { id: "aaaaaaaaaa.2".to_owned(), ..signed() });
    for (at, unit) in units.iter_mut().enumerate() {
        unit.line = 1 + 2 * at;
    }
    let second = vec![Unit { state: State::Missing, target: None, ..signed() }, missing()];
    let file = |stem: &str, target: Option<&str>, units| File {
        stem: stem.to_owned(),
        source: format!("manuscript/zh/{stem}.md"),
        target: target.map(str::to_owned),
        title: "方法".to_owned(),
        units,
    };
    let files = vec![file("06-method", Some("manuscript/en/06-method.md"), units), file("part/07 结果", None, second)];
    let lang = |tag: &str| Lang::new(tag).expect("a language with a module");
    Package { title: "书 & <title>".to_owned(), langs: [lang("zh"), lang("en")], files }
}

fn signed() -> Unit {
    unit("aaaaaaaaaa", "heading", vec![text("方法")], Some(vec![text("Method")]), State::Signed)
}

/// Codes in each other, two of one kind, and in the translation in another order.
fn coded() -> Unit {
    let link = |id: &str, to: &str, inner: Coded| pair(id, CodeKind::Link, to, inner);
    let bold = |inner: Coded| pair("1", CodeKind::Strong, "", inner);
    let italics = |inner: Coded| pair("2", CodeKind::Emphasis, "", inner);
    let source = vec![
        bold(vec![text("很"), italics(vec![text("重要")])]),
        text("：见"),
        link("3", "https://a.example/?x=1&y=\"2\"", vec![text("甲")]),
        text("和"),
        link("4", "https://b.example/", vec![text("乙"), single("5", CodeKind::Code, "f(a<b)")]),
        single("6", CodeKind::Note, "注1"),
        single("7", CodeKind::Note, "注2"),
        text("。"),
    ];
    let target = vec![
        text("See "),
        link("4", "https://b.example/", vec![single("5", CodeKind::Code, "f(a<b)"), text(" B")]),
        text(" and "),
        link("3", "https://a.example/?x=1&y=\"2\"", vec![text("A")]),
        single("7", CodeKind::Note, "注2"),
        single("6", CodeKind::Note, "注1"),
        text(": "),
        bold(vec![text("very "), italics(vec![text("important")])]),
    ];
    unit("bbbbbbbbbb", "paragraph", source, Some(target), State::Translated)
}

fn in_sentences() -> Unit {
    let bold = |inner: &str| pair("1", CodeKind::Strong, "", vec![text(inner)]);
    let cite = || single("2", CodeKind::Citation, "@smith2020");
    let sentences = vec![
        Sentence {
            source: vec![text("第一句"), bold("在此"), text("。")],
            target: vec![text("The first is "), bold("here"), text(". ")],
        },
        Sentence {
            source: vec![text("第二句"), cite(), text("。")],
            target: vec![text("The second"), cite(), text(".")],
        },
    ];
    let source = vec![text("第一句"), bold("在此"), text("。第二句"), cite(), text("。")];
    let target = vec![text("The first is "), bold("here"), text(". The second"), cite(), text(".")];
    let whole = unit("cccccccccc", "paragraph", source, Some(target), State::Translated);
    Unit { sentences, ..whole }
}

fn missing() -> Unit {
    let source = vec![text("还没有"), pair("1", CodeKind::Emphasis, "", vec![text("译文")]), text("。")];
    unit("dddddddddd", "list item", source, None, State::Missing)
}

fn stale() -> Unit {
    let state = State::Stale { was: Some("共有11章 <old>。".to_owned()) };
    let notes = [(NoteKind::Term, "章 → chapter"), (NoteKind::Finding, "number: 12 & 11")];
    let notes = notes.map(|(kind, text)| UnitNote { kind, text: text.to_owned() }).into();
    let stale =
        unit("eeeeeeeeee", "paragraph", vec![text("共有12章。")], Some(vec![text("There are 11 chapters.")]), state);
    Unit { notes, ..stale }
}

fn draft() -> Unit {
    unit("ffffffffff", "table cell", vec![text("草稿")], Some(vec![text("A dra")]), State::Draft)
}

/// A translation with a code of its own.
fn extra() -> Unit {
    let target = vec![text("Only "), pair("t1", CodeKind::Emphasis, "", vec![text("here")])];
    let extra = unit("gggggggggg", "paragraph", vec![text("只在这里")], Some(target), State::Translated);
    Unit { extra_codes: true, ..extra }
}

/// Characters that forms must escape, and those that XML cannot carry.
fn hard() -> Unit {
    let hard = "a & b < c > d \"e\" 'f' ]]> \\n %s {g} \t两个  空格 \u{7}\u{7} \u{2028}\u{a0}😀 ⟦1⟧ *h* _i_ `j` \\";
    let source = vec![text(&format!("硬 {hard}\n次行")), single("1", CodeKind::Break, ""), text("末行")];
    let target = vec![text(&format!("hard {hard}\nnext")), single("1", CodeKind::Break, ""), text("last \u{b}")];
    unit("hhhhhhhhhh", "caption", source, Some(target), State::Translated)
}

/// Text with codes as it comes back: with their ids alone, and texts beside each other as one.
pub(crate) fn tagged(coded: &Coded) -> crate::exchange::unit::Tagged {
    let mut out: crate::exchange::unit::Tagged = Vec::new();
    for piece in coded {
        match (piece, out.last_mut()) {
            (Piece::Text(text), Some(Piece::Text(before))) => before.push_str(text),
            (Piece::Text(text), _) if text.is_empty() => {}
            (Piece::Text(text), _) => out.push(Piece::Text(text.clone())),
            (Piece::Pair(code, inner), _) => out.push(Piece::Pair(code.id.clone(), tagged(inner))),
            (Piece::Single(code), _) => out.push(Piece::Single(code.id.clone())),
        }
    }
    out
}
