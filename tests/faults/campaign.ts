import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Line } from "../../harness/results/line.ts";
import type { Fault } from "./fault.ts";
import { compareFindings, readFindings, type Findings } from "./findings.ts";
import { countMounts, findLeftovers } from "./leftovers.ts";
import { readWholeLines, startProgram, type Program, type ProgramEnd } from "./program.ts";
import { createRandom } from "./random.ts";

/** What became of one kind of fault. */
export interface FaultResult {
  readonly name: string;
  readonly what: string;
  /** Why this machine cannot have it; null when it can. */
  readonly lack: string | null;
  /** Runs of the program. */
  readonly runs: number;
  /** Faults that really happened. */
  readonly injected: number;
  /** Experiments that came out as in the clean run, and of which nothing is said. */
  readonly same: number;
  readonly missing: number;
  /** Experiments that came to nothing, by the reason given. */
  readonly undone: Readonly<Record<string, number>>;
  /** Runs by how they ended. */
  readonly exits: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  readonly left: readonly string[];
  /** Whatever else must not be. */
  readonly problems: readonly string[];
  /** Longest that something of a run stayed after its end. */
  readonly longestWaitMs: number;
  readonly seconds: number;
}

/** A clean run: what everything is held against. */
interface Reference {
  readonly findings: Findings;
  readonly bytes: number;
}

/** What a campaign does. */
export interface Campaign {
  readonly faults: readonly Fault[];
  readonly seed: string;
  /** What each run of the program measures: case files, or nothing for all. */
  readonly selection: readonly string[];
  readonly runsOf: (fault: Fault) => number;
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
  const { faults, seed, selection, runsOf, say } = campaign;
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-faults-"));
  try {
    const reference = await runClean(path.join(folder, "clean"), selection);
    const results: FaultResult[] = [];
    for (const fault of faults) {
      const result = createResult(fault);
      const startedAt = performance.now();
      result.lack = findLack(fault);
      // Where a run is over before the moment that chance chose, another one is taken.
      const mostRounds = result.lack === null ? runsOf(fault) + MORE_ROUNDS : 0;
      for (let round = 0; round < mostRounds && !isDone(result, round, runsOf(fault)); round++)
        await carryOutOnce(fault, { folder, seed, selection, round, reference, result });
      result.seconds = Math.round((performance.now() - startedAt) / 1000);
      say(result);
      results.push(result);
    }
    return { results, experiments: reference.findings.size };
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

async function runClean(folder: string, selection: readonly string[]): Promise<Reference> {
  mkdirSync(folder);
  const program = startProgram({ folder, number: 0, cleanBytes: 0 }, selection, {});
  const { exit, stderr } = await program.ended;
  const findings = readFindings(linesOf(program));
  if (exit !== "0") throw new Error(`a run without any fault ended with ${exit}: ${stderr}`);
  return { findings, bytes: statSync(program.stream).size };
}

interface Round {
  readonly folder: string;
  readonly seed: string;
  readonly selection: readonly string[];
  readonly round: number;
  readonly reference: Reference;
  readonly result: Writable<FaultResult>;
}

async function carryOutOnce(
  fault: Fault,
  { folder: parent, seed, selection, round, reference, result }: Round,
): Promise<void> {
  const folder = path.join(parent, `${fault.name}-${round}`);
  mkdirSync(folder);
  const mounts = countMounts();
  const programs: Program[] = [];
  const undo: (() => void)[] = [];
  await fault.carryOut({
    random: createRandom(`${seed} ${fault.name} ${round}`),
    round,
    folder,
    experiments: reference.findings.size,
    start(options = {}) {
      const number = programs.length;
      const place = { folder, number, cleanBytes: reference.bytes };
      const program = startProgram(place, selection, options);
      programs.push(program);
      return program;
    },
    count: (injected = 1) => void (result.injected += injected),
    after: (action) => void undo.push(action),
  });
  const ends = await Promise.all(programs.map(({ ended }) => ended));
  for (const [index, end] of ends.entries())
    judge(fault, linesOf(programs[index]!), end, { reference, result });
  for (const action of undo) action();
  const { left, waitedMs } = await findLeftovers(path.join(folder, "tmp"), mounts);
  result.left.push(...left);
  result.longestWaitMs = Math.max(result.longestWaitMs, Math.round(waitedMs));
  rmSync(folder, { recursive: true, force: true });
}

/** One run: every experiment, and whether its end fits what it says of them. */
function judge(
  fault: Fault,
  lines: readonly Line[],
  { exit, stderr }: ProgramEnd,
  { reference, result }: Pick<Round, "reference" | "result">,
): void {
  const { same, undone, missing, wrong } = compareFindings(reference.findings, readFindings(lines));
  result.runs += 1;
  result.same += same;
  result.missing += missing;
  for (const [reason, count] of undone)
    result.undone[reason] = (result.undone[reason] ?? 0) + count;
  result.exits[exit] = (result.exits[exit] ?? 0) + 1;
  result.wrong.push(...wrong);
  const complain = (what: string): void => void result.problems.push(`${what} (${exit}) ${stderr}`);
  const isWhole = lines.some(({ type }) => type === "summary");
  for (const line of lines)
    if (line.type === "summary" && !(line.wallMs >= 0 && line.wallMs < 1_000_000))
      complain(`a run took ${line.wallMs} ms`);
  if (!fault.mayEnd.includes(exit)) complain("a run ended as it must not");
  if (exit === "0" && same + countSkipped(undone) < reference.findings.size)
    complain("success was told of a part");
  if (isWhole && missing > 0) complain(`${missing} experiments are missing without a word`);
  if (/^\s+at .+:\d+/m.test(stderr)) complain("a stack trace was shown");
}

function linesOf({ stream }: Program): Line[] {
  return readWholeLines(stream).map((line) => JSON.parse(line) as Line);
}

type Writable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[]
    ? Item[]
    : T[Key] extends Readonly<Record<string, number>>
      ? Record<string, number>
      : T[Key];
};

function createResult({ name, what }: Fault): Writable<FaultResult> {
  const none = { runs: 0, injected: 0, same: 0, missing: 0, longestWaitMs: 0, seconds: 0 };
  return {
    name,
    what,
    lack: null,
    ...none,
    undone: {},
    exits: {},
    wrong: [],
    left: [],
    problems: [],
  };
}

function countSkipped(undone: ReadonlyMap<string, number>): number {
  const skipped = [...undone].filter(([reason]) => reason.startsWith("skipped: "));
  return skipped.reduce((sum, [, count]) => sum + count, 0);
}
