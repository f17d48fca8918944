//! Chinese on the page, measured: the rules of `docs/ledgers/clreq.md` that are said to be met.
//!
//! Small texts are set by the kit in lines of twenty characters, and the places of their glyphs are read from the pages.

use std::fs;

use dama_pub::manuscript;
use dama_pub::model::{EditionKind, LayoutChoice};
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{self, BuildDate, Job};
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// Size of the text, in points.
const EM: f64 = 10.0;
/// Left edge of the lines, in points.
const LEFT: f64 = 20.0;
/// Right edge of the lines: twenty characters further.
const RIGHT: f64 = LEFT + 20.0 * EM;
/// What rounding may add, in points.
const SLACK: f64 = 0.05;

/// Marks that must not begin a line.
const NO_START: &str = "，。、；：？！）」』”’》〉】·…—％";
/// Marks that must not end a line.
const NO_END: &str = "（「『“‘《〈【";

/// A character on the page.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) text: String,
    family: String,
    /// Size of the type, in points.
    pub(crate) size: f64,
    pub(crate) left: f64,
    right: f64,
}

/// A line of a page: its baseline and its characters from left to right.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) baseline: f64,
    pub(crate) marks: Vec<Mark>,
}

impl Line {
    pub(crate) fn text(&self) -> String {
        self.marks.iter().map(|mark| mark.text.as_str()).collect()
    }

    fn first(&self) -> &Mark {
        self.marks.first().expect("a line has text")
    }

    fn last(&self) -> &Mark {
        self.marks.last().expect("a line has text")
    }

    fn mark(&self, text: &str) -> &Mark {
        self.marks.iter().find(|mark| mark.text == text).unwrap_or_else(|| panic!("{text} in {}", self.text()))
    }

    /// From the left of one character to the left of a later one.
    fn distance(&self, from: &str, to: &str) -> f64 {
        self.mark(to).left - self.mark(from).left
    }
}

/// Sets a chapter with the kit; `height` is the height of the text area in points.
fn set(markdown: &str, height: f64) -> PagedDocument {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    let book = "title: 试\nlanguages: [zh]\ndate: 2026-03-01\nlayout: probe\n";
    write("manuscript/book.yaml", book);
    write("manuscript/zh/01-a.md", &format!("---\ntitle: 试\n---\n\n{markdown}\n"));
    write("layouts/probe/layout.yaml", "name: probe\n");
    write("layouts/probe/epub.css", "");
    let page = format!(
        "#import \"/layouts/kit/text.typ\": running-text\n\
         #import \"/layouts/kit/titles.typ\": bare-headings\n\
         #set page(width: {}pt, height: {}pt, margin: {LEFT}pt)\n\
         #show: running-text.with(size: {EM}pt, leading: 8pt)\n\
         #show: bare-headings\n\
         #for ch in dama.book.chapters {{ dama.chapter(ch.path) }}\n",
        RIGHT + LEFT,
        height + 2.0 * LEFT
    );
    write("layouts/probe/layout.typ", &page);
    let project = Project::find(dir.path()).expect("a project");
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let config = manuscript::load_config(&project, &mut sources).take(&mut found).expect("book.yaml is sound");
    let choice = LayoutChoice::named("probe");
    let layout = dama_pub::layout::read(&project, &mut sources, &choice).take(&mut found).expect("a layout");
    let book = manuscript::load_book(&project, &mut sources, config, Some(&[])).take(&mut found);
    let edition = EditionKind::Single(book.source_language().clone());
    let date = BuildDate::midnight(book.meta.date);
    let job = Job {
        book: &book,
        edition: &edition,
        layout: &layout,
        files: &project,
        sources: &sources,
        date,
        alignments: &[],
    };
    let document = typeset::document(job).take(&mut found);
    document.unwrap_or_else(|| panic!("{markdown} is set: {found:?}"))
}

/// The lines of every page.
fn pages(markdown: &str, height: f64) -> Vec<Vec<Line>> {
    let document = set(markdown, height);
    document.pages().iter().map(|page| lines_of(&page.frame)).collect()
}

/// The lines of a text that fits on a page.
fn lines(markdown: &str) -> Vec<Line> {
    pages(markdown, 4000.0).into_iter().next().expect("a page")
}

/// The lines of a page from its head to its foot; what stands on one baseline in two columns is one line.
pub(crate) fn lines_of(frame: &Frame) -> Vec<Line> {
    let mut marks = Vec::new();
    collect(frame, Point::zero(), &mut marks);
    marks.sort_by(|(a, x), (b, y)| (a.round(), x.left).partial_cmp(&(b.round(), y.left)).expect("finite places"));
    let mut lines: Vec<Line> = Vec::new();
    for (baseline, mark) in marks {
        match lines.last_mut() {
            Some(line) if (line.baseline - baseline).abs() < 1.0 => line.marks.push(mark),
            _ => lines.push(Line { baseline, marks: vec![mark] }),
        }
    }
    lines
}

fn collect(frame: &Frame, at: Point, marks: &mut Vec<(f64, Mark)>) {
    for (place, item) in frame.items() {
        let at = at + *place;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, marks),
            FrameItem::Text(text) => {
                let mut x = at.x.to_pt();
                for glyph in &text.glyphs {
                    let wide = glyph.x_advance.at(text.size).to_pt();
                    let family = text.font.info().family.to_string();
                    let word = text.text[glyph.range()].trim_matches('\u{2060}').to_owned();
                    let left = x + glyph.x_offset.at(text.size).to_pt();
                    let size = text.size.to_pt();
                    marks.push((at.y.to_pt(), Mark { text: word, family, size, left, right: x + wide }));
                    x += wide;
                }
            }
            _ => {}
        }
    }
}

/// The same text after 0 to 19 further characters, so that every place in it comes to a line's edge once.
fn shifted(text: &str) -> Vec<Vec<Line>> {
    (0..20).map(|n| lines(&format!("{}{text}", "的".repeat(n)))).collect()
}

const PROSE: &str =
    "他说：“书，不止是纸（还有墨）。”于是《纸与墨》写成了……写完——改完，再印；你信吗？信！戈登·贝尔奖、图灵奖，都有。";

#[test]
fn no_mark_stands_where_it_must_not() {
    for lines in shifted(PROSE) {
        for line in &lines {
            let (first, last) = (line.first().text.as_str(), line.last().text.as_str());
            assert!(!NO_START.contains(first), "{first} begins {}", line.text());
            assert!(!NO_END.contains(last), "{last} ends {}", line.text());
        }
    }
}

#[test]
fn lines_of_titles_end_between_words() {
    for (title, ends) in [
        ("## 生成式人工智能重塑科学研究范式与产业创新体系", ["重塑", "体系"]),
        ("## 量子计算走出实验室：从比特到容错计算的一公里", ["实验室：", "一公里"]),
        ("## 在不确定的世界里寻找确定的增长 2026—2030 年", ["寻找确定的", "2030年"]),
    ] {
        let lines = lines(title);
        let shown: Vec<String> = lines.iter().map(Line::text).collect();
        assert!(
            shown.len() == 2
                && shown.iter().zip(ends).all(|(line, end)| line.replace([' ', '\u{a0}'], "").ends_with(end)),
            "{shown:?}"
        );
    }
}

#[test]
fn lines_are_flush_and_marks_at_their_ends_are_squeezed() {
    let mut squeezed = 0;
    for lines in shifted(PROSE) {
        for line in &lines[..lines.len() - 1] {
            let last = line.last();
            let closing = "，。、；：）”》".contains(last.text.as_str());
            // What justification adds after the last character is not seen.
            let wide = if closing {
                0.5
            } else if last.text == "——" {
                2.0
            } else {
                1.0
            };
            let end = last.right.min(last.left + wide * EM);
            assert!((end - RIGHT).abs() < SLACK, "{} ends at {end}", line.text());
            squeezed += usize::from(closing);
        }
    }
    assert!(squeezed >= 5, "marks came to the ends of lines: {squeezed}");
}

#[test]
fn an_opening_mark_at_the_start_of_a_line_is_squeezed() {
    let mut seen = 0;
    for lines in shifted(PROSE) {
        for line in lines[1..].iter().filter(|line| NO_END.contains(line.first().text.as_str())) {
            let wide = line.marks[1].left - LEFT;
            assert!(wide < 0.6 * EM, "{} takes {wide} pt at the start of a line", line.first().text);
            seen += 1;
        }
    }
    assert!(seen >= 3, "opening marks came to the starts of lines: {seen}");
}

#[test]
fn adjacent_marks_share_their_space() {
    // A line that is not justified shows the natural widths.
    let line = lines("读《书》，记。").remove(0);
    assert!((line.distance("》", "记") - 1.5 * EM).abs() < SLACK, "》， takes one em and a half");
    let line = lines("说：《书》好").remove(0);
    assert!((line.distance("：", "书") - 1.5 * EM).abs() < SLACK, "：《 takes one em and a half");
    let line = lines("好，书").remove(0);
    assert!((line.distance("，", "书") - EM).abs() < SLACK, "a mark alone keeps its em");
}

#[test]
fn dashes_and_ellipses_are_two_em_and_whole() {
    let line = lines("甲——乙").remove(0);
    assert!((line.distance("甲", "乙") - 3.0 * EM).abs() < SLACK, "a dash takes two em");
    let line = lines("甲……乙").remove(0);
    assert!((line.distance("甲", "乙") - 3.0 * EM).abs() < SLACK, "an ellipsis takes two em");
    for lines in shifted("天地玄黄宇宙洪荒——日月盈昃辰宿列张……寒来暑往秋收冬藏。") {
        for mark in ["—", "…"] {
            let holders = lines.iter().filter(|line| line.text().contains(mark)).count();
            assert_eq!(holders, 1, "{mark}{mark} stands in one line");
        }
    }
}

#[test]
fn an_interpunct_takes_one_em() {
    let line = lines("戈登·贝尔").remove(0);
    assert!((line.distance("登", "贝") - 2.0 * EM).abs() < SLACK);
}

#[test]
fn paragraphs_begin_two_em_in_every_one_of_them() {
    let set = lines("第一段。\n\n第二段。\n\n- 项\n\n第三段。");
    for begins in ["第一", "第二", "第三"] {
        let line = set.iter().find(|line| line.text().starts_with(begins)).expect("the paragraph is set");
        assert!((line.first().left - LEFT - 2.0 * EM).abs() < SLACK, "{begins} begins at {}", line.first().left);
    }
}

#[test]
fn latin_words_stand_a_quarter_em_off() {
    let line = lines("用Tex排").remove(0);
    let (han, latin) = (line.mark("用"), line.mark("T"));
    assert!((latin.left - han.left - 1.25 * EM).abs() < 0.1, "before: {}", latin.left - han.left);
    let (latin, han) = (line.mark("x"), line.mark("排"));
    let bare = lines("Tex").remove(0);
    let x = bare.mark("x");
    let gap = han.left - latin.left - (x.right - x.left);
    assert!((gap - 0.25 * EM).abs() < 0.1, "after: {gap}");
    for lines in shifted("天地玄黄Tex宇宙洪荒Tex日月盈昃") {
        for line in lines[1..].iter().filter(|line| line.first().text == "T") {
            assert!((line.first().left - LEFT).abs() < SLACK, "none at the start of a line");
        }
    }
}

#[test]
fn quotation_marks_come_from_the_chinese_face() {
    let line = lines("他说“好”。").remove(0);
    for mark in ["“", "”", "。"] {
        assert_eq!(line.mark(mark).family, "Noto Serif CJK SC", "{mark}");
    }
    assert!((line.distance("“", "好") - EM).abs() < SLACK, "“ takes one em");
}

#[test]
fn numbers_are_not_broken() {
    for lines in shifted("天地玄黄1,750亿宇宙洪荒98.5%日月盈昃") {
        for number in ["1,750", "98.5%"] {
            assert!(lines.iter().any(|line| line.text().contains(number)), "{number} is whole");
        }
    }
}

#[test]
fn a_number_keeps_to_its_unit() {
    for (text, wholes) in [
        ("天地玄黄1750亿元宇宙第3章洪荒", &["1750亿元", "第3章"][..]),
        ("天地玄黄 1,750 亿宇宙图 3 洪荒", &["1,750\u{a0}亿", "图\u{a0}3"][..]),
    ] {
        for lines in shifted(text) {
            for whole in wholes {
                assert!(lines.iter().any(|line| line.text().contains(whole)), "{whole}: {lines:?}");
            }
        }
    }
    let line = lines("用1750亿元").remove(0);
    assert!((line.distance("用", "1") - 1.25 * EM).abs() < 0.1, "a quarter em before it");
}

#[test]
fn a_formula_stands_a_quarter_em_off() {
    let line = lines("取$x$为数，$x$，").remove(0);
    assert!((line.distance("取", "𝑥") - 1.25 * EM).abs() < 0.1, "before: {}", line.distance("取", "𝑥"));
    let gap = line.mark("为").left - line.mark("𝑥").right;
    assert!((0.2..0.35).contains(&(gap / EM)), "after: {gap}");
}

#[test]
fn a_note_does_not_begin_a_line() {
    for n in 0..20 {
        let text = format!("{}天地玄黄[^1]宇宙洪荒。\n\n[^1]: 注文。", "的".repeat(14 + n));
        let set = lines(&text);
        let word = set.iter().find(|line| line.text().contains('黄')).expect("the word is set");

        // The mark is raised: it is a line of its own for the reader of baselines, right above.
        let mark = set.iter().find(|line| line.text() == "1" && (word.baseline - line.baseline).abs() < EM);
        let mark = mark.map_or_else(|| word.mark("1"), Line::first);
        assert!(mark.left >= word.mark("黄").left, "the mark follows its word");
    }
}

#[test]
fn no_page_begins_or_ends_with_a_lone_line() {
    let paragraph = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水。";
    for first in 1..8 {
        let text = format!("{}\n\n{paragraph}\n\n{paragraph}", "行。\n\n".repeat(first));
        for page in pages(&text, 5.0 * 18.0) {
            let starts = |line: &Line| line.first().left > LEFT + EM;
            let text: Vec<String> = page.iter().map(Line::text).collect();
            let last = page.last().expect("a page has lines");
            let ends_short = last.text().ends_with('。');
            assert!(!starts(last) || ends_short, "a paragraph's first line alone at the foot: {text:?}");
            let alone = !starts(&page[0]) && page[0].text().ends_with('。');
            assert!(!alone, "a paragraph's last line alone at the head: {text:?}");
        }
    }
}

#[test]
fn a_heading_is_not_left_at_the_foot() {
    for first in 1..8 {
        let text = format!("{}## 标题\n\n天地玄黄宇宙洪荒日月盈昃辰宿列张。", "行。\n\n".repeat(first));
        for page in pages(&text, 5.0 * 18.0) {
            let last = page.last().expect("a page has lines").text();
            assert_ne!(last, "标题", "the heading stands at the foot of a page");
        }
    }
}

#[test]
fn emphasis_dots_every_character_and_no_mark() {
    let dots = |text: &str| shapes(&set(text, 4000.0).pages()[0].frame);
    assert_eq!(dots("天地玄黄"), 0);
    assert!(dots("天*地玄*黄") > 0, "emphasis draws dots");
    assert_eq!(dots("天*地，玄*黄"), dots("天*地玄*黄"), "a comma has no dot");
}

/// How many things are drawn on a page that are not text.
fn shapes(frame: &Frame) -> usize {
    let count = |item: &FrameItem| match item {
        FrameItem::Group(group) => shapes(&group.frame),
        FrameItem::Shape(..) => 1,
        _ => 0,
    };
    frame.items().map(|(_, item)| count(item)).sum()
}
