//! What a reading says beside its value belongs to that value.

use crate::common::{short, starter, write};

fn told(value: &str, short_form: &str) -> String {
    let site = starter();
    let path = site.path().join("content/policies/example.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let fact = format!(
        "  - id: new-sim-fee\n    label: {{zh: 补卡费, en: What a new SIM costs, ur: نئی سم کی قیمت}}\n    kind: money\n    risk: medium\n    readings:\n      - value: {value}\n        confidence: reported\n        checked: 2026-11-22\n        sources: [our-notes]\n        short: {short_form}\n\n  - id: closing-fee"
    );
    write(site.path(), "content/policies/example.yaml", text.replacen("  - id: closing-fee", &fact, 1));
    let told = short(site.path());
    told.lines().filter(|line| !line.contains("unused-fact")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_short_form_states_the_figures_of_its_value() {
    let short_form =
        "{zh: 最多300卢比，持有不足6个月, en: \"at most Rs 300, if kept less than 6 months\", ur: 300 روپے تک}";
    assert_eq!(told("{currency: PKR, at_most: 300}", short_form), "");
    assert_eq!(
        told(
            "{currency: PKR, at_most: 1300}",
            &short_form.replace("最多300", "最多1300").replace("Rs 300", "Rs 1,300").replace("300 روپے", "1300 روپے")
        ),
        ""
    );
    let found = told("{currency: PKR, at_most: 400}", short_form);
    assert!(
        found.lines().count() == 1 && found.contains("`short` says 300, 6 in `zh`, and the value says 400"),
        "{found}"
    );
}

#[test]
fn a_short_form_without_figures_may_say_what_it_likes() {
    let words = "{zh: 免费, en: nothing to pay, ur: مفت}";
    assert_eq!(told("{currency: PKR, exact: 10}", words), "");
}
