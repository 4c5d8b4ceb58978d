//! What rules make of facts, beyond what the cases write down: for which use, with which remarks and
//! steps, and what becomes of what is not known.

use onemap::assess::Screening;
use onemap::assess::answer::{Finding, Reason};
use onemap::model::Verdict;

use super::case::Case;

fn screened(text: &str) -> Screening {
    let head = "title = \"\"\nshows = [\"\"]\nparcel = \"rect 0 0 100 100\"\n";
    let case: Case = toml::from_str(&format!("{head}{text}\n[expect]\n")).unwrap();
    case.answer(&case.world()).unwrap()
}

fn of<'a>(screening: &'a Screening, id: &str) -> Option<&'a Finding> {
    let is = |finding: &&Finding| finding.rule.as_ref().is_some_and(|rule| rule.id == id);
    screening.findings.iter().find(is)
}

fn remarks(finding: &Finding) -> Vec<&'static str> {
    let keys = finding.remarks.iter().map(|remark| remark.key().name());
    keys.collect()
}

fn steps(finding: &Finding) -> Vec<&str> {
    finding.steps.iter().map(|rule| rule.id.as_str()).collect()
}

#[test]
fn an_office_is_surveyed_and_judged_by_class_two_and_a_park_is_not_surveyed() {
    let office = screened("planned = [\"0801\"]\ncurrent = \"1001\"");
    let finding = of(&office, "R1").unwrap();
    assert_eq!(finding.verdict, Some(Verdict::SurveyRequired));
    assert_eq!(steps(finding), ["R1", "R3", "R11", "R17", "R19-axes"]);
    assert!(remarks(finding).contains(&"assess.own_derivation"));
    let housing = screened("planned = [\"0701\"]\ncurrent = \"1001\"");
    assert!(!steps(of(&housing, "R1").unwrap()).contains(&"R19-axes"));
    let park = screened("planned = [\"1401\"]\ncurrent = \"1001\"");
    assert!(of(&park, "R1").is_none());
    assert!(park.meaning.class_assumed);
}

#[test]
fn a_mixed_parcel_counts_as_a_whole_and_says_for_which_use() {
    let mixed = screened("planned = [\"0901\", \"0701\"]\ncurrent = \"1001\"");
    let finding = of(&mixed, "R1").unwrap();
    assert!(steps(finding).contains(&"R9-mixed"));
    let said = finding.remarks.iter().find_map(|remark| remark.arg("uses"));
    assert_eq!(said, Some("ydyh-2023:0701"));
    let receptor = finding.receptor.as_ref().unwrap();
    assert!(receptor.zh.contains("城镇住宅用地") && !receptor.zh.contains("商业"));
}

#[test]
fn a_code_means_what_its_own_classification_says() {
    let zone = "features = [{ layer = \"noise-sensitive-zones\", at = \"rect 0 0 100 100\" }]";
    let industry = screened(&format!("planned = [\"1001\"]\ncurrent = \"0901\"\n{zone}"));
    assert_eq!(
        of(&industry, "R24").unwrap().verdict,
        Some(Verdict::Prohibited)
    );
    let railway = screened(&format!(
        "planned = [\"third-survey:1001\"]\ncurrent = \"0901\"\n{zone}"
    ));
    assert!(of(&railway, "R24").is_none());
}

#[test]
fn an_unknown_present_use_counts_as_a_change_and_is_remarked() {
    let unmapped = screened("planned = [\"0701\"]");
    let finding = of(&unmapped, "R1").unwrap();
    assert!(remarks(finding).contains(&"assess.use_counts_as_change"));
    let stays = screened("planned = [\"0701\"]\nsaid_current = \"0701\"");
    assert!(of(&stays, "R1").is_none());
}

#[test]
fn what_cannot_be_decided_is_told_and_neither_fires_nor_passes_for_no() {
    let undecided = screened("current = \"1001\"");
    assert!(of(&undecided, "R1").is_none());
    let unknown = |screening: &Screening, id: &str| {
        let mut all = screening.unknowns.iter();
        all.find(|unknown| unknown.rule.as_deref() == Some(id))
            .cloned()
    };
    let told = unknown(&undecided, "R1").unwrap();
    assert_eq!(told.reason, Reason::Use);
    assert_eq!(undecided.verdict, Verdict::Incomplete);
    // No status is recorded of the listed land.
    let listed = screened(
        "planned = [\"1001\"]\ncurrent = \"1001\"\nfeatures = [{ layer = \"risk-control-list\", at = \"rect 0 0 50 50\", precision_m = 1 }]",
    );
    assert!(of(&listed, "R7").is_none());
    let told = unknown(&listed, "R7").unwrap();
    assert_eq!(told.reason, Reason::Value);
    assert_eq!(told.sentence.arg("names"), Some("status"));
    assert!(!listed.complete);
}

#[test]
fn what_is_only_possible_comes_to_attention_at_most() {
    let site = |precision: u32| {
        screened(&format!(
            "planned = [\"0901\"]\ncurrent = \"1001\"\nfeatures = [{{ layer = \"pollution-sites\", at = \"point 50 50\", precision_m = {precision}, values = {{ kind = \"plating\", status = \"closed\" }} }}]"
        ))
    };
    let sure = site(5);
    assert_eq!(
        of(&sure, "R10").unwrap().verdict,
        Some(Verdict::SurveyRequired)
    );
    let possible = site(200);
    let finding = of(&possible, "R10").unwrap();
    assert_eq!(finding.verdict, Some(Verdict::Attention));
    assert!(remarks(finding).contains(&"assess.rule_possible"));
    assert_eq!(possible.verdict, Verdict::Attention);
}

#[test]
fn source_and_receptor_are_named_by_the_rule_or_by_the_layers_part() {
    let screening = screened(
        "planned = [\"0701\"]\ncurrent = \"1001\"\nfeatures = [
        { layer = \"pollution-sites\", at = \"point 150 50\", precision_m = 1, values = { name = \"某厂\", kind = \"chemical\", status = \"closed\" } },
        { layer = \"green-spaces\", at = \"rect 200 0 50 50\", values = { name = \"某公园\" } },
    ]",
    );
    let site = of(&screening, "R13-sites").unwrap();
    assert_eq!(site.source.as_ref().unwrap().zh, "土壤污染源：某厂");
    assert!(site.receptor.as_ref().unwrap().zh.contains("城镇住宅用地"));
    assert!(site.pathway.is_none(), "nobody has said by which way");
    let quiet = screening
        .findings
        .iter()
        .find(|f| f.rule.is_none())
        .unwrap();
    assert!(quiet.receptor.as_ref().unwrap().zh.contains("某公园"));
    assert!(quiet.source.is_none() && quiet.verdict.is_none());
    // The most severe first.
    let verdicts: Vec<_> = screening.findings.iter().map(|f| f.verdict).collect();
    assert!(verdicts.is_sorted_by(|a, b| a >= b), "{verdicts:?}");
}
