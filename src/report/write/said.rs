//! The sentences of a document: codes in words, in both languages.

use crate::assess::answer::{Reason, State};
use crate::model::{Ring, Verdict};
use crate::report::document::Words;
use crate::say;
use crate::text::{Key, Lang, Message};

/// A message in both languages.
pub(super) fn words(message: &Message) -> Words {
    in_each(|lang| message.in_lang(lang))
}

/// Words made for each language.
pub(super) fn in_each(say: impl Fn(Lang) -> String) -> Words {
    Words {
        zh: say(Lang::Zh),
        en: say(Lang::En),
    }
}

/// What a verdict means, and that more is not known where more is not known.
pub(super) fn verdict(verdict: Verdict, complete: bool) -> Words {
    let sentence = say!(match verdict {
        Verdict::Prohibited => Key::ReportVerdictProhibited,
        Verdict::ConstructionBarred => Key::ReportVerdictConstructionBarred,
        Verdict::SurveyRequired => Key::ReportVerdictSurveyRequired,
        Verdict::Attention => Key::ReportVerdictAttention,
        Verdict::Incomplete => Key::ReportVerdictIncomplete,
        Verdict::NoKnownTrigger => Key::ReportVerdictNoKnownTrigger,
    });
    if complete || verdict == Verdict::Incomplete {
        words(&sentence)
    } else {
        words(&say!(Key::ReportVerdictNotComplete).with_why(sentence))
    }
}

/// A ring in words.
pub(super) fn ring(ring: Ring) -> Message {
    match ring {
        Ring::OnSite => say!(Key::ReportRingOnSite),
        Ring::Adjoining => say!(Key::ReportRingAdjoining),
        Ring::Within(metres) => say!(Key::ReportRingWithin, metres = metres),
    }
}

/// What is known of something that was looked for, and why no more.
pub(super) fn known(state: State, reason: Option<Reason>, found: usize) -> Words {
    let sentence = match (state, reason) {
        (State::Found, None) => say!(Key::ReportKnownFound, count = found),
        (State::Found, Some(_)) => say!(Key::ReportKnownFoundBut, count = found),
        (State::NoneFound, _) => say!(Key::ReportKnownNone),
        (State::PartlyKnown, None) => say!(Key::ReportKnownPartly),
        (State::PartlyKnown, Some(_)) => say!(Key::ReportKnownPartlyBut),
        (State::NotKnown, None) => say!(Key::ReportKnownNot),
        (State::NotKnown, Some(_)) => say!(Key::ReportKnownNotBut),
    };
    match reason {
        Some(why) => words(&sentence.with_why(reason_words(why))),
        None => words(&sentence),
    }
}

/// Why something is not known.
fn reason_words(reason: Reason) -> Message {
    say!(match reason {
        Reason::HeldByAuthority => Key::ReportReasonHeldByAuthority,
        Reason::NotLoaded => Key::ReportReasonNotLoaded,
        Reason::NoCoverage => Key::ReportReasonNoCoverage,
        Reason::OutsideCoverage => Key::ReportReasonOutsideCoverage,
        Reason::TooOld => Key::ReportReasonTooOld,
        Reason::BeyondDistrict => Key::ReportReasonBeyondDistrict,
        Reason::Position => Key::ReportReasonPosition,
        Reason::Value => Key::ReportReasonValue,
        Reason::Use => Key::ReportReasonUse,
        Reason::Measurement => Key::ReportReasonMeasurement,
    })
}
