/*
 * What a page can do more where scripts run. Everything is there without them; nothing is sent, and nothing is stored but
 * the time zone that a reader chooses.
 *
 *   time.at[datetime][data-end]   gets the reader's own time beside it, where the offset differs at that instant; before
 *                                 it with the class `mine`, for what is joined from anywhere
 *   [data-zones] select           chooses the reader's time zone
 *   [data-address="feeds/x.ics"]  its text becomes the absolute address; a[data-webcal] the same as a webcal: link;
 *                                 [data-relative], which says that it is not known, goes
 *   .list[data-whole]             is filtered by kind, country and words; the state is in the address, behind #
 *   .day, .month td               are marked as today or tomorrow, by the clock of the calendar, on old pages too
 *   [data-last="2026-12-03"]      the last day: a row of a day gone by is hidden, and an event's page says that it is over
 *   [data-since="2026-10-16"]     has the number of the day, counted from that one
 *
 * Words and formats of the page's language come with the script element.
 */
"use strict";

{
  const { locale, ownTime, range, zone: calendarZone, ...words } = document.currentScript.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const number = new Intl.NumberFormat(locale, { useGrouping: false });

  /* Clocks */

  const isZone = (zone) => {
    try {
      return Boolean(zone && new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
      return false;
    }
  };
  const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const KEPT = "redletter-zone";
  let zone = browserZone;
  // Browsers may keep nothing of a file, or of any page.
  try {
    const kept = localStorage.getItem(KEPT);
    if (isZone(kept)) zone = kept;
  } catch {}

  const formats = new Map();
  const format = (zone, fields, language = locale) => {
    const key = JSON.stringify([zone, fields, language]);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { ...fields, timeZone: zone }));
    return formats.get(key);
  };
  // What clocks of a zone show, as if it were UTC.
  const wall = (instant, zone) => {
    const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
    const parts = format(zone, fields, "en-u-ca-gregory-hc-h23-nu-latn").formatToParts(instant);
    const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
    return new Date(Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second));
  };
  const iso = (day) => day.toISOString().slice(0, 10);
  const now = iso(wall(new Date(), isZone(calendarZone) ? calendarZone : browserZone));
  // A clock that is behind the page is wrong.
  const built = document.querySelector("[data-built]")?.dataset.built ?? now;
  const today = built > now ? built : now;
  const daysTo = (day) => Math.round((Date.parse(day) - Date.parse(today)) / 864e5);

  const inOwnTime = (time) => {
    const parts = /T.*?(Z|[+-]\d\d:\d\d)$/.exec(time.dateTime);
    if (!parts) return;
    const start = new Date(time.dateTime);
    const end = time.dataset.end && new Date(time.dataset.end);
    const [sign, hours, minutes] = parts[1] === "Z" ? ["+", 0, 0] : [parts[1][0], parts[1].slice(1, 3), parts[1].slice(4)];
    const official = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    const own = [start, end].map((instant) => instant && wall(instant, zone));
    if (Math.round((own[0] - start) / 6e4) === official) return;
    const clock = format(zone, { hour: locale.includes("h23") ? "2-digit" : "numeric", minute: "2-digit" });
    const date = format(zone, { weekday: "short", day: "numeric", month: "short" });
    const day = iso(own[0]) === time.dateTime.slice(0, 10) ? "" : date.format(start) + " ";
    const between = (from, to) => range.replace("{from}", from).replace("{to}", to).replace("–", "\u2060–\u2060");
    // What lasts for days has its end beside it in words.
    const until = end && end - start < 864e5 && (iso(own[1]) === iso(own[0]) || end - start < 432e5 ? "" : date.format(end) + " ") + clock.format(end);
    const text = day + (until ? between(clock.format(start), until) : clock.format(start));
    const shown = document.createElement("time");
    shown.className = "own";
    shown.dateTime = start.toISOString();
    shown.title = zone;
    shown.textContent = `${ownTime.replace("{time}", text)} (${zone.split("/").pop().replaceAll("_", " ")})`;
    if (time.classList.contains("mine")) time.before(shown, " ");
    else time.after(" ", shown);
  };
  const inOwnTimes = () => {
    for (const shown of all("time.own")) shown.remove();
    all("time.at").forEach(inOwnTime);
  };

  /* A page that was built on an earlier day */

  // A calendar may have templates of its own, which lack some of this.
  const dayOf = (element) => element?.dateTime?.slice(0, 10) ?? "";
  const label = (text) => Object.assign(document.createElement("span"), { className: "pill", textContent: text });
  for (const heading of all(".day > h3")) {
    const word = { 0: words.today, 1: words.tomorrow }[daysTo(dayOf(heading.querySelector("time")))];
    if (heading.querySelector(".pill")?.textContent === word) continue;
    heading.querySelector(".pill")?.remove();
    if (word) heading.append(" ", label(word));
  }
  for (const cell of all(".month td:not(.outside)")) {
    const isToday = dayOf(cell.querySelector(".number time")) === today;
    if (isToday === cell.classList.contains("today")) continue;
    cell.classList.toggle("today", isToday);
    cell.querySelector(".number .pill")?.remove();
    cell.removeAttribute("aria-current");
    if (!isToday || !words.today) continue;
    cell.setAttribute("aria-current", "date");
    cell.querySelector(".number").append(" ", label(words.today));
  }
  const isGone = (element) => Boolean(element.dataset.last) && element.dataset.last < today;
  for (const row of all(":is(.rows, .red-days) > [data-last]")) row.hidden = isGone(row) && !row.closest(".past, .throughout");
  for (const part of all(".day, .going, section:has(> .red-days)")) part.hidden = !part.querySelector("li:not([hidden])");
  for (const event of all(".h-event[data-last]").filter(isGone)) {
    for (const element of all("[data-when-over]", event)) element.hidden = element.dataset.whenOver !== "shown";
  }
  for (const date of all(".dates > li")) date.hidden = daysTo(dayOf(date.querySelector("time"))) < 0;

  // `day 37`, `day 2 of 3`, `day 37 today`: the number is that of another day by now.
  const phrases = [words.dayOf, words.dayToday, words.dayNumber].filter(Boolean).map((phrase) => {
    const pattern = phrase.replace(/[.*+?^$()[\]\\|]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>\\p{Nd}+)");
    return { phrase, pattern: new RegExp(pattern, "u") };
  });
  for (const counted of all("[data-since]").filter((counted) => !isGone(counted) && daysTo(counted.dataset.since) <= 0)) {
    const texts = document.createTreeWalker(counted, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { phrase, pattern } = phrases.find(({ pattern }) => pattern.test(texts.currentNode.data)) ?? {};
      if (!phrase) continue;
      texts.currentNode.data = texts.currentNode.data.replace(pattern, (...match) => {
        const day = number.format(1 - daysTo(counted.dataset.since));
        return phrase.replace("{day}", day).replace("{days}", match.at(-1).days);
      });
    }
  }

  if (location.protocol.startsWith("http")) {
    const absolute = (path) => new URL(path, location.href).href;
    for (const place of all("[data-address]")) place.textContent = absolute(place.dataset.address);
    for (const link of all("a[data-webcal]")) link.href = absolute(link.dataset.webcal).replace(/^https?:/, "webcal:");
    // It says that the addresses are not known, and now they are.
    for (const note of all("[data-relative]")) note.hidden = true;
  }

  const list = document.querySelector(".list[data-whole]");
  if (list) {
    const input = document.querySelector("#search");
    const found = document.querySelector(".found");
    const clear = document.querySelector(".clear");
    const choices = all(".choices a");
    const rows = all(".row", list).filter((row) => !row.hidden);
    const texts = new Map(rows.map((row) => [row, fold(`${row.closest(".day")?.querySelector("h3").textContent ?? ""} ${row.textContent}`)]));

    function fold(text) {
      return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    }

    let state = new URLSearchParams();
    const link = (change) => {
      const next = new URLSearchParams([...Object.entries({ ...Object.fromEntries(state), ...change })].filter(([, value]) => value));
      return "#" + (next.toString() || "all");
    };
    const filter = () => {
      const hash = location.hash.slice(1);
      // Any other fragment is a place on the page, and no filter.
      if (hash === "all" || hash.includes("=")) state = new URLSearchParams(hash === "all" ? "" : hash);
      const [kind, country, text] = ["kind", "country", "text"].map((name) => state.get(name) || "");
      const searched = fold(text).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const { dataset } = row;
        row.hidden = (kind && dataset.kind !== kind) || (country && dataset.country !== country) || !searched.every((word) => texts.get(row).includes(word));
        shown += !row.hidden;
      }
      for (const part of all(".day, .part", list)) part.hidden = !part.querySelector(".row:not([hidden])");
      const isAll = !(kind || country || searched.length);
      const isNone = !isAll && shown === 0;
      clear.hidden = isAll;
      found.classList.toggle("none", isNone);
      const { none, noMatch, shown: some } = found.dataset;
      if (isAll) found.textContent = "";
      else if (isNone) found.textContent = searched.length ? noMatch.replace("{words}", () => text.trim()) : none;
      else found.textContent = some.replace("{count}", number.format(shown));
      if (input !== document.activeElement) input.value = text;
      for (const choice of choices) {
        const [name, value, now] = choice.dataset.kind ? ["kind", choice.dataset.kind, kind] : ["country", choice.dataset.country, country];
        if (value === now) choice.setAttribute("aria-current", "true");
        else choice.removeAttribute("aria-current");
        choice.href = link({ [name]: value === now ? "" : value });
      }
      if (list.getBoundingClientRect().top < 0) found.scrollIntoView();
    };

    input.addEventListener("input", () => location.replace(link({ text: input.value })));
    addEventListener("hashchange", filter);
    input.parentElement.hidden = false;
    filter();
  }

  // Last, so that a search finds no day by which only the reader lives.
  inOwnTimes();

  const choice = document.querySelector("[data-zones]");
  if (choice && document.querySelector("time.at") && Intl.supportedValuesOf) {
    const select = choice.querySelector("select");
    const names = new Set([browserZone, "UTC", ...Intl.supportedValuesOf("timeZone"), zone]);
    for (const name of names) select.add(new Option(name.replaceAll("_", " "), name));
    select.value = zone;
    select.addEventListener("change", () => {
      zone = select.value;
      try {
        if (zone === browserZone) localStorage.removeItem(KEPT);
        else localStorage.setItem(KEPT, zone);
      } catch {}
      inOwnTimes();
    });
    choice.hidden = false;
  }
}
