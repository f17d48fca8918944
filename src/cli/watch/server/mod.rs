//! The preview served to browsers of this machine, whoever else connects.
//!
//! A connection is one request and one answer, and a thread that ends with it. Everything that a client can make large or slow is bounded:
//! how many there are ([`crowd`]), their requests ([`request`]), the time for either.

mod answers;
mod crowd;
mod door;
mod request;
mod signing;

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::shared::Shared;
use crate::error::Error;
use crate::message;
use crate::preview::Answer;
use crate::project::Project;
use answers::Room;
use crowd::Crowd;
pub(super) use door::Address;
use door::Door;
pub(super) use signing::{Change, Verdict};

/// Bytes of a thread's stack: it reads a head and writes bytes.
const STACK: usize = 512 << 10;

/// How long nobody is let in when the system has no room for another connection.
const BREATH: Duration = Duration::from_millis(100);

/// Listens on the loopback interface alone, at the given port or a free one, and returns where the preview is.
///
/// # Errors
/// [`Error::Environment`] when the port is in use, or the system gives no random bytes.
pub(super) fn open(port: u16, shared: Arc<Shared>, project: Project) -> Result<Address, Error> {
    let fail = |why: io::Error| {
        Error::Environment(msg!("port {port} cannot be used: {reason}", port, reason = message::reason(&why)))
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
    let port = listener.local_addr().map_err(fail)?.port();
    let door = Arc::new(Door::new(port).map_err(fail)?);
    let address = Address::of(&door);
    let room = Arc::new(Room { door, shared, project });
    thread::spawn(move || receive(&listener, &room));
    Ok(address)
}

fn receive(listener: &TcpListener, room: &Arc<Room>) {
    let crowd = Arc::new(Crowd::default());
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            thread::sleep(BREATH);
            continue;
        };
        let Some(number) = crowd.comes(&stream) else { continue };
        let (room, of) = (Arc::clone(room), Arc::clone(&crowd));
        let serving = thread::Builder::new().stack_size(STACK).spawn(move || {
            let _ = catch_unwind(AssertUnwindSafe(|| serve(stream, number, &of, &room)));
            of.goes(number);
        });
        if serving.is_err() {
            crowd.goes(number);
        }
    }
}

fn serve(mut stream: TcpStream, number: u64, crowd: &Crowd, room: &Room) {
    let asked = request::read(&mut stream);
    // One that had to make room has been cut off.
    if !crowd.was_read(number) {
        return;
    }
    let head_alone = asked.as_ref().is_ok_and(|(asked, _)| asked.head_alone);
    let answer = match asked {
        Ok((asked, body)) => match crowd.is_answered() {
            Some(_place) => return answers::write(&mut stream, room.answer(&asked, &body), head_alone),
            None => Answer::refused(503),
        },
        // Nothing was said that can be answered.
        Err(0) => return,
        Err(status) => Answer::refused(status),
    };
    answers::write(&mut stream, answer, head_alone);
    request::forget(&mut stream);
}
