// choices.mjs FOLDER < AGENDA.json : whether the agenda of a site shows what is chosen, by links alone and at once with the script.
//
// Prints { choices, rows, problems }.

import { text } from "node:stream/consumers";
import { launch, report, serve, stored, watched } from "./chromium.mjs";

const rows = page => page.evaluate(() => [...document.querySelectorAll(".list .row")].filter(row => row.checkVisibility())
  .map(row => ({ kind: row.dataset.kind, country: row.dataset.country ?? null, text: row.querySelector(".title").textContent.trim() })));
const same = (a, b) => JSON.stringify([...a].map(one => one.text).sort()) === JSON.stringify([...b].map(one => one.text).sort());

// Long lists of choices are folded.
const unfold = page => page.evaluate(() => { for (const one of document.querySelectorAll("aside details")) one.open = true; });

// Whether the page comes to show these: a choice does something when the browser tells of the new address.
async function comes(page, wanted) {
  for (let patience = 100; patience > 0; patience -= 1) {
    if (wanted(await rows(page))) return true;
    await page.waitForTimeout(20);
  }
  return false;
}

await report(async () => {
  const agenda = JSON.parse(await text(process.stdin));
  const server = await serve(process.argv[2], "/some/prefix/");
  const browser = await launch();
  const problems = [];

  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const open = async (page, address) => { await page.goto(address); return rows(page); };
  // Without scripts, visibility cannot be asked for in the page: what is there is shown.
  const listed = async address => {
    await still.goto(address);
    return still.locator(".list .row").evaluateAll(all => all.map(row => ({ kind: row.dataset.kind, country: row.dataset.country ?? null, text: row.querySelector(".title").textContent.trim() })));
  };
  const whole = await listed(`${server.base}agenda/`);
  const all = await still.locator(".choices a").evaluateAll(found => found.map(one => ({ name: one.dataset.kind ? "kind" : "country", value: one.dataset.kind ?? one.dataset.country, href: one.href })));
  const context = await browser.newContext();
  const page = await watched(context, server.base, problems);
  if (!same(await open(page, `${server.base}agenda/`), whole)) problems.push("agenda: the script shows other rows than there are");
  for (const id of new Set(agenda.occurrences.map(one => one.id))) {
    const { title } = agenda.occurrences.find(one => one.id === id);
    if (!whole.some(row => row.text.includes(title))) problems.push(`agenda: lacks ${title}`);
  }
  for (const { name, value, href } of all) {
    const alone = await listed(href);
    if (alone.some(row => row[name] !== value)) problems.push(`${href}: shows others than ${value}`);
    const wanted = whole.filter(row => row[name] === value);
    if (!wanted.every(row => alone.some(one => one.text === row.text))) problems.push(`${href}: lacks some of ${value}`);
    await unfold(page);
    const link = page.locator(`.choices a[data-${name}="${value}"]`);
    await link.focus();
    await page.keyboard.press("Enter");
    const isChosen = await comes(page, found => same(found, wanted));
    if (!new URL(page.url()).pathname.endsWith("/agenda/")) { problems.push(`agenda: ${value} leaves the page`); await page.goBack(); continue; }
    if (!isChosen) problems.push(`agenda: chosen at once, ${name} ${value} shows ${(await rows(page)).length} of ${wanted.length}`);
    if (await link.getAttribute("aria-current") !== "true") problems.push(`agenda: ${value} does not say that it is chosen`);
    const kept = page.url();
    await link.press("Enter");
    if (!await comes(page, found => same(found, whole))) problems.push(`agenda: ${value} cannot be let go`);
    if (!same(await open(page, kept), wanted)) problems.push(`${kept}: does not keep the choice`);
    await page.goto("about:blank");
    await page.goto(`${server.base}agenda/`);
  }
  const word = whole[0].text.split(/\s+/).sort((a, b) => b.length - a.length)[0];
  await page.locator("#search").fill(word.toUpperCase());
  if (!await comes(page, found => found.length && found.length < whole.length && found.every(row => row.text.includes(word)))) problems.push(`agenda: does not find ${word}`);
  if (!/\d/.test(await page.locator(".found").textContent())) problems.push("agenda: does not say how many were found");
  await page.locator("#search").fill("no such words anywhere");
  if (!await comes(page, found => found.length === 0)) problems.push("agenda: finds what is not there");
  await page.locator(".clear a").click();
  if (!await comes(page, found => same(found, whole))) problems.push("agenda: what was sought cannot be let go");
  if ((await stored(page, context)).length) problems.push("agenda: keeps something");
  await browser.close();
  server.close();
  return { choices: all.length, rows: whole.length, problems };
});
