//! Accessibility metadata, computed from what the book really holds.

use super::content::Content;
use crate::model::{BlockKind, Chapter, InlineKind, walk};

/// What the package document says about access.
pub(super) struct Access {
    /// `accessMode` values.
    pub(super) modes: Vec<&'static str>,
    /// `accessModeSufficient` values.
    pub(super) sufficient: Vec<&'static str>,
    /// `accessibilityFeature` values.
    pub(super) features: Vec<&'static str>,
    /// The summary in the edition's language.
    pub(super) summary: String,
}

/// Looks through the chapters.
pub(super) fn access(content: &Content<'_>, chapters: &[Chapter]) -> Access {
    let (mut pictures, mut charts, mut bare) = (false, false, false);
    super::images::each(chapters, &mut |image, _| {
        pictures |= !image.decorative;
        bare |= !image.decorative && image.alt.trim().is_empty();
    });
    for chapter in chapters {
        walk::chapter_blocks(chapter, &mut |b| charts |= matches!(b.kind, BlockKind::Chart(_) | BlockKind::Qr(_)));
    }
    let mut ruby = false;
    for chapter in chapters {
        walk::chapter_inlines(chapter, &mut |inline| ruby |= matches!(inline.kind, InlineKind::Ruby { .. }));
    }
    let visual = pictures || charts;
    let math = !content.formulas.is_empty() || content.citations.have_formulas();
    let mut features =
        vec!["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "unlocked"];
    features.extend((visual && !bare).then_some("alternativeText"));
    features.extend(math.then_some("MathML"));
    features.extend(ruby.then_some("rubyAnnotations"));
    let pages = !content.pages.entries.is_empty();
    features.extend(pages.then_some(["pageNavigation", "pageBreakMarkers"]).into_iter().flatten());
    let words = content.plan.words;
    let mut summary = words.summary.to_owned();
    if bare {
        summary.push_str(words.summary_no_alt);
    } else if visual {
        summary.push_str(words.summary_alt);
    }
    if math {
        summary.push_str(words.summary_math);
    }
    if pages {
        summary.push_str(words.summary_pages);
    }
    Access {
        modes: if visual { vec!["textual", "visual"] } else { vec!["textual"] },
        sufficient: if bare {
            vec!["textual,visual"]
        } else if visual {
            vec!["textual", "textual,visual"]
        } else {
            vec!["textual"]
        },
        features,
        summary,
    }
}
