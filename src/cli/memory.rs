//! Memory that a large piece of work has freed goes back to the system at once.

/// Gives back what this thread has freed. Building a snapshot passes through several times its size;
/// an allocator keeps that for the next time, which for a server may be next month.
#[expect(
    unsafe_code,
    reason = "a call into the allocator that the binary is built with; it takes no pointers"
)]
pub(super) fn give_back() {
    // SAFETY: `mi_collect` may be called from any thread at any time; it only frees empty pages.
    unsafe { libmimalloc_sys::mi_collect(true) }
}
