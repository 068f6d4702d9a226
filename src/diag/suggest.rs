//! The nearest valid name for one that is not valid.

/// "did you mean `x`?", or the list of what is valid when nothing is near and the list is short.
#[must_use]
pub fn words<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let valid: Vec<&str> = valid.into_iter().collect();
    if let Some(name) = nearest(found, valid.iter().copied()) {
        return Some(format!("did you mean `{name}`?"));
    }
    (!valid.is_empty() && valid.len() <= 12).then(|| format!("known here: {}", valid.join(", ")))
}

/// The valid name that a slip of the finger away from `found`, if there is one.
#[must_use]
pub fn nearest<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = found.to_lowercase().replace('_', "-");
    valid
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &name.to_lowercase().replace('_', "-")), name))
        .filter(|(distance, name)| {
            let length = name.chars().count().max(wanted.chars().count());
            // Two letters are never a slip of two others.
            *distance <= if length < 3 { 0 } else { (length / 3).max(1) }
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_only() {
        let valid = ["helpline", "disown-charge", "name"];
        assert_eq!(nearest("helplin", valid), Some("helpline"));
        assert_eq!(nearest("disown_charge", valid), Some("disown-charge"));
        assert_eq!(nearest("balance", valid), None);
    }
}
