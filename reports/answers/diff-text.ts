import { countText } from "../../harness/model/count-text.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Change, ComparedTarget, Comparison } from "../../harness/results/compare-runs.ts";

/** What changed, for a terminal: the counts first, then a line for each change. */
export function diffText(comparison: Comparison): string {
  const lines = [
    diffCounts(comparison),
    ...comparison.targets.flatMap((target) => targetText(target) ?? []),
    ...KINDS.flatMap((kind) => kindLines(kind, comparison[kind])),
  ];
  return `${lines.join("\n")}\n`;
}

/** A line for each change; of an option that changed in several answers the first, the others are counted. */
function kindLines(kind: string, changes: readonly Change[]): string[] {
  const groups = groupBy(changes, (change) =>
    change.experiment.includes(" option ")
      ? `${change.target}\n${change.experiment}`
      : JSON.stringify(change),
  );
  return [...groups.values()].map(([first, ...others]) => {
    const more = `, and ${countText(others.length, "more answer")} (all: --json)`;
    return `${kind}: ${changeText(first as Change)}${others.length > 0 ? more : ""}`;
  });
}

/** The kinds of change, the gravest first. */
export const KINDS = ["changed", "unstable", "gone", "new"] as const;

/** `3 changed, 1 gone, 266 the same`. */
export function diffCounts(comparison: Comparison): string {
  const counts = KINDS.map((kind) => [comparison[kind].length, kind] as const);
  const told = counts.filter(([count]) => count > 0).map(([count, kind]) => `${count} ${kind}`);
  return [...(told.length > 0 ? told : ["nothing changed"]), `${comparison.same} the same`].join(
    ", ",
  );
}

/** What became of a target as such; null where it is the same system by the same name. */
export function targetText(target: ComparedTarget): string | null {
  const { old, new: now, oldSystem, newSystem } = target;
  if (now === null) return `${old} (${oldSystem ?? "never started"}) is gone`;
  if (old === null) return `${now} (${newSystem ?? "never started"}) is new`;
  if (old === now && oldSystem === newSystem) return null;
  const name = old === now ? now : `${now}, was ${old}`;
  const was = oldSystem === newSystem ? "" : `, was ${oldSystem ?? "never started"}`;
  return `${name}: ${newSystem ?? "never started"}${was}`;
}

function changeText({ target, experiment, step, old, new: now }: Change): string {
  const what = `${target} ${experiment}${step === undefined ? "" : `, step ${step}`}`;
  if (old === null) return `${what}: ${now}`;
  return now === null ? `${what}: was ${old}` : `${what}: ${now}, was ${old}`;
}
