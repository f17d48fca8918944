//! What MDX does not show: comments in braces, and lines that import and export. A text that is only compared may be MDX;
//! that of a book is Markdown, where these signs are text.

use std::ops::Range;

/// The parts of lines of a body, from byte `body` on, that MDX leaves out, in order.
pub(crate) fn unseen(file: &str, body: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut state = State::Text;
    let (mut at, mut blank) = (body, true);
    for line in file[body..].split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        at += line.len();
        let place = start..start + text.len();
        state = match state {
            State::Code(fence) if is_end(text, fence) => State::Text,
            State::Code(fence) => State::Code(fence),
            State::Module if text.is_empty() => State::Text,
            State::Comment | State::Module => hide(state, text, place, &mut found),
            State::Text => match fence(text) {
                Some(fence) => State::Code(fence),
                None if is_comment(file, &place) => hide(State::Comment, text, place, &mut found),
                None if blank && line.starts_with(text) && is_module(text) => {
                    hide(State::Module, text, place, &mut found)
                }
                None => State::Text,
            },
        };
        blank = text.is_empty() || matches!(state, State::Module);
    }
    found
}

#[derive(Clone, Copy)]
enum State<'t> {
    Text,
    /// In code that ends with this fence.
    Code(&'t str),
    Comment,
    /// In lines that import or export, up to an empty one.
    Module,
}

/// Hides a line, and says what the next one stands in.
fn hide<'t>(state: State<'t>, text: &str, place: Range<usize>, found: &mut Vec<Range<usize>>) -> State<'t> {
    if !place.is_empty() {
        found.push(place);
    }
    if matches!(state, State::Comment) && text.ends_with("*/}") { State::Text } else { state }
}

/// The fence that a line opens code with.
fn fence(text: &str) -> Option<&str> {
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let fence = &text[..text.len() - text.trim_start_matches(sign).len()];
    (fence.len() >= 3 && !(sign == '`' && text[fence.len()..].contains('`'))).then_some(fence)
}

fn is_end(text: &str, fence: &str) -> bool {
    text.starts_with(fence) && text.trim_start_matches(&fence[..1]).is_empty()
}

/// Whether a comment begins with a line and ends with this or a later one. Without its end it is text.
fn is_comment(file: &str, line: &Range<usize>) -> bool {
    let Some(inside) = file[line.start..].strip_prefix("{/*") else { return false };
    let Some(end) = inside.find("*/}") else { return false };
    let after = &inside[end + "*/}".len()..];
    after.split('\n').next().is_none_or(|rest| rest.trim().is_empty())
}

/// Whether a line imports or exports, as no sentence does.
fn is_module(text: &str) -> bool {
    let quoted = |text: &str| text.starts_with(['"', '\'']);
    if let Some(what) = text.strip_prefix("import ") {
        let (_, from) = what.split_once(" from ").unwrap_or_default();
        return quoted(what.trim_start()) || quoted(from.trim_start()) || what.trim_end() == "{";
    }
    let what = text.strip_prefix("export ").unwrap_or_default();
    let declared = ["const", "let", "var", "function", "class", "async", "default", "type", "interface"];
    let word = what.split(' ').next().unwrap_or_default();
    what.starts_with(['{', '*']) || declared.contains(&word) && what.contains(['=', '(', '{', ';'])
}

#[cfg(test)]
mod tests {
    use super::unseen;

    fn hidden(text: &str) -> Vec<&str> {
        unseen(text, 0).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn comments_and_modules_are_not_seen() {
        for (text, wanted) in [
            ("一\n\n{/* later */}\n\n二\n", vec!["{/* later */}"]),
            ("{/* one\n\ntwo */}\n\n二\n", vec!["{/* one", "two */}"]),
            (
                "import Tabs from '@theme/Tabs'\nimport {\n  A,\n} from \"./a\"\n\n一\n",
                vec!["import Tabs from '@theme/Tabs'", "import {", "A,", "} from \"./a\""],
            ),
            ("export const meta = {\n  title: '题',\n}\n\n一\n", vec!["export const meta = {", "title: '题',", "}"]),
        ] {
            assert_eq!(hidden(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn text_is_seen() {
        for text in [
            "## 题 {/*id*/}\n",
            "{/* never ended\n\n一\n",
            "{/* one */} and text\n",
            "```js\nimport a from 'b'\n{/* c */}\n```\n",
            "export const is a keyword\n",
            "import duties rose from 5 to 9 per cent\n",
            "一\nimport a from 'b'\n",
        ] {
            assert_eq!(hidden(text), [""; 0], "{text:?}");
        }
    }
}
