//! `/screenings`: computed, kept, found again, by whom; and what never shows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use onemap::model::Audience;
use onemap::query::{Past, PastFault, World};
use onemap::report::{Kept, Shelf, ShelfFault, hash};
use onemap::say;
use onemap::text::{Key, Problem};
use serde_json::{Value, json};

use super::client::{ask, get, post};
use super::worlds::{House, world};

/// The middle of the first parcel.
pub(crate) const MIDDLE: &str = "/screenings?lon=116.305&lat=39.805&planned=0701";

/// A shelf in memory.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    kept: Mutex<BTreeMap<(Audience, String), Kept>>,
    /// What happens instead of keeping.
    pub(crate) fails: Option<fn() -> ShelfFault>,
}

impl Shelf for Memory {
    fn keep(&self, world: &World, report: &Kept) -> Result<(), ShelfFault> {
        if let Some(fault) = self.fails {
            return Err(fault());
        }
        let key = (world.audience, report.id.clone());
        self.kept.lock().unwrap().insert(key, report.clone());
        Ok(())
    }

    fn kept(&self, audience: Audience, id: &str, _: Timestamp) -> Result<Option<Kept>, ShelfFault> {
        let kept = self.kept.lock().unwrap();
        Ok(kept.get(&(audience, id.to_owned())).cloned())
    }
}

/// A past that begins with 2025 and always was as revision 1 is.
#[derive(Debug)]
struct Before;

impl Past for Before {
    fn world_at(
        &self,
        audience: Audience,
        moment: Timestamp,
        now: Timestamp,
    ) -> Result<Arc<World>, PastFault> {
        if moment > now {
            Err(PastFault::Future)
        } else if moment < "2025-01-01T00:00:00Z".parse().unwrap() {
            Err(PastFault::BeforeFirst)
        } else {
            Ok(Arc::new(world(audience, 1)))
        }
    }
}

/// A server that keeps reports and knows the past.
pub(crate) fn keeping(fails: Option<fn() -> ShelfFault>) -> House {
    House::with(|settings| {
        settings.past = Some(Arc::new(Before));
        settings.shelf = Some(Arc::new(Memory {
            fails,
            ..Memory::default()
        }));
    })
}

/// A body that asks for the first parcel by its outline.
pub(crate) fn drawn() -> Value {
    json!({
        "parcel": {"geometry": {"type": "Polygon", "coordinates": [[
            [116.3, 39.8], [116.31, 39.8], [116.31, 39.81], [116.3, 39.81], [116.3, 39.8]
        ]]}},
        "planned_use": "0701",
    })
}

#[test]
fn a_screening_is_computed_and_nothing_is_kept() {
    let house = keeping(None);
    let reply = get(house.public, MIDDLE);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    assert!(reply.header("vary").contains("Accept"));
    let screening = reply.json();
    assert_eq!(screening["id"], Value::Null);
    assert_eq!(screening["made_at"], "2025-07-01T08:00:00Z");
    assert_eq!(screening["valid_on"], "2025-07-01");
    assert_eq!(screening["audience"], "public");
    assert_eq!(screening["planned_use"]["code"], "0701");
    assert_eq!(screening["parcel"]["feature"], 1);
    assert_eq!(hash(screening.clone()).unwrap(), screening["hash"]);

    let again = get(house.public, MIDDLE);
    assert_eq!(again.body, reply.body);
    let tag = [("If-None-Match", reply.header("etag"))];
    assert_eq!(ask(house.public, "GET", MIDDLE, &tag).status, 304);
    let drawn = post(house.public, "/screenings?keep=no", &drawn().to_string());
    assert_eq!(drawn.status, 200);
    assert_eq!(drawn.header("location"), "");
    let drawn = drawn.json();
    assert_eq!(
        (&drawn["id"], &drawn["parcel"]["feature"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(drawn["parcel"]["area_m2"], screening["parcel"]["area_m2"]);
    assert_eq!(drawn["findings"], screening["findings"]);
    house.close();
}

#[test]
fn to_a_browser_a_screening_is_a_page_in_its_language_that_loads_nothing() {
    let house = keeping(None);
    let html = [("Accept", "text/html,*/*;q=0.8")];
    for (lang, word) in [("zh", "未知事项"), ("en", "What is not known")] {
        let reply = ask(house.public, "GET", &format!("{MIDDLE}&lang={lang}"), &html);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.header("content-language"), lang);
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"));
        assert!(String::from_utf8(reply.plain()).unwrap().contains(word));
    }
    house.close();
}

#[test]
fn a_kept_report_is_found_by_its_name_by_those_who_made_it_and_by_nobody_else() {
    let house = keeping(None);
    let made = post(house.department, "/screenings", &drawn().to_string());
    assert_eq!(made.status, 201, "{}", made.json());
    let screening = made.json();
    let id = screening["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 32);
    assert_eq!(
        made.header("location"),
        format!("http://map.example/screenings/{id}")
    );
    for path in [
        format!("/screenings/{id}"),
        format!("/screenings/{id}.json"),
    ] {
        let found = get(house.department, &path);
        assert_eq!((found.status, found.json()), (200, screening.clone()));
        let foreign = get(house.public, &path);
        let foreign = foreign.problem(404, "unknown-screening");
        let nothing = get(house.public, "/screenings/0123456789abcdef0123456789abcdef");
        let nothing = nothing.problem(404, "unknown-screening");
        assert_eq!(
            foreign.replace(&id, "…"),
            nothing.replace("0123456789abcdef0123456789abcdef", "…")
        );
    }
    let page = get(house.department, &format!("/screenings/{id}.html?lang=en"));
    let text = String::from_utf8(page.plain()).unwrap();
    assert!(text.contains(screening["hash"].as_str().unwrap()) && text.contains(&id));
    let as_asked = [("Accept", "text/html")];
    let negotiated = ask(
        house.department,
        "GET",
        &format!("/screenings/{id}?lang=en"),
        &as_asked,
    );
    assert_eq!(negotiated.plain(), page.plain());
    get(house.department, &format!("/screenings/{id}.pdf")).problem(404, "not-found");
    for no_name in ["x", "..", "0123456789ABCDEF0123456789ABCDEF", "%00", "ﬁ"] {
        let reply = get(house.public, &format!("/screenings/{no_name}"));
        assert_eq!(reply.status, 404, "{no_name}");
    }
    house.close();
}

#[test]
fn a_report_that_cannot_be_kept_says_why_and_can_be_computed_all_the_same() {
    type Fails = fn() -> ShelfFault;
    let cases: [(Fails, u16, &str); 4] = [
        (|| ShelfFault::TooMany, 507, "too-many-reports"),
        (
            || ShelfFault::NoRoom(Problem::new(say!(Key::HttpBusy))),
            507,
            "no-room",
        ),
        (
            || ShelfFault::Busy(Problem::new(say!(Key::HttpBusy))),
            503,
            "store-busy",
        ),
        (
            || ShelfFault::Broken(Problem::new(say!(Key::HttpBusy))),
            503,
            "store-busy",
        ),
    ];
    for (fault, status, slug) in cases {
        let house = keeping(Some(fault));
        let refused = post(house.public, "/screenings?lang=en", &drawn().to_string());
        let said = refused.problem(status, slug);
        assert!(said.contains("keep=no"), "{said}");
        assert_eq!(refused.header("retry-after").is_empty(), status != 503);
        let computed = post(house.public, "/screenings?keep=no", &drawn().to_string());
        assert_eq!(computed.status, 200);
        house.close();
    }
    let house = House::open();
    let none = post(house.public, "/screenings", &drawn().to_string());
    none.problem(501, "nothing-is-kept");
    house.close();
}

#[test]
fn a_moment_is_one_of_those_on_record() {
    let house = keeping(None);
    let at = |moment: &str| get(house.public, &format!("{MIDDLE}&lang=en&as_of={moment}"));
    let then = at("2025-06-30").json();
    // The end of the day in the district, eight hours east of Greenwich.
    assert_eq!(then["as_of"], "2025-06-30T15:59:59Z");
    assert_eq!(then["valid_on"], "2025-06-30");
    assert_eq!(
        at("2025-06-30T01:00:00%2B08:00").json()["as_of"],
        "2025-06-29T17:00:00Z"
    );
    assert_eq!(at("2025-07-01").json()["as_of"], "2025-07-01T08:00:00Z");
    for (moment, word) in [
        ("2025-07-02", "not yet to come"),
        ("2031-01-01T00:00:00Z", "not yet to come"),
        ("2024-12-31", "nothing was on record"),
        ("yesterday", "2025-06-30"),
        ("2025-13-01", "2025-06-30"),
        ("2025", "2025-06-30"),
        ("", "2025-06-30"),
    ] {
        let said = at(moment).problem(400, "bad-parameter");
        assert!(said.contains(word), "{moment}: {said}");
    }
    house.close();
}

#[test]
fn the_options_are_the_uses_and_profiles_there_are() {
    let house = House::open();
    let options = get(house.public, "/screenings/options");
    assert!(!options.header("etag").is_empty());
    let options = options.json();
    let systems = options["systems"].as_array().unwrap();
    let default = systems
        .iter()
        .find(|system| system["id"] == options["default_system"])
        .unwrap();
    let uses = default["uses"].as_array().unwrap();
    let housing = uses.iter().find(|one| one["code"] == "0701").unwrap();
    assert_eq!(housing["parent"], "07");
    // What a list says, not how its codes begin: A33 may stand below A, and 1001 below nothing.
    for system in systems {
        let list = format!("layers/codes/{}.csv", system["id"].as_str().unwrap());
        let text = std::fs::read_to_string(list).unwrap();
        for one in system["uses"].as_array().unwrap() {
            let (code, parent) = (one["code"].as_str().unwrap(), one["parent"].as_str());
            let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let row = rows
                .records()
                .map(Result::unwrap)
                .find(|row| &row[0] == code);
            assert_eq!(row.unwrap()[3], *parent.unwrap_or_default(), "{code}");
        }
    }
    let profiles = options["profiles"].as_array().unwrap();
    assert!(
        profiles
            .iter()
            .any(|one| one["id"] == options["default_profile"])
    );
    house.close();
}

#[test]
fn hidden_content_never_changes_a_public_byte_of_a_screening() {
    // What only departments see of these worlds hangs on the revision; the public's parcels do, too,
    // in a field, so the parcels are left out of what is compared: their version is theirs.
    let house = keeping(None);
    let said = |revision: i64| {
        let mut public = world(Audience::Public, 1);
        let other = world(Audience::Public, revision);
        for id in ["wells", "samples", "works", "secret"] {
            if let Some(layer) = other.layers.get(id) {
                let layer = Arc::clone(layer);
                public.layers.insert(layer.view().id.clone(), layer);
            }
        }
        house.public_world.store(Some(Arc::new(public)));
        let page = [("Accept", "text/html")];
        [
            get(house.public, MIDDLE).body,
            get(
                house.public,
                &MIDDLE.replace("116.305&lat=39.805", "116.405&lat=39.905"),
            )
            .body,
            ask(house.public, "GET", MIDDLE, &page).body,
            post(house.public, "/screenings?keep=no", &drawn().to_string()).body,
        ]
    };
    let first = said(1);
    for revision in [2, 3, 17] {
        assert_eq!(said(revision), first, "revision {revision}");
    }
    house.close();
}
