// hostile.mjs FOLDER... : what pages of sites do whose records mean harm. Opens every page, and follows what a reader could touch.
//
// Prints { pages, problems }.

import { files, launch, report, serve, stored, watched } from "./chromium.mjs";

// Nothing of a record may be an element that acts, and no script may have run.
const acts = () => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/.test(name)) found.push(`${one.localName} ${name}`);
      if (/^\s*(javascript|data|vbscript|file):/i.test(value.replace(/[\u0000-\u0020]/g, "")) && name !== "content") found.push(`${one.localName} ${name}=${value}`);
    }
    if (["iframe", "object", "embed", "base", "form", "svg", "math", "marquee"].includes(one.localName) && one.closest("main")) found.push(one.localName);
  }
  if ([...document.scripts].some(one => !one.src && one.type !== "application/ld+json")) found.push("script");
  if (document.querySelector("[data-evil], .evil, #evil") || window.evil !== undefined) found.push("evil has come through");
  return found;
};

await report(async () => {
  const browser = await launch();
  const problems = [];
  let pages = 0;
  for (const folder of process.argv.slice(2)) {
    const server = await serve(folder, "/calendar/");
    const context = await browser.newContext({ timezoneId: "America/Lima" });
    const page = await watched(context, server.base, problems);
    for (const file of (await files(folder)).filter(one => one.endsWith(".html"))) {
      pages += 1;
      await page.goto(server.base + file);
      problems.push(...(await page.evaluate(acts)).map(what => `${file}: ${what}`));
      for (const summary of await page.locator("summary").all()) await summary.click();
      if ((await stored(page, context)).length) problems.push(`${file}: keeps something`);
    }
    await context.close();
    server.close();
  }
  await browser.close();
  return { pages, problems };
});
