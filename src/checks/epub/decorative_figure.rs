use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BlockKind, InlineKind, walk};

pub(in crate::checks) const CHECK: Check = Check {
    name: "decorative-figure",
    group: "epub",
    summary: "a figure with a caption whose picture is called decoration",
    default_level: Severity::Warning,
    docs: include_str!("decorative_figure.md"),
    docs_zh: include_str!("decorative_figure.zh.md"),
    run,
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
                                "this figure has a caption, and its picture is called decoration",
                            )
                            .at(inline.span)
                            .hint("describe the picture instead: `![what it shows](…)`, without .decorative"),
                        );
                    }
                });
            });
        });
    }
}
