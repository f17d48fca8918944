//! A request read from a connection, in its bounds.

use std::io::Read;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::preview::request::{self, Request};

/// Most bytes of a head.
const HEAD: usize = 16 << 10;

/// How long a client has to send it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of what follows a refused head is read, and for how long, so that the answer arrives before the connection is cut.
const REST: usize = 64 << 10;
const REST_TIME: Duration = Duration::from_secs(1);

/// Reads a request and what is sent with it; else the status that refuses it, 0 where nothing was said at all.
pub(super) fn read(stream: &mut TcpStream) -> Result<(Request, Vec<u8>), u16> {
    let deadline = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let late = if head.is_empty() { 0 } else { 408 };
        match read_until(stream, deadline, &mut piece) {
            Some(0) => return Err(if head.is_empty() { 0 } else { 400 }),
            Some(length) => {
                let seen = head.len();
                head.extend_from_slice(&piece[..length]);
                if let Some(end) = request::end(&head, seen) {
                    let asked = request::read(&head[..end])?;
                    let body = body(stream, head.split_off(end), asked.body.unwrap_or(0), deadline)?;
                    return Ok((asked, body));
                }
            }
            None => return Err(late),
        }
        if head.len() >= HEAD {
            return Err(431);
        }
    }
}

/// The rest of a body of which some came with the head. Its length has a bound.
fn body(stream: &mut TcpStream, mut begun: Vec<u8>, length: usize, deadline: Instant) -> Result<Vec<u8>, u16> {
    let mut piece = [0; 2048];
    while begun.len() < length {
        match read_until(stream, deadline, &mut piece) {
            Some(0) => return Err(400),
            Some(got) => begun.extend_from_slice(&piece[..got]),
            None => return Err(408),
        }
    }
    begun.truncate(length);
    Ok(begun)
}

/// Takes what a refused client goes on to say, up to a bound.
pub(super) fn forget(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let deadline = Instant::now() + REST_TIME;
    let mut piece = [0; 2048];
    let mut rest = REST;
    while let Some(length @ 1..) = read_until(stream, deadline, &mut piece) {
        rest = rest.saturating_sub(length);
        if rest == 0 {
            break;
        }
    }
}

/// How many bytes came; `None` when none did in the time.
fn read_until(stream: &mut TcpStream, deadline: Instant, piece: &mut [u8]) -> Option<usize> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return None;
    }
    stream.set_read_timeout(Some(left)).ok()?;
    stream.read(piece).ok()
}
