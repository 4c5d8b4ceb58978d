//! A screening as a document.

mod made;

mod document;
mod html;
