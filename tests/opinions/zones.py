"""What Python's zoneinfo says about every zone of PyPI's tzdata, for tests/zones.rs.

The first line is the version of the package and its folder. Each other line is a stretch of time around a change of
clocks, and has, separated by tabs:

    names       all identifiers with the same rules, separated by commas
    start       unix seconds; instants follow in steps of an hour
    instants    runs of count*offset/abbreviation, separated by spaces
    wall start  wall clock as if it were UTC; wall clocks follow in steps of half an hour
    walls       runs of count*offset for fold=0/offset for fold=1

Changes of clocks are those that the zone's file lists, in any year, and those that a walk in steps of five days from
1970 to 2037 and from 2068 to 2072 finds besides. The file is read here by hand: zoneinfo does not tell its changes.
"""

import os
import struct
import sys
from datetime import datetime, timedelta, timezone
from importlib import metadata
from itertools import groupby
from zoneinfo import TZPATH, ZoneInfo

import tzdata

DAY = 86_400
HALF_HOUR = 1_800
HOUR = 3_600
EPOCH = datetime(1970, 1, 1)
FIRST = -60_000_000_000  # in the year 68; datetime begins with the year 1


def seconds(year):
    return int((datetime(year, 1, 1) - EPOCH).total_seconds())


def listed(data):
    """The changes of a TZif file's 64-bit block (RFC 9636 3.2)."""
    header = ">4s1s15x6l"
    size = struct.calcsize(header)
    _, _, utc, std, leap, times, types, chars = struct.unpack_from(header, data)
    start = size + times * 5 + types * 6 + chars + leap * 8 + std + utc
    times = struct.unpack_from(header, data, start)[5]
    return [at for at in struct.unpack_from(f">{times}q", data, start + size) if at > FIRST]


def walked(zone):
    """The changes that a walk finds: the first second of each."""

    def state(at):
        there = datetime.fromtimestamp(at, zone)
        return there.utcoffset(), there.tzname()

    for start, end in ((1970, 2038), (2068, 2073)):
        before = state(seconds(start))
        for at in range(seconds(start), seconds(end), 5 * DAY):
            after = state(at)
            if before != after:
                low, high = at - 5 * DAY, at
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (low, middle) if state(middle) != before else (middle, high)
                yield high
            before = after


def runs(answers):
    return " ".join(f"{sum(1 for _ in same)}*{answer}" for answer, same in groupby(answers))


def offset(time):
    return int(time.utcoffset().total_seconds())


def stretch(zone, at, hours):
    start = at - hours * HOUR
    instants = []
    for step in range(2 * hours + 1):
        there = (EPOCH + timedelta(seconds=start + step * HOUR)).replace(tzinfo=timezone.utc).astimezone(zone)
        instants.append(f"{offset(there)}/{there.tzname()}")
    wall_start = start + int(instants[0].split("/")[0])
    walls = []
    for step in range(4 * hours + 1):
        wall = (EPOCH + timedelta(seconds=wall_start + step * HALF_HOUR)).replace(tzinfo=zone)
        walls.append(f"{offset(wall)}/{offset(wall.replace(fold=1))}")
    return f"{start}\t{runs(instants)}\t{wall_start}\t{runs(walls)}"


def main():
    if TZPATH:
        sys.exit("set PYTHONTZPATH to nothing, so that zoneinfo reads the package and not the system")
    package = os.path.dirname(tzdata.__file__)
    folder = os.path.join(package, "zoneinfo")
    print(metadata.version("tzdata"), folder, sep="\t")
    with open(os.path.join(package, "zones"), encoding="ascii") as file:
        names = file.read().split()
    same = {}
    for name in names:
        with open(os.path.join(folder, *name.split("/")), "rb") as file:
            same.setdefault(file.read(), []).append(name)
    for data, names in same.items():
        zone = ZoneInfo(names[0])
        changes = sorted({*listed(data), *walked(zone)})
        between = [(a + b) // 2 for a, b in zip(changes, changes[1:] + [seconds(2080)])]
        lines = [stretch(zone, at, 36) for at in changes] + [stretch(zone, at, 0) for at in between or [0]]
        for line in lines:
            print(",".join(names), line, sep="\t")


main()
