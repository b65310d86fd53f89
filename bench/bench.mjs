// Every figure of one run side by side, as medians and ratios with their spread. Nothing here passes or fails.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const BINDCHECK = fileURLToPath(new URL("../dist/harness/main.js", import.meta.url));
const STEADY = fileURLToPath(new URL("./steady.mjs", import.meta.url));
const ROUNDS = 15;
const out = mkdtempSync(path.join(os.tmpdir(), "bindcheck-bench-"));

const EMPTY = ["-e", "0"];
const TABLE = [BINDCHECK, "run", "--document", "socket-7/bound", "--out", out];

try {
  const processor = os.cpus()[0]?.model ?? "unknown processor";
  print(`${new Date().toISOString().slice(0, 10)}, ${os.availableParallelism()} x ${processor}`);
  print(`${os.type()} ${os.release()}, Node ${process.version}`);
  print("");
  print("| what | median | against | ratio of medians (smallest-largest pair) |");
  print("| --- | --- | --- | --- |");
  sideBySide("180 experiments of a table, all default reports", TABLE);
  sideBySide("bindcheck --version", [BINDCHECK, "--version"]);
  sideBySide("bindcheck list", [BINDCHECK, "list"]);
  print("");
  steadyState();
} finally {
  rmSync(out, { recursive: true, force: true });
}

/** Runs a command and an empty Node in turn, so that the machine's moods meet both. */
function sideBySide(what, command) {
  time(EMPTY);
  time(command);
  const pairs = Array.from({ length: ROUNDS }, () => ({ empty: time(EMPTY), own: time(command) }));
  const own = median(pairs.map((pair) => pair.own));
  const empty = median(pairs.map((pair) => pair.empty));
  const ratios = pairs.map((pair) => pair.own / pair.empty);
  const spread = `${Math.min(...ratios).toFixed(1)}-${Math.max(...ratios).toFixed(1)}`;
  print(
    `| ${what} | ${own.toFixed(0)} ms | \`node -e 0\`: ${empty.toFixed(0)} ms | ${(own / empty).toFixed(1)} (${spread}) |`,
  );
}

function steadyState() {
  const pooled = steady(10_000);
  const isolated = steady(30, "isolate");
  print("| steady state | experiments a second | against `--isolate` |");
  print("| --- | --- | --- |");
  print(
    `| pooled binders | ${rate(pooled).toFixed(0)} | ${(rate(pooled) / rate(isolated)).toFixed(0)} |`,
  );
  print(`| \`--isolate\` | ${rate(isolated).toFixed(1)} | 1 |`);
  print("");
  print(
    "| experiments | seconds | a second | peak memory of the harness | heap still held at the end |",
  );
  print("| --- | --- | --- | --- | --- |");
  for (const count of [1000, 10_000, 100_000]) {
    const result = steady(count);
    const [peak, held] = [result.maxRssKiB, result.heapKiB].map((kiB) => (kiB / 1024).toFixed(0));
    const speed = `${result.seconds.toFixed(1)} | ${rate(result).toFixed(0)}`;
    print(`| ${count} | ${speed} | ${peak} MiB | ${held} MiB |`);
  }
}

function steady(count, ...more) {
  const result = JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", STEADY, String(count), ...more]),
  );
  if (result.decided !== count)
    throw new Error(`${count - result.decided} experiments were not decided`);
  return result;
}

function rate({ decided, seconds }) {
  return decided / seconds;
}

function time(command) {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, command, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
  return performance.now() - startedAt;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
