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

/// How many threads there is work for at a time.
pub(super) fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Bytes of the stack of a thread for the library's loops. A thread that waits for another takes up work meanwhile, on top of what it
/// waits with: pages of one edition on those of the next.
const STACK: usize = 16 << 20;

/// Most bytes of all such stacks together: they count as data.
const STACKS: usize = 512 << 20;

/// Has the library's loops run on so many threads, or as many as the environment says, or on this one alone where the system starts no other.
pub(super) fn share(processors: usize) {
    // Of none it takes what the environment says.
    let threads = if std::env::var_os("RAYON_NUM_THREADS").is_some() { 0 } else { processors };
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK.min(STACKS / processors.max(1)));
    let another = start(|| {}).and_then(|thread| thread.join().map_err(|_| io::ErrorKind::Other.into()));
    // It fails only where there is a pool already, which does as well.
    let _ = match another {
        Ok(()) => pool.num_threads(threads).build_global(),
        Err(_) => pool.num_threads(1).use_current_thread().build_global(),
    };
}
