#!/usr/bin/env python3
"""What the Python library icalendar reads in a feed.

    feed.py FEED.ics [FROM TO]...

Without windows, prints one JSON object a line for each VEVENT: uid, start, end, all_day, status, summary, sequence, start_zoneinfo; sorted by start, then
uid. Times are instants in UTC by the VTIMEZONE *of the feed*; `start_zoneinfo` is the start by the package tzdata, as a client reads it
that ignores VTIMEZONE (null where tzdata does not know the name). All-day values are dates, and `end` is exclusive; a floating time has no
`Z`; what is absent is null.

With windows, days of UTC that hold FROM and not TO, prints for each of them what recurring-ical-events finds of it: from (that of the
window), uid, start, end, all_day, status, summary.

Exits with 1 and prints nothing but the reasons, on standard error, if icalendar rejects, repairs or ignores anything, if a property that it
knows as required is missing or as single is repeated, or if a TZID has no VTIMEZONE. Exits with 2 if the feed cannot be read.
"""

import json
import sys
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path

import icalendar
import recurring_ical_events
from icalendar.prop import vBroken

zoneinfo.reset_tzpath(to=[])  # not the system's database, which may be older than the package's


def problems(component):
    """Everything in a component, or below it, that icalendar did not take as it stood."""
    for part in component.walk():
        where = f"{part.name} {part.get('UID', part.get('TZID', ''))}".strip()
        yield from (f"{where}: {name}: {reason}" if name else f"{where}: {reason}" for name, reason in part.errors)
        required = {*part.required, "DTSTART"} if part.name == "VEVENT" else part.required
        yield from (f"{where}: {name} is missing" for name in sorted(required) if name not in part)
        for name, value in part.items():
            values = value if isinstance(value, list) else [value]
            if len(values) > 1 and name in part.singletons:
                yield f"{where}: {name} stands there {len(values)} times"
            if any(isinstance(one, vBroken) for one in values) and name not in (error for error, _ in part.errors):
                yield f"{where}: {name} was not understood"


def undefined_zones(calendar):
    used = {
        value.params["TZID"]
        for event in calendar.events
        for _, value in event.property_items(recursive=False)
        if "TZID" in getattr(value, "params", {})
    }
    defined = {zone.tz_name for zone in calendar.timezones}
    return [f"TZID {name} has no VTIMEZONE" for name in sorted(used - defined)]


class Zones:
    """The zones of one feed, by its VTIMEZONEs and by tzdata."""

    def __init__(self, calendar):
        self.of_feed = {zone.tz_name: zone.to_tz(lookup_tzid=False) for zone in calendar.timezones}

    def in_utc(self, prop):
        """The instant of a date-time property by the feed's VTIMEZONE; dates and floating times unchanged."""
        return self._resolve(prop, self.of_feed.get)

    def in_utc_by_tzdata(self, prop):
        """The same by tzdata."""
        return self._resolve(prop, named)

    @staticmethod
    def _resolve(prop, find):
        if prop is None:
            return None
        if not isinstance(prop.dt, datetime):
            return prop.dt.isoformat()
        name = prop.params.get("TZID")
        if name is None:
            time = prop.dt
        else:
            # icalendar has attached a zone of its own choice: only the wall clock is of use.
            zone = find(name)
            if zone is None:
                return None
            time = prop.dt.replace(tzinfo=zone)
        if time.tzinfo is None:
            return time.isoformat()
        # Not strftime, which leaves out the zeros of early years.
        return time.astimezone(timezone.utc).replace(tzinfo=None).isoformat() + "Z"


@cache
def named(name):
    """The zone of that name in tzdata, or None."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def text(component, name):
    value = component.get(name)
    return None if value is None else str(value)


def rows(calendar):
    zones = Zones(calendar)
    for event in calendar.events:
        start = event["DTSTART"]
        yield {
            "uid": text(event, "UID"),
            "start": zones.in_utc(start),
            "end": zones.in_utc(event.get("DTEND")),
            "all_day": not isinstance(start.dt, datetime),
            "status": text(event, "STATUS"),
            "summary": text(event, "SUMMARY"),
            "sequence": event.get("SEQUENCE"),
            "start_zoneinfo": zones.in_utc_by_tzdata(start),
        }


def instant(moment):
    """A date as it is, an instant in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def occurrences(query, first, end):
    """What recurring-ical-events finds of the days from `first` up to `end`."""
    midnight = lambda day: datetime.combine(day, time(), timezone.utc)
    # It compares dates with instants by rules of its own: ask for more, and take what touches the window.
    slack = timedelta(days=2)
    for event in query.between(midnight(first) - slack, midnight(end) + slack):
        bounds = [event["DTSTART"].dt, event["DTEND"].dt]
        all_day = not isinstance(bounds[0], datetime)
        window = [first, end] if all_day else [midnight(first), midnight(end)]
        if bounds[0] < window[1] and window[0] < bounds[1]:
            yield {
                "from": first.isoformat(),
                "uid": text(event, "UID"),
                "start": instant(bounds[0]),
                "end": instant(bounds[1]),
                "all_day": all_day,
                "status": text(event, "STATUS"),
                "summary": text(event, "SUMMARY"),
            }


def complain(reasons):
    for reason in reasons:
        print(f"feed.py: {reason}", file=sys.stderr)
    return 1


def main(arguments):
    try:
        days = [date.fromisoformat(day) for day in arguments[1:]]
    except ValueError:
        days = [None]
    if not arguments or None in days or len(days) % 2:
        print("usage: feed.py FEED.ics [FROM TO]...", file=sys.stderr)
        return 2
    try:
        octets = Path(arguments[0]).read_bytes()
    except OSError as error:
        print(f"feed.py: {error}", file=sys.stderr)
        return 2
    try:
        calendar = icalendar.Calendar.from_ical(octets.decode("utf-8"))
    except (ValueError, IndexError) as error:
        return complain([error])
    reasons = [*problems(calendar), *undefined_zones(calendar)]
    if reasons:
        return complain(reasons)
    found = rows(calendar)
    if days:
        # It would take rules in UTC to the clock of X-WR-TIMEZONE, which is no part of a standard.
        calendar.pop("X-WR-TIMEZONE", None)
        query = recurring_ical_events.of(calendar)
        found = [row for window in zip(days[::2], days[1::2]) for row in occurrences(query, *window)]
    for row in sorted(found, key=lambda row: (row.get("from"), row["start"], row["uid"])):
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
