"""When the occurrences of random series begin and end, by Python's zoneinfo; for tests/lengths.rs.

Standard input is empty for a calendar: the records are written to the folder in the first argument, by a seed that does
not change. Otherwise it is the JSON Lines listing of that calendar. Then each difference is printed on a line, and the
last line counts series and occurrences.

A clock time is read with fold=0: in a gap by the offset before it, in an overlap as the first (RFC 5545 3.3.5).
"""

import json
import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

# Clock changes at midnight, by half an hour, over a whole day, and ordinary ones.
ZONES = [
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
    "America/Asuncion",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Tokyo",
]
SERIES = 300
ZERO = timedelta(0)


def instant(wall, zone):
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(timezone.utc)


def is_single(wall, zone):
    other = wall.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(timezone.utc)
    return instant(wall, zone) == other


def length(choice):
    """The part that is counted on the clock, the exact part, and the `duration`; none for an `end`."""
    if choice == "end":
        return timedelta(minutes=15 * random.randint(1, 200)), ZERO, None
    days, hours = random.randint(1, 4), random.randint(1, 40)
    if choice == "days":
        return timedelta(days=days), ZERO, f"{days}d"
    if choice == "hours":
        return ZERO, timedelta(hours=hours), f"{hours}h"
    return timedelta(days=days), timedelta(hours=hours), f"{days}d{hours}h"


def occurrences(start, clock, exact, zone, step, count):
    found = {}
    for number in range(count):
        wall = start + timedelta(days=step * number)
        begin = instant(wall, zone)
        end = (instant(wall + clock, zone) if clock else begin) + exact
        # Two starts at one instant are one occurrence.
        found[begin] = end if end > begin else begin + clock + exact
    return sorted(found.items())


def series():
    random.seed(7)
    records, expected = [], {}
    for number in range(SERIES):
        zone = random.choice(ZONES)
        samoa = zone == "Pacific/Apia"
        day = datetime(2011, 12, random.randint(1, 28)) if samoa else datetime(2024, random.randint(1, 12), random.randint(1, 28))
        start = day + timedelta(minutes=15 * random.randint(0, 95))
        clock, exact, duration = length(random.choice(["end", "days", "hours", "both"]))
        end = start + clock
        # What a record may say: times that exist once.
        if not is_single(start, zone) or (duration is None and (not is_single(end, zone) or instant(end, zone) <= instant(start, zone))):
            continue
        step = random.choice([1, 7])
        count = 400 if step == 1 else 60
        lasts = f'duration = "{duration}"' if duration else f"end = {end.isoformat()}"
        repeat = "daily" if step == 1 else "weekly"
        records.append(
            f'[[event]]\nid = "e{number}"\ntitle = "T"\nkind = "vigil"\ntimezone = "{zone}"\n'
            f'start = {start.isoformat()}\n{lasts}\nrepeat = "{repeat}"\ncount = {count}\n'
        )
        expected[f"e{number}"] = occurrences(start, clock, exact, zone, step, count)
    return records, expected


def main():
    records, expected = series()
    listing = sys.stdin.read()
    if not listing:
        folder = Path(sys.argv[1])
        (folder / "events").mkdir()
        (folder / "calendar.toml").write_text('title = "T"\ndomain = "example.org"\ntimezone = "UTC"\n')
        (folder / "events" / "series.toml").write_text("\n".join(records))
        return
    found = {}
    for line in listing.splitlines():
        row = json.loads(line)
        if "id" in row and "start" in row:
            times = (datetime.fromisoformat(row[key].replace("Z", "+00:00")) for key in ("start", "end"))
            found.setdefault(row["id"], []).append(tuple(time.astimezone(timezone.utc) for time in times))
    for event, times in expected.items():
        if sorted(found.get(event, [])) != times:
            differing = sorted(set(found.get(event, [])) ^ set(times))
            print(event, [tuple(map(str, one)) for one in differing[:4]])
    print(f"{len(expected)} series, {sum(map(len, expected.values()))} occurrences")


main()
