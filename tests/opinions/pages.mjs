// pages.mjs FOLDER BASE < AGENDA.json : what the pages of a built site say to programs, and where their links lead.
//
// BASE is the public address of the site; the agenda holds all occurrences of the events, with instants. Reads HTML by parse5, and
// microformats by microformats-parser. Prints { pages, links, events, problems }.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { mf2 } from "microformats-parser";
import { parse } from "parse5";
import { files, report } from "./chromium.mjs";

const EXTERNAL = ["http:", "https:", "mailto:", "webcal:", "tel:"];
const ADDRESSES = { a: "href", area: "href", link: "href", script: "src", img: "src", source: "src", iframe: "src", form: "action", object: "data", video: "src", audio: "src", base: "href" };
const STATUSES = { confirmed: "EventScheduled", tentative: "EventScheduled", cancelled: "EventCancelled", postponed: "EventPostponed" };

function* elements(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes ?? []) yield* elements(child);
  if (node.content) yield* elements(node.content);
}
const attribute = (node, name) => node.attrs.find(one => one.name === name)?.value;
const inside = node => (node.childNodes ?? []).map(child => child.value ?? inside(child)).join("");

// The parts of one page.
function read(source) {
  const all = [...elements(parse(source))];
  const meta = {};
  for (const one of all.filter(node => node.tagName === "meta")) meta[attribute(one, "property") ?? attribute(one, "name")] = attribute(one, "content");
  return {
    ids: all.map(node => attribute(node, "id")).filter(Boolean),
    links: all.filter(node => ADDRESSES[node.tagName]).map(node => attribute(node, ADDRESSES[node.tagName])).filter(one => one !== undefined),
    codes: all.filter(node => node.tagName === "script" && attribute(node, "type") === "application/ld+json").map(inside),
    inline: all.flatMap(node => [
      ...node.attrs.filter(one => /^on/i.test(one.name) || one.name === "style" || one.name === "srcdoc").map(one => `${node.tagName} ${one.name}`),
      ...(node.tagName === "style" || (node.tagName === "script" && attribute(node, "src") === undefined && attribute(node, "type") !== "application/ld+json") ? [node.tagName] : []),
    ]),
    times: all.filter(node => node.tagName === "time").map(node => attribute(node, "datetime") ?? inside(node)),
    title: all.filter(node => node.tagName === "title" && node.parentNode.tagName === "head").map(inside),
    headings: all.filter(node => node.tagName === "h1").map(inside),
    html: all.find(node => node.tagName === "html"),
    meta,
  };
}

const isTime = value => /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(value ?? "");

// schema.org's Event of an event's page, by what Google and others ask of one.
function judge(event, occurrences, say) {
  const starts = occurrences.flatMap(one => [one.start, one.event_start]).filter(Boolean);
  const same = (a, b) => a === b || (a.length > 10 && b.length > 10 && Date.parse(a) === Date.parse(b));
  if (event["@context"]?.replace(/\/$/, "") !== "https://schema.org") say(`@context is ${event["@context"]}`);
  if (!/Event$/.test(event["@type"])) say(`@type is ${event["@type"]}`);
  if (!event.name) say("no name");
  if (!isTime(event.startDate)) say(`startDate is ${event.startDate}`);
  else if (!starts.some(start => same(start, event.startDate)) && !occurrences.some(one => !/[Z+]|-\d\d:\d\d$/.test(one.start.slice(10)))) say(`startDate ${event.startDate} is none of ${starts.slice(0, 5)}`);
  if (event.endDate !== undefined && !isTime(event.endDate)) say(`endDate is ${event.endDate}`);
  const statuses = new Set(occurrences.map(one => (one.moved_from ? "EventRescheduled" : STATUSES[one.status])));
  const status = event.eventStatus?.replace("https://schema.org/", "");
  if (!statuses.has(status)) say(`eventStatus is ${event.eventStatus}, not ${[...statuses]}`);
  if (status === "EventRescheduled" && !isTime([event.previousStartDate].flat()[0])) say(`previousStartDate is ${event.previousStartDate}`);
  const { location, online, part_of } = occurrences[0];
  const mode = location && online ? "Mixed" : online ? "Online" : "Offline";
  if ((location || online) && event.eventAttendanceMode !== `https://schema.org/${mode}EventAttendanceMode`) say(`eventAttendanceMode is ${event.eventAttendanceMode}, not ${mode}`);
  const places = [event.location].flat().filter(Boolean);
  if (location && !places.some(one => one["@type"] === "Place" && (one.name || one.address))) say(`location is ${JSON.stringify(event.location)}`);
  if (online?.url && !places.some(one => one["@type"] === "VirtualLocation" && one.url)) say(`no VirtualLocation in ${JSON.stringify(event.location)}`);
  if (part_of && !event.superEvent?.name) say("no superEvent");
  if (event.url && !URL.canParse(event.url)) say(`url is ${event.url}`);
}

await report(async () => {
  const [folder, base] = process.argv.slice(2);
  const agenda = JSON.parse(await text(process.stdin));
  const all = await files(folder);
  const problems = [];
  const pages = new Map();
  for (const file of all.filter(one => one.endsWith(".html"))) pages.set(file, read(await readFile(join(folder, file), "utf8")));

  let links = 0;
  const linked = new Set();
  for (const [file, page] of pages) {
    // A page for what is not there is shown at any address.
    const at = new URL(/(^|\/)404\.html$/.test(file) ? "no/such/page" : file.replace(/index\.html$/, ""), base);
    const addresses = [...page.links, ...["og:url", "og:image"].map(name => page.meta[name]).filter(Boolean)];
    for (const link of addresses) {
      links += 1;
      const say = what => problems.push(`${file}: ${link}: ${what}`);
      if (!URL.canParse(link, at)) { say("no address"); continue; }
      const target = new URL(link, at);
      if (link.startsWith("#")) { if (!page.ids.includes(link.slice(1))) say("no such place in the page"); continue; }
      if (!EXTERNAL.includes(target.protocol)) { say("leads to no public address"); continue; }
      if (target.origin !== at.origin || !["http:", "https:"].includes(target.protocol)) continue;
      if (!target.pathname.startsWith(new URL(base).pathname)) { say("leads out of the site"); continue; }
      let path = decodeURIComponent(target.pathname.slice(new URL(base).pathname.length));
      if (path === "" || path.endsWith("/")) path += "index.html";
      linked.add(path);
      if (!all.includes(path)) { say(`no file ${path}`); continue; }
      const fragment = decodeURIComponent(target.hash.slice(1));
      if (fragment && !(path === file ? page : pages.get(path))?.ids.includes(fragment)) say("no such place in the page");
    }
    if (new Set(page.ids).size !== page.ids.length) problems.push(`${file}: an id stands there twice`);
    if (page.inline.length) problems.push(`${file}: script or style within the page: ${page.inline}`);
    if (!attribute(page.html, "lang") || !attribute(page.html, "dir")) problems.push(`${file}: no language or direction`);
    if (page.title.length !== 1 || !page.title[0].trim()) problems.push(`${file}: title ${page.title}`);
    if (page.headings.length !== 1 || !page.headings[0].trim()) problems.push(`${file}: headings ${page.headings}`);
  }
  for (const file of pages.keys()) {
    if (!linked.has(file) && !/(^|\/)404\.html$/.test(file)) problems.push(`${file}: no page leads there`);
  }

  const byId = new Map();
  for (const one of agenda.occurrences) byId.set(one.id, [...(byId.get(one.id) ?? []), one]);
  for (const [id, occurrences] of byId) {
    const file = `events/${id}/index.html`;
    const page = pages.get(file);
    const say = what => problems.push(`${file}: ${what}`);
    if (!page) { say("is missing"); continue; }
    const events = page.codes.flatMap(code => { try { return [JSON.parse(code)].flat(); } catch (error) { say(`JSON-LD: ${error}`); return []; } });
    if (!events.length) say("no JSON-LD");
    else judge(events[0], occurrences, what => say(`JSON-LD: ${what}`));

    const found = mf2(await readFile(join(folder, file), "utf8"), { baseUrl: new URL(`events/${id}/`, base).href }).items.filter(one => one.type.includes("h-event"));
    const properties = found[0]?.properties ?? {};
    if (found.length !== 1) say(`${found.length} h-event`);
    if (!properties.name?.[0]) say("h-event: no name");
    if (!isTime(properties.start?.[0]?.replace(" ", "T").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))) say(`h-event: start is ${properties.start}`);
    if (occurrences[0].location && !properties.location?.[0]) say("h-event: no location");
    if (properties.name?.[0] && events[0]?.name && !properties.name[0].includes(events[0].name)) say(`h-event: name is ${properties.name[0]}, JSON-LD's is ${events[0].name}`);
    for (const name of ["og:title", "og:type", "og:url", "og:locale"]) if (!page.meta[name]) say(`no ${name}`);
  }
  return { pages: pages.size, links, events: byId.size, problems };
});
