/*
 * What a page can do more where scripts run. Everything is there without them; nothing is sent, and nothing is stored.
 *
 *   time.at[datetime][data-end]   gets the reader's own time beside it, where the offset differs at that instant
 *   [data-address="feeds/x.ics"]  its text becomes the absolute address; a[data-webcal] the same as a webcal: link
 *   .list[data-whole]             is filtered by kind, country and words; the state is in the address, behind #
 *
 * Words and formats of the page's language come with the script element.
 */
"use strict";

{
  const { locale, ownTime } = document.currentScript.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const inOwnTime = (time) => {
    const parts = /T.*?(Z|[+-]\d\d:\d\d)$/.exec(time.dateTime);
    if (!parts) return;
    const start = new Date(time.dateTime);
    const end = time.dataset.end && new Date(time.dataset.end);
    const [sign, hours, minutes] = parts[1] === "Z" ? ["+", 0, 0] : [parts[1][0], parts[1].slice(1, 3), parts[1].slice(4)];
    const official = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    if (-start.getTimezoneOffset() === official) return;
    const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
    const date = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" });
    const iso = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const day = iso(start) === time.dateTime.slice(0, 10) ? "" : date.format(start) + " ";
    const short = end && end - start < 864e5;
    const until = short ? "–" + (iso(end) === iso(start) || end - start < 432e5 ? "" : date.format(end) + " ") + clock.format(end) : "";
    const own = document.createElement("time");
    own.className = "own";
    own.dateTime = start.toISOString();
    own.textContent = ownTime.replace("{time}", day + clock.format(start) + until);
    time.after(" ", own);
  };
  all("time.at").forEach(inOwnTime);

  if (location.protocol.startsWith("http")) {
    const absolute = (path) => new URL(path, location.href).href;
    for (const place of all("[data-address]")) place.textContent = absolute(place.dataset.address);
    for (const link of all("a[data-webcal]")) link.href = absolute(link.dataset.webcal).replace(/^https?:/, "webcal:");
  }

  const list = document.querySelector(".list[data-whole]");
  if (list) {
    const input = document.querySelector("#search");
    const found = document.querySelector(".found");
    const clear = document.querySelector(".clear");
    const links = all(".choices a");
    const rows = all(".row", list).map((row) => ({ row, text: fold(row.textContent) }));
    const number = new Intl.NumberFormat(locale);

    function fold(text) {
      return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    }

    const filter = () => {
      const state = new URLSearchParams(location.hash.slice(1));
      const [kind, country, text] = ["kind", "country", "text"].map((name) => state.get(name) || "");
      const words = fold(text).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, text } of rows) {
        const { dataset } = row;
        row.hidden = (kind && dataset.kind !== kind) || (country && dataset.country !== country) || !words.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      for (const part of all(".day, .part", list)) part.hidden = !part.querySelector(".row:not([hidden])");
      const isOn = Boolean(kind || country || words.length);
      found.textContent = isOn ? found.dataset.shown.replace("{count}", number.format(shown)) : "";
      clear.hidden = !isOn;
      if (input !== document.activeElement) input.value = text;
      for (const link of links) {
        const [name, value, now] = link.dataset.kind ? ["kind", link.dataset.kind, kind] : ["country", link.dataset.country, country];
        if (value === now) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        const next = new URLSearchParams({ kind, country, text, [name]: value === now ? "" : value });
        for (const [name, value] of [...next]) if (!value) next.delete(name);
        link.href = "#" + (next.toString() || "all");
      }
    };

    input.addEventListener("input", () => {
      const state = new URLSearchParams(location.hash.slice(1));
      state.delete("all");
      if (input.value) state.set("text", input.value);
      else state.delete("text");
      location.replace("#" + (state.toString() || "all"));
    });
    addEventListener("hashchange", filter);
    input.parentElement.hidden = false;
    filter();
  }
}
