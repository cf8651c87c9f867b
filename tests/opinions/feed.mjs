// What ical.js (Thunderbird's reader) reads in a feed.
//
//     node feed.mjs FEED.ics [FROM TO]...
//
// Prints what feed.py prints, with windows and without, but for `start_zoneinfo`: ical.js has no zones other than those of the feed. Exits with 1 if ical.js rejects
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

const shown = (time) => (time.isDate ? time : time.convertToZone(ICAL.Timezone.utcTimezone)).toString();

/** Where the search for occurrences ends: days after the last window, for clocks of other zones. */
const SLACK = 3;

/** The occurrences of a series up to a day, changed ones in the place of planned ones. A change that hits none ends when it starts. */
function* series(master, changes, until) {
  const event = new ICAL.Event(master, { exceptions: [], strictExceptions: true });
  const planned = new Map(changes.map((change) => [shown(change.getFirstPropertyValue("recurrence-id")), change]));
  const last = [...planned.keys()].reduce((last, next) => (next > last ? next : last), until);
  const times = event.iterator();
  for (let time = times.next(); time && shown(time).slice(0, 10) <= last.slice(0, 10); time = times.next()) {
    const change = planned.get(shown(time));
    planned.delete(shown(time));
    const { startDate, endDate } = event.getOccurrenceDetails(time);
    yield change ? [change, inUtc(change, "dtstart"), inUtc(change, "dtend")] : [master, shown(startDate), shown(endDate)];
  }
  for (const [missed, change] of planned) yield [change, missed, missed];
}

/** All that happens up to a day. */
function* occurrences(events, until) {
  const changes = new Map();
  for (const change of events.filter((event) => event.hasProperty("recurrence-id"))) {
    const uid = change.getFirstPropertyValue("uid");
    changes.set(uid, [...(changes.get(uid) ?? []), change]);
  }
  for (const event of events) {
    const uid = event.getFirstPropertyValue("uid");
    if (event.hasProperty("rrule")) {
      try {
        yield* series(event, changes.get(uid) ?? [], until);
      } catch (error) {
        throw new Error(`${uid}: ${error.message}`, { cause: error });
      }
    } else if (!event.hasProperty("recurrence-id")) {
      yield [event, inUtc(event, "dtstart"), inUtc(event, "dtend")];
    }
  }
}

/** What is seen in windows, of days of UTC. */
function windows(events, days) {
  const last = days.reduce((last, next) => (next > last ? next : last));
  const until = new Date(Date.parse(last) + SLACK * 86_400_000).toISOString();
  const found = [];
  for (const [event, start, end] of occurrences(events, until)) {
    const all_day = !start.includes("T");
    for (let index = 0; index < days.length; index += 2) {
      const [first, after] = [days[index], days[index + 1]].map((day) => (all_day ? day : `${day}T00:00:00Z`));
      if (start >= after || first >= end || (start === end && start < first)) continue;
      const [uid, status, summary] = ["uid", "status", "summary"].map((name) => event.getFirstPropertyValue(name));
      found.push({ from: days[index], uid, start, end, all_day, status, summary });
    }
  }
  return found;
}

function rows(source, days) {
  const calendar = new ICAL.Component(ICAL.parse(source));
  if (calendar.name !== "vcalendar") throw new Error("expected one VCALENDAR");
  const zones = new Set();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
    zones.add(zone.getFirstPropertyValue("tzid"));
  }
  const events = calendar.getAllSubcomponents("vevent");
  const single = events.map((event) => {
    try {
      return row(event, zones);
    } catch (error) {
      throw new Error(`${event.getFirstPropertyValue("uid")}: ${error.message}`, { cause: error });
    }
  });
  return days.length ? windows(events, days) : single;
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const [path, ...days] = process.argv.slice(2);
if (!path || days.length % 2 || !days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day))) {
  console.error("usage: feed.mjs FEED.ics [FROM TO]...");
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
  const sorted = rows(source, days).sort((a, b) => order(a.from, b.from) || order(a.start, b.start) || order(a.uid, b.uid));
  process.stdout.write(sorted.map((each) => `${JSON.stringify(each)}\n`).join(""));
} catch (error) {
  console.error(`feed.mjs: ${error.message}`);
  process.exitCode = 1;
}
