//! A release: conditions, the folder, what is said of it, and whether it is still what it was.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::command::{dama_pub, printed, said, write_book};
use crate::preflight::sample::skipped;

const BOOK: &str = "title: {zh: 灯, en: Lamps}\nslug: lamps\nlanguages: [zh, en]\neditions: [zh, en]\ndate: 2026-03-01\n\
                    version: '1.0'\nedition: {zh: 第二版, en: Second edition}\nlayout: book\n\
                    release: {gates: [check, preflight, epub], sample: {chapters: 1}, website: {en: 'https://lamps.example/'}}\n";

/// A book of two chapters in two languages.
fn book() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    write_book(
        dir.path(),
        &[
            ("manuscript/book.yaml", BOOK.as_bytes()),
            ("manuscript/zh/00-colophon.md", "---\ntitle: 版权信息\nrole: colophon\n---\n\n排印于城中。\n".as_bytes()),
            ("manuscript/en/00-colophon.md", b"---\ntitle: Colophon\nrole: colophon\n---\n\nPrinted in the city.\n"),
            ("manuscript/zh/01-light.md", "# 光\n\n城里有12盏灯，见[](#dark)。\n".as_bytes()),
            ("manuscript/en/01-light.md", b"# Light\n\nThere are 12 lamps in the city; see [](#dark).\n"),
            ("manuscript/zh/02-dark.md", "# 暗\n\n## 夜 {#dark}\n\n夜里没有光。\n".as_bytes()),
            ("manuscript/en/02-dark.md", b"# Darkness\n\n## The night {#dark}\n\nThere is no light at night.\n"),
        ],
    );
    dir
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("a file"))).collect()
}

/// All pages of an e-book.
fn pages(epub: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("a zip");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        if entry.name().expect("a name").ends_with(".xhtml") {
            entry.read_to_string(&mut text).expect("UTF-8");
        }
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Releases a book and gives the files of its folder.
fn released(dir: &Path, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = dama_pub(dir, &[&["release"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    files(&dir.join("release/1.0"))
}

#[test]
fn a_release_says_what_it_holds_and_is_the_same_twice() {
    let dir = book();
    let first = released(dir.path(), &["--provenance"]);
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    for name in [
        "SHA256SUMS",
        "lamps-en-cover.jpg",
        "lamps-en-sample.epub",
        "lamps-en-sample.pdf",
        "lamps-en.epub",
        "lamps-en.pdf",
        "provenance.intoto.json",
        "release.json",
        "wording.json",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    let sums = String::from_utf8(first["SHA256SUMS"].clone()).expect("UTF-8");
    let expected: String = first
        .iter()
        .filter(|(name, _)| *name != "SHA256SUMS")
        .map(|(name, bytes)| format!("{}  {name}\n", hex(bytes)))
        .collect();
    assert_eq!(sums, expected);
    let manifest: Value = serde_json::from_slice(&first["release.json"]).expect("JSON");
    let output = dama_pub(dir.path(), &["schema", "release"]);
    let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let errors: Vec<String> = validator.iter_errors(&manifest).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(manifest["book"]["edition"]["en"], "Second edition");
    let paths: Vec<&str> =
        manifest["source"]["files"].as_array().expect("files").iter().filter_map(|f| f["path"].as_str()).collect();
    assert!(paths.contains(&"manuscript/book.yaml") && paths.contains(&"manuscript/zh/02-dark.md"), "{paths:?}");
    assert!(manifest["fonts"].as_array().is_some_and(|fonts| fonts.iter().all(|font| font["licence"].is_string())));
    let output = dama_pub(dir.path(), &["release", "--provenance"]);
    assert!(said(&output).contains("the same bytes"), "{}", said(&output));
    assert_eq!(files(&dir.path().join("release/1.0")), first);
    let left: Vec<String> = fs::read_dir(dir.path().join("release"))
        .expect("it is there")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(left, ["1.0"], "nothing is left beside it");
}

#[test]
fn covers_and_samples_are_what_shops_take() {
    let dir = book();
    let made = released(dir.path(), &[]);
    let cover = image::load_from_memory(&made["lamps-en-cover.jpg"]).expect("a picture");
    assert_eq!((cover.width(), cover.height(), cover.color()), (1600, 2560, image::ColorType::Rgb8));
    assert!(made["lamps-en-cover.jpg"].len() < 5_000_000);
    for name in ["lamps-en.pdf", "lamps-en-sample.pdf"] {
        assert!(made[name].ends_with(b"%%EOF\n"), "{name}");
    }
    let text = pages(&made["lamps-en-sample.epub"]);
    assert!(text.contains("End of the sample") && text.contains("lamps.example"), "{text}");
    assert!(
        text.contains("12 lamps") && text.contains("see “The night”.") && !text.contains("no light at night"),
        "{text}"
    );
    assert!(pages(&made["lamps-en.epub"]).contains("Second edition"));
}

#[test]
fn a_condition_that_does_not_hold_leaves_no_folder_and_is_named() {
    let dir = book();
    write_book(
        dir.path(),
        &[("manuscript/en/01-light.md", b"# Light\n\nThere are 21 lamps in the city; see [](#dark).\n")],
    );
    let yaml = BOOK
        .replace("[check, preflight, epub]", "[check, signed-off, preflight]")
        .replace("layout", "checks: {number: error}\nlayout");
    write_book(dir.path(), &[("manuscript/book.yaml", yaml.as_bytes())]);
    let output = dama_pub(dir.path(), &["release"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("nothing was released: check and signed-off"), "{told}");
    assert!(
        told.contains("help `dama-pub review` makes a page") && told.contains("`--allow check,signed-off`"),
        "{told}"
    );
    assert!(told.contains("of 10 blocks are signed off") || told.contains("blocks are signed off"), "{told}");
    assert!(!dir.path().join("release").exists());
    let output = dama_pub(dir.path(), &["release", "--allow", "check,signed-off"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let manifest: Value =
        serde_json::from_slice(&files(&dir.path().join("release/1.0"))["release.json"]).expect("JSON");
    let outcomes: Vec<&str> =
        manifest["gates"].as_array().expect("gates").iter().filter_map(|gate| gate["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["allowed", "allowed", "passed"]);
}

#[test]
fn another_book_does_not_take_the_place_of_a_release() {
    let dir = book();
    let first = released(dir.path(), &[]);
    write_book(
        dir.path(),
        &[("manuscript/en/02-dark.md", b"# Darkness\n\n## The night {#dark}\n\nNo light at night.\n")],
    );
    let output = dama_pub(dir.path(), &["release"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("is there already"), "{}", said(&output));
    assert_eq!(files(&dir.path().join("release/1.0")), first);
    let second = released(dir.path(), &["--replace"]);
    assert!(second != first && second["lamps-zh.pdf"] == first["lamps-zh.pdf"]);
}

#[test]
fn what_is_not_as_it_was_released_is_named() {
    let dir = book();
    let made = released(dir.path(), &[]);
    let verify = |args: &[&str]| {
        let output = dama_pub(dir.path(), &[&["verify", "release/1.0"], args].concat());
        (output.status.code(), said(&output))
    };
    let (code, told) = verify(&["--rebuild"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("the manuscript is the same"), "{told}");
    let path = dir.path().join("release/1.0/lamps-en.pdf");
    let mut flipped = made["lamps-en.pdf"].clone();
    let at = flipped.windows(7).rposition(|bytes| bytes == b"stream\n").expect("a stream") - 200;
    flipped[at] ^= 1;
    fs::write(&path, &flipped).expect("it can be written");
    fs::remove_file(dir.path().join("release/1.0/lamps-zh.epub")).expect("it is there");
    fs::write(dir.path().join("release/1.0/notes.txt"), "x").expect("it can be written");
    let (code, told) = verify(&[]);
    assert_eq!(code, Some(1), "{told}");
    for line in ["changed lamps-en.pdf", "missing lamps-zh.epub", "extra notes.txt", "3 things are not"] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let (_, told) = verify(&["--rebuild"]);
    assert!(told.contains("differs lamps-en.pdf: object "), "{told}");
}

#[test]
fn a_signature_is_made_and_a_broken_one_is_told() {
    let dir = book();
    let keygen = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "press@example.org", "-f"])
        .arg(dir.path().join("key"))
        .status();
    if !keygen.is_ok_and(|status| status.success()) {
        skipped("a_signature_is_made_and_a_broken_one_is_told", "ssh-keygen is not installed");
        return;
    }
    released(dir.path(), &["--sign", "key"]);
    let verify = |key: &str| {
        let output = dama_pub(dir.path(), &["verify", "release/1.0", "--key", key]);
        (output.status.code(), said(&output))
    };
    let (code, told) = verify("key.pub");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("signed Good \"dama-pub\" signature"), "{told}");
    let sums = dir.path().join("release/1.0/SHA256SUMS");
    let text = fs::read_to_string(&sums).expect("it is there");
    fs::write(&sums, text.replacen(['a', 'b'], "c", 1)).expect("it can be written");
    let (code, told) = verify("key.pub");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("signature it is not good"), "{told}");
}

#[test]
fn a_signature_of_minisign_is_made_and_a_broken_one_is_told() {
    let dir = book();
    let key = |name: &str| {
        let (public, secret) = (format!("{name}.pub"), format!("{name}.key"));
        let made =
            Command::new("minisign").args(["-G", "-W", "-p", &public, "-s", &secret]).current_dir(dir.path()).output();
        made.is_ok_and(|output| output.status.success())
    };
    if !(key("press") && key("other")) {
        skipped(
            "a_signature_of_minisign_is_made_and_a_broken_one_is_told",
            "minisign is not installed, or makes no key without a password",
        );
        return;
    }
    let made = released(dir.path(), &["--sign", "press.key"]);
    assert!(made.contains_key("SHA256SUMS.minisig") && !made.contains_key("SHA256SUMS.sig"), "{:?}", made.keys());
    let verify = |key: &str| {
        let output = dama_pub(dir.path(), &["verify", "release/1.0", "--key", key]);
        (output.status.code(), said(&output))
    };
    let (code, told) = verify("press.pub");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("signed Signature and comment signature verified; Trusted comment: "), "{told}");
    let (code, told) = verify("other.pub");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("signature it is not good: "), "{told}");
    fs::write(dir.path().join("ssh.pub"), "ssh-ed25519 AAAA press").expect("it can be written");
    let (code, told) = verify("ssh.pub");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("it is signed in SHA256SUMS.minisig, which is of another kind"), "{told}");
    let sums = dir.path().join("release/1.0/SHA256SUMS");
    let text = fs::read_to_string(&sums).expect("it is there");
    fs::write(&sums, text.replacen(['a', 'b'], "c", 1)).expect("it can be written");
    let (code, told) = verify("press.pub");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("signature it is not good: Signature verification failed"), "{told}");
}

#[test]
fn what_is_found_of_a_release_is_an_object_for_programs() {
    let dir = book();
    let made = released(dir.path(), &[]);
    let verify = |args: &[&str]| -> (Option<i32>, Value) {
        let output = dama_pub(dir.path(), &[&["verify", "release/1.0", "--format", "json"], args].concat());
        (output.status.code(), serde_json::from_slice(&output.stdout).expect("JSON alone"))
    };
    let output = dama_pub(dir.path(), &["schema", "verification"]);
    let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let (code, told) = verify(&["--rebuild"]);
    assert_eq!((code, &told["good"], &told["files"]), (Some(0), &Value::from(true), &Value::from(made.len() - 1)));
    let kinds = |told: &Value, list: &str| -> Vec<String> {
        told[list]
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line["kind"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(kinds(&told, "notes"), ["release", "sources", "built"], "{told}");
    assert!(validator.is_valid(&told), "{told}");
    fs::write(dir.path().join("release/1.0/wording.json"), "{}").expect("it can be written");
    fs::remove_file(dir.path().join("release/1.0/lamps-zh.epub")).expect("it is there");
    let (code, told) = verify(&[]);
    assert_eq!((code, &told["good"]), (Some(1), &Value::from(false)));
    assert_eq!(kinds(&told, "wrong"), ["missing", "changed"], "{told}");
    assert_eq!(
        (&told["wrong"][0]["file"], &told["wrong"][1]["file"]),
        (&"lamps-zh.epub".into(), &"wording.json".into())
    );
    assert!(validator.is_valid(&told), "{told}");
}

/// A drawing of a square of some colour.
fn drawing(colour: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"80\"><rect width=\"80\" height=\"80\" fill=\"{colour}\"/></svg>\n").into()
}

/// A picture of two by two pixels.
fn photograph(grey: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::GrayImage::from_pixel(2, 2, image::Luma([grey]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("memory takes it");
    bytes.into_inner()
}

#[test]
fn errata_since_a_revision_of_git_tell_pictures_and_data_too() {
    let dir = book();
    let page = |extra: &str| {
        format!(
            "# Light\n\nThere are 12 lamps in the city; see [](#dark).\n\n![The lamp](../images/lamp.png)\n\n![The plan](../images/plan.svg)\n\n```table {{src=../data/oil.csv}}\n```\n{extra}"
        )
    };
    let zh = |extra: &str| {
        format!(
            "# 光\n\n城里有12盏灯，见[](#dark)。\n\n![灯](../images/lamp.png)\n\n![图](../images/plan.svg)\n\n```table {{src=../data/oil.csv}}\n```\n{extra}"
        )
    };
    let write = |(lamp, plan, oil, extra): (u8, &str, &str, &str)| {
        write_book(
            dir.path(),
            &[
                ("manuscript/images/lamp.png", &photograph(lamp)),
                ("manuscript/images/plan.svg", &drawing(plan)),
                ("manuscript/data/oil.csv", oil.as_bytes()),
                ("manuscript/en/01-light.md", page(extra).as_bytes()),
                ("manuscript/zh/01-light.md", zh(extra).as_bytes()),
            ],
        );
    };
    let git = |args: &[&str]| {
        let run = Command::new("git")
            .args(["-c", "user.name=n", "-c", "user.email=n@example.org"])
            .args(args)
            .current_dir(dir.path())
            .output();
        run.is_ok_and(|output| output.status.success())
    };
    write((10, "red", "lamp,hours\nfirst,9\n", ""));
    if !(git(&["init", "-q"]) && git(&["add", "-A"]) && git(&["commit", "-qm", "first"]) && git(&["tag", "v1"])) {
        skipped("errata_since_a_revision_of_git_tell_pictures_and_data_too", "git is not installed");
        return;
    }
    let told = || {
        let output = dama_pub(dir.path(), &["release", "1.1", "--compare", "v1", "--dry-run"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let text = printed(&output);
        text.lines().filter(|line| line.starts_with("- `en`")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(), [""; 0]);
    write((20, "red", "lamp,hours\nfirst,9\nsecond,7\n", ""));
    let lines = told();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].contains("(added)") && lines[0].contains("second \\| 7"), "{lines:#?}");
    assert!(lines[1].contains("(another picture): lamp.png"), "{lines:#?}");
    write((10, "blue", "lamp,hours\nfirst,9\n", "\n![Once more](../images/lamp.png)\n"));
    let lines = told();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].contains("Once more (lamp.png)"), "{lines:#?}");
    assert!(lines[1].contains("(another picture): plan.svg"), "{lines:#?}");
}

#[test]
fn errata_tell_every_change_once_in_the_language_that_it_is_in() {
    let dir = book();
    released(dir.path(), &[]);
    write_book(
        dir.path(),
        &[
            ("manuscript/zh/02-dark.md", "# 暗\n\n## 夜 {#dark}\n\n夜里没有一点光。\n\n一段新的话。\n".as_bytes()),
            (
                "manuscript/en/02-dark.md",
                b"# Darkness\n\n## The night {#dark}\n\nThere is little light at night.\n\nA new paragraph.\n",
            ),
        ],
    );
    let output = dama_pub(dir.path(), &["release", "1.1", "--compare", "1.0", "--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = printed(&output);
    for line in ["没有**一点**光", "**一段新的话。**", "~~no~~**little**", "**A new paragraph.**", "1.0 → 1.1"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(text.lines().filter(|line| line.starts_with("- ")).count(), 4, "{text}");
    assert!(!dir.path().join("release/1.1").exists());
    let output = dama_pub(dir.path(), &["release", "1.1", "--compare", "1.0"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let made = files(&dir.path().join("release/1.1"));
    let page = String::from_utf8(made["errata.html"].clone()).expect("UTF-8");
    assert!(page.contains("<del>no</del><ins>little</ins>"), "{page}");
    let output = dama_pub(dir.path(), &["verify", "release/1.1", "--rebuild"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}
