use super::*;

fn typst(tex: &str) -> String {
    match to_typst(tex, &Macros::new()) {
        Ok(converted) => converted.typst,
        Err(fault) => panic!("{tex}: {} at {:?}", fault.reason, fault.range),
    }
}

#[test]
fn what_tex_writes_is_what_typst_sets() {
    let cases = [
        ("x_{i+1}^2", "attach(x, b: i + 1, t: 2)"),
        (r"\frac{a}{b}", "frac(a, b)"),
        (r"\sqrt[3]{x}", "root(3, x)"),
        ("f''_n(x)", r"attach(f'', b: n) \( x \)"),
        (r"\sum_{i=1}^n i", "attach(∑, b: i = 1, t: n) i"),
        (r"\operatorname*{argmin}_x f", r#"attach(op("argmin", limits: #true), b: x) f"#),
        (r"\mathrm{KL}(P)", r#""KL"\( P \)"#),
        (r"x\mathrm{max}", r#"x"max""#),
        (r"x\mathbf{max}", r#"x/**/upright(bold("max"))"#),
        (r"\text{如果 } x > 0", r#""如果 "x > 0"#),
        (r"\text{其中 $n$ 个}", r#""其中 "n" 个""#),
        (r"|x|", r#"class("normal", \|) x class("normal", \|)"#),
        (r"\left( \frac{a}{b} \right]", r"lr(\( frac(a, b) \])"),
        (r"\left. x \right|", r"lr(x \|)"),
        (r"f(1,2)", r"f \( 1 \, 2 \)"),
        (r"1{,}000", r"1 \, 000"),
        (r"a \not= b", "a ≠ b"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"lr(\( mat(delim: #none, a, b; c, d) \))"),
        (r"\begin{cases} 1 & x \\ 0 & y \end{cases}", "cases(& 1 quad && x, & 0 quad && y)"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a & = b \\\n & = c"),
        (
            r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}",
            "ruled(#(columns: (2,), rows: (1,), edges: 0), mat(delim: #none, augment: #(vline: (1,), hline: (1,)), & a, b &; & c, d &))",
        ),
        (
            r"\begin{array}{|c|} \hline a \\ \hline \end{array}",
            "ruled(#(columns: (), rows: (), edges: 15), mat(delim: #none, a))",
        ),
        (
            r"\begin{smallmatrix} a & b \end{smallmatrix}",
            "inline(mat(delim: #none, gap: #0.15em, column-gap: #0.35em, a, b))",
        ),
        (r"\begin{dcases} a & b \end{dcases}", "cases(& display(a) quad && display(b))"),
        (r"\begin{array}{@{}c*{2}{c}@{}} a & b & c \end{array}", "mat(delim: #none, a, b, c)"),
        (r"\newcommand{\q}[1]{#1^2} \q{x}", "attach(x, t: 2)"),
        (r"\colorbox{yellow}{a}", r#"ground(#0xffff00, "a")"#),
        (r"\fcolorbox{red}{yellow}{a}", r#"framed(#0xff0000, ground(#0xffff00, "a"))"#),
        (r"\eqref{eq:a}", "\"\u{f0b00}eq:a\u{f0b02}\""),
        (r"\text{见 \ref{eq:a}}", "\"见 \u{f0b01}eq:a\u{f0b02}\""),
        (r"a \,\quad b", "a thin quad b"),
        (r"\xrightarrow{n}", "attach(limits(stretch(→)), t: n)"),
        (r"x \tag{3.1}", "x"),
        (r"{n \choose k} + {a \over b}", "binom(n, k) + frac(a, b)"),
        (r"\cancel{x}^2", "attach(cancel(x), t: 2)"),
        (r"\bcancel{a,b}", r"cancel(a \, b, inverted: #true)"),
        (r"\xcancel x", "cancel(x, cross: #true)"),
        (r"\boxed{a = b}", "boxed(a = b)"),
        (r"a\phantom{+b}c", "a phantom(+ b) c"),
        (r"\textcolor{red}{x} + 1", "coloured(#0xff0000, x) + 1"),
        (r"{\color{#1C3F94} x y} z", "coloured(#0x1c3f94, x y) z"),
    ];
    for (tex, wanted) in cases {
        assert_eq!(typst(tex), wanted, "{tex}");
    }
}

#[test]
fn commands_of_the_book_stand_for_what_it_says() {
    let macros = [("R", r"\mathbb{R}"), ("norm", r"\left\|#1\right\|_{#2}")];
    let macros: Macros = macros.map(|(name, meaning)| (name.to_owned(), meaning.to_owned())).into();
    let converted = to_typst(r"\norm{x}2 \in \R^n", &macros).expect("a good formula");
    assert_eq!(converted.typst, r"attach(lr(\‖ x \‖), b: 2) ∈ attach(bb(R), t: n)");
}

#[test]
fn a_macro_that_means_itself_ends() {
    let macros: Macros = [("a".to_owned(), r"\a\a".to_owned())].into();
    assert!(to_typst(r"\a", &macros).is_err());
}

#[test]
fn macros_that_multiply_are_refused() {
    let many = |name: &str| name.repeat(60);
    for last in ["x", ""] {
        let macros =
            [("a", many(r"\b")), ("b", many(r"\c")), ("c", many(r"\d")), ("d", many(r"\e")), ("e", last.to_owned())];
        let macros: Macros = macros.into_iter().map(|(name, meaning)| (name.to_owned(), meaning)).collect();
        assert!(to_typst(r"\a", &macros).is_err());
    }
    let macros: Macros = [("f".to_owned(), "#1".repeat(30_000))].into();
    assert!(to_typst(&format!(r"\f{{{}}}", "x".repeat(7_000)), &macros).is_err());
    let macros: Macros = [("g".to_owned(), format!("{}x{}", "{".repeat(50), "}".repeat(50)))].into();
    assert!(to_typst(&format!("{}\\g{}", r"\sqrt{".repeat(40), "}".repeat(40)), &macros).is_err());
}

#[test]
fn a_formula_in_a_text_is_not_lost() {
    let fault = to_typst(r"x = \text{其中 $\foo$ 个}", &Macros::new()).expect_err("the inner formula is wrong");
    assert_eq!(fault.reason.to_string(), "the command `\\foo` is not known");
}

#[test]
fn what_cannot_be_read_is_told_at_its_place() {
    let cases = [
        (r"x + \foo{y}", "the command `\\foo` is not known", r"\foo"),
        (r"\begin{tabular}{c} a \end{tabular}", "the formula has an environment that is not known", r"\begin{tabular}"),
        ("x_1_2", "the formula has two subscripts or two superscripts at one sign", "x_1_2"),
        (r"a & b", "`&` stands outside of an environment that aligns", r"a & b"),
    ];
    for (tex, wanted, place) in cases {
        let fault = to_typst(tex, &Macros::new()).expect_err(tex);
        assert_eq!((fault.reason.to_string().as_str(), &tex[fault.range]), (wanted, place));
    }
}

#[test]
fn hostile_formulas_end() {
    let deep = [
        format!("{}x{}", "{".repeat(5_000), "}".repeat(5_000)),
        r"\frac{".repeat(900),
        r"\left(".repeat(900),
        r"\sqrt".repeat(1_500),
        r"\frac\not".repeat(800),
        "x_{".repeat(2_000),
    ];
    for tex in deep
        .iter()
        .map(String::as_str)
        .chain([r"\", r"\begin{", "^", "_", "&", "}", "{", r"\\", r"\left", r"\text{", "\u{0}", "中^{文", "%"])
    {
        let _ = to_typst(tex, &Macros::new());
    }
}

#[test]
fn a_notation_is_plain_where_the_other_would_print_signs() {
    for tex in [r"\alpha", "x_{i+1}", r"a \\ b", r"\{x\}", r"\frac12"] {
        assert!(is_plainly_tex(tex) && !is_plainly_typst(tex), "{tex}");
    }
    for typst in ["sum_(i=1)^n i", "\"text\"", "alpha + beta", "frac(a, b)"] {
        assert!(is_plainly_typst(typst) && !is_plainly_tex(typst), "{typst}");
    }
    for either in ["x^2", "a = b", r"\$5", "f(x)", "n"] {
        assert!(!is_plainly_typst(either) && !is_plainly_tex(either), "{either}");
    }
}

proptest::proptest! {
    #[test]
    fn any_formula_is_set_or_refused(tex in r"([a-z0-9{}\[\]^_&'|(),.+=<>~$%# ]|\\[a-z]{1,8}|\\[,;!{}|\\]|中|\\frac|\\left|\\right|\\begin\{cases\}|\\end\{cases\}|\\text){0,40}") {
        if let Err(fault) = to_typst(&tex, &Macros::new()) {
            proptest::prop_assert!(tex.get(fault.range).is_some());
        }
    }
}
