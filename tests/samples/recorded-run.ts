import type { Outcome } from "../../harness/model/observation.ts";
import type {
  ObservationLine,
  RunLine,
  TargetLine,
  Timings,
  VerdictLine,
} from "../../harness/results/line.ts";
import type { RecordedRun } from "../../harness/results/recorded-run.ts";
import { sampleDocument } from "./claim.ts";
import { sampleEndpoint, sampleExperiment } from "./experiment.ts";

const ADDRESSES = {
  wildcard: null,
  specific: null,
  specific2: null,
  "mapped-wildcard": null,
  "mapped-specific": null,
};

/** A run of one target; `local` on Linux by default. */
export interface SampleRun {
  readonly file?: string;
  readonly target?: string;
  readonly shard?: string | null;
  readonly run?: Partial<RunLine>;
  readonly line?: Partial<TargetLine>;
  readonly isCutOff?: boolean;
  /** Experiments over TCP and IPv4 by the second socket's option, in the order in which they were measured. */
  readonly outcomes?: Readonly<Record<string, Outcome>>;
}

export const SUCCESS: Outcome = { kind: "success" };
export const IN_USE: Outcome = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };

/** A run as read from a file of results; every claim is that the bind succeeds. */
export function sampleRun({
  file = "results.ndjson",
  target = "local",
  shard = null,
  run = {},
  line = {},
  isCutOff = false,
  outcomes = {},
}: SampleRun = {}): RecordedRun {
  const observations = Object.entries(outcomes).map(([option, outcome]) =>
    sampleObservation(target, option, outcome),
  );
  return {
    file,
    run: {
      type: "run",
      version: 1,
      harness: "1.0.0",
      startedAt: "2026-01-01T00:00:00.000Z",
      arguments: ["run"],
      selection: { files: [], filter: [], protocol: [], family: [], document: [], shard },
      documents: [sampleDocument()],
      ...run,
    },
    targets: [{ ...sampleTargetLine(target), ...line }],
    problems: [],
    observations,
    verdicts: observations.map(verdictOn),
    summary: isCutOff
      ? null
      : {
          type: "summary",
          counts: [],
          observations: observations.length,
          notApplicable: [],
          brokenTargets: [],
          wallMs: 10,
        },
  };
}

/** Where the time of a target went; most of it into experiments. */
export function sampleTimings(target: string, prepare = 20): Timings {
  return {
    target,
    phases: { prepare, start: 150, controls: 30, experiments: 1200, end: 10 },
    work: { pairs: 400, scenarios: 1100, options: 0, waits: 250, report: 40 },
  };
}

/** The id of the experiment of an option. */
export function sampleId(option: string): string {
  return `tcp/ipv4 none@wildcard > ${option}@wildcard`;
}

export function sampleTargetLine(target: string): TargetLine {
  return {
    type: "target",
    target,
    platform: { name: "linux", implements: "linux", version: "6.1.0" },
    os: { name: "Debian", version: "6.1.0", build: "1", kernel: "Linux 6.1.0" },
    runtime: { node: "v20.0.0" },
    addresses: { ipv4: ADDRESSES, ipv6: ADDRESSES, dual: ADDRESSES },
    controls: {},
  };
}

function sampleObservation(target: string, option: string, outcome: Outcome): ObservationLine {
  const options = option === "none" ? [] : [option as "SO_REUSEADDR"];
  return {
    type: "observation",
    target,
    experiment: sampleExperiment({ second: sampleEndpoint({ options }) }),
    outcome,
    attempts: 1,
    durationMs: 1,
    port: 1024,
    evidence: {},
  };
}

/** The claim's line: options in alphabetical order are below each other. */
function verdictOn({ target, experiment, outcome }: ObservationLine): VerdictLine {
  const line = 1 + experiment.id.charCodeAt("tcp/ipv4 none@wildcard > SO_R".length);
  return {
    type: "verdict",
    target,
    experiment: experiment.id,
    document: "sample",
    claim: { expect: "success", source: { file: "sample.yaml", line, column: 1 } },
    verdict: outcome.kind === "success" ? "held" : "contradicted",
  };
}

/** The three shards of a run, each with an experiment. */
export function sampleShards(): RecordedRun[] {
  return [
    sampleRun({ file: "1.ndjson", shard: "1/3", outcomes: { SO_REUSEPORT: SUCCESS } }),
    sampleRun({ file: "2.ndjson", shard: "2/3", outcomes: { SO_REUSEADDR: IN_USE } }),
    sampleRun({ file: "3.ndjson", shard: "3/3", outcomes: { none: SUCCESS } }),
  ];
}
