// Every figure of one run side by side, as medians and ratios with their spread, printed and left in results.md.
// Nothing here passes or fails. `npm run bench -- targets` takes one part: start, steady, targets or page.
// `npm run bench -- --release` takes all, and adds the ratios of this version to history.ndjson.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compareWithLast, textOf, writeRelease } from "./history.mjs";
import { measurePage } from "./page.mjs";
import { measureStart } from "./start.mjs";
import { measureSteadyState } from "./steady-state.mjs";
import { measureTargets } from "./targets.mjs";

const HISTORY = fileURLToPath(new URL("./history.ndjson", import.meta.url));
const PACKAGE = new URL("../package.json", import.meta.url);
const RESULTS = fileURLToPath(new URL("./results.md", import.meta.url));
const PARTS = {
  start: measureStart,
  steady: measureSteadyState,
  targets: measureTargets,
  page: measurePage,
};

const given = process.argv.slice(2);
const isRelease = given.includes("--release");
const wanted = isRelease ? [] : given;
const out = mkdtempSync(path.join(os.tmpdir(), "bindcheck-bench-"));
const lines = [];
const ratios = {};
const ratioText = (what, ratio) => {
  ratios[what] = ratio;
  return textOf(ratio);
};
const date = new Date().toISOString().slice(0, 10);
const print = (line) => {
  lines.push(line);
  process.stdout.write(`${line}\n`);
};
try {
  print("# What a run costs");
  print("");
  print(`${date}, ${machine()}`);
  print("");
  print("Written by `npm run bench`: medians, and the ratio of medians with the smallest and the");
  print(
    "largest ratio of one pair. What is compared runs in turn, so that both meet the machine's moods.",
  );
  for (const [name, measure] of Object.entries(PARTS))
    if (wanted.length === 0 || wanted.includes(name)) await measure({ print, ratioText, out });
  compareWithLast(print, HISTORY, ratios);
  if (wanted.length === 0) writeFileSync(RESULTS, `${lines.join("\n")}\n`);
  if (isRelease) {
    const { version } = JSON.parse(readFileSync(PACKAGE, "utf8"));
    const rounded = Object.entries(ratios).map(([what, ratio]) => [what, ratio.map(toHundredths)]);
    writeRelease(HISTORY, {
      version,
      date,
      machine: machine(),
      ratios: Object.fromEntries(rounded),
    });
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

function toHundredths(number) {
  return Math.round(number * 100) / 100;
}

function machine() {
  const processor = os.cpus()[0]?.model.trim() ?? "unknown processor";
  const compiler = spawnSync("cc", ["--version"], { encoding: "utf8" }).stdout?.split("\n", 1)[0];
  const parts = [
    `${os.availableParallelism()} x ${processor}`,
    `${os.type()} ${os.release()}`,
    `Node ${process.version}`,
    compiler || "no C compiler",
  ];
  return parts.join("; ");
}
