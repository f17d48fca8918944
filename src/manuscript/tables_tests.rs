use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::manuscript::parse_chapter;
use crate::model::{BlockKind, ColumnAlign, Lang, Table, text};
use crate::source::{SourceFile, Sources};

/// The table of a fence with these attributes, as lines of cells, and what is found, each with the text that it underlines.
fn read(attrs: &str, name: &str, data: &str) -> (Option<Table>, Vec<String>, Vec<String>) {
    let written = format!("# T\n\n```table {attrs}\n```\n");
    let path = "manuscript/zh/a.md";
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(path, written.as_str()));
    let mut sink: Vec<Diagnostic> = Vec::new();
    let mut chapter = parse_chapter(file, path, &Lang::new("zh").unwrap(), &written, None).take(&mut sink);
    let files = BTreeMap::from([(name.to_owned(), data.as_bytes().to_vec())]);
    super::fill(&mut chapter, &files, &mut sources, &mut sink);
    // The same file in a second table says nothing more.
    let said = sink.len();
    super::fill(&mut chapter, &files, &mut sources, &mut sink);
    assert_eq!(said, sink.len());
    let said = |found: &Diagnostic| {
        let span = found.primary.as_ref().map(|label| label.span).unwrap();
        format!("{} |{}|", found.message, sources.snippet(span))
    };
    let found = sink.iter().map(said).collect();
    let table = chapter.blocks.into_iter().find_map(|block| match block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let line =
        |row: &Vec<crate::model::Cell>| row.iter().map(|cell| text::plain(&cell.body)).collect::<Vec<_>>().join("|");
    let rows = table.as_ref().map(|table| {
        let head = table.head.iter().map(|row| format!("{} =", line(row)));
        head.chain(table.rows.iter().map(line)).collect()
    });
    (table, rows.unwrap_or_default(), found)
}

const LAMPS: &str = "name,oil,hours\n大灯,菜油,6\n小灯,\"茶油,\n或菜油\",4.5\n";

#[test]
fn a_file_gives_the_cells() {
    let src = "src=../data/a.csv";
    let semicolons = LAMPS.replace(',', ";").replace("油;\n", "油\n");
    for (attrs, data, rows) in [
        (src.to_owned(), LAMPS, &["name|oil|hours =", "大灯|菜油|6", "小灯|茶油, 或菜油|4.5"][..]),
        (src.to_owned(), "\u{feff}a,b\r\n\r\n1,2\r\n", &["a|b =", "1|2"]),
        (src.to_owned(), &semicolons, &["name|oil|hours =", "大灯|菜油|6", "小灯|茶油 或菜油|4.5"]),
        (format!("{src} head=0"), "1,2\n", &["1|2"]),
        (format!("{src} head=2"), "a,b\nc,d\n1,2\n", &["a|b =", "c|d =", "1|2"]),
        (format!("{src} columns=“hours：时长，name”"), LAMPS, &["时长|name =", "6|大灯", "4.5|小灯"]),
        (format!("{src} head=0 columns=\"2: b, 1: a\""), "1,2\n", &["b|a =", "2|1"]),
    ] {
        let (_, got, found) = read(&format!("{{{attrs}}}"), "manuscript/data/a.csv", data);
        assert!(found.is_empty(), "{attrs}: {found:#?}");
        assert_eq!(got, rows, "{attrs}");
    }
}

#[test]
fn columns_are_aligned_as_said_and_numbers_at_their_marks() {
    let aligns = |attrs: &str| read(attrs, "manuscript/data/a.csv", LAMPS).0.unwrap().columns;
    use ColumnAlign::{Auto, Center, Decimal, Left};
    assert_eq!(aligns("{src=../data/a.csv}"), [Auto, Auto, Decimal(1)]);
    assert_eq!(aligns("{src=../data/a.csv align=\"l c .\"}"), [Left, Center, Decimal(1)]);
    assert_eq!(aligns("{src=../data/a.csv align=lcl}"), [Left, Center, Left]);
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (attrs, name, data, said) in [
        ("{}", "a", "", "this table has no file |```table {}|"),
        (
            "{src=../data/b.csv}",
            "manuscript/data/a.csv",
            "",
            "the file `../data/b.csv` cannot be used: the file does not exist |../data/b.csv|",
        ),
        (
            "{src=../../../b.csv}",
            "a",
            "",
            "the file `../../../b.csv` cannot be used: the path leads out of the project folder |../../../b.csv|",
        ),
        (
            "{src=../data/a.csv}",
            "manuscript/data/a.csv",
            "",
            "the file `../data/a.csv` has no rows below its head |../data/a.csv|",
        ),
        (
            "{src=../data/a.csv}",
            "manuscript/data/a.csv",
            "a,b\n\n1,2,3\n4,5\n",
            "this line has 3 cells, the first one has 2 cells |1,2,3|",
        ),
        (
            "{src=../data/a.csv}",
            "manuscript/data/a.csv",
            "a,b\n1,\"2\n4,5\n6,7",
            "the file `../data/a.csv` has an open quotation mark |1,\"2|",
        ),
        (
            "{src=../data/a.csv columns=\"nam\"}",
            "manuscript/data/a.csv",
            LAMPS,
            "the file `../data/a.csv` has no column `nam` |nam|",
        ),
        (
            "{src=../data/a.csv align=lr}",
            "manuscript/data/a.csv",
            LAMPS,
            "this aligns 2 columns, the table has 3 columns |lr|",
        ),
        ("{src=../data/a.csv align=x}", "manuscript/data/a.csv", LAMPS, "`x` is not an alignment |x|"),
        ("{src=../data/a.csv head=many}", "manuscript/data/a.csv", LAMPS, "`many` is not a number of lines |many|"),
        (
            "{src=../data/a.csv width=3}",
            "manuscript/data/a.csv",
            LAMPS,
            "a table from a file has no attribute `width` |3|",
        ),
    ] {
        assert_eq!(read(attrs, name, data).2, [said], "{attrs}");
    }
}

#[test]
fn no_file_breaks_the_reading() {
    for data in
        ["", "\u{feff}", "\"", "a\r", "\r\n\r\n", "a,b\n\"é", "\0,\0\n1,2", ",,,\n,,,\n", "é\nü,\"a\nb\"\n\"\"\"\n"]
    {
        for head in 0..3 {
            read(&format!("{{src=../data/a.csv head={head} columns=\"1, 2: é\"}}"), "manuscript/data/a.csv", data);
        }
    }
}
