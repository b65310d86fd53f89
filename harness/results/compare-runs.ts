import { InputError } from "../model/problem.ts";
import type { Outcome } from "../model/observation.ts";
import { outcomeSummary } from "../model/outcome-summary.ts";
import { findRunClashes } from "./find-run-clashes.ts";
import { matchTargets, systemOfTarget, type TargetPair } from "./match-targets.ts";
import { byText } from "./plan-order.ts";
import type { OutcomeLine, RecordedRun } from "./recorded-run.ts";

/** What one experiment, or one step of a scenario, came to in both results. */
export interface Change {
  readonly target: string;
  readonly experiment: string;
  /** Label of the step of a scenario. */
  readonly step?: string;
  /** Null where it was not measured. */
  readonly old: string | null;
  readonly new: string | null;
}

/** A target in both results. */
export interface ComparedTarget extends TargetPair {
  readonly oldSystem: string | null;
  readonly newSystem: string | null;
}

/** What changed between two results. Ports, durations and numbers of attempts are no change. */
export interface Comparison {
  readonly targets: readonly ComparedTarget[];
  readonly changed: readonly Change[];
  readonly new: readonly Change[];
  readonly gone: readonly Change[];
  /** Came out differently within one of the results: nothing can be said of a change. */
  readonly unstable: readonly Change[];
  /** How many experiments came out alike. */
  readonly same: number;
}

/** Throws InputError when the two cannot be compared. */
export function compareRuns(
  old: readonly RecordedRun<OutcomeLine>[],
  now: readonly RecordedRun<OutcomeLine>[],
): Comparison {
  const problems = [...findRunClashes(old), ...findRunClashes(now)];
  if (problems.length > 0) throw new InputError(problems);
  const pairs = matchTargets(old, now);
  const found = pairs.map((pair) =>
    compareTarget(pair, behavioursOf(old, pair.old), behavioursOf(now, pair.new)),
  );
  const all = found.flatMap(({ changes }) => changes);
  const isUnstable = (change: Change): boolean =>
    [change.old, change.new].some((text) => text?.startsWith("unstable: "));
  const stable = all.filter((change) => !isUnstable(change));
  return {
    targets: pairs.map((pair) => ({
      ...pair,
      oldSystem: systemOfTarget(old, pair.old),
      newSystem: systemOfTarget(now, pair.new),
    })),
    changed: stable.filter((change) => change.old !== null && change.new !== null),
    new: stable.filter((change) => change.old === null),
    gone: stable.filter((change) => change.new === null),
    unstable: all.filter(isUnstable),
    same: found.reduce((sum, { same }) => sum + same, 0),
  };
}

/** Whether a gate has to close: something is not as it was. What was unstable and still is counts for nothing. */
export function isChange({ changed, new: added, gone, unstable }: Comparison): boolean {
  const isBoth = (change: Change): boolean =>
    [change.old, change.new].every((text) => text?.startsWith("unstable: "));
  return changed.length + added.length + gone.length > 0 || !unstable.every(isBoth);
}

/** What came of each experiment: the whole, or step by step. */
interface Behaviour {
  readonly parts: ReadonlyMap<string | null, string>;
  /** Each part answers a question of its own: one that an older bindcheck did not ask is no change. */
  readonly isAsked: boolean;
}

function behavioursOf(
  runs: readonly RecordedRun<OutcomeLine>[],
  target: string | null,
): Map<string, Behaviour> {
  const behaviours = new Map<string, Behaviour>();
  // Many experiments come to one of few outcomes, and `readOutcomes` holds equal ones once.
  const wholes = new Map<Outcome, Behaviour>();
  const wholly = (outcome: Outcome): Behaviour => {
    const known = wholes.get(outcome) ?? whole(outcomeSummary(outcome));
    wholes.set(outcome, known);
    return known;
  };
  for (const { observations, verdicts } of runs) {
    for (const line of observations)
      if (line.target === target)
        behaviours.set(line.experiment.id, stepwise(line) ?? wholly(line.outcome));
    // Claims of a target that was lost before it could measure them.
    for (const line of verdicts)
      if (line.target === target && !behaviours.has(line.experiment))
        behaviours.set(line.experiment, whole(`${line.verdict}: ${line.reason ?? ""}`));
  }
  return behaviours;
}

function whole(text: string): Behaviour {
  return { parts: new Map([[null, text]]), isAsked: false };
}

/** What came of the steps; null where there are none, or nothing was decided. */
function stepwise({ experiment, outcome, steps = [] }: OutcomeLine): Behaviour | null {
  const isDecided = outcome.kind !== "broken" && outcome.kind !== "unstable";
  if (steps.length === 0 || !isDecided) return null;
  return {
    parts: new Map(steps.map(({ label, outcome: one }) => [label, outcomeSummary(one)])),
    isAsked: "option" in experiment,
  };
}

function compareTarget(
  pair: TargetPair,
  old: ReadonlyMap<string, Behaviour>,
  now: ReadonlyMap<string, Behaviour>,
): { readonly changes: Change[]; readonly same: number } {
  const target = pair.new ?? pair.old ?? "";
  const changes: Change[] = [];
  let same = 0;
  const compare = (id: string): void => {
    const found = changesOf(old.get(id), now.get(id));
    if (found.length === 0) same += 1;
    for (const change of found) changes.push({ target, experiment: id, ...change });
  };
  for (const id of old.keys()) compare(id);
  for (const id of now.keys()) if (!old.has(id)) compare(id);
  return { changes: changes.toSorted((a, b) => byText(a.experiment, b.experiment)), same };
}

function changesOf(
  old: Behaviour | undefined,
  now: Behaviour | undefined,
): Pick<Change, "step" | "old" | "new">[] {
  if (!old || !now) return [{ old: old ? textOf(old) : null, new: now ? textOf(now) : null }];
  if (old.parts.has(null) || now.parts.has(null)) {
    const [before, after] = [textOf(old), textOf(now)];
    return before === after ? [] : [{ old: before, new: after }];
  }
  const steps = [...new Set([...old.parts.keys(), ...now.parts.keys()])];
  return steps.flatMap((step) => {
    if (now.isAsked && !(old.parts.has(step) && now.parts.has(step))) return [];
    const before = old.parts.get(step) ?? NOT_REACHED;
    const after = now.parts.get(step) ?? NOT_REACHED;
    return before === after ? [] : [{ step: step ?? "", old: before, new: after }];
  });
}

const NOT_REACHED = "not reached";

function textOf({ parts }: Behaviour): string {
  return [...parts].map(([step, text]) => (step === null ? text : `${step}: ${text}`)).join("; ");
}
