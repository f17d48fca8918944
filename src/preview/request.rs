//! The head of a request of HTTP/1, whatever it is.

/// Most headers that a request may have.
const HEADERS: usize = 64;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// The target, beginning with `/`.
    pub target: String,
    /// The header Host.
    pub host: String,
    /// Whether only the head of the answer is wanted.
    pub head_alone: bool,
    /// Bytes of the body that follows where something is to be done; `None` where something is asked.
    pub body: Option<usize>,
}

/// Most bytes of a body: that a pair of blocks is signed off.
const BODY: usize = 4 << 10;

/// Where the head of a request ends, if it does in these bytes; `seen` of them were looked at before.
pub(crate) fn end(bytes: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(3);
    let new = bytes.get(from..)?;
    let lines = new.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let bare = new.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    lines.into_iter().chain(bare).min().map(|at| from + at)
}

/// Reads a whole head; else the status of HTTP that refuses it.
pub(crate) fn read(head: &[u8]) -> Result<Request, u16> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(431),
        Ok(httparse::Status::Partial) | Err(_) => return Err(400),
    }
    let (head_alone, posts) = match request.method {
        Some("GET") => (false, false),
        Some("HEAD") => (true, false),
        Some("POST") => (false, true),
        _ => return Err(405),
    };
    let all = |name: &'static str| {
        let named = request.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| header.value.trim_ascii())
    };
    // What is asked here has no body, and what is to be done has a short one. No other is read, however long it says that it is.
    if all("transfer-encoding").next().is_some() {
        return Err(413);
    }
    let lengths: Vec<Option<usize>> =
        all("content-length").map(|length| str::from_utf8(length).ok()?.parse().ok()).collect();
    let body = match (posts, &lengths[..]) {
        (false, lengths) if lengths.iter().all(|length| *length == Some(0)) => None,
        (true, [Some(length)]) if *length <= BODY => Some(*length),
        _ => return Err(413),
    };
    let mut hosts = all("host").map(|host| str::from_utf8(host).unwrap_or_default());
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(400) };
    let target = request.path.filter(|path| path.starts_with('/')).ok_or(400_u16)?;
    Ok(Request { target: target.to_owned(), host: host.to_owned(), head_alone, body })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_plain_question_is_refused() {
        let ask = |head: &str| read(head.as_bytes()).map(|asked| (asked.target, asked.host, asked.head_alone));
        let body = |head: &str| read(head.as_bytes()).map(|asked| asked.body);
        let host = "Host: a:1\r\n";
        assert_eq!(ask(&format!("GET /x HTTP/1.1\r\n{host}\r\n")), Ok(("/x".into(), "a:1".into(), false)));
        assert_eq!(ask(&format!("HEAD / HTTP/1.0\n{host}Content-Length: 0\n\n")), Ok(("/".into(), "a:1".into(), true)));
        let post = |length: &str| body(&format!("POST /x HTTP/1.1\r\n{host}Content-Length: {length}\r\n\r\n"));
        assert_eq!((post("12"), post("4096")), (Ok(Some(12)), Ok(Some(4096))));
        assert_eq!((post("4097"), post("-1"), post("1, 1")), (Err(413), Err(413), Err(413)));
        for (head, status) in [
            ("GET / HTTP/1.1\r\n\r\n".to_owned(), 400),
            (format!("GET / HTTP/1.1\r\n{host}{host}\r\n"), 400),
            (format!("GET http://a/ HTTP/1.1\r\n{host}\r\n"), 400),
            (format!("GET / HTTP/9.9\r\n{host}\r\n"), 400),
            ("nonsense\r\n\r\n".to_owned(), 400),
            (format!("PUT / HTTP/1.1\r\n{host}\r\n"), 405),
            (format!("POST / HTTP/1.1\r\n{host}\r\n"), 413),
            (format!("GET / HTTP/1.1\r\n{host}Content-Length: 18446744073709551615\r\n\r\n"), 413),
            (format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"), 413),
            (format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n"), 413),
            (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(80)), 431),
        ] {
            assert_eq!(ask(&head).unwrap_err(), status, "{head:.60}");
        }
    }

    #[test]
    fn the_end_is_seen_across_pieces() {
        let head = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
        for seen in 0..head.len() - 5 {
            assert_eq!(end(head, seen), Some(head.len() - 4), "{seen}");
        }
        assert_eq!(end(b"GET /\n\nx", 0), Some(7));
        assert_eq!(end(b"GET /\r\n\r", 0), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
            prop_assert!(end(&bytes, 0).is_none_or(|at| at <= bytes.len()));
        }
    }
}
