import { cellLines, wasNotDone } from "../matrix/cell.ts";
import type { Judged } from "../matrix/judged.ts";

/** A protocol and family whose table is drawn, also for others that came out the same. */
export interface MergedPart {
  readonly name: string;
  readonly verdicts: readonly Judged[];
  /** `tcp/ipv4, udp/ipv4: same`. */
  readonly heading: string;
}

/** Draws equal tables once. A cell that was skipped in one of them is not a difference, but it is counted. */
export function mergeParts(parts: ReadonlyMap<string, readonly Judged[]>): MergedPart[] {
  const merged: { part: Part; names: string[]; partly: string[] }[] = [];
  for (const [name, verdicts] of parts) {
    const part = { name, verdicts, cells: cellTexts(name, verdicts) };
    const same = merged.find((other) => isSameWhereMeasured(part, other.part));
    if (same === undefined) merged.push({ part, names: [name], partly: [] });
    else {
      const skipped = skippedMore(part, same.part);
      if (skipped === 0) same.names.push(name);
      else same.partly.push(`${name}: same, but ${skipped} skipped`);
    }
  }
  return merged.map(({ part, names, partly }) => ({
    name: part.name,
    verdicts: part.verdicts,
    heading: [names.join(", ") + (names.length > 1 ? ": same" : ""), ...partly].join("\n"),
  }));
}

interface Part {
  readonly name: string;
  readonly verdicts: readonly Judged[];
  readonly cells: ReadonlyMap<string, string>;
}

function cellTexts(name: string, verdicts: readonly Judged[]): Map<string, string> {
  return new Map(
    verdicts.map((verdict) => [
      `${verdict.experiment.slice(name.length)}\n${verdict.expect}`,
      wasNotDone(verdict) ? SKIPPED : cellLines(verdict).join("\n"),
    ]),
  );
}

const SKIPPED = "";

function isSameWhereMeasured({ cells }: Part, { cells: drawn }: Part): boolean {
  if (cells.size !== drawn.size) return false;
  const all = [...cells];
  // A part of which nothing was measured is like no other.
  if (
    all.every(([, text]) => text === SKIPPED) &&
    [...drawn.values()].some((text) => text !== SKIPPED)
  )
    return false;
  return all.every(([key, text]) => (text === SKIPPED ? drawn.has(key) : drawn.get(key) === text));
}

function skippedMore({ cells }: Part, { cells: drawn }: Part): number {
  return [...cells].filter(([key, text]) => text === SKIPPED && drawn.get(key) !== SKIPPED).length;
}
