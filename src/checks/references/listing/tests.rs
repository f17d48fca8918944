use super::wording::{Difference, Text};
use super::*;
use crate::model::Lang;

/// What is told of an English listing and its Chinese translation.
fn told(fence: &str, en: &str, zh: &str) -> Vec<String> {
    let syntax = Syntax::of([Some(fence), None]);
    let (source, target) = (Listing::of(en, syntax), Listing::of(zh, syntax));
    let (compared, judged) = compare(&source, &target);
    let mut told = Vec::new();
    for (hunk, judged) in compared.hunks.iter().zip(judged) {
        if judged == Judgement::Changed {
            told.push(format!("{}|{}", source.slice(&hunk.source), target.slice(&hunk.target)));
        }
    }
    let [english, chinese] = ["en", "zh"].map(|tag| Lang::new(tag).unwrap());
    let text = |told: &mut Vec<String>, a: &str, b: &str| {
        let (theirs, ours) = (Text { words: a, lang: &english }, Text { words: b, lang: &chinese });
        told.extend(wording::compare(theirs, ours).map(|difference| match difference {
            Difference::Changed { slip } => format!("{a}~{b}{}", if slip { "!" } else { "" }),
            Difference::Placeholder { words, lost } | Difference::Number { words, lost } => {
                if lost {
                    format!("-{words}")
                } else {
                    format!("+{words}")
                }
            }
            Difference::Word { ours, theirs } => format!("{theirs}~{ours}"),
        }));
    };
    for (a, b) in compared.pairs.iter().map(|(a, b)| (&source.tokens[*a], &target.tokens[*b])) {
        if a.kind != Kind::Code {
            text(&mut told, a.text, b.text);
        }
    }
    for (theirs, ours) in [(&source.comments, &target.comments), (&source.prose, &target.prose)] {
        for (a, b) in theirs.iter().zip(ours) {
            text(&mut told, &a.text, &b.text);
        }
        if theirs.len() != ours.len() {
            told.push(format!("{}:{}", theirs.len(), ours.len()));
        }
    }
    told
}

#[test]
fn text_may_be_translated() {
    for (fence, en, zh) in [
        ("js", "warn('Saved!');", "warn('已保存！');"),
        ("js", "warn('Saved ' + n + ' files');", "warn('已保存 ' + n + ' 个文件');"),
        ("js", "warn('Hello, ' + name);", "warn(name + '，你好');"),
        ("js", "warn(`Row ${row} of ${all}`)", "warn(`共 ${all} 行，第 ${row} 行`)"),
        ("jsx", "return <h2>Welcome, {name}!</h2>;", "return <h2>{name}，欢迎！</h2>;"),
        ("jsx", "<p>\n  {count} of {all} done\n</p>", "<p>\n  共 {all} 项，已完成 {count} 项\n</p>"),
        ("jsx", "<label>\n  City:{' '}\n  <input />\n</label>", "<label>\n  城市：\n  <input />\n</label>"),
        (
            "jsx",
            "<A>\n  {/* the list */}\n  <B on={open ? 'Shut' : 'Open'} />\n</A>",
            "<A>\n  {/* 列表 */}\n  <B on={open ? '关' : '开'} />\n</A>",
        ),
        ("tsx", "if (a < b && c > d) f('No');", "if (a < b && c > d) f('不');"),
        ("js", "s.replace(/['\"]/g, ''); // drop quotes", "s.replace(/['\"]/g, ''); // 去掉引号"),
        ("js", "f(a, b);\nlet x = [1, 2]", "f(a, b);\nlet x = [\n  1,\n  2,\n];"),
        ("rust", "fn f<'a>(x: &'a str) -> char { 'x' } // first", "fn f<'a>(x: &'a str) -> char { 'x' } // 第一个"),
        ("rust,ignore", "/* over\n two lines */\nlet x = 1;", "/* 一行 */\nlet x = 1;"),
        (
            "python",
            "def f(x):\n    '''Add one.'''\n    return x + 1",
            "def f(x):\n    \"\"\"加一。\"\"\"\n    return x + 1",
        ),
        ("python", "print(f\"{n} rows\")  # tell it", "print(f\"共{n}行\")  # 说出来"),
        ("sh", "# list it\nls -l # all", "# 列出来\nls -l # 全部"),
        ("sql", "SELECT 'No' AS a -- one\n", "SELECT '不' AS a -- 一\n"),
        ("lua", "--[[ two\nlines ]]\nx = 1", "--[[ 一行 ]]\nx = 1"),
        ("haskell", "f x' = x' -- prime", "f x' = x' -- 撇号"),
        ("ini", "; port\nport = 80", "; 端口\nport = 80"),
        ("html", "<p class=\"a\">Hello <b>you</b></p>", "<p class=\"a\"><b>你</b>好</p>"),
        ("html", "<script>say('Hi') // hi\n</script>", "<script>say('嗨') // 嗨\n</script>"),
        ("yaml", "title: The river # name\n", "title: 河 # 书名\n"),
        ("", "Total: 5 files, 3 folders", "共5个文件，3个文件夹"),
        ("text", "+------+\n| name |\n+------+", "+----+\n| 名 |\n+----+"),
        ("text", "src/   the sources\ndocs/  the pages", "src/   源代码\ndocs/  文档"),
        ("console", "$ tool build  # make it\nDone in 3 s", "$ tool build  # 构建\n3 s 后完成"),
        ("bash", "tool install <name>", "tool install <名称>"),
        ("js", "// ...\nf();", "// ……\nf();"),
    ] {
        assert_eq!(told(fence, en, zh), [""; 0], "{fence}: {en} / {zh}");
    }
}

#[test]
fn code_must_be_equal() {
    for (fence, en, zh, expected) in [
        ("js", "warn('Saved!');", "wran('已保存！');", "warn|wran"),
        ("js", "f(count + 1)", "f(count - 1)", "+|-"),
        ("js", "f(10)", "f(100)", "10|100"),
        ("js", "let a = 'Yes';\nlet b = 2;", "let a = '是';", "let b = 2;|"),
        ("js", "['red', 'green', 'blue']", "['red', 'blue']", "'green',|"),
        ("js", "f('music')", "f('musc')", "music~musc!"),
        ("js", "f('room 12')", "f('room 13')", "room 12~room 13!"),
        ("js", "say(`Hi ${name}`)", "say(`${nam}，你好`)", "-{name}"),
        ("js", "say('%d rows')", "say('行')", "-%d"),
        ("js", "const name = 'Li';", "name = '李';", "const|"),
        ("jsx", "<h2 id=\"top\">Hello</h2>", "<h2 id=\"tpo\">你好</h2>", "top~tpo!"),
        ("jsx", "<Row key={id}>Hello</Row>", "<Row kye={id}>你好</Row>", "key|kye"),
        ("rust", "let x: &'a str = \"no\";", "let x: &'b str = \"不\";", "a|b"),
        ("rust", "let x = 1;", "let x = 1", ";|"),
        ("python", "x = (1,)", "x = (1)", ",|"),
        ("python", "# wait 5 s\nf()", "# 等 3 s\nf()", "-5"),
        ("sh", "tool --force a.txt", "tool --froce a.txt", "force|froce"),
        ("yaml", "title: The river", "titel: 河", "title|titel"),
        ("console", "$ tool build\nDone", "$ tool buidl\n完成", "build|buidl"),
        ("text", "Compiled 3 files", "Compiled 4 files", "3|4"),
        ("js", "// the Section is open\nf()", "// Secton 已打开\nf()", "Section~Secton"),
        ("js", "// one\nf();\n// two\ng();", "// 一\nf();\ng();", "2:1"),
    ] {
        assert_eq!(told(fence, en, zh), [expected], "{fence}: {en} / {zh}");
    }
}

#[test]
fn nothing_is_too_strange() {
    let strange = [
        "",
        "\"",
        "'",
        "`${`${",
        "<",
        "<a",
        "<a>{",
        "<a>{'",
        "</",
        "/*",
        "<!--",
        "{/*",
        "r#\"",
        "'\\",
        "`\\",
        "/[",
        "…",
        "<a>{/* x",
        "'é",
        "\\\u{1F600}",
        "<script>",
        "<a 中='",
        "--[[",
        "%",
        "{' '",
        "#",
        "``` ~~~",
        "中文'",
        "{{{{",
        "<a><a><a>",
        "\r\n<p>\r",
    ];
    for fence in ["", "js", "html", "rust", "python", "sh", "sql", "lua", "text", "php", "tex"] {
        for (a, b) in strange.iter().flat_map(|a| strange.iter().map(move |b| (*a, *b))) {
            told(fence, a, b);
            told(fence, &format!("{a}{b}"), &format!("{b}x{a}"));
        }
    }
    let deep = "<a>{".repeat(500);
    told("jsx", &deep, &format!("{deep}</a>"));
}
