// accessible.mjs FOLDER LANGUAGE... : what axe-core and a keyboard find wrong in the pages of a built site.
//
// Prints { pages, looks, problems }. The language of a folder is its name, and `.` stands for the calendar's own.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { kinds, launch, report, serve, stored, watched } from "./chromium.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function axe(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async tags => (await axe.run({ runOnly: tags, resultTypes: ["violations"] })).violations, TAGS);
  return violations.flatMap(one => one.nodes.slice(0, 3).map(node => `${one.id}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? one.help}`));
}

// The widest thing that sticks out, where the page scrolls sideways.
const overflow = page => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const outside = [...document.body.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.right > root.clientWidth + 1 || box.left < -1;
  });
  return `${root.scrollWidth} px of ${root.clientWidth}: ${outside.slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(" | ")}`;
});

// What the Tab key reaches, in order, and whether each shows that it has the focus.
async function tabbed(page, most) {
  const found = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const looks = style => [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.textDecorationLine, style.borderColor].join();
      const focused = looks(style);
      const shows = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || (one.blur(), looks(getComputedStyle(one)) !== focused);
      one.focus();
      return {
        text: one.outerHTML.slice(0, 100), href: one.getAttribute("href"), class: one.className,
        inside: one.closest("header, main, footer")?.localName ?? null,
        shows, seen: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
      };
    });
    if (!at) break;
    found.push(at);
  }
  return found;
}

// What a page is about, as far as it can be seen: not the ways to choose and to go elsewhere.
const substance = page => page.evaluate(() => [...document.querySelectorAll("main :is(h1, h2, h3, .title, time, dd)")]
  .filter(one => !one.closest("nav, aside, form, .own") && one.checkVisibility()).map(one => one.textContent.trim()));

await report(async () => {
  const [folder, ...languages] = process.argv.slice(2);
  const all = await kinds(folder, languages.map(one => (one === "." ? "" : one)));
  // Each event in the calendar's own language, every third in the others.
  const pages = all.filter((path, index) => !/\/events\//.test(path) || index % 3 === 0);
  // Below the path of its address, where the page for what is not there looks for the rest.
  const server = await serve(folder, "/calendar/");
  const browser = await launch();
  const problems = [];
  let looks = 0;
  const open = async (page, path) => { await page.goto(server.base + path); looks += 1; };
  const ways = [
    ["light, wide", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
    ["dark, narrow", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
  ];
  for (const [way, settings] of ways) {
    const context = await browser.newContext({ ...settings, timezoneId: "Asia/Seoul" });
    const page = await watched(context, server.base, problems);
    for (const path of pages) {
      await open(page, path);
      problems.push(...(await axe(page)).map(one => `${path} (${way}): ${one}`));
      const wide = await overflow(page);
      if (wide) problems.push(`${path} (${way}): scrolls sideways: ${wide}`);
      const kept = await stored(page, context);
      if (kept.length) problems.push(`${path}: keeps ${kept}`);
    }
    await context.close();
  }
  // Fewer events are enough for contrast in the other way, paper, the keyboard, and no script.
  const events = pages.filter(path => /(^|\/)events\//.test(path));
  const some = pages.filter(path => !events.includes(path) || events.indexOf(path) % 4 === 0);
  const context = await browser.newContext({ colorScheme: "dark", viewport: { width: 1280, height: 900 } });
  const page = await watched(context, server.base, problems);
  for (const path of some) {
    await open(page, path);
    problems.push(...(await axe(page)).map(one => `${path} (dark, wide): ${one}`));
    const onScreen = await substance(page);
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    const onPaper = await substance(page);
    const lost = onScreen.filter(one => !onPaper.includes(one));
    if (!onScreen.length || lost.length) problems.push(`${path}: paper lacks ${lost.slice(0, 3)}`);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    const reached = await tabbed(page, 200);
    const say = what => problems.push(`${path} (keyboard): ${what}`);
    if (!reached[0]?.href?.startsWith("#")) say(`the first stop is no skip link: ${reached[0]?.text}`);
    if (!["header", "main", "footer"].every(part => part === "main" || reached.some(one => one.inside === part))) say("header or footer is not reached");
    for (const one of reached.filter(one => !one.shows || !one.seen).slice(0, 3)) say(`${one.shows ? "is outside the window" : "does not show its focus"}: ${one.text}`);
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href], button:not([disabled]), input:not([disabled]), select, summary")].filter(one => one.checkVisibility()).length);
    if (reached.length < Math.min(links, 200)) say(`reaches ${reached.length} of ${links}`);
  }
  await context.close();
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const still = await plain.newPage();
  for (const path of some) {
    await still.goto(server.base + path);
    const text = await still.locator("main").innerText();
    const source = (await readFile(`${folder}/${path}`, "utf8")).match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1].replace(/<[^>]*>/g, "").trim();
    if (!source || text.trim().length < 10) problems.push(`${path} (no script): lacks its content`);
  }
  await plain.close();
  await browser.close();
  server.close();
  return { pages: pages.length, looks, problems };
});
