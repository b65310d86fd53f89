import { fileURLToPath } from "node:url";
import { readClaims, readControls } from "../../harness/claims/read-claims.ts";
import type { MeasureOptions } from "../../harness/measure/measure-options.ts";
import type { ObservationLine, TargetLine } from "../../harness/results/line.ts";
import { measureTarget } from "../../harness/measure/measure-target.ts";
import { createTimeline } from "../../harness/measure/timeline.ts";
import { createMeasurePlanner } from "../../harness/verdicts/measure-plan.ts";
import type { Runner } from "../../runners/runner.ts";

type MeasuredLine = TargetLine | ObservationLine;

/** What to measure, and what is to be different. */
export interface Measuring {
  /** Case files, from the package's folder. */
  readonly files: readonly string[];
  /** Part of the ids of the experiments. */
  readonly filter?: string;
  readonly signal?: AbortSignal;
  readonly options?: Partial<MeasureOptions>;
  readonly each?: (line: MeasuredLine) => void;
}

/** What a target gave until it ended, and how it ended if not well. */
export interface Measured {
  readonly target?: TargetLine;
  readonly observations: readonly ObservationLine[];
  /** Kinds of their outcomes. */
  readonly outcomes: ReadonlySet<string>;
  readonly error?: Error;
}

/** Measures on a target as a run does, but judges nothing. */
export async function measureOn(runner: Runner, measuring: Measuring): Promise<Measured> {
  const { files, filter = "", options, each } = measuring;
  const paths = files.map((file) => fileURLToPath(new URL(`../../${file}`, import.meta.url)));
  const { claims } = await readClaims(paths);
  const chosen = claims.filter(({ experiment }) => experiment.id.includes(filter));
  const lines: MeasuredLine[] = [];
  const signal = measuring.signal ?? new AbortController().signal;
  let error: Error | undefined;
  try {
    const target = await runner.open({ signal, say: () => undefined });
    try {
      const measured = measureTarget({
        name: runner.name,
        target,
        planFor: createMeasurePlanner(chosen, await readControls(), false),
        options: {
          jobs: 1,
          isolate: false,
          confirm: 2,
          timeoutMs: 20_000,
          ports: null,
          ...options,
        },
        signal,
        timeline: createTimeline(),
      });
      for await (const line of measured) {
        lines.push(line);
        each?.(line);
      }
    } finally {
      await target.close();
    }
  } catch (thrown) {
    error = thrown as Error;
  }
  const target = lines.find((line) => line.type === "target");
  const observations = lines.filter((line) => line.type === "observation");
  return {
    observations,
    outcomes: new Set(observations.map(({ outcome }) => outcome.kind)),
    ...(target && { target }),
    ...(error && { error }),
  };
}

/** Linux's own tables, which ask for second addresses and another account. */
export function measureTable(runner: Runner): Promise<Measured> {
  const files = ["cases/linux/socket-7.yaml", "cases/linux/other-account.yaml"];
  return measureOn(runner, { files, filter: "udp" });
}
