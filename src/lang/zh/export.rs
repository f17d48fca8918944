//! What an e-book says in Chinese.

use crate::lang::export::{ExportWords, ReferenceWords};
use crate::lang::{CountedName, Numerals};

pub(super) const WORDS: ExportWords = ExportWords {
    caption_gap: "\u{3000}",
    cover: "封面",
    contents: "目录",
    landmarks: "导览",
    pages: "页码",
    start: "正文",
    references: "参考文献",
    notes: "注释",
    back: "返回正文",
    to_translation: "译文",
    to_source: "原文",
    chart: "图表",
    data: "数据表",
    item: "项目",
    value: "数值",
    unit: "单位：",
    source: "来源：",
    separator: "；",
    done: "已完成",
    to_do: "未完成",
    colon: "：",
    summary: "本书文字可重排，含可点击的目录、层级标题与规定的阅读顺序。",
    summary_alt: "所有图片均有替代文本，图表另附数据表。",
    summary_no_alt: "部分图片没有替代文本。",
    summary_math: "公式以 MathML 呈现。",
    summary_pages: "可按印刷版页码查找。",
};

/// The names of what is counted that are the same in all forms of the language.
const PART: CountedName = CountedName { before: "第", numerals: Numerals::Han, after: "部分" };
const CHAPTER: CountedName = CountedName { before: "第", numerals: Numerals::Han, after: "章" };

pub(super) const REFERENCES: ReferenceWords = ReferenceWords {
    figure: "图",
    table: "表",
    listing: "代码",
    formula: "式",
    part: PART,
    chapter: CHAPTER,
    appendix: CountedName { before: "附录", numerals: Numerals::Han, after: "" },
    section: CountedName { before: "", numerals: Numerals::Digits, after: " 节" },
    within: "-",
    quotes: ["“", "”"],
};

pub(super) const TRADITIONAL_REFERENCES: ReferenceWords = ReferenceWords {
    figure: "圖",
    listing: "程式",
    appendix: CountedName { before: "附錄", numerals: Numerals::Han, after: "" },
    section: CountedName { before: "", numerals: Numerals::Digits, after: " 節" },
    ..REFERENCES
};
