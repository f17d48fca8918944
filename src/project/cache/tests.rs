use std::path::Path;
use std::time::{Duration, SystemTime};

use super::*;

fn cache(dir: &Path, at: u64) -> Cache {
    Cache::open(&dir.join("cache"), SystemTime::UNIX_EPOCH + Duration::from_secs(at)).unwrap()
}

/// Puts an artifact with this text into a cache; gives the digest that it is found by.
fn put(cache: &Cache, dir: &Path, text: &str) -> Digest {
    let file = dir.join("made.pdf");
    fs::write(&file, text).unwrap();
    let digest = Digest::of(format!("inputs of {text}").as_bytes());
    cache.put(digest, &file, Digest::of(text.as_bytes()), b"{}").unwrap();
    fs::remove_file(file).unwrap();
    digest
}

fn aside(dir: &Path) -> usize {
    fs::read_dir(dir.join("cache/1/aside")).unwrap().count()
}

#[test]
fn what_was_put_in_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let cache = cache(dir.path(), 1);
    let digest = put(&cache, dir.path(), "pages");
    let found = cache.find(digest).unwrap();
    assert_eq!((found.bytes.as_slice(), found.about.as_slice()), (&b"pages"[..], &b"{}"[..]));
    assert_eq!(cache.find(Digest::of(b"other")), None);
    assert_eq!(aside(dir.path()), 0, "nothing is left");
}

#[test]
fn a_broken_entry_is_none_and_is_taken_away() {
    let dir = tempfile::tempdir().unwrap();
    let cache = cache(dir.path(), 1);
    for spoil in ["artifact", "about.json", "SHA256SUMS"] {
        for bytes in [&b"spoilt"[..], b""] {
            let digest = put(&cache, dir.path(), "pages");
            let place = cache.place(ENTRIES, digest);
            // A link to another file may be what is written to: another name for it must not be spoilt with it.
            fs::remove_file(place.join(spoil)).unwrap();
            fs::write(place.join(spoil), bytes).unwrap();
            assert_eq!(cache.find(digest), None, "{spoil}");
            assert!(!place.exists(), "{spoil}");
        }
        let digest = put(&cache, dir.path(), "pages");
        let place = cache.place(ENTRIES, digest);
        fs::remove_file(place.join(spoil)).unwrap();
        assert_eq!(cache.find(digest), None, "{spoil}");
        assert!(!place.exists(), "{spoil}");
    }
    assert_eq!(aside(dir.path()), 0);
}

#[test]
fn what_is_no_longer_what_was_made_is_not_put_in() {
    let dir = tempfile::tempdir().unwrap();
    let cache = cache(dir.path(), 1);
    let file = dir.path().join("made.pdf");
    fs::write(&file, "changed").unwrap();
    let digest = Digest::of(b"inputs");
    assert!(cache.put(digest, &file, Digest::of(b"made"), b"{}").is_err());
    assert!(!cache.has(digest));
    assert_eq!(aside(dir.path()), 0);
}

#[test]
fn the_first_of_two_runs_stays() {
    let dir = tempfile::tempdir().unwrap();
    let cache = cache(dir.path(), 1);
    let digest = put(&cache, dir.path(), "pages");
    let second = Aside::new(&cache.root.join(ASIDE)).unwrap();
    fs::write(second.path().join("artifact"), "other").unwrap();
    second.settle(&cache.place(ENTRIES, digest)).unwrap();
    assert_eq!(cache.find(digest).unwrap().bytes, b"pages");
    assert_eq!(aside(dir.path()), 0);
}

#[test]
fn what_a_killed_run_left_is_taken_away_and_that_of_a_living_one_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let first = cache(dir.path(), 1);
    let living = Aside::new(&first.root.join(ASIDE)).unwrap();
    let dead = first.root.join(ASIDE).join("run-dead");
    fs::create_dir(&dead).unwrap();
    fs::write(dead.join("artifact"), "half").unwrap();
    cache(dir.path(), 2);
    assert!(living.path().exists() && !dead.exists());
}

#[test]
fn plans_are_found_by_what_was_known() {
    let dir = tempfile::tempdir().unwrap();
    let cache = cache(dir.path(), 1);
    let base = Digest::of(b"text");
    let plan = vec!["manuscript/images/图.png".to_owned()];
    cache.put_plan(base, &plan).unwrap();
    cache.put_plan(base, &plan).unwrap();
    cache.put_plan(base, &[]).unwrap();
    let mut plans = cache.plans(base);
    plans.sort();
    assert_eq!(plans, [vec![], plan]);
    assert!(cache.plans(Digest::of(b"other")).is_empty());
    assert_eq!(aside(dir.path()), 0);
}

#[test]
fn what_nobody_uses_is_cleared_away_and_the_longest_unused_first() {
    let dir = tempfile::tempdir().unwrap();
    let at = |at| cache(dir.path(), at);
    let [old, used, new] = ["old", "used", "new"].map(|text| put(&at(0), dir.path(), text));
    for (time, digest) in [(100, old), (200, new), (300, used)] {
        at(time).find(digest).unwrap();
    }
    let since = |at| SystemTime::UNIX_EPOCH + Duration::from_secs(at);
    let swept = at(400).clear(since(150), None);
    assert_eq!((swept.gone, swept.left), (1, 2));
    assert!(!at(400).has(old));
    let swept = at(400).clear(since(150), Some(swept.left_bytes - 1));
    assert_eq!((swept.gone, swept.left), (1, 1));
    assert!(at(400).has(used) && !at(400).has(new));
    assert_eq!(at(400).look_over().whole, 1);
}

#[cfg(unix)]
#[test]
fn a_cache_that_may_not_be_changed_still_gives_what_it_has() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let digest = put(&cache(dir.path(), 1), dir.path(), "pages");
    let close = |mode| {
        for part in ["cache", "cache/1", "cache/1/aside", "cache/1/entries"] {
            fs::set_permissions(dir.path().join(part), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    close(0o555);
    let found = cache(dir.path(), 2).find(digest);
    close(0o755);
    assert_eq!(found.unwrap().bytes, b"pages");
}
