//! What shops can read: countries and currencies by their lists; subjects, numbers and addresses by their form.

/// ISO 3166-1, as List 91 of ONIX has it without what it calls out of use.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD \
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI \
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

/// ISO 4217, as List 96 of ONIX has it without what it calls out of use.
const CURRENCIES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC \
    CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR \
    ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE \
    SOS SRD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER \
    ZAR ZMW ZWG";

pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|known| known == code)
}

pub(super) fn is_currency(code: &str) -> bool {
    CURRENCIES.split(' ').any(|known| known == code)
}

pub(super) fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !label.starts_with('-')
    };
    text.contains('.') && text.len() <= 100 && text.split('.').all(label)
}

pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") && url::Url::parse(text).is_ok_and(|url| url.has_host())
}

pub(super) fn is_folder(text: &str) -> bool {
    is_address(text) && text.ends_with('/')
}

/// Thema 1.x: letters and digits in capitals; qualifiers begin with a digit from 1 to 6.
pub(super) fn is_thema(code: &str) -> bool {
    let first = code.bytes().next().is_some_and(|b| b.is_ascii_uppercase() || (b'1'..=b'6').contains(&b));
    let form = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    first && code.len() <= 24 && code.bytes().all(form) && code.bytes().any(|b| b.is_ascii_uppercase())
}

pub(super) fn is_bisac(code: &str) -> bool {
    code.len() == 9
        && code.bytes().enumerate().all(|(at, b)| if at < 3 { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}

/// A class of 中图法: one of its 22 letters, which has a second in class T, then digits and the signs of its tables.
pub(super) fn is_clc(code: &str) -> bool {
    let first = code.bytes().next().is_some_and(|b| b.is_ascii_uppercase() && !b"LMWY".contains(&b));
    let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".-/()=\"<>+:[]".contains(c);
    first && code.chars().count() <= 40 && code.chars().all(sign)
}

pub(super) fn is_doi(text: &str) -> bool {
    let Some((registrant, rest)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let number = registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    number && registrant.len() >= 4 && !rest.is_empty() && !rest.chars().any(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{is_bisac, is_clc, is_country, is_currency, is_doi, is_thema};

    #[test]
    fn codes_of_each_scheme_are_known_by_their_form() {
        for good in ["UYQ", "1FPC", "PDR", "4Z-US-A", "5PX-CN-P"] {
            assert!(is_thema(good), "{good}");
        }
        for bad in ["uyq", "7AB", "", "123", "U Y"] {
            assert!(!is_thema(bad), "{bad}");
        }
        assert!(is_bisac("TEC000000") && !is_bisac("TEC00000") && !is_bisac("tec000000") && !is_bisac("测试TEC"));
        for good in ["TP18", "I247.5", "G305", "F113.4", "TP391.4", "K82=6", "D912.28-53"] {
            assert!(is_clc(good), "{good}");
        }
        for bad in ["L1", "tp18", "18TP", "中", ""] {
            assert!(!is_clc(bad), "{bad}");
        }
        assert!(is_doi("10.1000/182") && is_doi("10.1000.10/a/b"));
        assert!(!is_doi("10.1000/") && !is_doi("11.1000/1") && !is_doi("10.1000/a b") && !is_doi("10.x/1"));
    }

    #[test]
    fn a_country_or_currency_is_one_of_the_list_whatever_its_form() {
        for good in ["AD", "CN", "GB", "ZW"] {
            assert!(is_country(good), "{good}");
        }
        for bad in ["UK", "XX", "YU", "cn", "", "CN GB", "CHN"] {
            assert!(!is_country(bad), "{bad}");
        }
        assert!(is_currency("AED") && is_currency("CNY") && is_currency("ZWG"));
        for bad in ["XXX", "DEM", "RMB", "cny", "", "CNY EUR"] {
            assert!(!is_currency(bad), "{bad}");
        }
    }
}
