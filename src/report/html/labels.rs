//! What codes of a document are called on the page.

use super::Page;
use crate::report::document::{
    Audience, Exceeds, FromState, LandUse, LimitKind, Read, RuleKind, SoilClass, SurveyTrigger,
    UseOrigin, Verdict,
};
use crate::text::Key;

impl Page {
    /// A use: code, classification, meaning.
    pub(super) fn land_use(&self, land_use: &LandUse) -> String {
        self.use_of(&land_use.system, &land_use.code, land_use.title.as_ref())
    }

    pub(super) fn use_of(
        &self,
        system: &str,
        code: &str,
        title: Option<&crate::report::document::Words>,
    ) -> String {
        match title {
            Some(title) => format!("{code} {} ({system})", self.words(title)),
            None => format!("{code} ({system})"),
        }
    }
}

pub(super) const fn verdict(verdict: Verdict) -> Key {
    match verdict {
        Verdict::Prohibited => Key::ReportLabelProhibited,
        Verdict::ConstructionBarred => Key::ReportLabelConstructionBarred,
        Verdict::SurveyRequired => Key::ReportLabelSurveyRequired,
        Verdict::Attention => Key::ReportLabelAttention,
        Verdict::Incomplete => Key::ReportLabelIncomplete,
        Verdict::NoKnownTrigger => Key::ReportLabelNoKnownTrigger,
    }
}

pub(super) const fn audience(audience: Audience) -> Key {
    match audience {
        Audience::Public => Key::ReportLabelPublic,
        Audience::Department => Key::ReportLabelDepartment,
    }
}

pub(super) const fn read(read: Read) -> Key {
    match read {
        Read::Primary => Key::ReportReadPrimary,
        Read::Secondary => Key::ReportReadSecondary,
        Read::Recalled => Key::ReportReadRecalled,
    }
}

pub(super) const fn kind(kind: RuleKind) -> Key {
    match kind {
        RuleKind::Trigger => Key::ReportKindTrigger,
        RuleKind::Limit => Key::ReportKindLimit,
        RuleKind::Procedure => Key::ReportKindProcedure,
        RuleKind::Policy => Key::ReportKindPolicy,
    }
}

pub(super) const fn trigger(trigger: SurveyTrigger) -> Key {
    match trigger {
        SurveyTrigger::Yes => Key::ReportTriggerYes,
        SurveyTrigger::No => Key::ReportTriggerNo,
        SurveyTrigger::Unknown => Key::ReportUnknown,
    }
}

pub(super) const fn class(class: SoilClass) -> Key {
    match class {
        SoilClass::I => Key::ReportClassFirst,
        SoilClass::II => Key::ReportClassSecond,
        SoilClass::Unknown => Key::ReportUnknown,
    }
}

pub(super) const fn origin(origin: UseOrigin) -> Key {
    match origin {
        UseOrigin::Asked => Key::ReportOriginAsked,
        UseOrigin::Record => Key::ReportOriginRecord,
        UseOrigin::Unknown => Key::ReportOriginUnknown,
    }
}

pub(super) const fn from_state(state: FromState) -> Key {
    match state {
        FromState::Mapped => Key::ReportUnknown,
        FromState::NotMapped => Key::ReportNotMapped,
        FromState::MappedTwice => Key::ReportMappedTwice,
    }
}

pub(super) const fn changes(changes: Option<bool>) -> Key {
    match changes {
        Some(true) => Key::ReportChangesYes,
        Some(false) => Key::ReportChangesNo,
        None => Key::ReportUnknown,
    }
}

pub(super) const fn exceeds(exceeds: Exceeds) -> Key {
    match exceeds {
        Exceeds::Nothing => Key::ReportExceedsNothing,
        Exceeds::WithinBackground => Key::ReportExceedsWithinBackground,
        Exceeds::Screening => Key::ReportExceedsScreening,
        Exceeds::Intervention => Key::ReportExceedsIntervention,
        Exceeds::NotKnown => Key::ReportUnknown,
    }
}

pub(super) const fn limit_kind(kind: LimitKind) -> Key {
    match kind {
        LimitKind::Screening => Key::ReportLimitScreening,
        LimitKind::Intervention => Key::ReportLimitIntervention,
    }
}
