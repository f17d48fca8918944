//! The manuscript that a new book starts with: small, complete, with comments on how it is written.

use crate::message::Locale;
use crate::model::Lang;

/// Where the schema of book.yaml lies, which editors complete its keys from.
pub const BOOK_SCHEMA: &str = "manuscript/.schema/book.json";

/// Where that of glossary.yaml lies.
pub const GLOSSARY_SCHEMA: &str = "manuscript/.schema/glossary.json";

/// What is said beside the keys of book.yaml and at the head of glossary.yaml.
struct Comments {
    book: &'static str,
    title: &'static str,
    languages: &'static str,
    editions: &'static str,
    layout: &'static str,
    date: &'static str,
    people: &'static str,
    more: &'static str,
    glossary: &'static str,
    readme: &'static str,
}

const ENGLISH: Comments = Comments {
    book: "What the book is. An unknown key is an error; the message names the nearest known one.",
    title: "The title in each language, until now the name of the folder.",
    languages: "The first language is the source; the others are translations.",
    editions: "The editions that `dama-pub build` makes: one for each language, and `bilingual` with both side by side.",
    layout: "report, book, handbook, or a folder of your own under layouts/. Options: {name: book, options: {trim: 16k}};\n# `dama-pub layout show book` lists them.",
    date: "The date of publication. The files bear it, so that the same manuscript gives the same bytes.",
    people: "aut, edt, trl, ill, …: MARC relator codes",
    more: "# publisher: …\n\
        # identifier: {FIRST: 978-…}   # an ISBN; its check digit is checked and its bar code drawn\n\
        # cover: {}                      # also makes the whole cover as one sheet, with its spine\n\
        # checks: {number: warning}      # levels of checks: off, info, warning, error\n",
    glossary: "The terms of the book, one on each line. `dama-pub terms` shows how often the translation uses them.",
    readme: include_str!("starter/readme.en.md"),
};

const CHINESE: Comments = Comments {
    book: "这本书是什么。不认识的键是错误，提示里会说最接近的是哪一个。",
    title: "各语言的书名，现在先用文件夹的名字。",
    languages: "第一种语言是原文，其余是译文。",
    editions: "`dama-pub build` 做哪些版本：每种语言一个，`bilingual` 是两种语言对照。",
    layout: "report（报告）、book（书）、handbook（手册），或者 layouts/ 里自己的文件夹。选项写成 {name: book, options: {trim: 16k}}，\n# `dama-pub layout show book` 列出有哪些。",
    date: "出版日期。做出的文件都带着它，所以同样的书稿得到同样的字节。",
    people: "aut 作者、edt 编者、trl 译者、ill 绘者……：MARC 关系码",
    more: "# publisher: …                    # 出版者\n\
        # identifier: {FIRST: 978-…}       # ISBN；会核对校验码，并画出条码\n\
        # cover: {}                        # 另把整张封面连书脊做成一页\n\
        # checks: {number: warning}        # 各项检查的级别：off、info、warning、error\n",
    glossary: "全书的术语，一行一个。`dama-pub terms` 显示译文用了多少次。",
    readme: include_str!("starter/readme.zh.md"),
};

impl Comments {
    fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::English => &ENGLISH,
            Locale::Chinese => &CHINESE,
        }
    }
}

const GITIGNORE: &str =
    "# What `dama-pub build` makes, and what systems and office programs leave behind.\n/out/\n.DS_Store\n~$*\n";

/// The files of a new book: project-relative paths and texts.
///
/// `name` becomes the title, which its author will change; `layout` is that of the editions in one language, or `parallel`
/// for a book that also has a bilingual edition. Comments are in the language of `locale`.
pub fn starter(name: &str, layout: &str, languages: &[Lang], date: &str, locale: Locale) -> Vec<(String, String)> {
    let comments = Comments::of(locale);
    let mut files = vec![
        (super::BOOK_FILE.to_owned(), book(name, layout, languages, date, comments)),
        ("manuscript/glossary.yaml".to_owned(), glossary(languages, comments)),
        ("manuscript/references.yaml".to_owned(), include_str!("starter/references.yaml").to_owned()),
        ("README.md".to_owned(), comments.readme.replace("NAME", name)),
        (".gitignore".to_owned(), GITIGNORE.to_owned()),
    ];
    for lang in languages {
        let text = lang.conventions().starter.chapter;
        files.push((format!("manuscript/{}/01-first-steps.md", lang.tag()), text.to_owned()));
    }
    files
}

fn book(name: &str, layout: &str, languages: &[Lang], date: &str, comments: &Comments) -> String {
    let tags: Vec<&str> = languages.iter().map(Lang::tag).collect();
    let title = serde_json::to_string(name).unwrap_or_default();
    let each = tags.iter().map(|tag| format!("{tag}: {title}")).collect::<Vec<_>>().join(", ");
    let (single, both) = match layout {
        "parallel" => ("book".to_owned(), ", bilingual"),
        "handbook" => (handbook(&languages[0]), ""),
        _ => (layout.to_owned(), ""),
    };
    let Comments { book, title: titles, languages, editions, layout, date: dates, people, more, .. } = comments;
    let (tags, first) = (tags.join(", "), tags[0]);
    let more = more.replace("FIRST", first);
    format!(
        "# yaml-language-server: $schema=.schema/book.json\n\
         # {book}\n\
         # {titles}\n\
         title: {{{each}}}\n\
         # {languages}\n\
         languages: [{tags}]\n\
         # {editions}\n\
         editions: [{tags}{both}]\n\
         # {layout}\n\
         layout: {single}\n\
         # {dates}\n\
         date: {date}\n\
         people:\n  - {{name: {title}, role: aut}}   # {people}\n\
         {more}"
    )
}

/// The layout of a technical book, on the paper that readers of its source know.
fn handbook(source: &Lang) -> String {
    format!("{{name: handbook, options: {{trim: {}}}}}", source.conventions().starter.technical_trim)
}

fn glossary(languages: &[Lang], comments: &Comments) -> String {
    let word = |lang: &Lang| format!("{}: {}", lang.tag(), lang.conventions().starter.term);
    let entry = languages.iter().map(word).collect::<Vec<_>>().join(", ");
    let about = comments.glossary;
    format!("# yaml-language-server: $schema=.schema/glossary.json\n# {about}\n- {{{entry}}}\n")
}
