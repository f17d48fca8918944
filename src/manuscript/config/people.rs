//! `people:` of `book.yaml`.

use super::super::typed;
use super::super::yaml::{Entry, Fields};
use super::ConfigReader;
use crate::model::{Person, Spanned};

impl ConfigReader<'_> {
    /// Who made the book.
    pub(super) fn people(&mut self, entry: Option<Entry>) -> Vec<Person> {
        let Some(entry) = entry else { return Vec::new() };
        let mut people = Vec::new();
        for node in entry.node.list(typed("people"), self.sink) {
            let Some(mut fields) = Fields::open(node, msg!("a person"), self.sink) else { continue };
            people.push(self.person(&mut fields));
            fields.finish(&msg!("a person"), self.sink);
        }
        people
    }

    fn person(&mut self, fields: &mut Fields) -> Person {
        let before = self.sink.len();
        let name = self.per_lang(fields.take("name"), "name");
        if name.is_empty() && self.sink.len() == before {
            self.absent(fields, "name", fields.span(), msg!("this person has no name"), msg!("add `name:`"));
        }
        let role = fields.text("role", self.sink);
        if let Some(role) = role.as_ref().filter(|r| !is_relator(&r.value)) {
            let hint =
                msg!("use a MARC relator code of three lower-case letters, such as `aut`, `edt`, `trl` or `ill`");
            self.error(role.span, msg!("`{role}` is not a role of a person", role = &role.value), hint);
        }
        let orcid = fields.text("orcid", self.sink);
        Person {
            name,
            role: role.map_or_else(|| "aut".into(), |r| r.value),
            group: self.flag(fields, "group").unwrap_or_default(),
            sort: self.per_lang(fields.take("sort"), "sort"),
            biography: self.per_lang(fields.take("biography"), "biography"),
            orcid: orcid.and_then(|orcid| self.orcid(orcid)),
        }
    }

    fn orcid(&mut self, written: Spanned<String>) -> Option<String> {
        let bare = written.value.trim().trim_start_matches("https://orcid.org/");
        if is_orcid(bare) {
            return Some(bare.to_owned());
        }
        let hint = msg!("compare it with the page of the person at orcid.org: its last character is a check digit");
        self.error(written.span, msg!("`{orcid}` is not an ORCID iD", orcid = &written.value), hint);
        None
    }
}

fn is_relator(role: &str) -> bool {
    role.len() == 3 && role.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether a text is an ORCID iD: 16 digits in fours, the last of which checks the others (ISO 7064, mod 11-2).
fn is_orcid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return false;
    }
    let digits = groups.concat();
    let Some((number, check)) = digits.split_at_checked(15) else { return false };
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let sum = number.bytes().fold(0_u32, |sum, b| (sum + u32::from(b - b'0')) * 2 % 11);
    let value = (12 - sum) % 11;
    check == char::from_digit(value, 10).map_or_else(|| "X".to_owned(), |digit| digit.to_string())
}

#[cfg(test)]
mod tests {
    use super::is_orcid;

    #[test]
    fn an_orcid_is_known_by_its_check_digit() {
        assert!(is_orcid("0000-0002-1825-0097") && is_orcid("0000-0002-1694-233X"));
        for bad in ["0000-0002-1825-0098", "0000-0002-1825-009", "0000000218250097", "00é0-0002-1825-0097", ""] {
            assert!(!is_orcid(bad), "{bad}");
        }
    }
}
