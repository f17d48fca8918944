//! Figures: what they hold, their captions and their places.

use super::*;

#[test]
fn a_figure_can_be_held_in_its_place() {
    let here = |body: &str| {
        let (chapter, _) = clean(body);
        let BlockKind::Figure(figure) = &chapter.blocks[0].kind else { panic!("a figure") };
        figure.here
    };
    assert!(here("![图](a.png \"题\"){.here}"));
    assert!(here(":::figure {.here}\n![图](a.png)\n\n题\n:::"));
    assert!(here(":::figure\n![图](a.png){.here}\n\n题\n:::"));
    assert!(!here("![图](a.png \"题\")"));
    finds(":::figure {.there}\n文\n:::\n", "has no attribute", "there");
}

#[test]
fn a_chart_alone_in_a_figure_gives_its_caption() {
    let chart = "```chart\ntype: bar\ntitle: 题\nalt: a\ndata: {A: 1}\n```";
    let (chapter, _) = clean(&format!(":::figure\n{chart}\n:::\n"));
    let BlockKind::Figure(figure) = &chapter.blocks[0].kind else { panic!("a figure") };
    assert_eq!(text::plain(&figure.caption), "题");
}

#[test]
fn figures_take_their_last_paragraph_as_caption() {
    let (chapter, _) = clean(":::figure {#tab:a}\n| a |\n|---|\n| 1 |\n\n题注 *甲*\n:::\n");
    let Block { id, kind: BlockKind::Figure(figure), .. } = &chapter.blocks[0] else { panic!() };
    assert_eq!((id.as_deref(), text::plain(&figure.caption).as_str()), (Some("tab:a"), "题注 甲"));
    assert!(matches!(figure.body[..], [Block { kind: BlockKind::Table(_), .. }]));
    let (chapter, _) = clean(":::figure {#fig:a}\n![x](a.png)\n\n![y](b.png)\n\n题注\n:::\n");
    let BlockKind::Figure(figure) = &chapter.blocks[0].kind else { panic!() };
    assert!(figure.body.iter().all(|b| matches!(b.kind, BlockKind::Paragraph(_))), "{figure:#?}");
}
