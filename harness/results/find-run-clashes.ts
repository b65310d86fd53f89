import coerce from "semver/functions/coerce.js";
import type { Outcome } from "../model/observation.ts";
import { outcomeSummary } from "../model/outcome-summary.ts";
import type { VerdictWord } from "../model/verdict.ts";
import type { TargetLine } from "./line.ts";
import { systemOf } from "./match-targets.ts";
import type { OutcomeLine, RecordedRun } from "./recorded-run.ts";

type Run = RecordedRun<OutcomeLine>;

/**
 * Why some runs cannot be one result: two of them have the same experiment or claim on the same target, or call
 * different systems by one name. One line for each two files, which names both.
 */
export function findRunClashes(runs: readonly Run[]): string[] {
  if (runs.length < 2) return [];
  return [...differentSystems(runs), ...overlaps(runs)];
}

const MEND = "tell machines apart as NAME=FILE";

function differentSystems(runs: readonly Run[]): string[] {
  const first = new Map<string, { run: Run; line: TargetLine }>();
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
  readonly one: Run;
  readonly other: Run;
  readonly what: string;
  /** What the first that is in both came to in each, where that differs. */
  contradiction: string | null;
  count: number;
}

/** The run that has an experiment on a target, and what it says of it. */
interface Owner {
  readonly run: Run;
  readonly says: Outcome | VerdictWord;
}

function overlaps(runs: readonly Run[]): string[] {
  const found = new Map<string, Overlap>();
  const owners = new Map<string, Map<string, Owner>>();
  const own = (target: string, experiment: string, { run, says }: Owner): void => {
    const ofTarget = owners.get(target) ?? new Map<string, Owner>();
    owners.set(target, ofTarget);
    const before = ofTarget.get(experiment);
    if (!before) return void ofTarget.set(experiment, { run, says });
    if (before.run === run) return;
    const files = `${runs.indexOf(before.run)} ${runs.indexOf(run)}`;
    const what = `'${experiment}' on '${target}'`;
    const overlap = found.get(files) ?? {
      one: before.run,
      other: run,
      what,
      contradiction: null,
      count: 0,
    };
    overlap.count += 1;
    const [then, now] = [saying(before.says), saying(says)];
    if (then !== now) overlap.contradiction ??= `${what} is ${then} in one and ${now} in the other`;
    found.set(files, overlap);
  };
  for (const run of runs) {
    for (const { target, experiment, outcome } of run.observations)
      own(target, experiment.id, { run, says: outcome });
    // A claim that was judged without having been measured.
    const observed = new Set(run.verdicts.length > 0 ? run.observations.map(keyOf) : []);
    for (const { target, experiment, verdict } of run.verdicts)
      if (!observed.has(`${target}\n${experiment}`))
        own(target, experiment, { run, says: verdict });
  }
  return [...found.values()].map(overlapText);
}

function keyOf({ target, experiment }: OutcomeLine): string {
  return `${target}\n${experiment.id}`;
}

function saying(says: Owner["says"]): string {
  return typeof says === "string" ? says : outcomeSummary(says);
}

function overlapText({ one, other, what, contradiction, count }: Overlap): string {
  const more = count > 1 ? `, and ${count - 1} more are in both` : "";
  return contradiction === null
    ? `${one.file} and ${other.file} overlap: ${what} is in both${more} (${MEND})`
    : `${one.file} and ${other.file} contradict each other: ${contradiction}${more} (${MEND})`;
}
