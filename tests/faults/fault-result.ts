import type { Line } from "../../harness/results/line.ts";
import type { Fault } from "./fault.ts";
import { compareFindings, readFindings, type Findings } from "./findings.ts";
import type { ProgramEnd } from "./program.ts";

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

/** One that is still counted. */
export type GrowingResult = Writable<FaultResult>;

type Writable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[]
    ? Item[]
    : T[Key] extends Readonly<Record<string, number>>
      ? Record<string, number>
      : T[Key];
};

/** Nothing has happened yet. */
export function createResult({ name, what }: Fault): GrowingResult {
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

/** What a run of the program came to. */
interface EndedRun {
  readonly lines: readonly Line[];
  readonly end: ProgramEnd;
  /** What a clean run finds. */
  readonly clean: Findings;
}

/** Takes a run in: every experiment, and whether its end fits what it says of them. */
export function takeRun(
  result: GrowingResult,
  fault: Fault,
  { lines, end: { exit, stderr }, clean }: EndedRun,
): void {
  const { same, undone, missing, wrong } = compareFindings(clean, readFindings(lines));
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
  if (exit === "0" && same + countSkipped(undone) < clean.size)
    complain("success was told of a part");
  // A target that never started is reported by a line of its own.
  const isTold = lines.some(({ type }) => type === "target-problem");
  if (isWhole && missing > 0 && !isTold)
    complain(`${missing} experiments are missing without a word`);
  if (/^\s+at .+:\d+/m.test(stderr)) complain("a stack trace was shown");
}

function countSkipped(undone: ReadonlyMap<string, number>): number {
  const skipped = [...undone].filter(([reason]) => reason.startsWith("skipped: "));
  return skipped.reduce((sum, [, count]) => sum + count, 0);
}
