//! The two sides of the privacy wall, as types.
//!
//! [`Exact`] wraps what the authority knows; [`Published`] what one audience may see. Only `publish`
//! turns the first into the second, and only `model`, `layer`, `store` and `publish` may name the
//! first (a test reads the sources). Neither can be serialised.

use super::Audience;

/// Something as precise as it was recorded. It stays inside `layer`, `store` and `publish`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exact<T>(T);

impl<T> Exact<T> {
    /// Marks something as exact.
    pub const fn new(inner: T) -> Self {
        Self(inner)
    }

    /// A look at it.
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// The thing itself, for the store that writes it or the wall that generalises it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// Something as one audience may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Published<T> {
    inner: T,
    audience: Audience,
}

impl<T> Published<T> {
    /// Marks something as fit for an audience: the task of `publish` alone.
    pub const fn new(inner: T, audience: Audience) -> Self {
        Self { inner, audience }
    }

    /// For whom.
    pub const fn audience(&self) -> Audience {
        self.audience
    }

    /// A look at it.
    pub const fn get(&self) -> &T {
        &self.inner
    }

    /// The thing itself.
    pub fn into_inner(self) -> T {
        self.inner
    }
}
