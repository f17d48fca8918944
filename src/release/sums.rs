//! `SHA256SUMS`, in the form of coreutils.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The file of a release that `sha256sum -c` takes.
pub const SUMS: &str = "SHA256SUMS";

/// The signatures that may stand beside it: of SSH, and of minisign.
pub const SIGNATURES: [&str; 2] = ["SHA256SUMS.sig", "SHA256SUMS.minisig"];

/// A file and what its bytes come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The file's name.
    pub name: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The lines of `SHA256SUMS`, in the order of the names.
pub fn write_sums(mut sums: Vec<Sum>) -> String {
    sums.sort_by(|a, b| a.name.cmp(&b.name));
    sums.iter().fold(String::new(), |mut out, Sum { name, sha256 }| {
        let _ = writeln!(out, "{sha256}  {name}");
        out
    })
}

/// Reads `SHA256SUMS`. A name is that of a file in the folder, and leads nowhere else.
///
/// # Errors
/// The number of the first line that is none of its form.
pub fn read_sums(text: &str) -> Result<Vec<Sum>, usize> {
    let sum = |line: &str| {
        let (sha256, name) = line.split_at_checked(64)?;
        let name = name.strip_prefix("  ").or_else(|| name.strip_prefix(" *"))?;
        let plain = !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != "..";
        let digits = sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        (plain && digits).then(|| Sum { name: name.to_owned(), sha256: sha256.to_ascii_lowercase() })
    };
    text.lines().zip(1..).map(|(line, number)| sum(line).ok_or(number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let sums = vec![
            Sum { name: "b.pdf".into(), sha256: sha256(b"b") },
            Sum { name: "书 a.epub".into(), sha256: sha256(b"a") },
        ];
        let text = write_sums(sums.clone());
        assert_eq!(read_sums(&text), Ok(sums));
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn what_is_no_line_of_it_is_told() {
        let good = format!("{}  a\n", sha256(b"a"));
        for bad in ["x", "é", &format!("{}  ../a", sha256(b"a")), &format!("{} a", sha256(b"a")), &"g".repeat(70)] {
            assert_eq!(read_sums(&format!("{good}{bad}\n")), Err(2), "{bad}");
        }
    }
}
