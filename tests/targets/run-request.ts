import type { ObservationLine, TargetLine } from "../../harness/results/line.ts";
import type { RunRequest } from "../../runners/runner.ts";

/** A request for everything, with what the test wants different. */
export function runRequest(different: Partial<RunRequest> = {}): RunRequest {
  return {
    selection: { files: [], filter: [], protocol: [], family: [], document: [], shard: null },
    options: { jobs: 1, isolate: false, confirm: 2, timeoutMs: 2000, ports: null },
    signal: new AbortController().signal,
    say: () => undefined,
    measureHere: () => {
      throw new Error("This target measures elsewhere");
    },
    ...different,
  };
}

/** What a target gave until it ended, and how it ended if not well. */
export interface Collected {
  readonly target?: TargetLine;
  /** Ids of the observed experiments. */
  readonly observed: readonly string[];
  /** Kinds of their outcomes. */
  readonly outcomes: readonly string[];
  /** Names of targets that the lines bear. */
  readonly names: ReadonlySet<string>;
  readonly error?: Error;
}

/** Takes everything that comes, up to the end or to the error. */
export async function collect(
  lines: AsyncIterable<TargetLine | ObservationLine>,
  each: (line: TargetLine | ObservationLine) => void = () => undefined,
): Promise<Collected> {
  const all: (TargetLine | ObservationLine)[] = [];
  let error: Error | undefined;
  try {
    for await (const line of lines) {
      all.push(line);
      each(line);
    }
  } catch (thrown) {
    error = thrown as Error;
  }
  const target = all.find((line) => line.type === "target");
  const observations = all.filter((line) => line.type === "observation");
  return {
    observed: observations.map(({ experiment }) => experiment.id),
    outcomes: observations.map(({ outcome }) => outcome.kind),
    names: new Set(all.map((line) => line.target)),
    ...(target && { target }),
    ...(error && { error }),
  };
}
