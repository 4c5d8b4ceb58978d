//! The first page: the verdict, what is not known, the parcel; and the last: on what it all rests.

use super::{Lines, Page, labels, metres, percent, square_metres};
use crate::report::document::{Document, Words};
use crate::text::Key;

impl Page {
    /// Verdict, completeness, number and validity.
    pub(super) fn summary(&mut self, document: &Document) {
        self.raw("<header>");
        if document.demonstration {
            let mark = self.key(Key::ReportDemonstration);
            self.element("<p class=\"mark\">", &mark, "</p>");
        }
        let title = self.title(document);
        self.element("<h1>", &title, "</h1>");
        let publisher = self.words(&document.district.publisher);
        let line = format!("{} · {publisher}", self.words(&document.district.name));
        self.element("<p class=\"dim\">", &line, "</p>");
        let label = self.key(labels::verdict(document.verdict));
        self.raw("<div class=\"verdict\">");
        self.element("<strong>", &label, "</strong>");
        self.element("", self.in_page(&document.verdict_sentence).as_str(), "");
        self.raw("</div>");
        let complete = self.key(if document.complete {
            Key::ReportComplete
        } else {
            Key::ReportNotComplete
        });
        let kept: Lines = document.id.iter().cloned().collect();
        let as_of = match &document.as_of {
            Some(moment) => moment.clone(),
            None => self.key(Key::ReportPresent),
        };
        let audience = self.key(labels::audience(document.audience));
        let contact: Lines = document.district.contact.iter().cloned().collect();
        self.list_of(vec![
            (Key::ReportCompleteness, vec![complete]),
            (Key::ReportNumber, vec![document.report_number.clone()]),
            (Key::ReportKeptAs, kept),
            (Key::ReportValidUntil, vec![document.valid_until.clone()]),
            (Key::ReportMadeAt, vec![document.made_at.clone()]),
            (Key::ReportValidOn, vec![document.valid_on.clone()]),
            (Key::ReportAsOf, vec![as_of]),
            (Key::ReportAudience, vec![audience]),
            (Key::ReportContact, contact),
        ]);
        self.raw("</header>");
    }

    fn in_page(&self, words: &Words) -> String {
        self.words(words).to_owned()
    }

    /// What is not known: before everything that is.
    pub(super) fn not_known(&mut self, document: &Document) {
        self.raw("<section>");
        self.heading(Key::ReportHeadUnknown);
        let sentences: Lines = document
            .unknowns
            .iter()
            .map(|unknown| match &unknown.rule {
                Some(rule) => format!("{} ({rule})", self.words(&unknown.sentence)),
                None => self.in_page(&unknown.sentence),
            })
            .collect();
        if sentences.is_empty() && document.unplaced.is_empty() {
            self.note(Key::ReportNothingUnknown);
        }
        self.bullets(&sentences);
        if !document.unplaced.is_empty() {
            self.note(Key::ReportUnplacedNote);
            let rows = document.unplaced.iter().map(|unplaced| {
                vec![
                    vec![self.in_page(&unplaced.layer_title)],
                    vec![named(&unplaced.name, unplaced.feature)],
                    vec![metres(unplaced.precision_m)],
                ]
            });
            let rows = rows.collect();
            self.table(
                Key::ReportHeadUnplaced,
                &[Key::ReportLayer, Key::ReportName, Key::ReportPrecision],
                rows,
            );
        }
        self.raw("</section>");
    }

    /// The parcel and its uses.
    pub(super) fn parcel(&mut self, document: &Document) {
        let (parcel, planned) = (&document.parcel, &document.planned_use);
        self.raw("<section>");
        self.heading(Key::ReportHeadParcel);
        let registered: Lines = parcel
            .registered_area_m2
            .map(square_metres)
            .into_iter()
            .collect();
        let current = match (&parcel.current_use, parcel.current_use_origin) {
            (Some(current), Some(origin)) => {
                vec![self.land_use(current), self.key(labels::origin(origin))]
            }
            (Some(current), None) => vec![self.land_use(current)],
            (None, _) => vec![self.key(Key::ReportCurrentByMap)],
        };
        let mut uses: Lines = Vec::new();
        if let (Some(system), Some(code)) = (&planned.system, &planned.code) {
            uses.push(self.use_of(system, code, planned.title.as_ref()));
        }
        uses.extend(planned.also.iter().map(|also| self.land_use(also)));
        uses.push(self.key(labels::origin(planned.origin)));
        let mut class = vec![self.key(labels::class(document.limit_class.class))];
        if document.limit_class.assumed {
            class.push(self.key(Key::ReportClassAssumed));
        }
        let trigger = self.key(labels::trigger(document.survey_trigger));
        self.list_of(vec![
            (Key::ReportParcelId, parcel.id.iter().cloned().collect()),
            (Key::ReportArea, vec![square_metres(parcel.area_m2)]),
            (Key::ReportRegisteredArea, registered),
            (Key::ReportPartCount, vec![parcel.parts.to_string()]),
            (Key::ReportCurrentUse, current),
            (Key::ReportPlannedUse, uses),
            (Key::ReportSurveyTrigger, vec![trigger]),
            (Key::ReportLimitClass, class),
            (Key::ReportUseBasis, self.basis_lines(&planned.basis)),
        ]);
        self.raw("</section>");
    }

    /// What a use's meaning rests on, and that it is our own where it is.
    fn basis_lines(&self, basis: &[String]) -> Lines {
        let lines = basis.iter().filter(|line| !line.is_empty());
        lines
            .map(|line| {
                if line == crate::layer::OWN_DERIVATION {
                    self.key(Key::ReportOwnDerivation)
                } else {
                    line.clone()
                }
            })
            .collect()
    }

    /// Former parcels of the same ground.
    pub(super) fn lineage(&mut self, document: &Document) {
        if document.parcel.lineage.is_empty() {
            return;
        }
        self.raw("<section>");
        self.heading(Key::ReportHeadLineage);
        let rows = document.parcel.lineage.iter().map(|former| {
            let land_use = former.land_use.as_ref().map(|one| self.land_use(one));
            let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "–".to_owned());
            vec![
                vec![named(&former.name, former.feature)],
                vec![self.or_unknown(land_use)],
                vec![format!("{} … {}", day(&former.from), day(&former.to))],
                vec![percent(former.covers_share)],
            ]
        });
        let rows = rows.collect();
        self.table(
            Key::ReportLineageCaption,
            &[
                Key::ReportName,
                Key::ReportLandUse,
                Key::ReportPeriod,
                Key::ReportCovers,
            ],
            rows,
        );
        self.raw("</section>");
    }

    /// The layers, rules and profile it rests on, and what seals it.
    pub(super) fn basis(&mut self, document: &Document) {
        self.raw("<section>");
        self.heading(Key::ReportHeadBasis);
        let rows = document.provenance.iter().map(|layer| {
            let mut title = vec![self.in_page(&layer.title)];
            if layer.demonstration {
                title.push(self.key(Key::ReportDemonstrationLayer));
            }
            vec![
                title,
                vec![self.in_page(&layer.publisher), layer.licence.clone()],
                vec![layer.updated.clone()],
                vec![layer.version.clone()],
            ]
        });
        let rows = rows.collect();
        self.table(
            Key::ReportProvenanceCaption,
            &[
                Key::ReportLayer,
                Key::ReportPublisher,
                Key::ReportUpdated,
                Key::ReportVersion,
            ],
            rows,
        );
        let (rules, profile) = (&document.rules, &document.profile);
        let mut set: Lines = rules
            .title
            .iter()
            .map(|title| self.in_page(title))
            .collect();
        set.push(match rules.version {
            Some(version) => format!("{} {version}", rules.id),
            None => rules.id.clone(),
        });
        set.extend(rules.notes.iter().map(|note| self.in_page(note)));
        let rings: Vec<String> = profile.rings_m.iter().map(ToString::to_string).collect();
        let age: Lines = profile
            .survey_age_years
            .iter()
            .map(ToString::to_string)
            .collect();
        self.list_of(vec![
            (Key::ReportRules, set),
            (Key::ReportRulesDigest, vec![rules.digest.clone()]),
            (
                Key::ReportProfile,
                vec![
                    self.in_page(&profile.title),
                    format!("{} {}", profile.id, profile.version),
                    self.in_page(&profile.note),
                ],
            ),
            (Key::ReportRings, vec![format!("{} m", rings.join(", "))]),
            (Key::ReportRoadWidth, vec![metres(profile.road_width_m)]),
            (
                Key::ReportSliverBelow,
                vec![square_metres(profile.sliver_m2)],
            ),
            (
                Key::ReportLeastOnSite,
                vec![percent(profile.least_share_on_site)],
            ),
            (
                Key::ReportLeastRings,
                vec![percent(profile.least_share_rings)],
            ),
            (Key::ReportSurveyAge, age),
            (Key::ReportBackground, vec![profile.background.clone()]),
            (Key::ReportEngine, vec![document.engine.clone()]),
            (Key::ReportRevision, vec![document.revision.clone()]),
            (Key::ReportHash, vec![document.hash.clone()]),
        ]);
        self.note(Key::ReportLast);
        self.raw("</section>");
    }
}

/// A feature's name, or its number.
pub(super) fn named(name: &str, feature: i64) -> String {
    if name.is_empty() {
        feature.to_string()
    } else {
        name.to_owned()
    }
}
