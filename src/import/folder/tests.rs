//! Folders of each kind, and the law: what a page says and its chapter does not is what the report says was lost.

use std::collections::BTreeMap;
use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options};

use super::{Tree, Wish, front, html, import};
use crate::import::Imported;
use crate::project::Folder;

fn tree(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn imported(trees: &[&dyn Tree]) -> Imported {
    let wish =
        Wish { date: "2026-01-01".to_owned(), title: "题".to_owned(), languages: Vec::new(), folders: Vec::new() };
    import(trees, &wish).unwrap_or_else(|message| panic!("{message}"))
}

fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let bytes = imported.files.get(path).unwrap_or_else(|| panic!("{path}: {:?}", imported.files.keys()));
    std::str::from_utf8(bytes).expect("text")
}

/// The signs that a page says, by a reader that knows nothing of books: letters, digits and characters, each with its number.
fn said(page: &str) -> BTreeMap<char, i64> {
    let (front, body) = front::split(page);
    let mut text = front.get("title").unwrap_or_default().to_owned();
    // The words of containers are marks, not text.
    let mark = |line: &str| {
        // Expressions of components make text of a tag for a reader that knows HTML alone.
        let line = match (line.find("={{"), line.find("}}")) {
            (Some(open), Some(close)) if open < close => format!("{}{}", &line[..open], &line[close + 2..]),
            _ => line.to_owned(),
        };
        let rest = line.trim_start();
        // What stands on a fence is no text, even where the fence is indented.
        let fence = rest.starts_with("```") && !rest.trim_start_matches('`').contains('`');
        if fence {
            return line.trim_end_matches(|c| c != '`').to_owned();
        }
        let word = ["!!! ", "??? ", "???+ ", ":::"].iter().find_map(|mark| rest.strip_prefix(mark)).map(|rest| {
            let rest = rest.trim_start_matches([':', ' ']);
            rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').replace("title=", "")
        });
        word.unwrap_or(line)
    };
    let body: Vec<String> = body.lines().map(mark).collect();
    read(&body.join("\n"), 2, &mut text);
    let mut signs = BTreeMap::new();
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *signs.entry(c).or_default() += 1);
    signs
}

/// The text of Markdown; what stands in a block of HTML is Markdown, too.
fn read(markdown: &str, depth: usize, text: &mut String) {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    for node in comrak::parse_document(&arena, markdown, &options).descendants() {
        match &node.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlBlock(block) if depth == 0 => text.push_str(&html::text_of(&block.literal)),
            NodeValue::HtmlBlock(block) => {
                let inner = html::text_of(&block.literal);
                let lines: Vec<&str> = inner.lines().map(str::trim_start).collect();
                read(&lines.join("\n"), depth - 1, text);
            }
            _ => {}
        }
    }
}

/// Holds an import of pages that include nothing to the law. Gives how many signs were compared.
fn keeps_the_law(tree: &dyn Tree, imported: &Imported, pages: &[(String, String)]) -> i64 {
    let (mut all, mut broken) = (0, Vec::new());
    for (path, chapter) in pages {
        let bytes = tree.read(path).expect("a page");
        let mut missing = said(&String::from_utf8_lossy(&bytes));
        all += missing.values().sum::<i64>();
        for (sign, count) in said(text(imported, chapter)) {
            *missing.entry(sign).or_default() -= count;
        }
        for entry in imported.report.entries.iter().filter(|entry| entry.file == *path) {
            entry.lost.chars().for_each(|c| *missing.entry(c).or_default() -= 1);
        }
        missing.retain(|_, count| *count > 0);
        if !missing.is_empty() {
            broken.push(format!("{path} has signs that neither {chapter} nor the report has: {missing:?}"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    all
}

#[test]
fn an_mdbook_becomes_a_book_with_its_parts_roles_links_and_pictures() {
    let files = tree(&[
        ("book.toml", "[book]\ntitle = \"灯火\"\nauthors = [\"甲\"]\nlanguage = \"zh\"\n"),
        ("src/SUMMARY.md", "# Summary\n\n[前言](p.md)\n\n# 上篇\n\n- [一](one.md)\n- [二](two.md)\n"),
        ("src/p.md", "# 前言\n\n见[点灯](two.md#怎样点灯)与[第一章][one]。\n\n[one]: one.html\n"),
        (
            "src/one.md",
            "# 一\n\n```rust\n{{#include ../code/a.rs:x}}\n```\n\n![灯](img/a.png)<kbd>S</kbd>\n\n[无](none.md)\n",
        ),
        ("src/two.md", "## 二\n\n### 怎样点灯\n\n<div class=\"w\">\n  一段*话*。\n</div>\n"),
        ("src/img/a.png", "png"),
        ("code/a.rs", "// ANCHOR: x\nlet a;\n// ANCHOR_END: x\nno\n"),
    ]);
    let made = imported(&[&files]);
    let yaml = text(&made, "manuscript/book.yaml");
    assert!(yaml.contains("title: \"灯火\"\nlanguages: [zh]"), "{yaml}");
    assert!(
        yaml.contains("  - title: {zh: \"上篇\"}\n    chapters:\n      - \"02-one\"\n      - \"03-two\"\n"),
        "{yaml}"
    );
    let preface = text(&made, "manuscript/zh/01-p.md");
    assert!(preface.starts_with("---\nrole: preface\n---\n\n# 前言\n"), "{preface}");
    assert!(preface.contains("[点灯](03-two.md#怎样点灯)"), "{preface}");
    assert!(preface.contains("[one]: 02-one.md"), "{preface}");
    let one = text(&made, "manuscript/zh/02-one.md");
    assert!(
        one.contains("```rust\nlet a;\n```") && one.contains("![灯](../images/a.png)<kbd>S</kbd>\n\n无\n"),
        "{one}"
    );
    assert_eq!(text(&made, "manuscript/zh/03-two.md"), "# 二\n\n## 怎样点灯 {#怎样点灯}\n\n一段*话*。\n");
    assert_eq!(made.files["manuscript/images/a.png"], b"png");
    assert_eq!(made.report.entries.len(), 1, "{:?}", made.report.entries);
}

#[test]
fn two_languages_are_found_in_folders_lists_and_catalogues() {
    let langs = tree(&[
        ("LANGS.md", "* [English](en/)\n* [中文](zh/)\n"),
        ("en/SUMMARY.md", "* [A](README.md)\n"),
        ("en/README.md", "# A\n"),
        ("zh/SUMMARY.md", "* [甲](README.md)\n"),
        ("zh/README.md", "# 甲\n"),
    ]);
    let docusaurus = tree(&[
        ("docusaurus.config.js", "module.exports = { title: 'T', i18n: { defaultLocale: 'en' } }"),
        ("sidebars.js", "module.exports = { docs: [{ type: 'category', label: 'P', items: ['b', 'a'] }] }"),
        ("docs/a.mdx", "---\ntitle: A\n---\nimport X from 'y'\n\nOne.\n"),
        ("docs/b.mdx", "---\ntitle: B\n---\nTwo.\n"),
        ("i18n/zh-CN/docusaurus-plugin-content-docs/current/a.mdx", "---\ntitle: 甲\n---\n一。\n"),
    ]);
    let vitepress = tree(&[
        (".vitepress/config.ts", "export default { title: 'T', lang: 'en' }"),
        ("a.md", "# A\n"),
        ("zh/a.md", "# 甲\n"),
    ]);
    let catalogue = tree(&[
        ("book.toml", "[book]\nlanguage = \"en\"\n"),
        ("src/SUMMARY.md", "- [A](a.md)\n"),
        ("src/a.md", "# A\n"),
        ("po/zh-CN.po", "msgid \"A\"\nmsgstr \"甲\"\n"),
    ]);
    for (name, files, chapter) in [
        ("LANGS.md", &langs, "01-README"),
        ("docusaurus", &docusaurus, "02-a"),
        ("vitepress", &vitepress, "01-a"),
        ("po", &catalogue, "01-a"),
    ] {
        let made = imported(&[files]);
        let zh = made.files.keys().find(|path| path.starts_with("manuscript/zh") && path.contains(chapter));
        let zh = zh.unwrap_or_else(|| panic!("{name}: {:?}", made.files.keys()));
        assert!(text(&made, zh).contains('甲'), "{name}: {}", text(&made, zh));
        assert!(text(&made, &format!("manuscript/en/{chapter}.md")).contains('A'), "{name}");
    }
}

#[test]
fn what_sites_write_is_kept_or_told() {
    let page = "---\ntitle: 题\n---\n\nimport Tabs from '@theme/Tabs'\n\n!!! warning \"小心\"\n\n    一段\n\n    ```js\n    码\n    ```\n\n\
                === \"甲页\"\n\n    子丑\n\n<figure><img src=\"https://e.org/a.png\" alt=\"远图\"><figcaption>寅卯</figcaption></figure>\n\n\
                <table><tr><th>辰</th><th>巳</th></tr><tr><td colspan=\"2\">午|未</td></tr></table>\n\n<Card title=\"申\">酉 `<T>` Vec<T> 戌</Card>\n\n\
                <details><summary>亥</summary>\n\n天地\n\n</details>\n\n<video src=\"https://e.org/v.mp4\">玄</video>\n\n\
                <script>var a = 1</script>\n\n<ruby>漢<rt>かん</rt></ruby>字<br>行\n\n<ul><li>宇</li><li>宙</li></ul>\n";
    let files =
        tree(&[("mkdocs.yml", "site_name: S\ntheme:\n  language: zh\nnav:\n  - P: p.md\n"), ("docs/p.md", page)]);
    let made = imported(&[&files]);
    let chapter = "manuscript/zh/01-p.md";
    keeps_the_law(&files, &made, &[("docs/p.md".to_owned(), chapter.to_owned())]);
    let found = text(&made, chapter);
    for wanted in [
        ":::warning {title=\"小心\"}\n\n一段\n\n```js\n码\n```",
        "**甲页**\n\n子丑",
        "| 辰 | 巳 |\n|---|---|\n| 午\\|未 ||\n",
        "Vec\\<T> 戌",
        ":::details {title=\"亥\"}\n\n天地\n\n:::",
        "<https://e.org/v.mp4>",
        "{漢|かん}字<br>行",
        "- 宇\n- 宙",
    ] {
        assert!(found.contains(wanted), "{wanted}\n----\n{found}");
    }
    let lost: Vec<&str> =
        made.report.entries.iter().map(|entry| entry.lost.as_str()).filter(|lost| !lost.is_empty()).collect();
    assert_eq!(lost, ["import Tabs from '@theme/Tabs'", "var a = 1"]);
    assert!(!made.report.entries.iter().any(|entry| entry.file == chapter), "{:?}", made.report.entries);
}

#[test]
fn the_lists_of_contents_of_sites_are_followed_through_functions_and_files() {
    let files = tree(&[
        (
            ".vitepress/config.ts",
            "import { side } from './zh'\nexport default defineConfig({ title: 'T', srcDir: 'src', lang: 'en', themeConfig: { sidebar: guide('/g/') },\n\
             locales: { root: { label: 'English' }, zh: { label: '中文', title: '题', themeConfig: { sidebar: side() } } } })\n\
             function guide(base: string): Item[] {\n  return [{ text: 'Start', base, items: [{ text: 'B', link: 'b' }, { link: 'a' }, { link: 'none' }] }]\n}\n",
        ),
        (
            ".vitepress/zh.ts",
            "export const side = () => [{ text: '开始', items: [{ link: '/zh/g/b' }, { link: '/zh/g/a' }] }]\n",
        ),
        ("src/index.md", "---\nlayout: home\nhero:\n  tagline: 快\n---\n"),
        ("src/g/a.md", "# A\n\n[t](/about/team)\n"),
        ("src/g/b.md", "# B\n"),
        ("src/about/team.md", "# Team\n"),
        ("src/ja/g/a.md", "# あ\n"),
        ("src/ja/g/b.md", "# い\n"),
        ("src/zh/g/a.md", "# 甲\n"),
        ("src/zh/g/b.md", "# 乙\n"),
    ]);
    let made = imported(&[&files]);
    let yaml = text(&made, "manuscript/book.yaml");
    let wanted = "title: {en: \"Start\", zh: \"开始\"}\n    chapters:\n      - \"01-g-b\"\n      - \"02-g-a\"\n";
    assert!(yaml.contains(wanted) && yaml.contains("title: {en: \"T\", zh: \"题\"}"), "{yaml}");
    assert_eq!(text(&made, "manuscript/zh/01-g-b.md"), "# 乙\n");
    let told: Vec<String> =
        made.report.entries.iter().map(|entry| format!("{}: {}", entry.file, entry.message)).collect();
    for wanted in [
        ".vitepress/config.ts: the list of contents names `none`, which is not there",
        "src/g/a.md: the link to `/about/team` leads to no chapter: its words are kept",
        "src/about/team.md: this page is not in the book",
        "src/ja: 2 pages in this folder are not in the book: g/a.md, g/b.md",
        "src/index.md: this page is not in the book",
    ] {
        assert!(told.iter().any(|told| told == wanted), "{wanted}\n{told:#?}");
    }
    assert_eq!(told.len(), 5, "{told:#?}");
}

#[test]
fn a_tree_of_docusaurus_is_read_with_its_translation_parts_and_tabs() {
    let zh = "i18n/zh-CN/docusaurus-plugin-content-docs";
    let page = "---\nid: start\n---\nimport Part from './_part.mdx'\nimport Lamp from '@site/static/lamp.png'\n\n# Start <Badge text=\"new\" />\n\n\
                <Part />\n\n<img src={Lamp} alt=\"lamp\" />\n\n<Tabs values={[{ label: 'First one', value: 'a' }]}>\n<TabItem value=\"a\">\n\nIn it.\n\n</TabItem>\n</Tabs>\n\n\
                <DocCardList />\n\n[site](/blog/x)\n";
    let files = tree(&[
        (
            "docusaurus.config.ts",
            "const config: Config = { title: 'T', url: 'https://e.org', baseUrl: '/w/', i18n: { defaultLocale: 'en' } };\nexport default config;\n",
        ),
        (
            "sidebars.js",
            "module.exports = { docs: ['guide/start', { type: 'category', label: 'More', items: [{ type: 'autogenerated', dirName: 'more' }] }] };\n",
        ),
        ("docs/guide/01-begin.mdx", page),
        ("docs/guide/_part.mdx", "import X from './x'\n\nOf the part.\n"),
        ("docs/more/2-a.md", "# A\n"),
        ("docs/more/1-b.md", "---\ndraft: true\n---\n# B\n"),
        ("static/lamp.png", "png"),
        ("versioned_docs/version-1/a.md", "# A\n"),
        ("versioned_docs/version-1/b.md", "# B\n"),
        (&format!("{zh}/current.json"), "{\"sidebar.docs.category.More\": {\"message\": \"更多\"}}"),
        (&format!("{zh}/current/guide/01-begin.mdx"), "# 开始\n"),
        (&format!("{zh}/current/more/2-a.md"), "# 甲\n"),
    ]);
    let made = imported(&[&files]);
    let yaml = text(&made, "manuscript/book.yaml");
    assert!(yaml.contains("title: {en: \"More\", zh-cn: \"更多\"}"), "{yaml}");
    let start = text(&made, "manuscript/en/01-guide-01-begin.md");
    let wanted = "# Start new\n\nOf the part.\n\n![lamp](../images/lamp.png)\n\n**First one**\n\nIn it.\n\n[site](https://e.org/w/blog/x)\n";
    assert_eq!(start, wanted);
    assert_eq!(text(&made, "manuscript/zh-cn/02-more-2-a.md"), "# 甲\n");
    let told: Vec<&str> = made.report.entries.iter().map(|entry| entry.file.as_str()).collect();
    assert!(told.contains(&"versioned_docs") && told.contains(&"docs/more/1-b.md"), "{told:?}");
}

#[test]
fn texts_beside_each_other_are_told_apart() {
    let beside =
        tree(&[("docs/a.md", "# A\n"), ("docs/a.zh.md", "# 甲\n"), ("mkdocs.yml", "site_name: S\ndocs_dir: made\n")]);
    let made = imported(&[&beside]);
    assert_eq!(text(&made, "manuscript/zh/01-a.md"), "# 甲\n");
    let sites = tree(&[
        ("mkdocs.yml", "site_name: 题\n"),
        ("docs/a.md", "# 甲\n\n灯火灯火。\n"),
        ("en/mkdocs.yml", "site_name: T\n"),
        ("en/docs/a.md", "# A\n"),
        ("ja/docs/a.md", "# あ\n"),
    ]);
    let made = imported(&[&sites]);
    assert_eq!(
        (text(&made, "manuscript/zh/01-a.md"), text(&made, "manuscript/en/01-a.md")),
        ("# 甲\n\n灯火灯火。\n", "# A\n")
    );
    assert_eq!(made.report.entries.iter().map(|entry| entry.file.as_str()).collect::<Vec<_>>(), ["ja/docs/a.md"]);
    let pictured = tree(&[
        ("zh/a.md", "# 甲\n\n![图](i/x.png)![图](i/y.png)\n"),
        ("zh/i/x.png", "1"),
        ("zh/i/y.png", "3"),
        ("en/a.md", "# A\n\n![p](i/x.png)![p](i/y.png)\n"),
        ("en/i/x.png", "2"),
        ("en/i/y.png", "3"),
    ]);
    let made = imported(&[&pictured]);
    assert!(
        text(&made, "manuscript/zh/01-a.md").contains("![图](../images/x-zh.png)![图](../images/y.png)"),
        "{made:?}"
    );
    assert!(text(&made, "manuscript/en/01-a.md").contains("![p](../images/x.png)![p](../images/y.png)"), "{made:?}");
    let one = tree(&[("a.md", "# A\n\n[x](none.md)\n")]);
    let other = tree(&[("a.md", "# 甲\n\n灯火，[无](none.md)\n")]);
    let folders = vec!["lamps".to_owned(), "lamps-zh".to_owned()];
    let wish = Wish { title: "T".to_owned(), date: "2026-01-01".to_owned(), folders, ..Wish::default() };
    let made = import(&[&one, &other], &wish).unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(
        made.report.entries.iter().map(|entry| entry.file.as_str()).collect::<Vec<_>>(),
        ["lamps/a.md", "lamps-zh/a.md"]
    );
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn real_books_keep_the_law() {
    for name in ["trpl", "react", "opensource-guide"] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/align/data").join(name);
        let Ok(folder) = Folder::open(&place) else {
            eprintln!("SKIPPED: {name} is not there, so no real book was imported");
            continue;
        };
        let made = imported(&[&folder]);
        let pages: Vec<(String, String)> = folder
            .paths()
            .into_iter()
            .filter(|path| super::tree::is_page(path) && path.contains('/'))
            .filter_map(|path| {
                let (lang, file) = path.split_once('/')?;
                let end = format!("-{}.md", super::clean(super::tree::bare(file)));
                let before = format!("manuscript/{lang}/");
                let chapter = made.files.keys().find(|key| key.starts_with(&before) && key.ends_with(&end))?;
                Some((path.clone(), chapter.clone()))
            })
            .collect();
        assert!(pages.len() > 20, "{name}");
        assert!(keeps_the_law(&folder, &made, &pages) > 10_000, "{name}");
    }
}

#[test]
fn a_folder_in_another_encoding_is_read_in_it_and_told() {
    let pages = [
        ("SUMMARY.md", "# 目录\r\n\r\n- [灯的来历](灯.md)\r\n- [光与影](光.md)\r\n"),
        ("灯.md", "# 灯的来历\r\n\r\n油灯的故事，见[光与影](光.md#影子)。\r\n"),
        ("光.md", "# 光与影\r\n\r\n## 影子\r\n\r\n灯下有影，𠮷。\r\n"),
    ];
    let wide =
        |text: &str| std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let trees = [
        ("GBK", pages.map(|(path, text)| (path, gb(text)))),
        ("UTF-16 BE", pages.map(|(path, text)| (path, wide(text)))),
    ];
    for (name, files) in trees {
        let tree: BTreeMap<String, Vec<u8>> = files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
        let book = imported(&[&tree]);
        assert!(text(&book, "manuscript/zh/01-灯.md").contains("见[光与影](02-光.md#影子)。"), "{name}");
        assert!(text(&book, "manuscript/zh/02-光.md").contains("灯下有影，𠮷。"), "{name}");
        let told = book.report.entries.iter().filter(|entry| entry.message.to_string().contains(name)).count();
        assert_eq!(told, 2, "{name}: {:?}", book.report);
    }
}

#[test]
fn names_with_accents_apart_are_found_by_names_with_accents_together() {
    let book = imported(&[&tree(&[
        ("SUMMARY.md", "- [A](cafe\u{301}.md)\n- [B](\u{30ac}.md)\n"),
        ("caf\u{e9}.md", "# A\n\nSee [b](%E3%82%AC.md).\n"),
        ("\u{30ab}\u{3099}.md", "# B\n\nSee [a](caf\u{e9}.md) ![p](e\u{301}.png).\n"),
        ("\u{e9}.png", "\u{1}"),
    ])]);
    let chapters = book.files.keys().filter(|path| path.ends_with(".md")).count();
    assert_eq!((chapters, book.report.entries.len()), (2, 0), "{:?}", book.report);
    assert!(book.files.contains_key("manuscript/images/\u{e9}.png"), "{:?}", book.files.keys());
}

#[test]
fn two_folders_are_in_the_languages_of_their_names_or_of_their_prose() {
    let code = "const view = document.querySelector('main').append(child);\n".repeat(9);
    let zh = format!("# 视图\n\n这里说视图。\n\n```js\n{code}```\n");
    let (zh, en) = (tree(&[("a.md", &zh)]), tree(&[("a.md", "# View\n\nOn views.\n")]));
    for folders in [["x", "y"], ["zh", "en"]] {
        let folders = folders.map(str::to_owned).to_vec();
        let wish = Wish { date: "2026-01-01".to_owned(), title: "题".to_owned(), languages: Vec::new(), folders };
        let book = import(&[&zh, &en], &wish).unwrap_or_else(|message| panic!("{message}"));
        assert!(book.files.contains_key("manuscript/zh/01-a.md"), "{:?}", book.files.keys());
        assert!(book.files.contains_key("manuscript/en/01-a.md"), "{:?}", book.files.keys());
    }
    let terse = tree(&[("a.md", "# API\n\nView, Model, Controller\n")]);
    let folders = ["zh", "en"].map(str::to_owned).to_vec();
    let wish = Wish { date: "2026-01-01".to_owned(), title: "题".to_owned(), languages: Vec::new(), folders };
    let book = import(&[&terse, &en], &wish).unwrap_or_else(|message| panic!("{message}"));
    assert!(book.report.entries.is_empty(), "{:?}", book.report);
}
