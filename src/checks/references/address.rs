//! Addresses apart from what may differ between languages: en.wikipedia.org and zh.wikipedia.org, `/en/` and `/zh-cn/`,
//! `life.png` and `life_zh-CN.png`.

use crate::lang;

/// An address as it is compared: without `www.`, a slash or `index.html` at the end of its page, and what only counts visits.
pub(super) fn canonical(url: &str) -> String {
    let (rest, place) = split(url, '#');
    let (page, query) = split(rest, '?');
    let page = page.trim_end_matches('/');
    let page = page.strip_suffix(".html").or_else(|| page.strip_suffix(".md")).unwrap_or(page);
    let page = page.strip_suffix("/index").unwrap_or(page);
    let bare = page.strip_prefix("http://").or_else(|| page.strip_prefix("https://"));
    let page = bare.map_or(page.to_owned(), |rest| format!("https://{}", rest.strip_prefix("www.").unwrap_or(rest)));
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")).collect();
    join(&page, &query, place)
}

/// A canonical address without the parts that name a language.
pub(super) fn neutral(canonical: &str) -> String {
    let (rest, place) = split(canonical, '#');
    let (page, query) = split(rest, '?');
    let (scheme, path) = page.split_once("://").map_or(("", page), |(_, path)| ("https://", path));
    let mut parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "wiki")).collect();
    let mut named = String::from(scheme);
    if !scheme.is_empty() && !parts.is_empty() {
        named.push_str(neutral_host(parts.remove(0)));
    }
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.into_iter().enumerate().filter(|(_, part)| !lang::in_address(part)) {
        named.push('/');
        named.push_str(&if at == last { neutral_name(part) } else { part.to_owned() });
    }
    let own = |part: &&str| !part.is_empty() && !part.split_once('=').is_some_and(|(_, value)| lang::in_address(value));
    join(&named, &query.split('&').filter(own).collect::<Vec<_>>(), place)
}

/// The name of a file without the marks of a language at its ends: `a.en.png`, `a_zh-CN.png`, `zh-a.png`.
pub(super) fn neutral_name(name: &str) -> String {
    let ending = |ending: &str| !ending.is_empty() && ending.len() <= 5 && !lang::in_address(ending);
    let (stem, ending) = name.rsplit_once('.').filter(|(_, e)| ending(e)).unwrap_or((name, ""));
    let joints = || stem.char_indices().filter(|(_, c)| matches!(c, '.' | '_' | '-')).map(|(at, _)| at);
    let marked_end = joints().find(|at| lang::in_address(&stem[at + 1..])).map(|at| &stem[..at]);
    let marked_start = || joints().rfind(|at| lang::in_address(&stem[..*at])).map(|at| &stem[at + 1..]);
    let whole = Some("").filter(|_| lang::in_address(stem));
    let stem = whole.or(marked_end).or_else(marked_start).unwrap_or(stem);
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

/// An address up to the part that names its language; without one, its host.
pub(super) fn edition(canonical: &str) -> Option<&str> {
    let start = canonical.find("://")? + 3;
    let path = split(split(canonical, '#').0, '?').0;
    let mut end = start;
    let mut host = path.len();
    for (at, part) in path[start..].split('/').enumerate() {
        end += part.len() + usize::from(at > 0);
        if at == 0 {
            host = end;
        } else if lang::in_address(part) {
            return Some(&canonical[..end]);
        }
    }
    Some(&canonical[..host])
}

/// Whether two canonical addresses are one page in two languages: the titles of an encyclopedia, a mirror of a site.
pub(super) fn localised(a: &str, b: &str) -> bool {
    let (Some(one), Some(other)) = (edition(a), edition(b)) else { return false };
    if one == other || !(is_marked(one) || is_marked(other)) {
        return false;
    }
    let [(host, path), (other_host, other_path)] = [a, b].map(|url| {
        let url = neutral(url);
        let rest = url.strip_prefix("https://").unwrap_or(&url).to_owned();
        rest.split_once('/').map_or((rest.clone(), String::new()), |(host, path)| (host.to_owned(), path.to_owned()))
    });
    let titles = is_plain(&path) != is_plain(&other_path) || a.contains("/wiki/") && b.contains("/wiki/");
    let names = [&host, &other_host].map(|host| host.split('.').next().unwrap_or("").to_owned());
    let mirror = path == other_path && (names[0].starts_with(&names[1]) || names[1].starts_with(&names[0]));
    (host == other_host && titles) || mirror
}

/// Whether an address up to its language names one.
fn is_marked(edition: &str) -> bool {
    let part = |part: &str| lang::in_address(part);
    edition.rsplit('/').next().is_some_and(|last| part(last) || last.split('.').next().is_some_and(part))
}

/// Whether a part of an address is in ASCII letters, as those of English are. Others may be written as `%E5…`.
pub(super) fn is_plain(part: &str) -> bool {
    part.is_ascii() && !part.contains('%')
}

/// The two sides of the first of some sign; the second one is empty without it.
pub(super) fn split(url: &str, sign: char) -> (&str, &str) {
    url.split_once(sign).unwrap_or((url, ""))
}

fn neutral_host(host: &str) -> &str {
    match host.split_once('.') {
        Some((first, rest)) if lang::in_address(first) && rest.contains('.') => rest,
        _ => host,
    }
}

fn join(page: &str, query: &[&str], place: &str) -> String {
    let mut url = page.to_owned();
    for (sign, part) in [('?', query.join("&").as_str()), ('#', place)] {
        if !part.is_empty() {
            url.push(sign);
            url.push_str(part);
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_language_does_not_count() {
        for (a, b) in [
            ("https://en.wikipedia.org/wiki/Bridge", "https://zh.wikipedia.org/zh-cn/Bridge"),
            ("https://docs.example.org/en/latest/", "https://docs.example.org/zh/latest"),
            ("http://www.example.org/en-US/docs/x.html", "https://example.org/zh_CN/docs/x"),
            ("https://example.org/a?hl=en&v=7", "https://example.org/a?v=7&hl=zh-CN&utm_source=x"),
            ("https://example.org/README.md", "https://example.org/README.zh-CN.md"),
            ("../en/guide.md#start", "../zh/guide.md#start"),
        ] {
            assert_eq!(neutral(&canonical(a)), neutral(&canonical(b)), "{a} {b}");
        }
        for (a, b) in [
            ("https://example.org/en/bird", "https://example.org/zh/fish"),
            ("https://example.org/a#one", "https://example.org/a#two"),
            ("https://example.org/a?v=7", "https://example.org/a?v=8"),
            ("https://cn.org/a", "https://en.org/a"),
        ] {
            assert_ne!(neutral(&canonical(a)), neutral(&canonical(b)), "{a} {b}");
        }
    }

    #[test]
    fn names_of_files_have_marks_at_their_ends() {
        for name in ["map.png", "map.en.png", "map_zh-CN.png", "map-zh.png", "zh_map.png", "zh-TW.map.png"] {
            assert_eq!(neutral_name(name), "map.png", "{name}");
        }
        assert_eq!(neutral_name("made-en-route.png"), "made-en-route.png");
        assert_eq!(neutral_name("zh.png"), neutral_name("en.png"));
    }

    #[test]
    fn pages_have_titles_in_their_language() {
        assert!(localised("https://en.wikipedia.org/wiki/Bridge", "https://zh.wikipedia.org/wiki/桥"));
        assert!(localised("https://example.org/en/Bridge", "https://example.org/zh/%E6%A1%A5"));
        assert!(localised("https://cn.bridgejs.dev/guide", "https://bridge.dev/guide"));
        assert!(!localised("https://example.org/en/bird", "https://example.org/zh/fish"));
        assert!(!localised("https://bridge.dev/guide", "https://bridge.org/guide"));
        assert_eq!(edition("https://example.org/zh-CN/docs"), Some("https://example.org/zh-CN"));
        assert_eq!(edition("https://zh.example.org/docs?x#y"), Some("https://zh.example.org"));
    }
}
