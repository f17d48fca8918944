//! Messages of an editor, whatever it sends: what cannot be read is passed over, and the conversation goes on.

use std::io::{self, BufRead, Read as _};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message, RequestId, Response};

/// Most bytes of a message: a chapter with all that JSON escapes in it.
const MESSAGE: u64 = 64 << 20;

/// Most bytes of a line of a header that are looked at.
const LINE: u64 = 8 << 10;

/// What was read.
#[derive(Debug)]
enum Received {
    Message(Message),
    /// A question that cannot be understood, with what it is told.
    Refused(Response),
    /// Nothing that can be answered.
    Nothing,
}

/// The conversation over the standard streams.
pub(super) fn connect() -> Connection {
    let (sender, answers) = crossbeam_channel::bounded::<Message>(0);
    thread::spawn(move || answers.iter().try_for_each(|answer| answer.write(&mut io::stdout().lock())));
    let (given, receiver) = crossbeam_channel::bounded(0);
    let refusals = sender.clone();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(received)) = receive(&mut input) {
            // Where the other end has gone, so has the process.
            let _ = match received {
                Received::Message(message) => given.send(message),
                Received::Refused(answer) => refusals.send(Message::Response(answer)),
                Received::Nothing => Ok(()),
            };
        }
    });
    Connection { sender, receiver }
}

/// The next message; `None` at the end.
fn receive(input: &mut impl BufRead) -> io::Result<Option<Received>> {
    let Some(size) = header(input)? else { return Ok(None) };
    let mut body = Vec::new();
    input.by_ref().take(size).read_to_end(&mut body)?;
    if (body.len() as u64) < size {
        return Ok(None);
    }
    Ok(Some(read(&paired(&String::from_utf8_lossy(&body)))))
}

/// The length of the next message; `None` at the end. What is no header is passed over, so that a message with a false length
/// costs itself alone.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut size = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        // The rest of a message that was longer than it said may stand before it.
        if let Some((_, length)) = line.rsplit_once("content-length:") {
            size = length.trim().parse().ok().filter(|size| *size <= MESSAGE);
        } else if line.trim().is_empty() && size.is_some() {
            return Ok(size);
        }
    }
}

fn read(text: &str) -> Received {
    if let Ok(message) = serde_json::from_str(text) {
        return Received::Message(message);
    }
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    match serde_json::from_value::<RequestId>(value["id"].clone()) {
        Ok(id) => {
            let why = "this is not a message of JSON-RPC".to_owned();
            Received::Refused(Response::new_err(id, ErrorCode::InvalidRequest as i32, why))
        }
        Err(_) => Received::Nothing,
    }
}

/// JSON with U+FFFD for each half of a character that stands alone (`\ud83d`), as editors send it that cut texts in UTF-16.
fn paired(text: &str) -> String {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // A backslash may be escaped by another one.
            _ => rest.chars().take(2).map(char::len_utf8).sum(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::anywhere::config;

    /// The methods of what is read of a stream; refusals as `!`.
    fn received(mut stream: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(received) = receive(&mut stream).expect("memory can be read") {
            match received {
                Received::Message(Message::Notification(note)) => all.push(format!("{} {}", note.method, note.params)),
                Received::Message(message) => all.push(format!("{message:?}")),
                Received::Refused(_) => all.push("!".to_owned()),
                Received::Nothing => {}
            }
        }
        all
    }

    fn sent(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn whatever_comes_before_it_a_message_is_read() {
        let good = sent(r#"{"jsonrpc":"2.0","method":"m","params":{}}"#);
        for before in [
            String::new(),
            "Content-Length: 99999999999999999999999\r\n\r\n{}".to_owned(),
            "Content-Length: 99999999999999\r\n\r\n{}".to_owned(),
            "Content-Length: -1\r\n\r\n".to_owned(),
            "\r\n\r\nnonsense\r\n".to_owned(),
            "x".repeat(100_000),
            sent("{"),
            sent("[]"),
            sent("null"),
            sent(&"[".repeat(100_000)),
            "Content-Length: 3\r\n\r\n\u{ff}\u{ff}".to_owned(),
            format!("content-LENGTH:{}\r\nContent-Type: x\r\n\r\n{{}}", 2),
        ] {
            assert_eq!(received(format!("{before}{good}").as_bytes()), ["m {}"], "{before:.80}");
        }
        assert_eq!(received(sent(r#"{"id":7}"#).as_bytes()), ["!"]);
        assert_eq!(received(b"Content-Length: 10\r\n\r\n{"), [""; 0]);
    }

    #[test]
    fn half_a_character_is_a_replacement() {
        for (written, read) in [
            (r"a \ud83d", "a \u{fffd}"),
            (r"\ude00a", "\u{fffd}a"),
            (r"\ud83d\ude00", "😀"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\\ud83d", r"\ud83d"),
            (r"\\\ud83d\n", "\\\u{fffd}\n"),
            (r"河\u6cb3", "河河"),
        ] {
            let text = paired(&format!("\"{written}\""));
            assert_eq!(serde_json::from_str::<String>(&text).expect(written), read, "{written}");
        }
    }

    /// Pieces of what editors send, whole and broken, in any order.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let known = prop::sample::select(vec![
            "Content-Length: 2\r\n\r\n{}",
            "Content-Length: ",
            "\r\n",
            "\r\n\r\n",
            "7",
            r#"{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\ud83d"}}"#,
            r#"{"id":"#,
            r"\ud83d\ude",
            r"\u",
            "\"",
            "河",
        ]);
        let piece = prop_oneof![known.prop_map(|text| text.as_bytes().to_vec()), vec(any::<u8>(), 0..8)];
        vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn any_stream_is_read_to_its_end(stream in pieces()) {
            let mut rest = stream.as_slice();
            while receive(&mut rest).expect("memory can be read").is_some() {}
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn text_without_halves_stays_as_it_is(text in any::<String>()) {
            let written = serde_json::to_string(&text).expect("text can be written");
            prop_assert_eq!(paired(&written), written);
            let _whatever_it_becomes = paired(&text);
        }
    }
}
