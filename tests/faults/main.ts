// The fault campaign: harms real runs of the built program at random moments and writes down what became of them.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { WITH_OWN_ADDRESSES } from "../../runners/own-addresses.ts";
import { carryOut } from "./campaign.ts";
import type { FaultResult } from "./fault-result.ts";
import { FAULTS } from "./kinds/all.ts";
import { campaignText } from "./table.ts";

const { values } = parseArgs({
  options: {
    /** Repeats the choices of an earlier campaign. */
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    /** One kind of fault alone. */
    only: { type: "string", multiple: true, default: [] },
    /** Each kind in one run. */
    short: { type: "boolean", default: false },
    /** Where the results go as JSON. */
    json: { type: "string" },
    /** It is in namespaces of its own already. */
    inside: { type: "boolean", default: false },
  },
});

const PAGE = "docs/fault-campaign.md";
const MARK = "<!-- written by npm run faults -->";
// All that is said of Linux: tables, scenarios, another account.
const ALL = ["cases/linux"];
const FEW = ["cases/linux/socket-7.yaml", "cases/linux/three-sockets.yaml"];

// As docs/reliability.md promises; longer where other tests run beside the short form.
const GRACE_MS = 2000;
const BUSY_GRACE_MS = 20_000;

// Every system's first process takes leave of those whose parents were killed; Node does not, and a process namespace in
// which one of these was lasts until then.
const REAPING = ["sh", "-c", '"$@"; exit $?', "sh"];

process.exitCode = values.inside ? await campaign() : enterNamespaces();

/** The campaign alone with its network, processes and mounts: it meets no other process, and sees whatever is left. */
function enterNamespaces(): number {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const flags = ["--net", "--mount", "--mount-proc", "--pid", "--fork", "--kill-child=KILL"];
  const own = [
    process.execPath,
    process.argv[1] ?? "",
    ...process.argv.slice(2),
    "--inside",
    "--seed",
    values.seed,
  ];
  const command = [...user, ...flags, ...REAPING, ...WITH_OWN_ADDRESSES, ...own];
  return spawnSync("unshare", command, { stdio: "inherit" }).status ?? 1;
}

async function campaign(): Promise<number> {
  const { seed, only, short, json } = values;
  print(`seed ${seed}`);
  const chosen = FAULTS.filter(({ name, isSlow }) =>
    only.length === 0 ? !(short && isSlow) : only.includes(name),
  );
  const startedAt = performance.now();
  const { results, experiments } = await carryOut({
    faults: chosen,
    seed,
    selection: short ? FEW : ALL,
    runsOf: ({ runs }) => (short ? 1 : runs),
    graceMs: short ? BUSY_GRACE_MS : GRACE_MS,
    say: printResult,
  });
  if (json !== undefined) writeFileSync(json, JSON.stringify(results));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const isWhole = !short && only.length === 0;
  if (isWhole) writePage(campaignText(results, { seed, seconds, experiments }));
  return results.every(isGood) ? 0 : 1;
}

/** The page says what the last whole campaign found. */
function writePage(text: string): void {
  const [before = "", , after = ""] = readFileSync(PAGE, "utf8").split(MARK);
  writeFileSync(PAGE, [before, `\n\n${text}\n\n`, after].join(MARK));
  spawnSync("npx", ["oxfmt", PAGE], { stdio: "inherit" });
}

function isGood({ wrong, left, problems }: FaultResult): boolean {
  return wrong.length + left.length + problems.length === 0;
}

function printResult(result: FaultResult): void {
  const { name, lack, runs, injected, same, missing, undone, exits, longestWaitMs, seconds } =
    result;
  if (lack !== null) return print(`none ${name}: ${lack}`);
  const counts = { runs, injected, same, undone, missing, exits, longestWaitMs, seconds };
  print(`${isGood(result) ? "good" : "BAD "} ${name} ${JSON.stringify(counts)}`);
  for (const kind of ["wrong", "left", "problems"] as const)
    for (const text of new Set(result[kind])) print(`     ${kind}: ${text.slice(0, 600)}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
