//! Lists of words in data files.
//!
//! A line is `name: word, word, …`; several lines of one name are one list. An empty line means nothing, nor does one that
//! begins with `#`.

/// The lists of one file, in its order.
#[derive(Debug, Default)]
pub struct Lists(Vec<(&'static str, Vec<&'static str>)>);

impl Lists {
    /// Reads a file that is part of the program.
    ///
    /// # Errors
    ///
    /// The first line that is malformed: without a name or a word, or with a word that the list has already.
    pub fn read(text: &'static str) -> Result<Self, &'static str> {
        let mut lists = Self::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, words) = line.split_once(": ").filter(|(name, _)| !name.is_empty()).ok_or(line)?;
            for word in words.split(", ") {
                let list = lists.list(name);
                if word.is_empty() || word.trim() != word || list.contains(&word) {
                    return Err(line);
                }
                list.push(word);
            }
        }
        Ok(lists)
    }

    /// Reads a file of this program that a test has read.
    pub(super) fn shipped(text: &'static str) -> Self {
        Self::read(text).expect("a list of the program is well formed")
    }

    fn list(&mut self, name: &'static str) -> &mut Vec<&'static str> {
        let at = self.0.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.0.push((name, Vec::new()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// The words of a name in their order; none where the file does not have it.
    pub fn words(&self, name: &str) -> &[&'static str] {
        self.0.iter().find(|(known, _)| *known == name).map_or(&[], |(_, words)| words)
    }

    /// The names, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn lines_of_one_name_are_one_list() {
        let lists = Lists::read("# a comment\nsaid: not, no\n\nperhaps: un*\nsaid: more than\n").unwrap();
        assert_eq!(lists.words("said"), ["not", "no", "more than"]);
        assert_eq!(lists.words("perhaps"), ["un*"]);
        assert!(lists.words("never").is_empty());
    }

    #[test]
    fn a_malformed_line_is_told() {
        for line in ["said", "said:", "said: ", ": not", "said: not,no, ", "said: not,  no", "said: no, no"] {
            assert_eq!(Lists::read(line).err(), Some(line));
        }
    }
}
