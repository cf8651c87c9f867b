//! Clock abbreviations as printed on posters, and the generic names of zones.
//!
//! An abbreviation names an offset, not a zone: `PST` is UTC−8 even in July, when nobody's clock shows it. Each meaning
//! has a representative zone, so that a date can be checked against it. Many are used in several places (`CST`, `IST`,
//! `BST`, `AST`), and nothing here picks one. Refused are the numeric ones of the tz database, and single military
//! letters but `Z`.

use super::name::fold;

/// What an abbreviation stands for somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// Seconds east of UTC.
    pub seconds: i32,
    /// A zone whose clocks show it at some time of the year, or did until a year named in `name`.
    pub zone: &'static str,
    /// ISO 3166-1 codes of countries where it is in use, the most populous first.
    pub countries: &'static [&'static str],
    /// In full: `Pacific Standard Time`.
    pub name: &'static str,
    /// Where, to stand in a sentence: `the Pacific coast of North America`.
    pub coast: &'static str,
    /// What the same clocks are called in the other half of the year; none where they never change.
    pub partner: Option<&'static str>,
}

/// What an abbreviation may stand for, in no case-sensitive way; empty for what is none.
///
/// `GMT` is London's winter time; its offset is 0 either way.
pub fn meanings(abbreviation: &str) -> &'static [Meaning] {
    let same = |row: &&(&str, &[Meaning])| row.0.eq_ignore_ascii_case(abbreviation);
    MEANINGS.iter().find(same).map_or(&[], |row| row.1)
}

/// The zone of a generic name, which holds all year: `PT`, `Pacific time`, `UK time`, `hora del Pacífico`.
pub fn generic(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    GENERIC.iter().find(|(_, names)| names.contains(&&*folded)).map(|(zone, _)| *zone)
}

const fn meaning(
    minutes: i32,
    zone: &'static str,
    countries: &'static [&'static str],
    name: &'static str,
    coast: &'static str,
    partner: &'static str,
) -> Meaning {
    let partner = if partner.is_empty() { None } else { Some(partner) };
    Meaning { seconds: minutes * 60, zone, countries, name, coast, partner }
}

type Row = (&'static str, &'static [Meaning]);

/// By region; the meanings of an ambiguous one by the number of people who use it.
const MEANINGS: &[Row] = &[
    ("UTC", &[meaning(0, "UTC", &[], "Coordinated Universal Time", "the whole world", "")]),
    ("Z", &[meaning(0, "UTC", &[], "Coordinated Universal Time", "the whole world", "")]),
    (
        "GMT",
        &[meaning(
            0,
            "Europe/London",
            &["GB", "IE", "GH", "CI"],
            "Greenwich Mean Time",
            "Britain, Ireland and parts of West Africa",
            "BST",
        )],
    ),
    ("NST", &[meaning(-210, "America/St_Johns", &["CA"], "Newfoundland Standard Time", "Newfoundland", "NDT")]),
    ("NDT", &[meaning(-150, "America/St_Johns", &["CA"], "Newfoundland Daylight Time", "Newfoundland", "NST")]),
    (
        "AST",
        &[
            meaning(
                -240,
                "America/Halifax",
                &["CA", "PR", "DO"],
                "Atlantic Standard Time",
                "the Atlantic coast of Canada and parts of the Caribbean",
                "ADT",
            ),
            meaning(
                180,
                "Asia/Riyadh",
                &["SA", "IQ", "YE", "KW", "QA", "BH"],
                "Arabia Standard Time",
                "the Arabian peninsula and Iraq",
                "",
            ),
        ],
    ),
    (
        "ADT",
        &[meaning(-180, "America/Halifax", &["CA"], "Atlantic Daylight Time", "the Atlantic coast of Canada", "AST")],
    ),
    (
        "EST",
        &[meaning(
            -300,
            "America/New_York",
            &["US", "CA", "PA", "JM"],
            "Eastern Standard Time",
            "the east of North America",
            "EDT",
        )],
    ),
    (
        "EDT",
        &[meaning(
            -240,
            "America/New_York",
            &["US", "CA"],
            "Eastern Daylight Time",
            "the east of North America",
            "EST",
        )],
    ),
    (
        "CST",
        &[
            meaning(
                -360,
                "America/Chicago",
                &["US", "MX", "CA", "GT", "HN", "CR"],
                "Central Standard Time",
                "the middle of North America and Central America",
                "CDT",
            ),
            meaning(480, "Asia/Shanghai", &["CN", "TW"], "China Standard Time", "China", ""),
            meaning(-300, "America/Havana", &["CU"], "Cuba Standard Time", "Cuba", "CDT"),
        ],
    ),
    (
        "CDT",
        &[
            meaning(
                -300,
                "America/Chicago",
                &["US", "CA"],
                "Central Daylight Time",
                "the middle of North America",
                "CST",
            ),
            meaning(-240, "America/Havana", &["CU"], "Cuba Daylight Time", "Cuba", "CST"),
        ],
    ),
    (
        "MST",
        &[meaning(-420, "America/Denver", &["US", "MX", "CA"], "Mountain Standard Time", "the Rocky Mountains", "MDT")],
    ),
    ("MDT", &[meaning(-360, "America/Denver", &["US", "CA"], "Mountain Daylight Time", "the Rocky Mountains", "MST")]),
    (
        "PST",
        &[meaning(
            -480,
            "America/Los_Angeles",
            &["US", "CA", "MX"],
            "Pacific Standard Time",
            "the Pacific coast of North America",
            "PDT",
        )],
    ),
    (
        "PDT",
        &[meaning(
            -420,
            "America/Los_Angeles",
            &["US", "CA", "MX"],
            "Pacific Daylight Time",
            "the Pacific coast of North America",
            "PST",
        )],
    ),
    ("AKST", &[meaning(-540, "America/Anchorage", &["US"], "Alaska Standard Time", "Alaska", "AKDT")]),
    ("AKDT", &[meaning(-480, "America/Anchorage", &["US"], "Alaska Daylight Time", "Alaska", "AKST")]),
    ("HST", &[meaning(-600, "Pacific/Honolulu", &["US"], "Hawaii Standard Time", "Hawaii", "")]),
    (
        "WET",
        &[meaning(
            0,
            "Europe/Lisbon",
            &["PT", "ES", "FO"],
            "Western European Time",
            "Portugal and the Canary Islands",
            "WEST",
        )],
    ),
    (
        "WEST",
        &[meaning(
            60,
            "Europe/Lisbon",
            &["PT", "ES", "FO"],
            "Western European Summer Time",
            "Portugal and the Canary Islands",
            "WET",
        )],
    ),
    (
        "BST",
        &[
            meaning(60, "Europe/London", &["GB"], "British Summer Time", "Britain", "GMT"),
            meaning(360, "Asia/Dhaka", &["BD"], "Bangladesh Standard Time", "Bangladesh", ""),
        ],
    ),
    (
        "IST",
        &[
            meaning(330, "Asia/Kolkata", &["IN", "LK"], "India Standard Time", "India", ""),
            meaning(60, "Europe/Dublin", &["IE"], "Irish Standard Time", "Ireland", "GMT"),
            meaning(120, "Asia/Jerusalem", &["IL", "PS"], "Israel Standard Time", "Israel", "IDT"),
        ],
    ),
    (
        "CET",
        &[meaning(
            60,
            "Europe/Paris",
            &["DE", "FR", "IT", "ES", "PL", "DZ", "TN"],
            "Central European Time",
            "the middle and west of Europe",
            "CEST",
        )],
    ),
    (
        "CEST",
        &[meaning(
            120,
            "Europe/Paris",
            &["DE", "FR", "IT", "ES", "PL"],
            "Central European Summer Time",
            "the middle and west of Europe",
            "CET",
        )],
    ),
    (
        "MEZ",
        &[meaning(
            60,
            "Europe/Berlin",
            &["DE", "AT", "CH"],
            "Central European Time (Mitteleuropäische Zeit)",
            "the middle of Europe",
            "MESZ",
        )],
    ),
    (
        "MESZ",
        &[meaning(
            120,
            "Europe/Berlin",
            &["DE", "AT", "CH"],
            "Central European Summer Time (Mitteleuropäische Sommerzeit)",
            "the middle of Europe",
            "MEZ",
        )],
    ),
    (
        "EET",
        &[meaning(
            120,
            "Europe/Athens",
            &["EG", "UA", "RO", "GR", "FI", "BG"],
            "Eastern European Time",
            "the east of Europe, Lebanon and Egypt",
            "EEST",
        )],
    ),
    (
        "EEST",
        &[meaning(
            180,
            "Europe/Athens",
            &["EG", "UA", "RO", "GR", "FI", "BG"],
            "Eastern European Summer Time",
            "the east of Europe, Lebanon and Egypt",
            "EET",
        )],
    ),
    ("MSK", &[meaning(180, "Europe/Moscow", &["RU"], "Moscow Time", "the west of Russia", "")]),
    ("TRT", &[meaning(180, "Europe/Istanbul", &["TR"], "Turkey Time", "Turkey", "")]),
    ("IDT", &[meaning(180, "Asia/Jerusalem", &["IL", "PS"], "Israel Daylight Time", "Israel", "IST")]),
    ("IRST", &[meaning(210, "Asia/Tehran", &["IR"], "Iran Standard Time", "Iran", "")]),
    ("IRDT", &[meaning(270, "Asia/Tehran", &["IR"], "Iran Daylight Time (until 2022)", "Iran", "IRST")]),
    (
        "GST",
        &[meaning(240, "Asia/Dubai", &["AE", "OM"], "Gulf Standard Time", "the United Arab Emirates and Oman", "")],
    ),
    ("AFT", &[meaning(270, "Asia/Kabul", &["AF"], "Afghanistan Time", "Afghanistan", "")]),
    ("PKT", &[meaning(300, "Asia/Karachi", &["PK"], "Pakistan Standard Time", "Pakistan", "")]),
    ("NPT", &[meaning(345, "Asia/Kathmandu", &["NP"], "Nepal Time", "Nepal", "")]),
    ("MMT", &[meaning(390, "Asia/Yangon", &["MM"], "Myanmar Time", "Myanmar", "")]),
    (
        "ICT",
        &[meaning(
            420,
            "Asia/Bangkok",
            &["VN", "TH", "KH", "LA"],
            "Indochina Time",
            "Thailand, Vietnam, Cambodia and Laos",
            "",
        )],
    ),
    ("WIB", &[meaning(420, "Asia/Jakarta", &["ID"], "Western Indonesia Time", "the west of Indonesia", "")]),
    ("WITA", &[meaning(480, "Asia/Makassar", &["ID"], "Central Indonesia Time", "the middle of Indonesia", "")]),
    ("WIT", &[meaning(540, "Asia/Jayapura", &["ID"], "Eastern Indonesia Time", "the east of Indonesia", "")]),
    ("SGT", &[meaning(480, "Asia/Singapore", &["SG"], "Singapore Time", "Singapore", "")]),
    ("MYT", &[meaning(480, "Asia/Kuala_Lumpur", &["MY"], "Malaysia Time", "Malaysia", "")]),
    ("HKT", &[meaning(480, "Asia/Hong_Kong", &["HK"], "Hong Kong Time", "Hong Kong", "")]),
    ("PHT", &[meaning(480, "Asia/Manila", &["PH"], "Philippine Time", "the Philippines", "")]),
    ("PHST", &[meaning(480, "Asia/Manila", &["PH"], "Philippine Standard Time", "the Philippines", "")]),
    ("KST", &[meaning(540, "Asia/Seoul", &["KR", "KP"], "Korea Standard Time", "Korea", "")]),
    ("JST", &[meaning(540, "Asia/Tokyo", &["JP"], "Japan Standard Time", "Japan", "")]),
    ("AWST", &[meaning(480, "Australia/Perth", &["AU"], "Australian Western Standard Time", "Western Australia", "")]),
    (
        "ACST",
        &[meaning(
            570,
            "Australia/Adelaide",
            &["AU"],
            "Australian Central Standard Time",
            "South Australia and the Northern Territory",
            "ACDT",
        )],
    ),
    (
        "ACDT",
        &[meaning(630, "Australia/Adelaide", &["AU"], "Australian Central Daylight Time", "South Australia", "ACST")],
    ),
    (
        "AEST",
        &[meaning(
            600,
            "Australia/Sydney",
            &["AU"],
            "Australian Eastern Standard Time",
            "the east of Australia",
            "AEDT",
        )],
    ),
    (
        "AEDT",
        &[meaning(
            660,
            "Australia/Sydney",
            &["AU"],
            "Australian Eastern Daylight Time",
            "the south-east of Australia",
            "AEST",
        )],
    ),
    ("NZST", &[meaning(720, "Pacific/Auckland", &["NZ"], "New Zealand Standard Time", "New Zealand", "NZDT")]),
    ("NZDT", &[meaning(780, "Pacific/Auckland", &["NZ"], "New Zealand Daylight Time", "New Zealand", "NZST")]),
    (
        "WAT",
        &[meaning(60, "Africa/Lagos", &["NG", "CD", "AO", "CM"], "West Africa Time", "West and Central Africa", "")],
    ),
    (
        "CAT",
        &[meaning(
            120,
            "Africa/Maputo",
            &["SD", "MZ", "CD", "ZM", "ZW", "RW"],
            "Central Africa Time",
            "southern and central Africa",
            "",
        )],
    ),
    (
        "SAST",
        &[meaning(120, "Africa/Johannesburg", &["ZA", "LS", "SZ"], "South Africa Standard Time", "South Africa", "")],
    ),
    ("EAT", &[meaning(180, "Africa/Nairobi", &["ET", "TZ", "KE", "UG", "SO"], "East Africa Time", "East Africa", "")]),
    ("ART", &[meaning(-180, "America/Argentina/Buenos_Aires", &["AR"], "Argentina Time", "Argentina", "")]),
    ("BRT", &[meaning(-180, "America/Sao_Paulo", &["BR"], "Brasília Time", "the east of Brazil", "")]),
    ("UYT", &[meaning(-180, "America/Montevideo", &["UY"], "Uruguay Time", "Uruguay", "")]),
    ("PYT", &[meaning(-180, "America/Asuncion", &["PY"], "Paraguay Time", "Paraguay", "")]),
    ("CLST", &[meaning(-180, "America/Santiago", &["CL"], "Chile Summer Time", "Chile", "CLT")]),
    ("CLT", &[meaning(-240, "America/Santiago", &["CL"], "Chile Standard Time", "Chile", "CLST")]),
    ("BOT", &[meaning(-240, "America/La_Paz", &["BO"], "Bolivia Time", "Bolivia", "")]),
    ("VET", &[meaning(-240, "America/Caracas", &["VE"], "Venezuelan Standard Time", "Venezuela", "")]),
    (
        "AMT",
        &[
            meaning(-240, "America/Manaus", &["BR"], "Amazon Time", "the west of Brazil", ""),
            meaning(240, "Asia/Yerevan", &["AM"], "Armenia Time", "Armenia", ""),
        ],
    ),
    ("COT", &[meaning(-300, "America/Bogota", &["CO"], "Colombia Time", "Colombia", "")]),
    ("PET", &[meaning(-300, "America/Lima", &["PE"], "Peru Time", "Peru", "")]),
    ("ECT", &[meaning(-300, "America/Guayaquil", &["EC"], "Ecuador Time", "Ecuador", "")]),
];

/// Names that are a zone all year, folded.
const GENERIC: &[(&str, &[&str])] = &[
    ("UTC", &["utc", "gmt", "z", "zulu", "universal", "universal time", "coordinated universal time"]),
    ("America/Los_Angeles", &["pt", "pacific", "pacific time", "us pacific", "hora del pacifico", "pacifico"]),
    ("America/Denver", &["mt", "mountain", "mountain time", "us mountain", "hora de la montana"]),
    ("America/Chicago", &["ct", "central", "central time", "us central", "hora del centro"]),
    ("America/New_York", &["et", "eastern", "eastern time", "us eastern", "hora del este"]),
    ("America/Halifax", &["atlantic", "atlantic time", "hora del atlantico"]),
    ("America/St_Johns", &["newfoundland", "newfoundland time"]),
    ("America/Anchorage", &["akt", "alaska", "alaska time"]),
    ("Pacific/Honolulu", &["hawaii", "hawaii time"]),
    ("Europe/London", &["uk", "uk time", "british time", "britain"]),
    ("Europe/Dublin", &["ireland", "irish time", "ireland time"]),
    ("Europe/Brussels", &["central european", "hora central europea"]),
    ("Asia/Kolkata", &["india", "india time", "indian time"]),
    ("Asia/Shanghai", &["china", "china time"]),
    ("Australia/Sydney", &["aet", "australian eastern time"]),
    ("Pacific/Auckland", &["nzt", "nz time", "new zealand", "new zealand time"]),
];

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::super::{Resolved, Tzdb, country};
    use super::*;

    #[test]
    fn every_meaning_is_true_of_its_zone() {
        let tzdb = Tzdb::bundled();
        for (abbreviation, meanings) in MEANINGS {
            for meaning in *meanings {
                let zone = tzdb.zone(meaning.zone).expect(meaning.zone);
                // Iran has had no daylight saving since.
                let year = if *abbreviation == "IRDT" { 2021 } else { 2026 };
                let noons = [1, 7].map(|month| NaiveDate::from_ymd_opt(year, month, 15).unwrap().and_hms_opt(12, 0, 0));
                let offsets = noons.map(|noon| match zone.resolve(noon.unwrap()) {
                    Resolved::Single(instant) => zone.offset_at(instant).seconds(),
                    other => panic!("{noon:?}: {other:?}"),
                });
                assert!(offsets.contains(&meaning.seconds), "{abbreviation} in {zone} of {}", noons[0].unwrap().year());
                for country in meaning.countries {
                    assert!(country::name(country).is_some(), "{country}");
                }
            }
        }
    }

    #[test]
    fn partners_name_each_other() {
        for (abbreviation, meanings) in MEANINGS {
            for meaning in meanings.iter().filter(|meaning| *abbreviation != "IRDT" && meaning.zone != "Europe/Dublin")
            {
                let Some(partner) = meaning.partner else { continue };
                let back = super::meanings(partner).iter().find(|other| other.zone == meaning.zone).unwrap();
                assert_eq!(back.partner, Some(*abbreviation));
            }
        }
    }

    #[test]
    fn ambiguous_ones_list_their_places() {
        let zones = |abbreviation| meanings(abbreviation).iter().map(|meaning| meaning.zone).collect::<Vec<_>>();
        assert_eq!(zones("cst"), ["America/Chicago", "Asia/Shanghai", "America/Havana"]);
        assert_eq!(zones("IST"), ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]);
        assert_eq!(zones("PST"), ["America/Los_Angeles"]);
        assert!(zones("XST").is_empty() && zones("").is_empty());
    }

    #[test]
    fn generic_names_are_zones() {
        assert_eq!(generic("PT"), Some("America/Los_Angeles"));
        assert_eq!(generic("UK time"), Some("Europe/London"));
        assert_eq!(generic("hora del Pacífico"), Some("America/Los_Angeles"));
        assert_eq!(generic("PST"), None);
        let tzdb = Tzdb::bundled();
        assert!(GENERIC.iter().all(|(zone, _)| tzdb.zone(zone).is_some()));
    }
}
