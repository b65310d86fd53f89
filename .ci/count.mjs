// Adds up reports of vitest: `node count.mjs REPORT...`. A test that several runs had counts once: failed before passed
// before skipped. Names what is skipped, then counts.
import { existsSync, readFileSync } from "node:fs";

const ORDER = ["skipped", "passed", "failed"];
const found = new Map();
for (const file of process.argv.slice(2).filter(existsSync)) {
  const times = new Map();
  for (const { name, assertionResults } of JSON.parse(readFileSync(file, "utf8")).testResults)
    for (const { fullName, status } of assertionResults) {
      const title = `${name} ${fullName}`;
      times.set(title, (times.get(title) ?? 0) + 1);
      const test = `${title} ${times.get(title)}`;
      const place = Math.max(ORDER.indexOf(status), 0);
      found.set(test, Math.max(place, found.get(test) ?? 0));
    }
}
for (const [test, place] of found) if (place === 0) process.stdout.write(`skipped: ${test}\n`);
const count = (status) =>
  `${[...found.values()].filter((place) => ORDER[place] === status).length} ${status}`;
process.stdout.write(`${[count("passed"), count("failed"), count("skipped")].join(", ")}\n`);
