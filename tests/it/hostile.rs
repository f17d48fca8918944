//! Input that means harm, or does it by accident: a clear error, quickly, and nothing of the outside in the output.

use std::fs;

use crate::command::{dama_pub, said, write_book};

const BOOK: &[u8] = b"title: T\nlanguages: [zh]\ndate: 2026-01-01\nslug: book\nlayout: report\n";

fn failed(files: &[(&str, &[u8])], wanted: &[&str]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(dir.path(), files);
    let output = dama_pub(dir.path(), &["build"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for text in wanted {
        assert!(said.contains(text), "`{text}` is not in:\n{said}");
    }
    assert!(!dir.path().join("out").exists(), "nothing is written");
}

#[test]
fn yaml_aliases_are_refused_before_they_expand() {
    let mut yaml = String::from("title: T\nlanguages: [zh]\ndate: 2026-01-01\na0: &a0 [x, x]\n");
    for level in 1..40 {
        yaml.push_str(&format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
    }
    failed(&[("manuscript/book.yaml", yaml.as_bytes()), ("manuscript/zh/a.md", b"# T\n")], &["book.yaml:4:"]);
}

#[test]
fn deep_yaml_and_deep_markdown_are_refused() {
    let yaml = format!("title: T\nlanguages: [zh]\ndate: 2026-01-01\nkeywords: {}\n", "[".repeat(100_000));
    failed(&[("manuscript/book.yaml", yaml.as_bytes())], &["book.yaml:4:"]);
    let quotes = format!("# T\n\n{}x\n", "> ".repeat(50_000));
    failed(&[("manuscript/book.yaml", BOOK), ("manuscript/zh/a.md", quotes.as_bytes())], &["a.md"]);
}

#[test]
fn a_picture_bomb_is_refused_by_its_header() {
    let png = png_header(50_000, 50_000);
    failed(
        &[
            ("manuscript/book.yaml", BOOK),
            ("manuscript/zh/a.md", "# T\n\n![大图](../images/bomb.png)\n".as_bytes()),
            ("manuscript/images/bomb.png", &png),
        ],
        &["a.md:3:", "at most 100 million"],
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(
        dir.path(),
        &[
            ("secret.png", &png_header(10, 10)),
            ("book/manuscript/book.yaml", BOOK),
            ("book/manuscript/zh/a.md", "# T\n\n![图](../images/link.png)\n\n![图](../../../secret.png)\n".as_bytes()),
            ("book/manuscript/images/readme", b""),
        ],
    );
    std::os::unix::fs::symlink(dir.path().join("secret.png"), dir.path().join("book/manuscript/images/link.png"))
        .expect("a link can be made");
    let output = dama_pub(&dir.path().join("book"), &["build"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("a.md:3:") && said.contains("a.md:5:"), "both places are reported:\n{said}");
    assert!(!fs::exists(dir.path().join("book/out")).expect("a folder"), "nothing is written");
}

/// A PNG of that size by its header, with no picture after it.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut size = width.to_be_bytes().to_vec();
    size.extend(height.to_be_bytes());
    size.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", &size[..]), (b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01"), (b"IEND", b"")] {
        png.extend(u32::try_from(data.len()).expect("a short chunk").to_be_bytes());
        let chunk = [&kind[..], data].concat();
        png.extend(&chunk);
        png.extend(crc32(&chunk).to_be_bytes());
    }
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
