// stale.mjs OLD NEW NOW LANGUAGE... : whether the pages of an old site, read at NOW, say what those of a site built at NOW say.
//
// Prints { pages, rows, counted, marks, problems }: `counted` are rows with the number of a day, `marks` days called today or tomorrow.

import { files, launch, report, serve, watched } from "./chromium.mjs";

const PAGES = /^(index|agenda\/index|\d{4}\/\d\d\/index|events\/.+\/index)\.html$/;

const read = () => {
  const seen = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
  const text = one => one.textContent.replace(/\s+/g, " ").trim();
  return {
    rows: seen(".columns .row").map(row => `${row.closest(".past") ? "past " : ""}${text(row.querySelector(".title"))} ${row.closest(".going") ? "" : row.querySelector("time").dateTime}`),
    counted: seen(".row[data-since], p[data-since]").map(row => `${text(row.querySelector(".title") ?? document.querySelector("h1"))}: ${text(row.querySelector("time:not(.own)"))}`),
    marks: seen(".day > h3:has(.pill), .month .today").map(day => `${day.querySelector("time").dateTime} ${text(day.querySelector(".pill"))}`),
    over: seen(".h-event .add").length,
  };
};

await report(async () => {
  const [old, fresh, now, ...languages] = process.argv.slice(2);
  const inside = file => languages.some(one => PAGES.test(one === "." ? file : file.startsWith(`${one}/`) ? file.slice(one.length + 1) : ""));
  const known = new Set(await files(fresh));
  const pages = (await files(old)).filter(file => inside(file) && known.has(file));
  const servers = [await serve(old, "/some/prefix/"), await serve(fresh, "/some/prefix/")];
  const browser = await launch();
  const context = await browser.newContext({ timezoneId: "Asia/Seoul" });
  const problems = [];
  const watching = [];
  for (const server of servers) watching.push(await watched(context, server.base, problems, now));
  const count = { pages: 0, rows: 0, counted: 0, marks: 0 };
  for (const file of pages) {
    const said = [];
    for (const [index, page] of watching.entries()) {
      await page.goto(servers[index].base + file);
      said.push(await page.evaluate(read));
    }
    const [was, is] = said;
    count.pages += 1;
    for (const name of ["rows", "counted", "marks"]) {
      count[name] += was[name].length;
      const beyond = was[name].filter(one => !is[name].includes(one));
      // A list of the next events has fewer where some are over.
      if (beyond.length) problems.push(`${file}: ${name}: ${beyond[0]}, and not ${is[name].find(one => one.slice(0, 10) === beyond[0].slice(0, 10)) ?? "there"}`);
    }
    if (was.over !== is.over) problems.push(`${file}: ${was.over ? "still" : "no longer"} offers to add it`);
  }
  await browser.close();
  for (const server of servers) server.close();
  return { ...count, problems };
});
