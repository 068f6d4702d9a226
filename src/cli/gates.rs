//! Gates: which warnings stop a build. Errors always do; an overdue review or a full budget must never have to, because a correction
//! waits behind it.

use clap::{Args, ValueEnum};

use crate::diag::{Code, Diagnostic, Severity};

/// Which warnings are refused.
#[derive(Args, Default)]
pub struct Gates {
    /// Refuse every warning, but those on what hosts of others answer.
    #[arg(long)]
    strict: bool,
    /// Refuse warnings of this code, such as missing-translation.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = warning)]
    deny: Vec<Code>,
    /// Let warnings of this code pass, whatever else is said.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = warning)]
    allow: Vec<Code>,
    /// Refuse warnings of this group.
    #[arg(long, value_name = "GROUP", value_delimiter = ',', value_enum)]
    deny_group: Vec<Group>,
    /// Let warnings of this group pass, also under --strict.
    #[arg(long, value_name = "GROUP", value_delimiter = ',', value_enum)]
    allow_group: Vec<Group>,
}

/// Warnings with one cause.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Group {
    /// Days that come by themselves: reviews that are due, values and sentences that end.
    Overdue,
    /// Files that are too heavy for a phone.
    Budget,
    /// Addresses of others that were not reached, or that moved.
    Links,
    /// Texts that are not translated, or no longer say what their source says.
    Translation,
}

impl Group {
    fn holds(self, code: Code) -> bool {
        match self {
            Self::Overdue => {
                matches!(code, Code::OverdueReview | Code::EndingFact | Code::EndingClaim | Code::EndedClaim)
            }
            Self::Budget => code == Code::OverBudget,
            Self::Links => matches!(code, Code::LinkUnsure | Code::LinkMoved),
            Self::Translation => matches!(
                code,
                Code::MissingTranslation
                    | Code::StaleTranslation
                    | Code::UnrecordedTranslation
                    | Code::NumberParity
                    | Code::PassageParity
            ),
        }
    }
}

fn warning(name: &str) -> Result<Code, String> {
    let code = Code::from_name(name).ok_or("there is no such code; `rahnuma explain` lists them all")?;
    match code.severity() {
        Severity::Warning => Ok(code),
        Severity::Error => Err("it is an error, which always stops a build; gates are for warnings".into()),
    }
}

impl Gates {
    /// Whether findings of a code stop a build. A code that is named goes before its group, a group before `--strict`.
    pub fn refuse(&self, code: Code) -> bool {
        let in_any = |groups: &[Group]| groups.iter().any(|group| group.holds(code));
        match code.severity() {
            Severity::Error => true,
            Severity::Warning if self.allow.contains(&code) => false,
            Severity::Warning if self.deny.contains(&code) => true,
            Severity::Warning if in_any(&self.allow_group) => false,
            // On another day they answer otherwise: such a warning is refused by whoever names it.
            Severity::Warning => (self.strict && !code.is_of_others()) || in_any(&self.deny_group),
        }
    }

    /// Whether a finding stops a build; what is wrong in drafts stops none.
    pub fn stops(&self, found: &Diagnostic) -> bool {
        !found.in_draft && self.refuse(found.code)
    }

    /// The findings that stop a build.
    pub fn refused<'a>(&'a self, found: &'a [Diagnostic]) -> impl Iterator<Item = &'a Diagnostic> {
        found.iter().filter(|diagnostic| self.stops(diagnostic))
    }
}
