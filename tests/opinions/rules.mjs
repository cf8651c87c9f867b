// Expands the rules that rules.py printed with ical.js: the same lines in, the same lines out.
//
// Leaves out the rules of which dateutil found nothing: ical.js searches for ever where nothing matches.

import { readFileSync } from "node:fs";
import vm from "node:vm";
import ICAL from "ical.js";

const LIMIT = 60;

const read = (text) => ICAL.Time.fromDateTimeString(
  `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 11)}:${text.slice(11, 13)}:${text.slice(13)}`);

for (const line of readFileSync(0, "utf8").split("\n")) {
  const [who, text, start, from, to, found] = line.split("\t");
  if (who !== "dateutil" || found === "") continue;
  const last = read(to);
  const begin = read(from);
  const ours = [];
  let failed = "";
  const expand = () => {
    const iterator = ICAL.Recur.fromString(text).iterator(read(start));
    const wanted = found.split(",").length;
    for (let next = iterator.next(); next && next.compare(last) < 0; next = iterator.next()) {
      if (next.compare(begin) >= 0) ours.push(next.toString().replace(/[-:]/g, ""));
      if (ours.length === Math.min(wanted, LIMIT)) break;
    }
  };
  try {
    vm.runInNewContext("expand()", { expand }, { timeout: 100 });
  } catch (error) {
    failed = error.message;
  }
  if (failed) console.error(`ical.js refuses ${text}: ${failed}`);
  else console.log(["ical.js", text, start, from, to, ours.join(",")].join("\t"));
}
