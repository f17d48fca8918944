//! The words that the exporter itself writes, in Chinese and English.

use crate::model::Lang;

/// One language's words.
pub(super) struct Words {
    /// Between a number and its caption.
    pub(super) caption_gap: &'static str,
    /// The cover.
    pub(super) cover: &'static str,
    /// The table of contents.
    pub(super) contents: &'static str,
    /// The list of landmarks.
    pub(super) landmarks: &'static str,
    /// The list of pages.
    pub(super) pages: &'static str,
    /// Where reading begins.
    pub(super) start: &'static str,
    /// The list of references.
    pub(super) references: &'static str,
    /// The notes of a chapter.
    pub(super) notes: &'static str,
    /// The way back from a note.
    pub(super) back: &'static str,
    /// The way from a paragraph to its translation.
    pub(super) to_translation: &'static str,
    /// The way from a translation to its original.
    pub(super) to_source: &'static str,
    /// A chart without a title.
    pub(super) chart: &'static str,
    /// The table of a chart's data.
    pub(super) data: &'static str,
    /// Heading of the labels in that table.
    pub(super) item: &'static str,
    /// Heading of the values in that table.
    pub(super) value: &'static str,
    /// Before the unit of data.
    pub(super) unit: &'static str,
    /// Before the source of data.
    pub(super) source: &'static str,
    /// Between the two.
    pub(super) separator: &'static str,
    /// Accessibility: the base of the summary.
    pub(super) summary: &'static str,
    /// Accessibility: all pictures are described.
    pub(super) summary_alt: &'static str,
    /// Accessibility: some pictures are not described.
    pub(super) summary_no_alt: &'static str,
    /// Accessibility: formulas are MathML.
    pub(super) summary_math: &'static str,
    /// Accessibility: pages are those of the printed edition.
    pub(super) summary_pages: &'static str,
}

const ZH: Words = Words {
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
    summary: "本书文字可重排，含可点击的目录、层级标题与规定的阅读顺序。",
    summary_alt: "所有图片均有替代文本，图表另附数据表。",
    summary_no_alt: "部分图片没有替代文本。",
    summary_math: "公式以 MathML 呈现。",
    summary_pages: "可按印刷版页码查找。",
};

const EN: Words = Words {
    caption_gap: ". ",
    cover: "Cover",
    contents: "Contents",
    landmarks: "Landmarks",
    pages: "Pages",
    start: "Start of content",
    references: "References",
    notes: "Notes",
    back: "Back to text",
    to_translation: "Translation",
    to_source: "Original",
    chart: "Chart",
    data: "Data table",
    item: "Item",
    value: "Value",
    unit: "Unit: ",
    source: "Source: ",
    separator: ". ",
    summary: "The text reflows and has a linked table of contents, structured headings and a defined reading order.",
    summary_alt: " All pictures are described in text, and charts come with a table of their data.",
    summary_no_alt: " Some pictures have no text description.",
    summary_math: " Formulas are MathML.",
    summary_pages: " The page numbers of the printed edition are marked and listed.",
};

/// The words of a language: Chinese for every form of Chinese, English for the rest.
pub(super) fn words(lang: &Lang) -> &'static Words {
    if lang.is_chinese() { &ZH } else { &EN }
}
