//! A screening made by hand, with something of everything in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{MultiPolygon, polygon};
use jiff::civil::date;
use onemap::assess::answer::{
    Change, Exceeds, Finding, Former, FoundFeature, FromUse, IndexValue, LayerState, LayerUsed,
    Passed, Reason, RingState, SampleValue, Screening, State, ThemeState, Unknown, Unplaced,
};
use onemap::assess::question::{Meaning, Parcel, ParcelRecord, Planned, PlannedOrigin, Question};
use onemap::index::DistrictView;
use onemap::layer::book::limits::Substance;
use onemap::layer::book::rules::{Read, Rule, RuleKind, RuleSet};
use onemap::layer::book::{Limits, Profile};
use onemap::layer::{Book, CodeList, Levels, SoilClass, SurveyTrigger};
use onemap::model::{Audience, CodedUse, FeatureId, LayerId, Period, Ring, Theme, Verdict};
use onemap::report::{Around, Document};
use onemap::say;
use onemap::text::{Bilingual, Key};

use crate::support::both;

/// Chinese and English words.
pub(crate) fn said(zh: &str, en: &str) -> Bilingual {
    Bilingual {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

pub(crate) fn layer(id: &str) -> LayerId {
    LayerId::parse(id).unwrap()
}

pub(crate) fn coded(system: &str, code: &str) -> CodedUse {
    CodedUse {
        system: system.to_owned(),
        code: code.to_owned(),
    }
}

/// The document of a screening, made at a fixed moment.
pub(crate) fn document(screening: &Screening) -> Document {
    let (book, district) = (book(), district());
    let around = Around {
        audience: Audience::Public,
        district: &district,
        book: &book,
        id: None,
        made_at: "2025-07-01T08:00:00Z".parse().unwrap(),
    };
    Document::of(screening, &around).unwrap()
}

pub(crate) fn district() -> DistrictView {
    DistrictView {
        name: said("朝阳区", "Chaoyang"),
        code: Some("110105".to_owned()),
        map_review_number: String::new(),
        publisher: both("OneMap"),
        contact: Some("map@example.org".to_owned()),
        boundary: layer("boundary"),
        subdistricts: None,
        time_zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
    }
}

pub(crate) fn book() -> Book {
    let entries: BTreeMap<String, Bilingual> = [
        ("0701", said("城镇住宅用地", "Urban residential land")),
        ("1001", said("工业用地", "Industrial land")),
    ]
    .map(|(code, words)| (code.to_owned(), words))
    .into();
    let uses = CodeList {
        name: "ydyh-2023".to_owned(),
        path: PathBuf::from("ydyh-2023.csv"),
        entries,
        own_derivations: [].into(),
        parents: BTreeMap::default(),
        levels: Levels::of(&["0701", "1001"], &BTreeMap::new()),
        lines: BTreeMap::new(),
    };
    let lead = Substance {
        symbol: "Pb".to_owned(),
        name: said("铅", "Lead"),
        cas: Some("7439-92-1".to_owned()),
    };
    Book {
        rule_sets: BTreeMap::from([(
            "national".to_owned(),
            Arc::new(RuleSet {
                id: "national".to_owned(),
                version: 3,
                title: said("国家规定", "National rules"),
                notes: vec![said("以 2019 年文本为准", "As of the text of 2019")],
                rules: vec![rule("R1", RuleKind::Trigger)],
            }),
        )]),
        limits: Arc::new(Limits {
            substances: BTreeMap::from([("Pb".to_owned(), lead)]),
            ..Limits::default()
        }),
        systems: BTreeMap::from([("ydyh-2023".to_owned(), Arc::new(uses))]),
        default_system: "ydyh-2023".to_owned(),
        digest: "d".repeat(64),
        ..Book::default()
    }
}

pub(crate) fn rule(id: &str, kind: RuleKind) -> Arc<Rule> {
    Arc::new(Rule {
        id: id.to_owned(),
        version: 2,
        kind,
        title: said("变更为住宅", "Change to housing"),
        sentence: said(
            "变更为住宅的，先调查。",
            "A change to housing wants a survey.",
        ),
        article: said("《土壤污染防治法》第五十九条", "Soil Law, article 59"),
        source: "the law as promulgated".to_owned(),
        read: Read::Secondary,
        subject: None,
        condition: None,
        verdict: Some(Verdict::SurveyRequired),
        pollutant_source: None,
        pathway: None,
        receptor: None,
        next_step: Some(said("委托开展调查。", "Commission the survey.")),
        deadline: Some(said("变更前", "before the change")),
        follows: Vec::new(),
        examples: Vec::new(),
    })
}

fn profile() -> Profile {
    Profile {
        id: "local".to_owned(),
        version: 1,
        title: said("本地做法", "Local practice"),
        note: said("500 米为本地做法", "500 m is local practice"),
        rings_m: vec![500, 1000],
        road_width_m: 40.0,
        road_uses: BTreeMap::new(),
        sliver_m2: 1.0,
        precise_to_m: 10.0,
        least_share_on_site: 1.0,
        least_share_rings: 0.9,
        survey_age_years: None,
        valid_days: 180,
        rules: "national".to_owned(),
        background: "beijing".to_owned(),
        leave_out: [].into(),
    }
}

fn square(west: f64, side: f64) -> MultiPolygon<f64> {
    let (south, east) = (39.9, west + side);
    // Drawn clockwise, which GeoJSON may not show.
    MultiPolygon::new(vec![polygon![
        (x: west, y: south), (x: west, y: south + side), (x: east, y: south + side),
        (x: east, y: south)
    ]])
}

fn question() -> Question {
    Question {
        parcel: Parcel {
            geometry: square(116.4, 0.001),
            record: Some(ParcelRecord {
                layer: layer("parcels"),
                feature: FeatureId(7),
                name: "P-0007 <b>&\"'".to_owned(),
                registered_area_m2: Some(9500.004),
                current_use: Some(coded("ydyh-2023", "1001")),
                planned_use: None,
            }),
        },
        planned: Planned {
            uses: vec![coded("ydyh-2023", "0701"), coded("ydyh-2023", "0999")],
            origin: PlannedOrigin::Asked,
        },
        current: None,
        profile: Arc::new(profile()),
        as_of: None,
        valid_on: date(2025, 7, 1),
    }
}

fn ring(ring: Ring, covered: Option<f64>, cut: f64) -> RingState {
    RingState {
        ring,
        covered_share: covered,
        surveyed: covered.map(|_| "2025-06".to_owned()),
        cut_share: cut,
    }
}

fn themes() -> Vec<ThemeState> {
    let rings = vec![
        ring(Ring::OnSite, Some(1.0), 0.0),
        ring(Ring::Within(500), Some(0.654_321), 0.25),
    ];
    vec![
        ThemeState {
            theme: Theme::Soil,
            state: State::Found,
            reason: Some(Reason::OutsideCoverage),
            rings: rings.clone(),
            layers: vec![LayerState {
                layer: layer("sites"),
                title: said("污染源 <i>", "Sites <i>"),
                state: State::Found,
                reason: Some(Reason::OutsideCoverage),
                rings,
                found: 2,
            }],
        },
        ThemeState {
            theme: Theme::Water,
            state: State::NotKnown,
            reason: Some(Reason::HeldByAuthority),
            rings: Vec::new(),
            layers: vec![LayerState {
                layer: layer("wells"),
                title: said("水井", "Wells"),
                state: State::NotKnown,
                reason: Some(Reason::HeldByAuthority),
                rings: vec![ring(Ring::OnSite, None, 0.0)],
                found: 0,
            }],
        },
    ]
}

fn found(id: i64, place: Ring) -> FoundFeature {
    FoundFeature {
        layer: layer("sites"),
        id: FeatureId(id),
        name: format!("加油站 {id} <script>alert(1)</script>"),
        ring: place,
        possible: false,
        sliver: false,
        across_road: false,
        distance_m: 0.0,
        distance_interval_m: None,
        bearing: None,
        overlap_m2: None,
        overlap_share: None,
        valid: Period::default(),
    }
}

fn findings() -> Vec<Finding> {
    let fired = rule("R1", RuleKind::Trigger);
    let bare = Finding {
        rule: None,
        verdict: None,
        feature: None,
        inputs: Vec::new(),
        source: None,
        pathway: None,
        receptor: None,
        steps: Vec::new(),
        remarks: Vec::new(),
    };
    vec![
        Finding {
            rule: Some(Arc::clone(&fired)),
            verdict: fired.verdict,
            inputs: vec![("survey_trigger".to_owned(), "yes".to_owned())],
            source: Some(said("原工业", "The former works")),
            steps: vec![rule("R2", RuleKind::Procedure)],
            remarks: vec![say!(Key::ReportKnownNot)],
            ..bare.clone()
        },
        Finding {
            rule: Some(rule("R7", RuleKind::Trigger)),
            verdict: Some(Verdict::Attention),
            feature: Some(FoundFeature {
                possible: true,
                sliver: true,
                across_road: true,
                distance_m: 123.456,
                distance_interval_m: Some([0.0, 373.456]),
                bearing: Some(359.97),
                overlap_m2: Some(0.004_9),
                overlap_share: Some(0.000_049),
                valid: Period {
                    from: Some(date(2001, 2, 3)),
                    to: None,
                },
                ..found(3, Ring::Within(500))
            }),
            pathway: Some(said("地下水", "Groundwater")),
            receptor: Some(said("居民", "Residents")),
            ..bare.clone()
        },
        Finding {
            feature: Some(found(4, Ring::OnSite)),
            source: Some(said("该污染源", "The site")),
            ..bare
        },
    ]
}

fn samples() -> Vec<SampleValue> {
    let lead = SampleValue {
        layer: layer("samples"),
        id: FeatureId(11),
        name: "S-11".to_owned(),
        ring: Ring::OnSite,
        distance_m: 0.0,
        substance: "Pb".to_owned(),
        value: 0.1 + 1200.2,
        below_detection: false,
        unit: "mg/kg".to_owned(),
        recorded_unit: Some("g/kg".to_owned()),
        depth_m: Some([0.0, 0.2]),
        date: Some(date(2024, 5, 6)),
        standard: Some("GB 36600-2018"),
        screening: Some(400.0),
        intervention: Some(800.0),
        class: Some("I".to_owned()),
        ratio: Some((0.1 + 1200.2) / 400.0),
        exceeds: Exceeds::Intervention,
        verified: 2,
        remarks: vec![say!(Key::ReportKnownPartly)],
    };
    let cadmium = SampleValue {
        substance: "Cd".to_owned(),
        value: 0.05,
        below_detection: true,
        recorded_unit: None,
        depth_m: None,
        date: None,
        standard: None,
        screening: None,
        intervention: None,
        class: None,
        ratio: None,
        exceeds: Exceeds::NotKnown,
        verified: 0,
        remarks: Vec::new(),
        ..lead.clone()
    };
    vec![lead, cadmium]
}

/// A screening with something of everything in it; names hold what a page must escape.
pub(crate) fn screening() -> Screening {
    Screening {
        question: question(),
        area_m2: 9_487.654_321,
        parts: 1,
        meaning: Meaning {
            survey_trigger: SurveyTrigger::Yes,
            limit_class: SoilClass::I,
            class_assumed: true,
            basis: vec![
                "GB 36600-2018 4.1.1".to_owned(),
                "own derivation".to_owned(),
            ],
        },
        verdict: Verdict::SurveyRequired,
        complete: false,
        themes: themes(),
        findings: findings(),
        changes: vec![
            Change {
                from: FromUse::Use(coded("ydyh-2023", "1001")),
                to: vec![coded("ydyh-2023", "0701")],
                area_m2: 9_000.004,
                changes: Some(true),
            },
            Change {
                from: FromUse::NotMapped,
                to: Vec::new(),
                area_m2: 487.65,
                changes: None,
            },
        ],
        lineage: vec![Former {
            layer: layer("former"),
            id: FeatureId(2),
            name: "旧 2".to_owned(),
            land_use: Some(coded("ydyh-2023", "1001")),
            valid: Period {
                from: Some(date(1990, 1, 1)),
                to: Some(date(2010, 12, 31)),
            },
            covers_share: 2.0 / 3.0,
        }],
        samples: samples(),
        samples_passed: vec![Passed {
            ring: Ring::Within(500),
            samples: 3,
            values: 29,
        }],
        indices: vec![IndexValue {
            layer: layer("samples"),
            id: FeatureId(11),
            name: "S-11".to_owned(),
            index: "Igeo",
            substance: Some("Pb".to_owned()),
            value: 2.0_f64.sqrt(),
            grade: Some(said("中度", "moderate")),
            standard: None,
            background: Some("beijing".to_owned()),
            substances: vec!["Pb".to_owned()],
            verified: 1,
            remarks: Vec::new(),
        }],
        unplaced: vec![Unplaced {
            layer: layer("sites"),
            id: FeatureId(9),
            name: "某处".to_owned(),
            precision_m: 2500.0,
        }],
        unknowns: vec![
            Unknown {
                theme: Some(Theme::Water),
                layer: Some(layer("wells")),
                ring: Some(Ring::OnSite),
                rule: None,
                reason: Reason::HeldByAuthority,
                sentence: say!(Key::ReportReasonHeldByAuthority),
            },
            Unknown {
                theme: None,
                layer: None,
                ring: None,
                rule: Some("R9".to_owned()),
                reason: Reason::Use,
                sentence: say!(Key::ReportReasonUse),
            },
        ],
        layers: ["sites", "wells"].map(used).to_vec(),
    }
}

fn used(id: &str) -> LayerUsed {
    LayerUsed {
        layer: layer(id),
        title: said(&format!("{id} 层"), &format!("Layer {id}")),
        version: "0123456789abcdef".to_owned(),
        updated: "2025-06-30".to_owned(),
        publisher: both("The bureau"),
        licence: "CC-BY-4.0".to_owned(),
        demonstration: id == "sites",
    }
}
