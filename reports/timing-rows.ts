import type { Timings } from "../harness/results/line.ts";

/** Something that took time. */
interface Took {
  readonly name: string;
  readonly ms: number;
}

/** One line of a target's timeline, and what went on meanwhile, side by side. */
export interface TimingRow extends Took {
  readonly parts: readonly Took[];
}

/** What a target's time went into, in order, and the whole last. */
export function timingRows({ phases, work }: Timings): TimingRow[] {
  const { waits, ...kinds } = work;
  const rows = Object.entries(phases).map(([name, ms]) => ({
    name,
    ms,
    parts: name === "experiments" ? tookEach({ ...kinds, "only waits": waits }) : [],
  }));
  const whole = rows.reduce((sum, { ms }) => sum + ms, 0);
  return [...rows, { name: "all", ms: whole, parts: [] }];
}

function tookEach(times: Readonly<Record<string, number>>): Took[] {
  return Object.entries(times).map(([name, ms]) => ({ name, ms }));
}

/** `0.04`: in seconds. */
export function secondsText(ms: number): string {
  return (ms / 1000).toFixed(2);
}
