// Every figure of one run side by side, as medians and ratios with their spread, printed and left in results.md.
// Nothing here passes or fails. `npm run bench -- wine` takes one part: start, steady, wine or page.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { measurePage } from "./page.mjs";
import { measureStart } from "./start.mjs";
import { measureSteadyState } from "./steady-state.mjs";
import { measureWine } from "./wine.mjs";

const RESULTS = fileURLToPath(new URL("./results.md", import.meta.url));
const PARTS = {
  start: measureStart,
  steady: measureSteadyState,
  wine: measureWine,
  page: measurePage,
};

const wanted = process.argv.slice(2);
const out = mkdtempSync(path.join(os.tmpdir(), "bindcheck-bench-"));
const lines = [];
const print = (line) => {
  lines.push(line);
  process.stdout.write(`${line}\n`);
};
try {
  print("# What a run costs");
  print("");
  print(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
  print("");
  print("Written by `npm run bench`: medians, and the ratio of medians with the smallest and the");
  print(
    "largest ratio of one pair. What is compared runs in turn, so that both meet the machine's moods.",
  );
  for (const [name, measure] of Object.entries(PARTS))
    if (wanted.length === 0 || wanted.includes(name)) await measure(print, out);
  if (wanted.length === 0) writeFileSync(RESULTS, `${lines.join("\n")}\n`);
} finally {
  rmSync(out, { recursive: true, force: true });
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
