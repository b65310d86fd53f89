import coerce from "semver/functions/coerce.js";
import { outcomeSummary } from "../model/outcome-summary.ts";
import type { TargetLine } from "./line.ts";
import { systemOf } from "./match-targets.ts";
import type { RecordedRun } from "./recorded-run.ts";

/**
 * Why some runs cannot be one result: two of them have the same experiment or claim on the same target, or call
 * different systems by one name. One line for each two files, which names both.
 */
export function findRunClashes(runs: readonly RecordedRun[]): string[] {
  return [...differentSystems(runs), ...overlaps(runs)];
}

const MEND = "tell machines apart as NAME=FILE";

function differentSystems(runs: readonly RecordedRun[]): string[] {
  const first = new Map<string, { run: RecordedRun; line: TargetLine }>();
  const problems: string[] = [];
  for (const run of runs)
    for (const line of run.targets) {
      const before = first.get(line.target);
      if (!before) first.set(line.target, { run, line });
      else if (!isOneSystem(before.line, line))
        problems.push(
          `${before.run.file} and ${run.file} call different systems '${line.target}': ${systemOf(before.line)}, and ${systemOf(line)} (${MEND})`,
        );
    }
  return problems;
}

/** Machines of one kind differ in their builds while an update goes round; documents go by the version alone. */
function isOneSystem({ platform: a }: TargetLine, { platform: b }: TargetLine): boolean {
  const versionOf = (text: string): string => coerce(text)?.version ?? text;
  return (
    a.name === b.name &&
    a.implements === b.implements &&
    versionOf(a.version) === versionOf(b.version)
  );
}

interface Overlap {
  readonly one: RecordedRun;
  readonly other: RecordedRun;
  readonly what: string;
  /** What the first that is in both came to in each, where that differs. */
  contradiction: string | null;
  count: number;
}

function overlaps(runs: readonly RecordedRun[]): string[] {
  const found = new Map<string, Overlap>();
  const owners = new Map<string, { run: RecordedRun; says: string }>();
  const own = (run: RecordedRun, key: readonly string[], what: string, says: string): void => {
    const before = owners.get(key.join("\n"));
    if (!before) return void owners.set(key.join("\n"), { run, says });
    if (before.run === run) return;
    const files = `${runs.indexOf(before.run)} ${runs.indexOf(run)}`;
    const overlap = found.get(files) ?? {
      one: before.run,
      other: run,
      what,
      contradiction: null,
      count: 0,
    };
    overlap.count += 1;
    if (says !== before.says)
      overlap.contradiction ??= `${what} is ${before.says} in one and ${says} in the other`;
    found.set(files, overlap);
  };
  for (const run of runs) {
    const observed = new Set<string>();
    for (const { target, experiment, outcome } of run.observations) {
      observed.add(`${target}\n${experiment.id}`);
      own(
        run,
        [target, experiment.id],
        `'${experiment.id}' on '${target}'`,
        outcomeSummary(outcome),
      );
    }
    // A claim that was judged without having been measured.
    for (const { target, experiment, verdict } of run.verdicts)
      if (!observed.has(`${target}\n${experiment}`))
        own(run, [target, experiment], `'${experiment}' on '${target}'`, verdict);
  }
  return [...found.values()].map(overlapText);
}

function overlapText({ one, other, what, contradiction, count }: Overlap): string {
  const more = count > 1 ? `, and ${count - 1} more are in both` : "";
  return contradiction === null
    ? `${one.file} and ${other.file} overlap: ${what} is in both${more} (${MEND})`
    : `${one.file} and ${other.file} contradict each other: ${contradiction}${more} (${MEND})`;
}
