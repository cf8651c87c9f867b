// What ical.js (Thunderbird's reader) reads in a feed.
//
//     node feed.mjs FEED.ics
//
// Prints what feed.py prints, but for `start_zoneinfo`: ical.js has no zones other than those of the feed. Exits with 1 if ical.js rejects
// the feed or a value in it, or if a TZID has no VTIMEZONE; with 2 if the feed cannot be read.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

/** A time in UTC, a date, or (floating) a wall-clock time without `Z`. */
function inUtc(event, name) {
  const property = event.getFirstProperty(name);
  if (!property) return null;
  const written = property.jCal[3];
  const time = property.getFirstValue();
  // ical.js carries the 31st of November over to 1 December.
  if (time.toString() !== written) throw new Error(`${name}: ${written} is no date or time`);
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) return time.toString();
  return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

function row(event, zones) {
  for (const property of event.getAllProperties()) {
    const tzid = property.getParameter("tzid");
    if (tzid && !zones.has(tzid)) throw new Error(`TZID ${tzid} has no VTIMEZONE`);
  }
  const start = inUtc(event, "dtstart");
  if (start === null) throw new Error("DTSTART is missing");
  return {
    uid: event.getFirstPropertyValue("uid"),
    start,
    end: inUtc(event, "dtend"),
    all_day: event.getFirstPropertyValue("dtstart").isDate,
    status: event.getFirstPropertyValue("status"),
    summary: event.getFirstPropertyValue("summary"),
    sequence: event.getFirstPropertyValue("sequence"),
  };
}

function rows(source) {
  const calendar = new ICAL.Component(ICAL.parse(source));
  if (calendar.name !== "vcalendar") throw new Error("expected one VCALENDAR");
  const zones = new Set();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
    zones.add(zone.getFirstPropertyValue("tzid"));
  }
  return calendar.getAllSubcomponents("vevent").map((event) => {
    try {
      return row(event, zones);
    } catch (error) {
      throw new Error(`${event.getFirstPropertyValue("uid")}: ${error.message}`, { cause: error });
    }
  });
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const [path, ...others] = process.argv.slice(2);
if (!path || others.length) {
  console.error("usage: feed.mjs FEED.ics");
  process.exit(2);
}
let octets;
try {
  octets = readFileSync(path);
} catch (error) {
  console.error(`feed.mjs: ${error.message}`);
  process.exit(2);
}
try {
  const source = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  const sorted = rows(source).sort((a, b) => order(a.start, b.start) || order(a.uid, b.uid));
  process.stdout.write(sorted.map((each) => `${JSON.stringify(each)}\n`).join(""));
} catch (error) {
  console.error(`feed.mjs: ${error.message}`);
  process.exitCode = 1;
}
