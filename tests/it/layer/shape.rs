//! Faults of syntax and shape: keys that nobody knows, that lack, of the wrong type.

use super::folder::Spoilt;

/// Each case puts one text in place of another in a good folder.
pub(super) const CASES: &[Spoilt] = &[
    Spoilt("layers/soil/sites.toml", r#"theme = "soil""#, "theme = "),
    Spoilt("layers/soil/sites.toml", r#"lat = "LAT""#, r#"lat = "LAT"#),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = ["site_id""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"role = "source"
"#,
        r#"role = "source"
role = "pathway"
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"crs = "GCJ-02""#,
        r#"csr = "GCJ-02""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"role = "source"
"#,
        r#"role = "source"
whatever = 1
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"role = "source"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"title = { zh = "污染源", en = "Pollution sites" }
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"title = { zh = "污染源", en = "Pollution sites" }"#,
        r#"title = { zh = "污染源" }"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"path = "seeds/sites.csv"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"name = "cd"
type = "number""#,
        r#"name = "cd""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"public_form = "full"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"licence = "CC0-1.0"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"public_form = "full""#,
        r#"public_form = "ful""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"public_form = "full""#,
        r#"public_form = "everything""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"public_form = "full""#,
        "public_form = true",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"updated = "2025-06-30""#,
        "updated = 2025-06-30",
    ),
    Spoilt("layers/soil/sites.toml", "max = 1000", r#"max = "1000""#),
    Spoilt("layers/soil/sites.toml", "max = 1000", "max = inf"),
    Spoilt("layers/soil/sites.toml", "minzoom = 8", "minzoom = 8.5"),
    Spoilt("layers/soil/sites.toml", "minzoom = 8", "minzoom = 256"),
    Spoilt("layers/soil/sites.toml", "minzoom = 8", "minzoom = -1"),
    Spoilt(
        "layers/soil/sites.toml",
        "required = true",
        r#"required = "yes""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = "contents""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        "fields = 7",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = [
  "site_id",
  7,
]"#,
    ),
    Spoilt(
        "layers/base/boundary.toml",
        r#"[identity]
fields = "content""#,
        r#"identity = "content""#,
    ),
    Spoilt(
        "layers/base/boundary.toml",
        r#"role = "context"
"#,
        r#"role = "context"
fields = "none"
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"points = "cluster""#,
        r#"points = "cluster"
cache_s = 4294967296"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"title = { zh = "镉", en = "Cadmium" }"#,
        r#"title = "Cadmium""#,
    ),
];
