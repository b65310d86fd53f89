import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Line } from "../../harness/results/line.ts";
import type { Fault } from "./fault.ts";
import { createResult, takeRun, type FaultResult, type GrowingResult } from "./fault-result.ts";
import { readFindings, type Findings } from "./findings.ts";
import { countMounts, findLeftovers } from "./leftovers.ts";
import { readWholeLines, startProgram, type Program } from "./program.ts";
import { createRandom } from "./random.ts";

/** A clean run: what everything is held against. */
interface Reference {
  readonly findings: Findings;
  readonly bytes: number;
}

/** What a campaign does. */
export interface Campaign {
  readonly faults: readonly Fault[];
  readonly seed: string;
  /** What each run of the program measures: case files. */
  readonly selection: readonly string[];
  readonly runsOf: (fault: Fault) => number;
  /** How long what a run leaves may take to end by itself, in milliseconds. */
  readonly graceMs: number;
  /** Hears of every fault that is done. */
  readonly say: (result: FaultResult) => void;
}

/** What became of a campaign. */
export interface CampaignResults {
  readonly results: readonly FaultResult[];
  /** How many experiments a run has. */
  readonly experiments: number;
}

/** Carries faults out one after the other. */
export async function carryOut(campaign: Campaign): Promise<CampaignResults> {
  const { faults, seed, selection, runsOf, graceMs, say } = campaign;
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-faults-"));
  try {
    const references = new Map<string, Reference>();
    const referenceFor = async ({
      on = "local",
      files = selection,
      serve,
    }: Pick<Fault, "on" | "files" | "serve"> = {}): Promise<Reference> => {
      const place = path.join(folder, `clean-${references.size}`);
      const key = [on, ...files].join(" ");
      const found = references.get(key) ?? (await runClean(place, files, on, serve));
      references.set(key, found);
      return found;
    };
    const { findings } = await referenceFor();
    const results: FaultResult[] = [];
    for (const fault of faults) {
      const result = createResult(fault);
      const startedAt = performance.now();
      result.lack = findLack(fault);
      const reference = result.lack === null ? await referenceFor(fault) : null;
      // Where a run is over before the moment that chance chose, another one is taken.
      const mostRounds = result.lack === null ? runsOf(fault) + MORE_ROUNDS : 0;
      for (let round = 0; round < mostRounds; round++) {
        if (!reference || isDone(result, round, runsOf(fault))) break;
        await carryOutOnce(fault, { folder, seed, selection, round, reference, graceMs, result });
      }
      result.seconds = Math.round((performance.now() - startedAt) / 1000);
      say(result);
      results.push(result);
    }
    return { results, experiments: findings.size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MORE_ROUNDS = 5;

function isDone({ injected }: FaultResult, round: number, runs: number): boolean {
  return round >= runs && injected > 0;
}

function findLack({ needs }: Fault): string | null {
  if (!needs) return null;
  const [file, ...rest] = needs;
  const { status, error, stderr } = spawnSync(file, rest, { encoding: "utf8" });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

async function runClean(
  folder: string,
  selection: readonly string[],
  on: string,
  serve: Fault["serve"],
): Promise<Reference> {
  mkdirSync(folder);
  const served = await serve?.(folder);
  const place = { folder, number: 0, cleanBytes: 0 };
  const options = { arguments: ["--on", on], ...served };
  try {
    return await referenceOf(startProgram(place, selection, options));
  } finally {
    await served?.stop();
  }
}

async function referenceOf(program: Program): Promise<Reference> {
  const { exit, stderr } = await program.ended;
  const lines = linesOf(program);
  // What a target is known to do otherwise may be a contradiction of another one's document.
  if (exit !== "0" && exit !== "1") {
    const undecided = lines.find(isUndecided);
    throw new Error(
      `a run without any fault ended with ${exit}: ${stderr}${JSON.stringify(undecided)}`,
    );
  }
  return { findings: readFindings(lines), bytes: statSync(program.stream).size };
}

function isUndecided(line: Line): boolean {
  return line.type === "target-problem" || (line.type === "verdict" && line.verdict === "broken");
}

interface Round {
  readonly folder: string;
  readonly seed: string;
  readonly selection: readonly string[];
  readonly round: number;
  readonly reference: Reference;
  readonly graceMs: number;
  readonly result: GrowingResult;
}

async function carryOutOnce(
  fault: Fault,
  { folder: parent, seed, selection, round, reference, graceMs, result }: Round,
): Promise<void> {
  const folder = path.join(parent, `${fault.name}-${round}`);
  mkdirSync(folder);
  const mounts = countMounts();
  const served = await fault.serve?.(folder);
  const programs: Program[] = [];
  const undo: (() => void)[] = [];
  try {
    await fault.carryOut({
      random: createRandom(`${seed} ${fault.name} ${round}`),
      round,
      folder,
      experiments: reference.findings.size,
      start(options = {}) {
        const number = programs.length;
        const place = { folder, number, cleanBytes: reference.bytes };
        const { on = fault.on } = options;
        const program = startProgram(place, fault.files ?? selection, {
          ...options,
          environment: { ...served?.environment, ...options.environment },
          arguments: [...(on === undefined ? [] : ["--on", on]), ...(options.arguments ?? [])],
        });
        programs.push(program);
        return program;
      },
      count: (injected = 1) => void (result.injected += injected),
      after: (action) => void undo.push(action),
    });
    const ends = await Promise.all(programs.map(({ ended }) => ended));
    for (const [index, end] of ends.entries())
      takeRun(result, fault, { lines: linesOf(programs[index]!), end, clean: reference.findings });
  } finally {
    for (const action of undo) action();
    await served?.stop();
  }
  const { left, waitedMs } = await findLeftovers(path.join(folder, "tmp"), mounts, graceMs);
  result.left.push(...left);
  result.longestWaitMs = Math.max(result.longestWaitMs, Math.round(waitedMs));
  rmSync(folder, { recursive: true, force: true });
}

function linesOf({ stream }: Program): Line[] {
  return readWholeLines(stream).map((line) => JSON.parse(line) as Line);
}
