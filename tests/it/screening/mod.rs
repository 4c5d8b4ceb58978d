//! Screenings of small worlds that are written down in readable files, and what must hold of any.

mod case;
mod golden;
mod properties;
mod rules;
