//! Content streams read operator by operator (ISO 32000-2, 7.8.2).
//!
//! A stream of lines and curves is a hundred times its size once every operand is an object of its own, so that nothing
//! is kept longer than its operator. Whatever is no PDF syntax is stepped over.

/// Arrays and dictionaries lie in each other no deeper.
const DEPTH: usize = 8;

/// Operands that an operator or an array may have; what is beyond is dropped.
const OPERANDS: usize = 65_536;

/// What stands before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    /// An array, or a dictionary as keys and values in turn.
    List(Vec<Operand>),
    /// `true`, `false`, `null` inside a list.
    Word(Vec<u8>),
}

/// Reads a content stream.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

enum Token<'a> {
    Operand(Operand),
    Open,
    Close,
    Word(&'a [u8]),
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next operator; its operands are left in `operands`. `None` at the end.
    pub(super) fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            match self.token()? {
                Token::Operand(operand) if operands.len() < OPERANDS => operands.push(operand),
                Token::Open => operands.push(self.list(DEPTH)),
                Token::Word(word) => return Some(word),
                Token::Operand(_) | Token::Close => {}
            }
        }
    }

    /// The keys and values of an inline image, up to its data: call after the operator `BI`.
    pub(super) fn inline_image(&mut self) -> Vec<Operand> {
        let mut operands = Vec::new();
        // `ID` is the next operator; `true` and `false` of a broken image look like one, too.
        while let Some(word) = self.next_into(&mut operands) {
            match word {
                b"ID" | b"EI" => break,
                word => operands.push(Operand::Word(word.to_vec())),
            }
        }
        operands
    }

    fn next_into(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        let mut own = Vec::new();
        let word = self.next(&mut own);
        operands.append(&mut own);
        word
    }

    /// Steps over the data of an inline image of at least `length` bytes, and over its `EI`.
    pub(super) fn skip_data(&mut self, length: usize) {
        self.at = (self.at + 1).saturating_add(length).min(self.bytes.len());
        let blank = |at: usize| self.bytes.get(at).is_none_or(|byte| is_space(*byte));
        while self.at < self.bytes.len() {
            let here = self.bytes[self.at..].starts_with(b"EI") && blank(self.at + 2);
            if here && (length > 0 || self.at == 0 || blank(self.at - 1)) {
                self.at += 2;
                return;
            }
            self.at += 1;
        }
    }

    fn list(&mut self, depth: usize) -> Operand {
        let mut list = Vec::new();
        while let Some(token) = self.token() {
            match token {
                Token::Close => break,
                // Too deep for sense: the brackets are taken as if they were not there.
                Token::Open if depth == 0 => {}
                Token::Open => list.push(self.list(depth - 1)),
                Token::Operand(operand) if list.len() < OPERANDS => list.push(operand),
                Token::Operand(_) => {}
                Token::Word(word) => list.push(Operand::Word(word.to_vec())),
            }
        }
        Operand::List(list)
    }

    fn token(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let byte = *self.bytes.get(self.at)?;
        let start = self.at;
        self.at += 1;
        Some(match byte {
            b'(' => Token::Operand(Operand::Text(self.string())),
            b'<' if self.bytes.get(self.at) == Some(&b'<') => {
                self.at += 1;
                Token::Open
            }
            b'>' => {
                self.at += usize::from(self.bytes.get(self.at) == Some(&b'>'));
                Token::Close
            }
            b'<' => Token::Operand(Operand::Text(self.hex())),
            b'[' => Token::Open,
            b']' => Token::Close,
            b'/' => Token::Operand(Operand::Name(name(self.regular(start + 1)))),
            _ => {
                let word = self.regular(start);
                number(word).map_or(Token::Word(word), |number| Token::Operand(Operand::Number(number)))
            }
        })
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'%' => {
                    let line = self.bytes[self.at..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.at = line.map_or(self.bytes.len(), |length| self.at + length);
                }
                // Braces and brackets without their other half mean nothing here.
                byte if is_space(*byte) || matches!(byte, b'{' | b'}' | b')') => self.at += 1,
                _ => return,
            }
        }
    }

    /// The regular characters from `start` on.
    fn regular(&mut self, start: usize) -> &'a [u8] {
        self.at = start;
        while self.bytes.get(self.at).is_some_and(|byte| !is_space(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn string(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 1);
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    text.extend(self.escape());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(code & 0xFF).unwrap_or(0)
            }
            other => other,
        })
    }

    fn hex(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend(char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
        }
        digits.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)).collect()
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn number(word: &[u8]) -> Option<f64> {
    if !word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) {
        return None;
    }
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// A name with its escapes `#xx` undone.
fn name(raw: &[u8]) -> Vec<u8> {
    let (mut name, mut at) = (Vec::with_capacity(raw.len()), 0);
    while at < raw.len() {
        let digit = |at: usize| raw.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (raw[at], digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                name.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (byte, ..) => {
                name.push(byte);
                at += 1;
            }
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<(String, Vec<Operand>)> {
        let (mut lexer, mut operands, mut found) = (Lexer::new(text), Vec::new(), Vec::new());
        while let Some(word) = lexer.next(&mut operands) {
            found.push((String::from_utf8_lossy(word).into_owned(), operands.clone()));
        }
        found
    }

    #[test]
    fn operators_come_with_their_operands() {
        let found = all(b"q 1 0 -.5 1 2. 3 cm /A#20b gs [(a\\)\\101) -20 <414>] TJ % x\nQ");
        let words: Vec<&str> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["q", "cm", "gs", "TJ", "Q"]);
        assert_eq!(found[1].1[2], Operand::Number(-0.5));
        assert_eq!(found[2].1, [Operand::Name(b"A b".to_vec())]);
        let text = [Operand::Text(b"a)A".to_vec()), Operand::Number(-20.0), Operand::Text(b"A@".to_vec())];
        assert_eq!(found[3].1, [Operand::List(text.to_vec())]);
    }

    #[test]
    fn what_is_no_syntax_is_stepped_over() {
        let deep = [vec![b'['; 100_000], b" 1 w".to_vec()].concat();
        assert!(all(&deep).is_empty());
        assert_eq!(all(&[vec![b'}'; 1_000_000], b" 1 w".to_vec()].concat()).len(), 1);
        assert_eq!(all(b"]] >> ) ) 1 w").len(), 1);
    }

    #[test]
    fn the_data_of_an_inline_image_is_no_content() {
        let mut lexer = Lexer::new(b"BI /W 2 /H 1 /BPC 8 /CS /G ID q EI 0 0 m");
        let mut operands = Vec::new();
        assert_eq!(lexer.next(&mut operands), Some(&b"BI"[..]));
        assert_eq!(lexer.inline_image().len(), 8);
        lexer.skip_data(2);
        assert_eq!(lexer.next(&mut operands), Some(&b"m"[..]));
    }
}
