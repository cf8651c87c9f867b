#!/usr/bin/env python3
"""What readers of a built site other than browsers find in it: Atom, JSON, sitemap, robots, headers.

    published.py FOLDER BASE NOW

BASE is the public address of the site, NOW the time as of which it was built. Atom is read by feedparser, the rest by Python's own library. Prints
{"atom": …, "entries": …, "addresses": …, "problems": […]}.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser

import feedparser

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def time(text):
    return datetime.fromisoformat(text)


def atom(path, base, now, problems):
    def say(what):
        problems.append(f"{path.name}: {what}")

    feed = feedparser.parse(path.read_bytes())
    if feed.bozo:
        say(f"{feed.bozo_exception}")
    if feed.version != "atom10":
        say(f"feedparser takes it for {feed.version!r}")
    for name in ["id", "title", "updated"]:
        if not feed.feed.get(name):
            say(f"no {name}")
    own = [link.href for link in feed.feed.get("links", []) if link.rel == "self"]
    if own != [f"{base}feeds/{path.name}"]:
        say(f"its own address is {own}")
    for entry in feed.entries:
        for name in ["id", "title", "updated", "link"]:
            if not entry.get(name):
                say(f"{entry.get('id')}: no {name}")
        # When the record changed, never when the event is.
        if time(entry.updated) > now or time(entry.get("published", entry.updated)) > time(entry.updated):
            say(f"{entry.id}: updated {entry.updated}, published {entry.get('published')}")
        if time(entry.updated) > time(feed.feed.updated):
            say(f"{entry.id} is newer than the feed")
        if not entry.link.startswith(base):
            say(f"{entry.id} leads to {entry.link}")
    ids = [entry.id for entry in feed.entries]
    if len(set(ids)) != len(ids):
        say("an id stands there twice")
    return len(ids)


def sitemap(folder, base, problems):
    root = ElementTree.parse(folder / "sitemap.xml").getroot()
    if root.tag != f"{SITEMAP}urlset":
        problems.append(f"sitemap.xml: {root.tag}")
    addresses = [one.text for one in root.iter(f"{SITEMAP}loc")]
    if len(set(addresses)) != len(addresses):
        problems.append("sitemap.xml: an address stands there twice")
    for address in addresses:
        path = unquote(address.removeprefix(base))
        if not address.startswith(base) or not (folder / path / "index.html").is_file():
            problems.append(f"sitemap.xml: {address} is no page")
    for changed in root.iter(f"{SITEMAP}lastmod"):
        time(changed.text)
    return addresses


def headers(folder, problems):
    rules, current = {}, None
    for number, line in enumerate((folder / "_headers").read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            current = rules.setdefault(line, {})
            if not line.startswith("/"):
                problems.append(f"_headers:{number}: {line} is no path")
        elif current is None or ": " not in line:
            problems.append(f"_headers:{number}: {line}")
        else:
            name, _, value = line.strip().partition(": ")
            current[name.lower()] = value
    everywhere = rules.get("/*", {})
    policy = {part.split()[0]: part.split()[1:] for part in everywhere.get("content-security-policy", "").split(";") if part.strip()}
    if policy.get("default-src") != ["'none'"] or any("unsafe" in word for words in policy.values() for word in words):
        problems.append(f"_headers: the policy is {policy}")
    if everywhere.get("referrer-policy") != "no-referrer":
        problems.append("_headers: no Referrer-Policy")
    if rules.get("/feeds/*.ics", {}).get("content-type") != "text/calendar; charset=utf-8":
        problems.append("_headers: feeds have no type")


def main(arguments):
    folder, base, now = Path(arguments[0]), arguments[1], time(arguments[2])
    problems = []
    atoms = sorted((folder / "feeds").glob("*.atom"))
    entries = sum(atom(path, base, now, problems) for path in atoms)
    for path in sorted((folder / "feeds").glob("*.json")):
        json.loads(path.read_bytes())
    for calendar in (folder / "feeds").glob("*.ics"):
        for form in ["atom", "json"]:
            if not calendar.with_suffix(f".{form}").is_file():
                problems.append(f"{calendar.name}: there is no .{form}")
    addresses = sitemap(folder, base, problems)
    robots = RobotFileParser()
    robots.parse((folder / "robots.txt").read_text("utf-8").splitlines())
    for address in [*addresses, f"{base}feeds/all.ics"]:
        if not robots.can_fetch("Googlebot", address):
            problems.append(f"robots.txt: {address} is not allowed")
    if robots.site_maps() != [f"{base}sitemap.xml"]:
        problems.append(f"robots.txt: {robots.site_maps()}")
    headers(folder, problems)
    print(json.dumps({"atom": len(atoms), "entries": entries, "addresses": len(addresses), "problems": problems}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
