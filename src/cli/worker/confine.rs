//! What a worker takes from itself before it looks at anything of a book.

use super::{Order, threads};
use crate::cli::parent;
use crate::message::Message;

/// What holds a process back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Confined {
    /// Nothing.
    Not,
    /// Only limits on memory and time, if those.
    Limits,
    /// Also Landlock, of a kernel that does not know all of it.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "Landlock is Linux's"))]
    Partly,
    /// Also Landlock, whole.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "Landlock is Linux's"))]
    Wholly,
}

impl Confined {
    pub(in crate::cli) fn message(self) -> Message {
        match self {
            Confined::Not => msg!("no limits and all rights"),
            Confined::Limits => msg!("limits on memory and time alone; this system has no Landlock"),
            Confined::Partly => msg!("limits on memory and time, and Landlock as far as this kernel has it"),
            Confined::Wholly => msg!("limits on memory and time, and Landlock"),
        }
    }
}

/// Confines this process, whose only thread calls it.
pub(super) fn confine(order: &Order) -> Confined {
    parent::end_with_parent();
    // What the system says of processors stands in files that are out of reach afterwards.
    let processors = threads::processors();
    if order.unconfined {
        threads::share(processors);
        return Confined::Not;
    }
    limit(order);
    let confined = lock_in(order);
    threads::share(processors);
    confined
}

#[cfg(unix)]
fn limit(order: &Order) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set = |resource, most| {
        // A limit of the system that is lower stays.
        let _ = setrlimit(resource, Rlimit { current: most, maximum: most });
    };
    // Memory that is written to. Addresses that are only set aside cost nothing, and every thread sets many aside.
    if order.memory.is_some() {
        set(Resource::Data, order.memory);
    }
    if order.cpu.is_some() {
        set(Resource::Cpu, order.cpu);
    }
    set(Resource::Core, Some(0));
    // No file gets a byte, also where there is no Landlock.
    set(Resource::Fsize, Some(0));
}

#[cfg(not(unix))]
fn limit(_: &Order) {}

#[cfg(not(target_os = "linux"))]
fn lock_in(_: &Order) -> Confined {
    Confined::Limits
}

/// Reads what the order says and nothing else; writes, runs and connects to nothing.
#[cfg(target_os = "linux")]
fn lock_in(order: &Order) -> Confined {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
        path_beneath_rules,
    };
    let abi = ABI::V6;
    let locked = || {
        Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .scope(Scope::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(&order.reads, AccessFs::ReadFile | AccessFs::ReadDir))?
            .restrict_self()
    };
    match locked().map(|status| status.ruleset) {
        Ok(RulesetStatus::FullyEnforced) => Confined::Wholly,
        Ok(RulesetStatus::PartiallyEnforced) => Confined::Partly,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Confined::Limits,
    }
}
