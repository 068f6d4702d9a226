//! Every diagnostic code, its gravity, and the page that explains it.
//!
//! The pages under `tests/diagnostics/` are compiled in: they are tests and the text of `rahnuma explain` at once.

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published like this.
    Error,
    /// The site can be published; `--strict` refuses it.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// Which rule a finding comes from. The name is what editors see and `rahnuma explain` takes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each has a page under tests/diagnostics")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of the phases that find them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The kebab-case name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How grave it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The page that explains the rule, in Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../tests/diagnostics/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Files
    UnknownPlace "unknown-place" Error,
    BadFileName "bad-file-name" Error,
    UnknownLocale "unknown-locale" Error,
    MissingFile "missing-file" Error,
    FileTooLarge "file-too-large" Error,
    UnreadableFile "unreadable-file" Error,
    NotUtf8 "not-utf8" Error,
    NulCharacter "nul-character" Error,
    MergeConflict "merge-conflict" Error,
    // YAML
    YamlSyntax "yaml-syntax" Error,
    YamlAnchor "yaml-anchor" Error,
    NestedTooDeep "nested-too-deep" Error,
    DuplicateKey "duplicate-key" Error,
    UnknownKey "unknown-key" Error,
    MissingKey "missing-key" Error,
    WrongType "wrong-type" Error,
    BadValue "bad-value" Error,
    BadId "bad-id" Error,
    DuplicateId "duplicate-id" Error,
    MissingText "missing-text" Error,
    // Markdown
    MissingFrontMatter "missing-front-matter" Error,
    MissingId "missing-id" Error,
    BadAttribute "bad-attribute" Error,
    BadReference "bad-reference" Error,
    MisplacedHeading "misplaced-heading" Error,
    MisplacedItem "misplaced-item" Error,
    HeadingOrder "heading-order" Error,
    RawHtml "raw-html" Error,
    DangerousUrl "dangerous-url" Error,
    TableCells "table-cells" Error,
    BadImage "bad-image" Error,
    LostWords "lost-words" Error,
    UnclosedBlock "unclosed-block" Error,
    LiteralMarkup "literal-markup" Warning,
    IndentedCode "indented-code" Warning,
    ListNumber "list-number" Warning,
    // Links between files
    UnknownCarrier "unknown-carrier" Error,
    UnknownGuide "unknown-guide" Error,
    UnknownFact "unknown-fact" Error,
    UnknownSource "unknown-source" Error,
    UnknownSituation "unknown-situation" Error,
    UnknownFragment "unknown-fragment" Error,
    FragmentCycle "fragment-cycle" Error,
    UnknownApplication "unknown-application" Error,
    UnknownTemplate "unknown-template" Error,
    UnknownDay "unknown-day" Error,
    UnknownRequirement "unknown-requirement" Error,
    RequiresCycle "requires-cycle" Error,
    BrokenLink "broken-link" Error,
    BrokenAnchor "broken-anchor" Error,
    SameAddress "same-address" Error,
    // Published ids
    UnregisteredId "unregistered-id" Error,
    DroppedId "dropped-id" Error,
    ReusedId "reused-id" Error,
    // Translations
    MissingSource "missing-source" Error,
    MissingTranslation "missing-translation" Warning,
    StepParity "step-parity" Error,
    ItemParity "item-parity" Error,
    AttributeParity "attribute-parity" Error,
    FactParity "fact-parity" Error,
    FactPlace "fact-place" Warning,
    ClaimParity "claim-parity" Error,
    SpokenParity "spoken-parity" Error,
    IncludeParity "include-parity" Error,
    AlertParity "alert-parity" Error,
    LinkParity "link-parity" Error,
    CodeParity "code-parity" Error,
    NumberParity "number-parity" Warning,
    PassageParity "passage-parity" Warning,
    OtherCarrier "other-carrier" Warning,
    SaidTwice "said-twice" Warning,
    WrongLanguage "wrong-language" Error,
    StaleTranslation "stale-translation" Warning,
    UnrecordedTranslation "unrecorded-translation" Warning,
    // Evidence
    StaleClaim "stale-claim" Error,
    PastedFact "pasted-fact" Error,
    NoEvidence "no-evidence" Error,
    BackwardsPeriod "backwards-period" Error,
    OverlappingPeriods "overlapping-periods" Error,
    PeriodGap "period-gap" Error,
    ConflictingReadings "conflicting-readings" Error,
    EndingFact "ending-fact" Warning,
    EndingClaim "ending-claim" Warning,
    EndedClaim "ended-claim" Warning,
    OverdueReview "overdue-review" Warning,
    FutureReview "future-review" Warning,
    UnusedFact "unused-fact" Warning,
    UnusedSource "unused-source" Warning,
    UnusedFragment "unused-fragment" Warning,
    UnusedFile "unused-file" Warning,
    // Wording
    ToBeWritten "to-be-written" Error,
    TypedNumber "typed-number" Error,
    BidiControl "bidi-control" Error,
    InvisibleCharacter "invisible-character" Error,
    NativeDigits "native-digits" Error,
    ArabicLetter "arabic-letter" Error,
    Tatweel "tatweel" Error,
    HalfWidthPunctuation "half-width-punctuation" Warning,
    SpacedHan "spaced-han" Warning,
    ChineseItalics "chinese-italics" Warning,
    UrduPunctuation "urdu-punctuation" Warning,
    HyphenRange "hyphen-range" Warning,
    ForeignPunctuation "foreign-punctuation" Warning,
    RepeatedPunctuation "repeated-punctuation" Warning,
    RepeatedWord "repeated-word" Warning,
    ForbiddenTerm "forbidden-term" Error,
    // Theme
    MissingString "missing-string" Error,
    BorrowedWords "borrowed-words" Warning,
    StringForms "string-forms" Error,
    TemplateError "template-error" Error,
    MissingAsset "missing-asset" Error,
    // The built site
    Placeholder "placeholder" Warning,
    BadPage "bad-page" Error,
    DeadLink "dead-link" Error,
    UnsafePage "unsafe-page" Error,
    OverBudget "over-budget" Warning,
    // Addresses outside the site, when they are asked
    LinkGone "link-gone" Error,
    LinkUnsure "link-unsure" Warning,
    LinkMoved "link-moved" Warning,
    // Exchange with translators
    BrokenExchange "broken-exchange" Error,
    ForeignExchange "foreign-exchange" Error,
    UnknownUnit "unknown-unit" Error,
    StaleUnit "stale-unit" Error,
    ConflictingUnits "conflicting-units" Error,
    BrokenPlaceholder "broken-placeholder" Error,
    BadUnit "bad-unit" Error,
    UnplacedUnit "unplaced-unit" Error,
    UnfinishedUnit "unfinished-unit" Warning,
}

impl Code {
    /// Whether it says that something is not used.
    #[must_use]
    pub fn is_of_use(self) -> bool {
        matches!(self, Self::UnusedFact | Self::UnusedSource | Self::UnusedFragment | Self::UnusedFile)
    }

    /// Whether it says what somebody else's host answered on a day, which no editor of the site can help.
    #[must_use]
    pub fn is_of_others(self) -> bool {
        matches!(self, Self::LinkGone | Self::LinkUnsure | Self::LinkMoved)
    }

    /// How far from a cause a finding may be: 0 hides what a file says, 1 stands in one file, 2 is seen by comparing several.
    #[must_use]
    pub fn depth(self) -> u8 {
        match self {
            Self::MissingFrontMatter | Self::UnclosedBlock => 0,
            _ if self <= Self::DuplicateKey => 0,
            _ if (Self::UnregisteredId..=Self::UnusedFile).contains(&self) || self.is_of_others() => 2,
            _ => 1,
        }
    }

    /// The code of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
