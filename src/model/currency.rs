//! Currencies of ISO 4217: their codes, and how many decimals their amounts have.

/// Codes in use, funds and metals left out: nobody pays a fee in them.
const IN_USE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE \
    CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR \
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND \
    TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG";

/// Codes that were withdrawn since 2000: readings of earlier times may be in them.
const WITHDRAWN: &str = "\
    ANG ATS AZM BEF BGN BYR CSD CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MGF MRO MTL MZM NLG PTE ROL SIT SKK SLL SRG \
    STD SDD TMM TRL VEB VEF YUM ZMK ZWD ZWL";

/// Codes whose amounts have another number of decimals than two.
const DECIMALS: &[(u8, &str)] = &[
    (0, "BIF BYR CLP DJF ESP GNF ISK ITL JPY KMF KRW LUF BEF MGF PTE PYG ROL RWF TRL UGX VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF"),
];

/// Codes in use.
pub fn in_use() -> impl Iterator<Item = &'static str> {
    IN_USE.split(' ')
}

/// Whether it is the code of a currency, or was one.
#[must_use]
pub fn is_code(code: &str) -> bool {
    in_use().chain(WITHDRAWN.split(' ')).any(|known| known == code)
}

/// Codes that another word may have been meant to be: in small letters, with two letters exchanged, or with one of them wrong, the likelier
/// ones alone.
#[must_use]
pub fn near(word: &str) -> Vec<&'static str> {
    let word = word.to_uppercase();
    let differing = |code: &str| word.chars().zip(code.chars()).filter(|(a, b)| a != b).count();
    let is_exchanged = |code: &str| {
        let [mut own, mut other] = [&word, code].map(|text| text.chars().collect::<Vec<_>>());
        let is_beside = own.first() == other.first() || own.last() == other.last();
        own.sort_unstable();
        other.sort_unstable();
        is_beside && own == other
    };
    let rules: [&dyn Fn(&str) -> bool; 3] =
        [&|code| word == code, &is_exchanged, &|code| word.chars().count() == 3 && differing(code) == 1];
    let found = rules.iter().map(|rule| in_use().filter(|code| rule(code)).collect::<Vec<_>>());
    found.into_iter().find(|codes| !codes.is_empty()).filter(|codes| codes.len() <= MOST_NEAR).unwrap_or_default()
}

/// More than so many that are near say nothing.
const MOST_NEAR: usize = 4;

/// How many decimals an amount has that has any.
#[must_use]
pub fn decimals(code: &str) -> u8 {
    DECIMALS.iter().find(|(_, codes)| codes.split(' ').any(|known| known == code)).map_or(2, |(decimals, _)| *decimals)
}

#[cfg(test)]
mod tests {
    use super::{DECIMALS, WITHDRAWN, decimals, in_use, is_code, near};

    #[test]
    fn codes_are_three_capitals_and_stand_once() {
        let all: Vec<&str> = in_use().chain(WITHDRAWN.split(' ')).collect();
        assert!(all.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        assert!(DECIMALS.iter().flat_map(|(_, codes)| codes.split(' ')).all(is_code));
    }

    #[test]
    fn decimals_of_currencies() {
        assert_eq!(["EUR", "JPY", "KWD", "PKR"].map(decimals), [2, 0, 3, 2]);
        assert_eq!([near("pkr"), near("ERU"), near("EUX")], [["PKR"], ["EUR"], ["EUR"]]);
        assert_eq!([near("Rs"), near("€"), near("rupees"), near("XXX")], [[""; 0]; 4]);
        assert!(is_code("DEM") && !is_code("PKX") && !is_code("eur") && !is_code(""));
    }
}
