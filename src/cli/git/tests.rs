use std::fs;
use std::path::Path;
use std::process::Command;

use super::*;

/// A repository with a book in a folder of it; `None` where there is no git.
fn repository() -> Option<tempfile::TempDir> {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("book/manuscript/book.yaml", "title: T\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n"),
        ("book/manuscript/zh/01-a.md", "# 起\n\n一。\n"),
        ("book/manuscript/en/01-a.md", "# Start\n\nOne.\n"),
        ("book/manuscript/en/02-b.md", "# More\n\nTwo.\n"),
    ] {
        write(dir.path(), path, text);
    }
    git(dir.path(), &["init", "--quiet"])?;
    commit(dir.path(), "first", "2026-03-01T10:00:00Z");
    Some(dir)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) -> Option<()> {
    let set = ["-c", "user.name=李 雷", "-c", "user.email=l@example.org", "-c", "commit.gpgSign=false"];
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(set).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
    command.output().ok().map(|output| assert!(output.status.success(), "{output:?}"))
}

fn commit(root: &Path, message: &str, date: &str) {
    git(root, &["add", "--all"]).unwrap();
    let dated = format!("--date={date}");
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("GIT_COMMITTER_DATE", date).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.args(["-c", "user.name=李 雷", "-c", "user.email=l@example.org", "-c", "commit.gpgSign=false"]);
    assert!(command.args(["commit", "--quiet", "-m", message, &dated]).status().unwrap().success());
}

fn changed(root: &Path, revision: &str) -> Result<Vec<String>, Refusal> {
    match answer(&Inquiry { root: root.join("book"), about: About::ChangedSince(revision.to_owned()) }) {
        Told::Changed(paths) => Ok(paths.into_iter().collect()),
        Told::Nothing(refusal) => Err(refusal),
        Told::History(_) | Told::Commit(..) | Told::Texts(..) => unreachable!("it was not asked for"),
    }
}

#[test]
fn what_differs_from_a_revision_is_named_whether_it_is_committed_or_not() {
    let Some(dir) = repository() else { return };
    let root = dir.path();
    assert_eq!(changed(root, "HEAD"), Ok(vec![]));
    write(root, "book/manuscript/en/01-a.md", "# Start\r\n\r\nOne.\r\n");
    assert_eq!(changed(root, "HEAD"), Ok(vec![]), "how lines end does not matter");
    write(root, "book/manuscript/zh/01-a.md", "# 起\n\n二。\n");
    write(root, "book/manuscript/zh/03-书.md", "# 新\n");
    fs::remove_file(root.join("book/manuscript/en/02-b.md")).unwrap();
    let all = ["manuscript/en/02-b.md", "manuscript/zh/01-a.md", "manuscript/zh/03-书.md"].map(str::to_owned).to_vec();
    assert_eq!(changed(root, "HEAD"), Ok(all.clone()));
    commit(root, "second", "2026-03-02T10:00:00Z");
    assert_eq!(changed(root, "HEAD"), Ok(vec![]));
    assert_eq!(changed(root, "HEAD~1"), Ok(all));
}

#[test]
fn what_is_no_revision_is_refused_and_never_an_option() {
    let Some(dir) = repository() else { return };
    let marker = dir.path().join("made");
    for name in
        ["nothing", "", "-h", "--all", &format!("--output={}", marker.display()), "HEAD:book", "a b", "HEAD\nHEAD"]
    {
        assert_eq!(changed(dir.path(), name), Err(Refusal::NoRevision(name.to_owned())), "{name}");
    }
    assert!(!marker.exists());
    let bare = tempfile::tempdir().unwrap();
    write(bare.path(), "book/manuscript/book.yaml", "title: T\n");
    assert_eq!(changed(bare.path(), "HEAD"), Err(Refusal::NoCheckout));
}

#[test]
fn nothing_that_a_repository_names_is_run() {
    let Some(dir) = repository() else { return };
    let root = dir.path();
    let marker = root.join("made");
    let touch = format!("touch {}", marker.display());
    for (key, value) in [
        ("core.fsmonitor", touch.as_str()),
        ("core.pager", &touch),
        ("diff.external", &touch),
        ("filter.x.clean", &touch),
        ("filter.x.smudge", &touch),
        ("diff.x.textconv", &touch),
        ("log.showSignature", "true"),
        ("gpg.program", &touch),
    ] {
        git(root, &["config", key, value]).unwrap();
    }
    write(root, ".gitattributes", "* filter=x diff=x\n");
    write(root, "book/manuscript/zh/01-a.md", "# 起\n\n三。\n");
    assert_eq!(changed(root, "HEAD"), Ok(vec!["manuscript/zh/01-a.md".to_owned()]));
    answer(&Inquiry { root: root.join("book"), about: About::History });
    assert!(!marker.exists());
}

#[test]
fn the_record_is_counted_day_by_day_and_by_who_wrote_it() {
    let Some(dir) = repository() else { return };
    let line = |text: &str| format!("    - {{source: abcdefghij, target: abcdefghij, text: \"{text}\"}}\n");
    let record =
        |lines: &[&str]| format!("form: 1\nen:\n  a:\n{}", lines.iter().map(|text| line(text)).collect::<String>());
    for (texts, date) in [
        (&["一"][..], "2026-03-02T10:00:00Z"),
        (&["一", "二"], "2026-03-02T12:00:00Z"),
        (&["二", "三", "四"], "2026-03-05T10:00:00Z"),
    ] {
        write(dir.path(), "book/manuscript/reviewed.yaml", &record(texts));
        commit(dir.path(), "signed", date);
    }
    let told = answer(&Inquiry { root: dir.path().join("book"), about: About::History });
    let Told::History(history) = told else { panic!("{told:?}") };
    let days: Vec<(&str, usize)> = history.days.iter().map(|day| (day.date.as_str(), day.signed["en"])).collect();
    assert_eq!(days, [("2026-03-02", 2), ("2026-03-05", 3)]);
    assert_eq!(history.people.len(), 1);
    assert_eq!((history.people[0].name.as_str(), history.people[0].signed["en"]), ("李 雷", 4));
}
