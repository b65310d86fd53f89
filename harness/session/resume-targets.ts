import { isDeepStrictEqual } from "node:util";
import type { Timeline } from "../measure/timeline.ts";
import { InputError } from "../model/problem.ts";
import type { Line, TargetLine, TargetProblemLine } from "../results/line.ts";
import type { Docket } from "../verdicts/docket.ts";
import type { SessionPlan } from "./plan-session.ts";
import type { RecordedTarget, Resumption } from "./read-resumption.ts";
import type { RunRecord } from "./record.ts";
import { docketOf, verdictLines } from "./run-target.ts";

/** A target that is being measured, and what was recorded of it before. */
export interface BegunTarget {
  readonly name: string;
  readonly isElsewhere: true | undefined;
  readonly recorded: RecordedTarget | undefined;
  readonly lines: AsyncGenerator<Line>;
  readonly timeline: Timeline;
}

/** A target that has said what it is, as far as it was started at all. */
export interface MetTarget {
  readonly name: string;
  readonly line: TargetLine | null;
  /** It could not start: what was recorded of it stays. */
  readonly problem: TargetProblemLine | null;
}

/** Waits for the first line of each target. Throws InputError when one is not what it was when the run was begun. */
export async function meetTargets(
  targets: readonly BegunTarget[],
  { file }: Resumption,
): Promise<MetTarget[]> {
  return Promise.all(
    targets.map(async ({ name, recorded, lines }) => {
      const first = (await lines.next()).value as Line | undefined;
      const before = recorded?.line ?? null;
      if (first?.type === "target-problem") return { name, line: before, problem: first };
      if (first?.type !== "target") return { name, line: before, problem: null };
      const difference = before && findDifference(before, first);
      if (difference)
        throw new InputError([
          `--resume: ${file}: '${name}' is no longer what it was: ${difference} (run anew)`,
        ]);
      // Where a control was repeated, its later outcome counts, as for the experiments that it vouches for.
      const line = { ...first, controls: { ...before?.controls, ...first.controls } };
      return { name, line, problem: null };
    }),
  );
}

/** Hands the record all that was recorded before and stays, judged anew. */
export async function catchUp(
  targets: readonly MetTarget[],
  resumption: Resumption,
  plan: SessionPlan,
  record: RunRecord,
): Promise<void> {
  const dockets = new Map<string, Docket>();
  for (const { name, line } of targets) {
    if (!line) continue;
    dockets.set(name, docketOf(line, plan.claims, plan.selection, plan.known));
    record.take(line);
  }
  await resumption.replay((line) => {
    record.take(line);
    for (const verdict of verdictLines(dockets.get(line.target) ?? null, line))
      record.take(verdict);
  });
  for (const { problem } of targets) if (problem) record.take(problem);
}

/** What would make the observations those of two systems. */
function findDifference(before: TargetLine, now: TargetLine): string | null {
  for (const key of ["platform", "os", "runtime"] as const)
    // A fact that was not recorded is one that an earlier bindcheck did not know.
    for (const name of Object.keys(before[key])) {
      const [old, current] = [valueOf(before[key], name), valueOf(now[key], name)];
      if (old !== current) return `${key} ${name} was ${old}, now it is ${current ?? "not told"}`;
    }
  return isDeepStrictEqual(addressesOf(before), addressesOf(now))
    ? null
    : "other kinds of addresses are there";
}

function valueOf(facts: object, name: string): string | undefined {
  return (facts as Readonly<Record<string, string>>)[name];
}

/** Which addresses there are; what they are may change with every network. */
function addressesOf({ addresses }: TargetLine): boolean[][] {
  return Object.values(addresses).map((kinds) =>
    Object.values(kinds).map((address) => address !== null),
  );
}
