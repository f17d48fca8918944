//! Titles and ids of headings as other programs write them.

use super::parse_in;
use crate::model::{BlockKind, text};

/// The title, whether the author gave it, and the level and id of each heading in the text.
fn outline(source: &str) -> (String, bool, Vec<(u8, String)>) {
    let (chapter, _) = parse_in("zh", source);
    let heading = |block: &crate::model::Block| match block.kind {
        BlockKind::Heading { level, .. } => Some((level, block.id.clone().unwrap_or_default())),
        _ => None,
    };
    let headings = chapter.blocks.iter().filter_map(heading).collect();
    (text::plain(&chapter.meta.title.run), chapter.meta.titled, headings)
}

#[test]
fn a_heading_above_all_others_is_the_title() {
    let plain = |level: u8| (level, String::new());
    for (source, title, levels) in [
        ("## 甲\n\n文\n\n### 乙\n\n#### 丙\n", "甲", vec![2, 3]),
        ("### 甲\n\n文\n", "甲", vec![]),
        ("<!-- 旧 -->\n\n<a id=\"x\"></a>\n<a id=\"y\"></a>\n\n## 甲\n\n### 乙\n", "甲", vec![2]),
        ("# 甲\n\n## 乙\n", "甲", vec![2]),
        ("---\ntitle: 题\n---\n## 甲\n", "题", vec![2]),
    ] {
        let levels = levels.into_iter().map(plain).collect();
        assert_eq!(outline(source), (title.to_owned(), true, levels), "{source}");
    }
    for source in ["## 甲\n\n文\n\n## 乙\n", "文\n\n## 甲\n", "## 甲\n\n# 乙\n", "甲\n---\n\n文\n"] {
        assert!(!outline(source).1, "{source}");
    }
}

#[test]
fn a_comment_of_mdx_gives_an_id() {
    let (title, _, headings) =
        outline("# 题 {/*start*/}\n\n## 甲 *乙* {/*a-b_c*/}\n\n## `丙` {/*c*/}\n\n## 丁 {/* 两个 词 */}\n");
    assert_eq!(title, "题");
    assert_eq!(headings.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["a-b_c", "c", ""]);
}
