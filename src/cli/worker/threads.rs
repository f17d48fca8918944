//! Threads, of which a system may have no more to give.

use std::io;
use std::thread::{self, JoinHandle};

/// Starts a thread.
///
/// # Errors
/// What the system says where it starts none.
pub(in crate::cli) fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
    thread::Builder::new().spawn(work)
}

/// Has the library's loops run on so many threads, or on this one alone where the system starts no other.
pub(super) fn share(processors: usize) {
    let pool = rayon::ThreadPoolBuilder::new();
    let another = start(|| {}).and_then(|thread| thread.join().map_err(|_| io::ErrorKind::Other.into()));
    // It fails only where there is a pool already, which does as well.
    let _ = match another {
        Ok(()) => pool.num_threads(processors).build_global(),
        Err(_) => pool.num_threads(1).use_current_thread().build_global(),
    };
}
