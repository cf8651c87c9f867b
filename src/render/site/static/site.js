/*
 * What a page can do more where scripts run. Everything is there without them; nothing is sent, and nothing is stored.
 *
 *   time.at[datetime][data-end]   gets the reader's own time beside it, where the offset differs at that instant
 *   [data-address="feeds/x.ics"]  its text becomes the absolute address; a[data-webcal] the same as a webcal: link;
 *                                 [data-relative], which says that it is not known, goes
 *   .list[data-whole]             is filtered by kind, country and words; the state is in the address, behind #
 *
 * Words and formats of the page's language come with the script element.
 */
"use strict";

{
  const { locale, ownTime, range } = document.currentScript.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const inOwnTime = (time) => {
    const parts = /T.*?(Z|[+-]\d\d:\d\d)$/.exec(time.dateTime);
    if (!parts) return;
    const start = new Date(time.dateTime);
    const end = time.dataset.end && new Date(time.dataset.end);
    const [sign, hours, minutes] = parts[1] === "Z" ? ["+", 0, 0] : [parts[1][0], parts[1].slice(1, 3), parts[1].slice(4)];
    const official = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    if (-start.getTimezoneOffset() === official) return;
    const clock = new Intl.DateTimeFormat(locale, { hour: locale.includes("h23") ? "2-digit" : "numeric", minute: "2-digit" });
    const date = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" });
    const iso = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const day = iso(start) === time.dateTime.slice(0, 10) ? "" : date.format(start) + " ";
    const between = (from, to) => range.replace("{from}", from).replace("{to}", to).replace("–", "\u2060–\u2060");
    // What lasts for days has its end beside it in words.
    const until = end && end - start < 864e5 && (iso(end) === iso(start) || end - start < 432e5 ? "" : date.format(end) + " ") + clock.format(end);
    const text = day + (until ? between(clock.format(start), until) : clock.format(start));
    const own = document.createElement("time");
    own.className = "own";
    own.dateTime = start.toISOString();
    own.textContent = ownTime.replace("{time}", text);
    time.after(" ", own);
  };
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
    const rows = all(".row", list).map((row) => ({ row, text: fold(`${row.closest(".day")?.querySelector("h3").textContent ?? ""} ${row.textContent}`) }));
    const number = new Intl.NumberFormat(locale);

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
      const words = fold(text).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, text } of rows) {
        const { dataset } = row;
        row.hidden = (kind && dataset.kind !== kind) || (country && dataset.country !== country) || !words.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      for (const part of all(".day, .part", list)) part.hidden = !part.querySelector(".row:not([hidden])");
      clear.hidden = !(kind || country || words.length);
      found.textContent = clear.hidden ? "" : found.dataset.shown.replace("{count}", number.format(shown));
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
  all("time.at").forEach(inOwnTime);
}
