import { InputError } from "../model/problem.ts";
import type { TargetLine } from "./line.ts";
import { targetNames, type OutcomeLine, type RecordedRun } from "./recorded-run.ts";

/** A target of the old results and the one of the new that it is held against; one of them may be missing. */
export interface TargetPair {
  readonly old: string | null;
  readonly new: string | null;
}

/**
 * Pairs targets by name. Where each side has one target alone, those are a pair whatever their names: so two machines
 * or two versions are compared. Throws InputError when no target of one side is in the other.
 */
export function matchTargets(
  old: readonly RecordedRun<OutcomeLine>[],
  now: readonly RecordedRun<OutcomeLine>[],
): TargetPair[] {
  const before = [...new Set(old.flatMap(targetNames))];
  const after = [...new Set(now.flatMap(targetNames))];
  if (before.length === 1 && after.length === 1)
    return [{ old: before[0] ?? null, new: after[0] ?? null }];
  const both = before.filter((name) => after.includes(name));
  if (both.length === 0)
    throw new InputError([
      `the two results have no target in common (${nameAll(before)}; ${nameAll(after)})`,
    ]);
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  return [
    ...both.map((name) => ({ old: name, new: name })),
    ...gone.map((name) => ({ old: name, new: null })),
    ...added.map((name) => ({ old: null, new: name })),
  ];
}

/** What a target's line says that it is. */
export function systemOfTarget(
  runs: readonly RecordedRun<OutcomeLine>[],
  target: string | null,
): string | null {
  const line = runs.flatMap(({ targets }) => targets).find((each) => each.target === target);
  return line ? systemOf(line) : null;
}

/** The operating system and whose socket calls it offers, with the version that documents go by. */
export function systemOf({ platform, os }: TargetLine): string {
  const { name, implements: calls, version } = platform;
  return `${os.name}, ${name}${calls === name ? "" : ` (${calls})`} ${version}`;
}

function nameAll(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
}
