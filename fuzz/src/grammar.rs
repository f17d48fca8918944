//! Books that are valid, made of any bytes: so that a fuzzer reaches what comes behind the parsers, the setting of pages and the
//! e-book. The same bytes give the same book, and a byte that changes changes a part of it. Both languages say the same in the same
//! order, for both are made of the same bytes.

use std::fmt::Write as _;

/// Blocks lie in each other no deeper.
const DEPTH: usize = 3;
/// Most chapters, and most blocks of each.
const CHAPTERS: usize = 4;
const BLOCKS: usize = 24;

const ZH: [&str; 12] =
    ["灯光", "桥下的水", "12盏灯", "在夜里", "——", "（小注）", "风", "3.5%", "李明", "GPT-4", "，", "2026年3月1日"];
const EN: [&str; 12] = [
    "light",
    "the water",
    "12 lamps",
    "at night",
    "—",
    "(a note)",
    "wind",
    "3.5%",
    "Li Ming",
    "GPT-4",
    ",",
    "1 March 2026",
];

const PICTURE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\"/></svg>";
const TABLE: &str = "name,oil\na,1.5\nb,20\n";
const SOURCES: &str = "li2020: {type: book, title: Lamps, author: \"Li, Ming\", date: 2020}\n\
                       ma2021: {type: article, title: Light, author: \"Ma, Lan\", date: 2021, parent: {type: periodical, title: Nature}}\n";
const TERMS: &str = "- {zh: 灯光, en: light}\n- {zh: 风, en: wind}\n";

const FORMULAS: [&str; 6] =
    ["x^2", "\\frac{a}{b}", "\\sqrt{x_1}", "\\sum_{i=1}^n i", "\\alpha \\le \\beta", "\\text{if } x > 0"];
const LISTINGS: [&str; 4] = ["py\nx = 1  # one", "rust\nfn main() {}", "\n  two\n\tthree", "json\n{\"a\": [1, 2]}"];
const CALLOUTS: [&str; 4] = ["note", "tip", "warning", "important"];

/// The files of a book below its folder.
pub fn book(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut bytes = Bytes { data, at: 0 };
    let mut files = vec![
        ("manuscript/book.yaml".to_owned(), config(&mut bytes)),
        ("manuscript/references.yaml".to_owned(), SOURCES.to_owned()),
        ("manuscript/glossary.yaml".to_owned(), TERMS.to_owned()),
        ("manuscript/images/a.svg".to_owned(), PICTURE.to_owned()),
        ("manuscript/data/a.csv".to_owned(), TABLE.to_owned()),
    ];
    let chapters = 1 + bytes.choose(CHAPTERS);
    for chapter in 0..chapters {
        let start = bytes.at;
        for (lang, words) in [("zh", &ZH), ("en", &EN)] {
            bytes.at = start;
            let mut writer = Writer { bytes, words, chapter, ids: Vec::new(), notes: Vec::new(), count: 0 };
            let text = writer.chapter();
            bytes = writer.bytes;
            files.push((format!("manuscript/{lang}/{:02}-a.md", chapter + 1), text));
        }
    }
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

fn config(bytes: &mut Bytes<'_>) -> String {
    let layout = ["report", "book"][bytes.choose(2)];
    let editions = ["[zh, en, bilingual]", "[zh, en]", "[bilingual]", "[en]"][bytes.choose(4)];
    let arrangement = ["columns", "pages"][bytes.choose(2)];
    let numbering =
        ["{chapters: true, headings: 2, figures: chapter}", "{chapters: false, headings: 0, figures: book}"]
            [bytes.choose(2)];
    format!(
        "title: {{zh: 桥与灯, en: Lamps}}\nslug: lamps\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: {layout}\neditions: {editions}\n\
         layouts: {{bilingual: {{name: parallel, options: {{arrangement: {arrangement}}}}}}}\nnumbering: {numbering}\n"
    )
}

/// Bytes, read one after the other; behind their end are zeros, which choose what is simplest.
#[derive(Clone, Copy)]
struct Bytes<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bytes<'_> {
    /// One of so many ways.
    fn choose(&mut self, ways: usize) -> usize {
        let byte = self.data.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % ways
    }

    fn is_over(&self) -> bool {
        self.at >= self.data.len()
    }
}

/// Writes a chapter in one language.
struct Writer<'d, 'w> {
    bytes: Bytes<'d>,
    words: &'w [&'w str; 12],
    chapter: usize,
    /// Ids that can be referred to.
    ids: Vec<String>,
    /// Notes that are still to be defined.
    notes: Vec<String>,
    count: usize,
}

impl<'w> Writer<'_, 'w> {
    fn chapter(&mut self) -> String {
        let mut text = format!("# {} {}\n\n", self.words[self.chapter % 3], self.chapter + 1);
        let blocks = 1 + self.bytes.choose(BLOCKS);
        for _ in 0..blocks {
            if self.bytes.is_over() {
                break;
            }
            let block = self.block(0);
            text.push_str(&block);
        }
        if text.lines().count() < 3 {
            text.push_str(&self.paragraph());
        }
        for note in std::mem::take(&mut self.notes) {
            let _ = write!(text, "[^{note}]: {}\n\n", self.words[self.bytes.choose(12)]);
        }
        text
    }

    fn id(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}c{}-{}", self.chapter, self.count)
    }

    /// A block and the empty line behind it.
    fn block(&mut self, depth: usize) -> String {
        let ways = if depth < DEPTH { 19 } else { 9 };
        match self.bytes.choose(ways) {
            1 if depth == 0 => self.heading(),
            2 => format!("$$\n{}\n$$\n\n", FORMULAS[self.bytes.choose(FORMULAS.len())]),
            3 => format!("```{}\n```\n\n", LISTINGS[self.bytes.choose(LISTINGS.len())]),
            4 => self.picture(),
            5 => self.table(),
            6 if depth == 0 => "<!-- dama: pagebreak -->\n\n".to_owned(),
            7 if depth == 0 => "---\n\n".to_owned(),
            8 => self.paragraph() + &self.paragraph(),
            9 => self.list(depth, false),
            10 => self.list(depth, true),
            11 => prefixed("> ", &self.block(depth + 1)),
            12 => {
                let kind = CALLOUTS[self.bytes.choose(CALLOUTS.len())].to_uppercase();
                format!("> [!{kind}]\n{}", prefixed("> ", &self.block(depth + 1)))
            }
            13 if depth == 0 => format!("::::aside\n{}::::\n\n", self.paragraph()),
            14 if depth == 0 => self.figure(),
            15 if depth == 0 => self.chart(),
            16 if depth == 0 => "```qr\ndata: https://example.org/\nalt: A\n```\n\n".to_owned(),
            17 => format!("{}\n: {}\n\n", self.word(), self.word()),
            18 if depth == 0 => "```table {src=../data/a.csv align=\"l .\"}\n```\n\n".to_owned(),
            _ => self.paragraph(),
        }
    }

    fn word(&mut self) -> &'w str {
        // Signs begin no line.
        self.words[[0, 1, 3, 6, 8][self.bytes.choose(5)]]
    }

    fn heading(&mut self) -> String {
        let level = 2 + self.bytes.choose(3);
        let id = self.id("");
        let text = format!("{} {} {{#{id}}}\n\n", "#".repeat(level), self.word());
        self.ids.push(id);
        text
    }

    fn picture(&mut self) -> String {
        let more = ["", "{width=50%}", "{.decorative}"][self.bytes.choose(3)];
        let alt = if more == "{.decorative}" { String::new() } else { self.word().to_owned() };
        format!("![{alt}](../images/a.svg){more}\n\n")
    }

    fn table(&mut self) -> String {
        let columns = 1 + self.bytes.choose(5);
        let rows = 1 + self.bytes.choose(6);
        let mut text = String::new();
        for row in 0..=rows {
            for _ in 0..columns {
                let _ = write!(text, "| {} ", self.word());
            }
            text.push_str("|\n");
            if row == 0 {
                text.push_str(&["|---", "|:--", "|--:", "|:-:"][self.bytes.choose(4)].repeat(columns));
                text.push_str("|\n");
            }
        }
        text + "\n"
    }

    fn figure(&mut self) -> String {
        let id = self.id("tab:");
        let table = self.table();
        let text = format!(":::figure {{#{id}}}\n{table}{}\n:::\n\n", self.word());
        self.ids.push(id);
        text
    }

    fn chart(&mut self) -> String {
        let kind = ["bar", "column", "line", "share"][self.bytes.choose(4)];
        let mut text = format!("```chart\ntype: {kind}\ntitle: {}\nalt: A\ndata:\n", self.word());
        for at in 0..2 + self.bytes.choose(5) {
            let _ = writeln!(text, "  - {{label: a{at}, value: {}}}", 1 + self.bytes.choose(200));
        }
        text + "```\n\n"
    }

    fn list(&mut self, depth: usize, numbered: bool) -> String {
        let start = 1 + self.bytes.choose(20);
        let mut text = String::new();
        for item in 0..1 + self.bytes.choose(4) {
            let sign = if numbered { format!("{}. ", start + item) } else { "- ".to_owned() };
            let inner = match self.bytes.choose(4) {
                0 => self.paragraph() + &self.block(depth + 1),
                _ => self.paragraph(),
            };
            let inner = prefixed(&" ".repeat(sign.len()), &inner);
            text.push_str(&sign);
            text.push_str(inner.trim_start());
        }
        text
    }

    fn paragraph(&mut self) -> String {
        let mut text = self.word().to_owned();
        for _ in 0..1 + self.bytes.choose(9) {
            text.push(' ');
            let next = self.inline(0);
            text.push_str(&next);
        }
        text + "\n\n"
    }

    fn inline(&mut self, depth: usize) -> String {
        match self.bytes.choose(if depth < 2 { 16 } else { 4 }) {
            1 => format!("`{}`", ["x", "a_b", "--flag", "GPT"][self.bytes.choose(4)]),
            2 => format!("${}$", FORMULAS[self.bytes.choose(FORMULAS.len())]),
            3 => self.words[self.bytes.choose(12)].to_owned(),
            4 => format!("*{}*", self.inline(2)),
            5 => format!("**{}**", self.word()),
            6 => format!("[{}](https://example.org/{})", self.word(), self.bytes.choose(9)),
            7 => match self.ids.get(self.bytes.choose(8)).cloned() {
                Some(id) if id.starts_with("tab:") => format!("[](#{id})"),
                Some(id) => format!("[{}](#{id})", self.word()),
                None => self.word().to_owned(),
            },
            8 => {
                let note = self.id("n");
                self.notes.push(note.clone());
                format!("[^{note}]")
            }
            9 => format!("[@{}]", ["li2020", "ma2021", "li2020, 3"][self.bytes.choose(3)]),
            10 => format!("[{}]{{.index}}", self.word()),
            11 => format!("H[{}]{{.sub}}", self.bytes.choose(9)),
            12 => format!("[{}]{{.underline}}", self.word()),
            13 => format!("~~{}~~", self.word()),
            14 => format!("<mark>{}</mark>", self.word()),
            15 => "\\\n  ".trim_end_matches(' ').to_owned() + self.word(),
            _ => self.word().to_owned(),
        }
    }
}

/// Each line with something before it, and an empty line behind all.
fn prefixed(prefix: &str, text: &str) -> String {
    let lines = text.trim_end().lines();
    lines.fold(String::new(), |out, line| out + format!("{prefix}{line}").trim_end() + "\n") + "\n"
}
