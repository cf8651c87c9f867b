"""Expands random rules with python-dateutil, and some of them with recurring-ical-events.

    rules.py SEED COUNT

One line a rule, tab-separated: opinion, RRULE, DTSTART, from, to, occurrences in [from, to)
(comma-separated; dateutil's at most LIMIT). The generator keeps to what RFC 5545 allows; rules.mjs and the test read the same lines.
"""

import datetime
import random
import sys
import types
from datetime import timedelta

import dateutil.rrule
import icalendar
import recurring_ical_events

LIMIT = 60
FORM = "%Y%m%dT%H%M%S"
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def stop_after(year):
    """dateutil walks to the year 9999 when nothing matches; let its calendar end with the window."""
    calendar = types.SimpleNamespace(**vars(datetime))
    calendar.MAXYEAR = year
    dateutil.rrule.datetime = calendar


def some(rng, values, most):
    values = list(values)
    return sorted(set(rng.choices(values, k=rng.randint(1, most))), key=values.index)


def signed(rng, high, most):
    if rng.random() < 0.6:
        return some(rng, range(1, high + 1), most)
    return some(rng, [*range(-min(high, 60), 0), *range(1, high + 1)], most)


def rule(rng, start):
    freq = rng.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = {"FREQ": freq}
    if rng.random() < 0.6:
        high = {"DAILY": 45, "WEEKLY": 12, "MONTHLY": 14, "YEARLY": 5}[freq]
        parts["INTERVAL"] = rng.randint(1, high)
    if rng.random() < 0.35:
        parts["BYMONTH"] = some(rng, range(1, 13), 5)
    if freq == "YEARLY" and rng.random() < 0.25:
        parts["BYWEEKNO"] = rng.choice([[1], [-1], [53], [52], [52, 53, 1], signed(rng, 53, 5), signed(rng, 53, 20)])
    if freq == "YEARLY" and rng.random() < 0.2:
        parts["BYYEARDAY"] = signed(rng, 366, rng.choice([3, 80]))
    if freq != "WEEKLY" and rng.random() < 0.35:
        parts["BYMONTHDAY"] = signed(rng, 31, rng.choice([2, 8]))
    if rng.random() < 0.55:
        days = some(rng, DAYS, 4)
        if freq in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts and rng.random() < 0.6:
            high = 5 if freq == "MONTHLY" or "BYMONTH" in parts else 53
            days = [rng.choice(["", *[str(n) for n in [*range(-high, 0), *range(1, high + 1)]]]) + day for day in days]
        parts["BYDAY"] = days
    if rng.random() < 0.12:
        parts["BYHOUR"] = some(rng, range(24), 4)
    if rng.random() < 0.08:
        parts["BYMINUTE"] = some(rng, range(0, 60, 5), 3)
    if rng.random() < 0.04:
        parts["BYSECOND"] = some(rng, [0, 1, 30, 59], 3)
    if rng.random() < 0.25 and any(part.startswith("BY") for part in parts):
        parts["BYSETPOS"] = some(rng, [-3, -2, -1, 1, 2, 3, 4, 10, -20, 40], 3)
    if rng.random() < 0.4:
        parts["WKST"] = rng.choice(DAYS)
    ending = rng.random()
    if ending < 0.25:
        parts["COUNT"] = rng.choice([1, 2, 3, 10, 50, 400])
    elif ending < 0.45:
        until = start + timedelta(days=rng.randint(0, 3000))
        parts["UNTIL"] = until.strftime(FORM)
    text = lambda value: ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return ";".join(f"{name}={text(value)}" for name, value in parts.items())


def by_dateutil(text, start, begin, end):
    stop_after(end.year + 1)
    expanded = dateutil.rrule.rrulestr(text, dtstart=start)
    found = []
    for moment in expanded:
        if moment >= end or len(found) == LIMIT:
            break
        if moment >= begin:
            found.append(moment)
    return found


def by_recurring_ical_events(text, start, begin, end):
    stop_after(end.year + 2)
    event = icalendar.Event()
    event.add("uid", "rule")
    event.add("dtstart", start)
    event.add("dtend", start)
    event.add("rrule", icalendar.vRecur.from_ical(text))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = sorted(event["DTSTART"].dt for event in recurring_ical_events.of(calendar).between(begin, end))
    return [moment for moment in found if begin <= moment < end]


def main(seed, count):
    rng = random.Random(seed)
    for number in range(count):
        day = datetime.datetime(rng.choice([1996, 2000, 2018, 2020, 2024, 2025]), 1, 1) + timedelta(days=rng.randint(0, 365))
        if rng.random() < 0.1:
            day = day.replace(month=12, day=rng.randint(28, 31))
        start = day + timedelta(minutes=rng.choice([0, 600, 1140, 1439]))
        text = rule(rng, start)
        if rng.random() < 0.6:
            # Most real rules produce their own start.
            start = next(iter(by_dateutil(text, start, start, start + timedelta(days=3000))), start)
        begin = start if rng.random() < 0.7 else start + timedelta(days=rng.randint(1, 1500), minutes=rng.randint(0, 1440))
        span = {"DAILY": 700, "WEEKLY": 1500, "MONTHLY": 2500, "YEARLY": 4500}[text[5:].split(";")[0]]
        end = begin + timedelta(days=rng.randint(1, span))
        opinions = [("dateutil", by_dateutil)]
        if number % 20 == 0:
            opinions.append(("recurring-ical-events", by_recurring_ical_events))
        for name, expand in opinions:
            found = ",".join(moment.strftime(FORM) for moment in expand(text, start, begin, end))
            print(name, text, start.strftime(FORM), begin.strftime(FORM), end.strftime(FORM), found, sep="\t")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
