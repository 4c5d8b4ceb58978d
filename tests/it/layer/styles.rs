//! Faults of styles.

use super::folder::Spoilt;

/// Each case puts one text in place of another in a good folder.
pub(super) const CASES: &[Spoilt] = &[
    Spoilt(
        "layers/base/boundary.style.json",
        r#""id": "boundary-line","#,
        r#""id": "boundary-line""#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r"[
  {",
        r#"{
  "layers": [{"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""id": "boundary-line""#,
        r#""id": """#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#"    "id": "boundary-line",
"#,
        "",
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "line",
    "type": "line","#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "background","#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#"    "type": "line",
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""type": "circle""#,
        r#""type": "fill""#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""id": "sites-name""#,
        r#""id": "sites-circle""#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "line",
    "source-layer": "boundary","#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "line",
    "min-zoom": 3,"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "line",
    "ref": "x","#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""type": "line","#,
        r#""type": "line",
    "metadata": 3,"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""minzoom": 12"#,
        r#""minzoom": 25"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""minzoom": 12"#,
        r#""minzoom": 12,
    "maxzoom": 12"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""layout": { "line-join": "round" }"#,
        r#""layout": []"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""layout": { "line-join": "round" }"#,
        r#""layout": { "line-width": 2 }"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""layout": { "line-join": "round" }"#,
        r#""layout": { "line-joins": "round" }"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r##""line-color": "#333333""##,
        r##""line-color": "#333333",
      "fill-extrusion-height": 3"##,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""line-join": "round""#,
        r#""line-join": "rounded""#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r##""line-color": "#333333""##,
        r#""line-color": "grey""#,
    ),
    Spoilt("layers/base/boundary.style.json", "[4, 2]", "[4, -2]"),
    Spoilt(
        "layers/base/boundary.style.json",
        "[4, 2]",
        r#"["get", "x"]"#,
    ),
    Spoilt(
        "layers/base/boundary.style.json",
        r#""line-join": "round""#,
        r#""visibility": ["case", true, "none", "visible"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"      "text-field": ["concat", ["get", "site_id"], " ", ["to-string", ["get", "cd"]]],
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["concat", ["get", "site_id"], " ", ["to-string", ["get", "cd"]]]"#,
        r#""{site_id}""#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["concat", ["get", "site_id"], " ", ["to-string", ["get", "cd"]]]"#,
        "3",
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["literal", [0, 1.2]]"#,
        "[0, 1, 2]",
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        -1"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        { "stops": [[1, 2]] }"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        []"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        [["get", "cd"]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["+", 1, 2]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["interpolated", ["linear"], ["zoom"], 8, 2, 14, 8]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "cd", "x"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", ["concat", "c", "d"]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "cadmium"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "stauts"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "accuracy_m"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "opened"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["get", "status"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["has", "cd"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["case", ["get", "status"], 1, 2]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["case", ["has", "cd"], 1]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], "open", 1]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], 2.5, 1, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], [], 1, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], "open", 1,
        "open", 2, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], "opne", 1, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], "demolished", 1, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["match", ["get", "status"], 1, 1, 0]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["step", ["get", "cd"], 1, 5]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["step", ["get", "cd"], 1, 5, 2,
        5, 3]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["case", ["has", "cd"], ["step", ["zoom"], 1, 5, 2], 3]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["zoom", 1]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["interpolate", ["exponential", 2], ["zoom"], 5, 2, 6, 3]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["coalesce"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-stroke-width": 1"#,
        r#""circle-stroke-width":
        ["all"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""text-anchor": "top""#,
        r#""text-anchor":
        ["interpolate", ["linear"], ["zoom"], 1, "top", 2, "left"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""text-anchor": "top""#,
        r#""text-anchor":
        ["get", "site_id"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""text-anchor": "top""#,
        r#""text-allow-overlap": "yes""#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#""circle-opacity": ["coalesce", ["get", "cd_lod"], 0.5]"#,
        r#""circle-color": ["get", "cd"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#""closed""#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", "status", "closed"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "cd"], "5"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "status"], "shut"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["<", ["get", "cd"], true]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "cd"], ["literal", [1]]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["!", ["has", "cd"], ["has", "cd"]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["has", "recordedBy"]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "site_id"], ["to-strin", 3]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["to-string", ["get", "cd"]], 3]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "site_id"], ["case", ["has", "cd"], "x", ["get", "cd"]]]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["==", ["get", "cd"], null]"#,
    ),
    Spoilt(
        "layers/soil/sites.style.json",
        r#"["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]]"#,
        r#"["all", ["!", ["has", "cd"]],
      ["<", ["get", "cdd"], 1],
      ["==", "status", 1]]"#,
    ),
];
