// screenshots.mjs FOLDER INTO [LANGUAGE]... : pictures of a page of each kind of a built site, to be looked at by a person.
//
// The language of a folder is its name, and `.` stands for the calendar's own: `node screenshots.mjs public shots . ar`.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { kinds, launch, report, serve } from "./chromium.mjs";

const WAYS = {
  "320-light": { colorScheme: "light", viewport: { width: 320, height: 640 } },
  "320-dark": { colorScheme: "dark", viewport: { width: 320, height: 640 } },
  "768-light": { colorScheme: "light", viewport: { width: 768, height: 1024 } },
  "1280-light": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "1280-dark": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  "1280-print": { colorScheme: "light", viewport: { width: 794, height: 1123 }, media: "print" },
};

await report(async () => {
  const [folder, into, ...languages] = process.argv.slice(2);
  if (!folder || !into) throw new Error("usage: screenshots.mjs FOLDER INTO [LANGUAGE]...");
  await mkdir(into, { recursive: true });
  const pages = await kinds(folder, languages.length ? languages.map(one => (one === "." ? "" : one)) : [""]);
  const server = await serve(folder, "/calendar/");
  const browser = await launch();
  let pictures = 0;
  for (const [way, { media, ...settings }] of Object.entries(WAYS)) {
    const context = await browser.newContext({ ...settings, timezoneId: "Asia/Seoul" });
    const page = await context.newPage();
    if (media) await page.emulateMedia({ media });
    for (const path of pages) {
      await page.goto(server.base + path);
      const name = path.replace(/(\/?index)?\.html$/, "").replaceAll("/", "-") || "index";
      await page.screenshot({ path: join(into, `${name}.${way}.png`), fullPage: true });
      pictures += 1;
    }
    await context.close();
  }
  await browser.close();
  server.close();
  return { pictures, into };
});
