//! ListTimeZones.

use super::records::{TimeZone, TimeZonesResult};
use crate::contract::operation;
use crate::domain::{Error, zone};
use crate::operations::{Context, Reads};
use crate::store::Read;

operation! {
    /// Lists the time zones, each by its IANA name and its Windows id.
    reads ListTimeZones by Employee {} -> TimeZonesResult
}

impl Reads for ListTimeZones {
    fn answer(&self, _: &Context<'_>, _: &dyn Read) -> Result<TimeZonesResult, Error> {
        let zone = |(iana, windows, description): (&str, Option<&str>, &str)| TimeZone {
            iana: Some(iana.to_owned()),
            windows: windows.map(str::to_owned),
            display_name: Some(description.to_owned()),
        };
        Ok(TimeZonesResult { time_zones: Some(zone::all().map(zone).collect()), ..TimeZonesResult::default() })
    }
}
