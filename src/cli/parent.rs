//! Processes that end with the one that started them.

/// The system ends this process with the thread that started it; elsewhere than on Linux it ends with the pipe to it.
pub(super) fn end_with_parent() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}
