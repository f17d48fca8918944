use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::manuscript;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("full-width-indent"),
    group: "typography",
    summary: msg!("lines indented by hand with full-width spaces"),
    default_level: Severity::Info,
    page: page!("full_width_indent"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let langs = context.langs();
    for chapter in langs.into_iter().flat_map(|lang| context.book.chapters(lang)) {
        let text = context.sources.get(chapter.file).text();
        let indents = manuscript::hand_indents(chapter.file, text);
        let Some(first) = indents.first() else { continue };
        let message = match indents.len() {
            1 => msg!("this line is indented with full-width spaces"),
            lines => msg!("{lines} lines of this chapter are indented with full-width spaces, this one first", lines),
        };
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message)
            .at(*first)
            .hint(msg!("remove them: they are not printed, and the layout indents paragraphs"));
        found.push(indents.iter().fold(finding, |finding, indent| finding.edit(*indent, "")));
    }
}
