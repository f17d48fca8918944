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
    index: "索引",
    see: "见",
    see_also: "另见",
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

pub(super) const TRADITIONAL_WORDS: ExportWords = ExportWords {
    contents: "目錄",
    landmarks: "導覽",
    pages: "頁碼",
    references: "參考文獻",
    see: "見",
    see_also: "另見",
    notes: "註釋",
    to_translation: "譯文",
    chart: "圖表",
    data: "資料表",
    item: "項目",
    value: "數值",
    unit: "單位：",
    source: "來源：",
    summary: "本書文字可重排，含可點選的目錄、層級標題與規定的閱讀順序。",
    summary_alt: "所有圖片均有替代文字，圖表另附資料表。",
    summary_no_alt: "部分圖片沒有替代文字。",
    summary_math: "公式以 MathML 呈現。",
    summary_pages: "可按印刷版頁碼查找。",
    ..WORDS
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
    page: ["第", "页"],
    brackets: ["（", "）"],
};

pub(super) const TRADITIONAL_REFERENCES: ReferenceWords = ReferenceWords {
    figure: "圖",
    listing: "程式",
    appendix: CountedName { before: "附錄", numerals: Numerals::Han, after: "" },
    section: CountedName { before: "", numerals: Numerals::Digits, after: " 節" },
    quotes: ["「", "」"],
    page: ["第", "頁"],
    ..REFERENCES
};
