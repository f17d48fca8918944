use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BlockKind, InlineKind, walk};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("decorative-figure"),
    group: "epub",
    summary: msg!("the picture of a figure with a caption is marked as decorative"),
    default_level: Severity::Warning,
    page: page!("decorative_figure"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for block in context.own_blocks() {
        let BlockKind::Figure(figure) = &block.kind else { continue };
        if figure.caption.is_empty() {
            continue;
        }
        walk::blocks(&figure.body, &mut |inner| {
            walk::own_inlines(inner, &mut |run| {
                walk::inlines(run, &mut |inline| {
                    if matches!(&inline.kind, InlineKind::Image(image) if image.decorative) {
                        found.push(
                            Diagnostic::warning(
                                CHECK.name,
                                msg!("this figure has a caption, but its picture is marked as decorative"),
                            )
                            .at(inline.span)
                            .hint(msg!("describe the picture: `![what it shows](…)`, without `.decorative`")),
                        );
                    }
                });
            });
        });
    }
}
