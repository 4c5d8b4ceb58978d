//! Limits of soil, the fields that are held against them, and what is wrong with either.

use super::folder::Spoilt;

pub(super) const SUBSTANCES: &str = "symbol,zh,en,cas\nAs,砷,Arsenic,7440-38-2\n\
    Cd,镉,Cadmium,7440-43-9\nCu,铜,Copper,\n";

pub(super) const CONSTRUCTION: &str = "substance,screening_1,screening_2,intervention_1,\
    intervention_2,unit,background_exempt,source,verified\n\
    As,20,60,120,140,mg/kg,yes,the standard,2\nCd,20,65,47,172,mg/kg,no,the standard,2\n";

pub(super) const FARMLAND: &str = "substance,kind,ph_above,ph_to,screening,screening_source,\
    screening_verified,intervention,intervention_source,intervention_verified,unit\n\
    Cd,paddy,,6.5,0.4,the standard,2,2,the standard,1,mg/kg\n\
    Cd,paddy,6.5,,0.8,the standard,2,4,the standard,1,mg/kg\n\
    Cd,other,,,0.3,the standard,2,,,,mg/kg\n\
    Cu,,,,50,the standard,2,,,,mg/kg\n";

pub(super) const FARMLAND_USES: &str =
    "system,code,kinds,basis\nydyh-2023,10,paddy other,own derivation\n";

pub(super) const BACKGROUND_SETS: &str = "set,zh,en\nhere,本地,Here\n";

pub(super) const BACKGROUND: &str =
    "set,substance,value,unit,source,verified\nhere,As,7.1,mg/kg,a paper,1\n";

pub(super) const TOXIC_RESPONSE: &str = "substance,factor,source,verified\nCd,30,a paper,1\n";

pub(super) const GRADES: &str = "index,grade,lower,lower_included,upper,upper_included,zh,en,\
    least_substances,source,verified\n\
    PLI,1,,,1,no,一级,grade 1,,a paper,1\nPLI,2,1,no,,,二级,grade 2,,a paper,1\n";

pub(super) const INDICES: &str = "index,zh,en,formula,source,verified\nIgeo,地累积指数,Index,log2(Ci / (1.5 * Bi)),own derivation,0\n";

const SITES: &str = "layers/soil/sites.toml";
const GB36600: &str = "layers/limits/gb36600-2018.csv";
const GB15618: &str = "layers/limits/gb15618-2018.csv";
const RANKS: &str = "layers/limits/index-grades.csv";

/// Each case puts one text in place of another in a good folder.
pub(super) const CASES: &[Spoilt] = &[
    Spoilt(
        SITES,
        "unit = \"mg/kg\"",
        "unit = \"mg/kg\"\nanalyte = \"Cdd\"",
    ),
    Spoilt(
        SITES,
        "unit = \"mg/kg\"",
        "unit = \"mg/kg\"\nanalyte = \"cyanide\"",
    ),
    Spoilt(
        SITES,
        "unit = \"mg/kg\"",
        "unit = \"mg/L\"\nanalyte = \"Cd\"",
    ),
    Spoilt(
        SITES,
        "unit = \"mg/kg\"",
        "unit = \"mg/kg\"\nanalyte = \"pH\"",
    ),
    Spoilt(
        SITES,
        "name = \"site_id\"\n",
        "name = \"site_id\"\nanalyte = \"Cd\"\n",
    ),
    Spoilt(
        SITES,
        "unit = \"mg/kg\"\ntitle = { zh = \"镉\", en = \"Cadmium\" }\n",
        "unit = \"mg/kg\"\nanalyte = \"Cd\"\ntitle = { zh = \"镉\", en = \"Cadmium\" }\n\
         [[fields]]\nname = \"cd2\"\ntype = \"number\"\nunit = \"µg/kg\"\nanalyte = \"Cd\"\n\
         title = { zh = \"镉\", en = \"Cadmium\" }\n",
    ),
    Spoilt(
        SITES,
        "[precision]",
        "[sampling]\ndate = \"cd\"\n[precision]",
    ),
    Spoilt(
        SITES,
        "[precision]",
        "[sampling]\ndepth_top = \"cd\"\ndepth_bottom = \"opened\"\n[precision]",
    ),
    Spoilt(
        SITES,
        "[precision]",
        "[sampling]\ndepth_top = \"accuracy_m\"\n[precision]",
    ),
    Spoilt(
        "layers/limits/substances.csv",
        "Cd,镉,Cadmium",
        "As,镉,Cadmium",
    ),
    Spoilt("layers/limits/substances.csv", "Cd,镉,Cadmium", "Cd,镉,"),
    Spoilt(GB36600, "Cd,20,65", "Cr,20,65"),
    Spoilt(GB36600, "Cd,20,65", "As,20,65"),
    Spoilt(GB36600, "Cd,20,65", "Cd,twenty,65"),
    Spoilt(GB36600, "Cd,20,65", "Cd,2e1,65"),
    Spoilt(GB36600, "Cd,20,65", "Cd,-20,65"),
    Spoilt(GB36600, "Cd,20,65", "Cd,48,65"),
    Spoilt(GB36600, "172,mg/kg", "172,mg/L"),
    Spoilt(GB36600, "no,the standard,2", "no,the standard,0"),
    Spoilt(GB36600, "no,the standard,2", "no,own derivation,2"),
    Spoilt(GB36600, "mg/kg,no", "mg/kg,never"),
    Spoilt(GB15618, "Cd,paddy,6.5,", "Cd,paddy,6.0,"),
    Spoilt(GB15618, "Cd,paddy,6.5,", "Cd,paddy,7.0,"),
    Spoilt(GB15618, "Cd,paddy,6.5,,", "Cd,paddy,6.5,8,"),
    Spoilt(GB15618, "Cd,other", "Cd,orchard"),
    Spoilt(GB15618, "Cd,other", "Cd,"),
    Spoilt(GB15618, "Cd,other", "Cd,field"),
    Spoilt(GB15618, "Cu,,,,50,", "Cu,,,,,"),
    Spoilt(GB15618, "Cu,,,,50,the standard", "Cu,,,,50,"),
    Spoilt(
        "layers/limits/farmland-uses.csv",
        "ydyh-2023,10",
        "ydyh-2020,10",
    ),
    Spoilt(
        "layers/limits/farmland-uses.csv",
        "ydyh-2023,10",
        "ydyh-2023,1001",
    ),
    Spoilt(
        "layers/limits/farmland-uses.csv",
        "paddy other",
        "paddy garden",
    ),
    Spoilt("layers/limits/background.csv", "here,As", "there,As"),
    Spoilt("layers/limits/background.csv", "7.1,mg/kg", "7100,µg/kg"),
    Spoilt("layers/limits/toxic-response.csv", "Cd,30", "Cd,0"),
    Spoilt(RANKS, "PLI,2,1,no", "PLI,2,0.5,no"),
    Spoilt(RANKS, "PLI,2,1,no", "PLI,2,,"),
    Spoilt(RANKS, "PLI,1,,,1,no", "PLI,1,,,1,"),
    Spoilt(RANKS, "PLI,1", "PLY,1"),
    Spoilt("layers/limits/indices.csv", "Igeo,地", "EF,地"),
];
