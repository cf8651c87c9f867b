// clocks.mjs FOLDER ZONE LANGUAGE... < AGENDA.json : whether pages show a reader in ZONE the right times of their own.
//
// The agenda is that of redletter for this very zone. A page shows an official time as `time.at`, and the reader's own behind it, or before a `time.mine`, as
// `time.own`, where the offsets of the two differ at that instant. The language of a folder is its name, and `.` stands for the
// calendar's own. Prints { pages, times, own, days, problems }: `own` counts times of the reader's own, `days` those that name another day.

import { text } from "node:stream/consumers";
import { files, launch, report, serve, stored, watched } from "./chromium.mjs";

const PAGES = /^(index|agenda\/index|\d{4}\/\d\d\/index|events\/.+\/index)\.html$/;

// Official times of a page, each with what stands behind it.
const read = () => [...document.querySelectorAll("main time[datetime]:not(.own)")].map(one => {
  const beside = one.classList.contains("mine") ? one.previousElementSibling : one.nextElementSibling;
  const own = beside?.matches("time.own") ? beside : null;
  return { at: one.classList.contains("at"), start: one.dateTime, end: one.dataset.end ?? null, own: own && { at: own.dateTime, text: own.textContent } };
});

// Digits of any script as 0 to 9.
const plain = text => text.replace(/\p{Nd}/gu, digit => {
  let zero = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero -= 1;
  return String(digit.codePointAt(0) - zero);
});
const offset = time => (time.endsWith("Z") ? "+00:00" : time.slice(-6));
const clock = time => time.slice(11, 16);

// What is wrong with the reader's own time beside an official one; `local` are start and end by redletter.
function judge(one, local) {
  if (offset(one.start) === offset(local.start)) return one.own ? `${one.own.text} beside the same clock` : null;
  if (!one.own) return `nothing of ${local.start} for the reader`;
  if (Date.parse(one.own.at) !== Date.parse(one.start)) return `says ${one.own.at} to programs`;
  const shown = plain(one.own.text);
  const clocks = shown.match(/\d{1,2}:\d\d/g) ?? [];
  const is = (found, time) => found?.padStart(5, "0") === clock(time);
  if (!is(clocks[0], local.start)) return `shows ${shown} instead of ${local.start}`;
  if (one.end && local.end && Date.parse(local.end) - Date.parse(local.start) < 864e5 && !is(clocks[1], local.end)) return `shows ${shown} instead of ${local.start} to ${local.end}`;
  const day = shown.split(clocks[0])[0].match(/\d+/)?.[0] ?? null;
  const otherDay = local.start.slice(0, 10) !== one.start.slice(0, 10);
  if (otherDay !== (day !== null)) return `shows ${shown} for ${local.start}, officially ${one.start.slice(0, 10)}`;
  return otherDay && Number(day) !== Number(local.start.slice(8, 10)) ? `names another day than ${local.start}: ${shown}` : null;
}

await report(async () => {
  const [folder, zone, ...languages] = process.argv.slice(2);
  const agenda = JSON.parse(await text(process.stdin));
  const timed = agenda.occurrences.filter(one => !one.all_day && /T.*(Z|[+-]\d\d:\d\d)$/.test(one.start));
  const locals = new Map();
  for (const one of timed) locals.set(Date.parse(one.start), [...(locals.get(Date.parse(one.start)) ?? []), one]);
  const inside = file => languages.some(one => PAGES.test(one === "." ? file : file.startsWith(`${one}/`) ? file.slice(one.length + 1) : ""));
  const pages = (await files(folder)).filter(inside);
  const server = await serve(folder, "/some/prefix/");
  const browser = await launch(zone);
  const context = await browser.newContext({ timezoneId: zone });
  const problems = [];
  const page = await watched(context, server.base, problems);
  const count = { times: 0, own: 0, days: 0 };
  const seen = new Set();
  for (const file of pages) {
    await page.goto(server.base + file);
    if (await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone) !== zone) throw new Error(`the browser is not in ${zone}`);
    const times = await page.evaluate(read);
    const own = await page.locator("time.own").count();
    if (own !== times.filter(one => one.own).length) problems.push(`${file}: an own time stands beside no official one`);
    for (const one of times) {
      const say = what => problems.push(`${file}: ${one.start}: ${what}`);
      const those = (one.start.includes("T") && locals.get(Date.parse(one.start))) || [];
      const local = those.find(other => one.end && Date.parse(other.end) === Date.parse(one.end)) ?? those[0];
      if (!one.at || !local) {
        if (one.own) say(`${one.own.text} beside what is no hour of an occurrence`);
        continue;
      }
      count.times += 1;
      for (const { id } of those) seen.add(id);
      const wrong = judge(one, local);
      if (wrong) say(wrong);
      if (one.own) { count.own += 1; count.days += local.start.slice(0, 10) !== one.start.slice(0, 10); }
    }
    if ((await stored(page, context)).length) problems.push(`${file}: keeps something`);
  }
  for (const id of new Set(timed.map(one => one.id))) if (!seen.has(id)) problems.push(`${id}: its time is on no page`);
  await browser.close();
  server.close();
  return { pages: pages.length, ...count, problems };
});
