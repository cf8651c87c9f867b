// Debian's Chromium, a server of a folder, and an eye on what a page does that it should not.

import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", xml: "application/xml",
  ics: "text/calendar; charset=utf-8", atom: "application/atom+xml", txt: "text/plain; charset=utf-8", svg: "image/svg+xml",
};

// A new browser with an empty profile; the process has the zone of the reader.
export function launch(timezone) {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
    env: timezone ? { ...process.env, TZ: timezone } : process.env,
  });
}

// Serves a folder below a prefix, as a plain web server does, with the headers of its `_headers`.
export async function serve(folder, prefix) {
  const policies = await headers(folder);
  const server = createServer(async (request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = path.startsWith(prefix) ? path.slice(prefix.length) : "404.html";
    if (file === "" || file.endsWith("/")) file += "index.html";
    let status = path.startsWith(prefix) ? 200 : 404;
    const bytes = await readFile(join(folder, file)).catch(() => { status = 404; return readFile(join(folder, "404.html")); });
    answer.writeHead(status, { ...policies, "Content-Type": TYPES[status === 404 ? "html" : file.split(".").pop()] ?? "application/octet-stream" });
    answer.end(bytes);
  });
  await new Promise(ready => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => { server.closeAllConnections(); server.close(); } };
}

// What `_headers` says of all paths.
export async function headers(folder) {
  const found = {};
  let all = false;
  for (const line of (await readFile(join(folder, "_headers"), "utf8").catch(() => "")).split("\n")) {
    if (/^\S/.test(line)) all = line.trim() === "/*";
    else if (all && line.includes(":")) found[line.slice(0, line.indexOf(":")).trim()] = line.slice(line.indexOf(":") + 1).trim();
  }
  return found;
}

// All files of a folder, with slashes, in order.
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(one => one.isFile()).map(one => relative(folder, join(one.parentPath ?? one.path, one.name)).split(sep).join("/")).sort();
}

// One page of each kind, and each event; `languages` are folders, "" for the calendar's own language.
export async function kinds(folder, languages) {
  const all = await files(folder);
  const patterns = [/^index\.html$/, /^agenda\/index\.html$/, /^agenda\/kind\/[^/]+\/index\.html$/, /^agenda\/country\/[^/]+\/index\.html$/,
    /^\d{4}\/\d\d\/index\.html$/, /^when\/.+\/index\.html$/, /^subscribe\/index\.html$/, /^404\.html$/];
  const pages = [];
  for (const language of languages) {
    const below = language && `${language}/`;
    const inside = all.filter(file => file.startsWith(below)).map(file => file.slice(below.length));
    for (const pattern of patterns) {
      const found = inside.find(file => pattern.test(file));
      if (found) pages.push(below + found);
      else if (!/404/.test(pattern.source)) throw new Error(`no page like ${below}${pattern.source}`);
    }
    pages.push(...inside.filter(file => /^events\/.+\/index\.html$/.test(file)).map(file => below + file));
  }
  return pages;
}

// When the sites of the tests are built (`NOW` of tests/binary): pages correct themselves on later days.
export const NOW = "2026-11-20T12:00:00Z";

// A page whose console, dialogs, requests and errors are noted as problems.
export async function watched(context, base, problems, now = NOW) {
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(now));
  const note = what => problems.push(`${new URL(page.url() === "about:blank" ? base : page.url()).pathname}: ${what}`);
  page.on("console", message => {
    // Of a page that is being left, Chromium asks for the icon as if from nowhere, and then refuses that itself, because
    // the server is on this machine. Whether the icon is there is a matter of links.
    const { url } = message.location();
    const isIcon = url.includes("/static/icon.svg") || message.text().includes("/static/icon.svg");
    if (isIcon && /more-private address space|ERR_FAILED/.test(message.text())) return;
    note(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", error => note(`error: ${error}`));
  page.on("dialog", dialog => { note(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => note("opens a window"));
  page.on("request", request => { if (!request.url().startsWith(base)) note(`asks for ${request.url()}`); });
  page.on("response", answer => { if (answer.status() >= 400 && !/404\.html$/.test(answer.url())) note(`${answer.status()} of ${answer.url()}`); });
  return page;
}

// What a page has kept on the reader's machine.
export async function stored(page, context) {
  const kept = await page.evaluate(async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(one => one.name),
    ...(await navigator.serviceWorker?.getRegistrations() ?? []).map(one => one.scope),
  ]);
  return [...kept, ...(await context.cookies()).map(one => one.name)];
}

// Ends with 2 where `work` fails; otherwise prints what it found.
export async function report(work) {
  try {
    console.log(JSON.stringify(await work()));
  } catch (error) {
    console.error(error);
    process.exitCode = 2;
  }
}
