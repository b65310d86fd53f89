// The long form of the fuzz: each kind of input in a process of its own, and a table of what became of them.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import os, { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { CORPUS, fuzz, fuzzKinds, type Found, type FuzzResult } from "./fuzz.ts";

const { values } = parseArgs({
  options: {
    /** Makes the inputs of an earlier fuzz again. */
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    /** Of all kinds together. */
    inputs: { type: "string", default: "200000" },
    /** One kind alone. */
    only: { type: "string", multiple: true, default: [] },
    /** The process of one kind: its progress, then its result as JSON. */
    kind: { type: "string" },
  },
});

const PAGE = "docs/fault-campaign.md";
const MARK = "<!-- written by npm run fuzz -->";
const TELL_EVERY = 100;
const HEAP = "--max-old-space-size=250";
const MOST_MS = 5000;
const MOST_MEMORY = 500;

/** What became of one kind in its process. */
interface Row extends Omit<FuzzResult, "found"> {
  /** Most memory of the process, in MiB. */
  readonly memory: number;
  /** What went wrong, with its file in the corpus. */
  readonly found: readonly string[];
}

process.exitCode = values.kind === undefined ? await fuzzAll() : await fuzzOne(values.kind);

async function fuzzOne(name: string): Promise<number> {
  const kind = (await fuzzKinds()).find((each) => each.name === name);
  if (!kind) throw new Error(`there is no kind '${name}'`);
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-fuzz-"));
  const begin = (number: number): void => {
    if (number % TELL_EVERY === 0) writeSync(1, `${number}\n`);
  };
  const [seed, inputs] = [Number(values.seed), Number(values.inputs)];
  const result = await fuzz(kind, { seed, inputs, folder, mostMs: MOST_MS, begin });
  rmSync(folder, { recursive: true });
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const row: Row = { ...result, memory, found: result.found.map((each) => keep(name, each)) };
  writeSync(1, `${JSON.stringify(row)}\n`);
  return 0;
}

/** Puts what failed into the corpus, which is taken in first from then on. */
function keep(name: string, { error, text }: Found): string {
  const folder = path.join(CORPUS, name);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, createHash("sha256").update(text).digest("hex").slice(0, 12));
  writeFileSync(file, text);
  return `${error} (${path.relative(".", file)})`;
}

async function fuzzAll(): Promise<number> {
  const startedAt = performance.now();
  const kinds = (await fuzzKinds()).filter(
    ({ name }) => values.only.length === 0 || values.only.includes(name),
  );
  process.stdout.write(`seed ${values.seed}\n`);
  const shares = kinds.reduce((sum, { share }) => sum + share, 0);
  const results: Row[] = [];
  for (const { name, what, share } of kinds) {
    const result = await runKind(name, what, Math.ceil((Number(values.inputs) * share) / shares));
    process.stdout.write(`${isGood(result) ? "good" : "BAD "} ${JSON.stringify(result)}\n`);
    results.push(result);
  }
  if (values.only.length === 0) writePage(tableOf(results, performance.now() - startedAt));
  return results.every(isGood) ? 0 : 1;
}

/** A kind in a process of its own, which is ended when one input of it takes too long. */
async function runKind(name: string, what: string, inputs: number): Promise<Row> {
  const own = ["--kind", name, "--seed", values.seed, "--inputs", String(inputs)];
  // What is not held is given back before it counts.
  const child = spawn(process.execPath, [HEAP, process.argv[1] ?? "", ...own], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let reached = 0;
  let result: Row | null = null;
  const isStuck = (): boolean => child.kill("SIGKILL");
  let watch = setTimeout(isStuck, TELL_EVERY * MOST_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(watch);
    watch = setTimeout(isStuck, TELL_EVERY * MOST_MS);
    if (line.startsWith("{")) result = JSON.parse(line) as Row;
    else reached = Number(line);
  }
  clearTimeout(watch);
  const end = child.signalCode ?? `exit code ${child.exitCode}`;
  const found = [`ended (${end}) after input ${reached}`];
  const none = { accepted: 0, refused: 0, slowestMs: 0, memory: 0 };
  return result ?? { name, what, inputs: reached, ...none, found };
}

function isGood({ found, memory }: Row): boolean {
  return found.length === 0 && memory < MOST_MEMORY;
}

/** The page says what the last whole fuzz found. */
function writePage(text: string): void {
  const [before = "", , after = ""] = readFileSync(PAGE, "utf8").split(MARK);
  writeFileSync(PAGE, [before, `\n\n${text}\n\n`, after].join(MARK));
  spawnSync("npx", ["oxfmt", PAGE], { stdio: "inherit" });
}

function tableOf(results: readonly Row[], ms: number): string {
  const date = new Date().toISOString().slice(0, 10);
  const inputs = results.reduce((sum, each) => sum + each.inputs, 0);
  const found = results.reduce((sum, each) => sum + each.found.length, 0);
  return [
    `${date}, ${os.type()} ${os.release()}, Node ${process.version}: seed ${values.seed}, **${inputs} inputs**, ` +
      `${Math.round(ms / 60_000)} minutes. Crashes, wrong outcomes, hangs and refusals that are not one line: **${found}**.`,
    "",
    "| input | inputs | accepted | refused | slowest | most memory | found |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...results.map(
      (each) =>
        `| ${each.what} | ${each.inputs} | ${each.accepted} | ${each.refused} | ${each.slowestMs} ms | ${each.memory} MiB | ${each.found.length} |`,
    ),
  ].join("\n");
}
