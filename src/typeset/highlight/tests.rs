use super::*;

/// The tokens of a listing, each of a kind as `kind(text)`.
fn told(lang: &str, code: &str) -> String {
    let found = tokens(lang, code);
    assert_eq!(found.iter().map(|token| token.text.as_str()).collect::<String>(), code, "{lang}");
    found.iter().map(|token| token.kind.map_or(token.text.clone(), |kind| format!("{kind}({})", token.text))).collect()
}

#[test]
fn words_are_of_their_kind() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "rust",
            "fn main() {\n\tlet x = 5; // 五\n}",
            &["keyword(fn )function(main)", "\tkeyword(let) x", "number(5)", "comment(// 五)"],
        ),
        ("Python", "def f(a):\n    return 'y\\n'", &["keyword(def )function(f)", "string('y)escape(\\n)string(')"]),
        ("jsonc", "{\"a\": \"b\", \"c\": true}", &["attribute(\"a\")", "string(\"b\")", "constant(true)"]),
        (
            "patch",
            "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same",
            &["range(--- a)", "deleted(-old)", "inserted(+new)", "\n same"],
        ),
        ("css", "a { color: #fff; }", &["tag(a", "attribute(color)"]),
        ("typ", "#let x = 1", &["keyword(", "number(1)"]),
        ("", "let plain = 1;", &["let plain = 1;"]),
        ("no-such", "let\n\tplain", &["let\n\tplain"]),
    ];
    for (lang, code, wanted) in cases {
        let told = told(lang, code);
        for part in *wanted {
            assert!(told.contains(part), "{lang}: {part} is not in {told}");
        }
    }
}

#[test]
fn what_is_typed_at_a_prompt_is_told_from_what_the_machine_answers() {
    let session = "$ ls \\\n  -l # 看\nout $ 1\nme@box:~/x$ pwd\n\n>>> 1 + 1\n2\nPS C:\\> dir\n# id\n$";
    let wanted = "prompt($)command( ls \\)\ncommand(  -l)comment( # 看)\noutput(out $ 1)\nprompt(me@box:~/x$)command( pwd)\n\n\
                  prompt(>>>)command( 1 + 1)\noutput(2)\nprompt(PS C:\\>)command( dir)\nprompt(#)command( id)\nprompt($)";
    assert_eq!(told("console", session), wanted);
    assert_eq!(told("Shell-Session", "$ a"), "prompt($)command( a)");
}

#[test]
fn grammars_are_known_by_what_authors_write() {
    let langs = "rust rs js jsx ts tsx typescript javascript python py java c cpp c++ cs csharp go golang ruby php swift kotlin \
                 html css scss json jsonc yaml yml toml xml sql bash sh shell zsh cmd diff patch makefile \
                 dockerfile lua haskell markdown md tex latex r scala dart elixir clojure typ ini console vue svelte graphql \
                 protobuf nginx zig cmake";
    let code = "let x = 1; // a \"b\"\n<a b=\"c\">\n$ ls\n# d\n+e\n[f]\nint f(void) { return \"g\"; }\n\\begin{h}\n%i\n-- j\n; k";
    let unknown: Vec<&str> = langs.split(' ').filter(|lang| tokens(lang, code).len() < 2).collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn code_of_any_kind_comes_back_as_it_is_written() {
    for code in ["", "\n", "a\n\n", "\t\ta\tb\n", "灯\u{fe0f}👩‍👩‍👧 \u{2028}x", "\"\\", "}}}\"'`${"] {
        for lang in ["rust", "js", "console", "typ", "py", "diff"] {
            told(lang, code);
        }
    }
}
