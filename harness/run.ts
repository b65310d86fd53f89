import { Readable } from "node:stream";
import type { Line } from "./results/line.ts";
import { carryOut, type OpenRecord } from "./session/carry-out.ts";
import { exitCode } from "./session/exit-code.ts";
import { chooseTargets, withFleet } from "./session/choose-targets.ts";
import { checkedSelection } from "./session/checked-selection.ts";
import { claimsOfDocuments } from "./session/claims-of-documents.ts";
import { planSession, type SessionPlan } from "./session/plan-session.ts";
import { readTeam } from "./session/team.ts";
import { measureOptions, MEASURE_LIMITS, type MeasureOptions } from "./measure/measure-options.ts";
import { InputError } from "./model/problem.ts";
import { createRecord } from "./session/record.ts";

/** What to measure and how; everything may be left out, as on the command line. */
export interface RunQuery {
  /** Case files and folders of them; all of the package's own where none is named. */
  readonly files?: readonly string[];
  /** Targets: `local` unless told. */
  readonly on?: readonly string[];
  /** A team's file: names for targets, and known deviations; the one of the working directory unless it is named. */
  readonly config?: string;
  /** Part of an experiment's id, or `/regex/`. */
  readonly filter?: readonly string[];
  readonly protocol?: readonly ("tcp" | "udp")[];
  readonly family?: readonly ("ipv4" | "ipv6" | "dual")[];
  /** Ids of documents. */
  readonly document?: readonly string[];
  /** `I/N`: the I-th of N parts of the experiments. */
  readonly shard?: string;
  /** Documents of other versions of a platform are measured too, and not judged. */
  readonly allVersions?: boolean;
  /**
   * Files of known deviations, or folders of them, beside those that come with this package; `none` leaves these out.
   */
  readonly known?: string | readonly string[];
  /** File of ids of experiments that are left out, one a line. */
  readonly except?: string;
  /** Results of the same run, which was cut off: it goes on where it stopped. */
  readonly resume?: string;
  /** What every target must have, such as `other-account`, and which targets there must be, such as `wine`. */
  readonly require?: readonly string[];
  /** Most pairs of binders at once. */
  readonly jobs?: number;
  /** Fresh binders for every experiment. */
  readonly isolate?: boolean;
  /** How often an observation that contradicts a claim is repeated. */
  readonly confirm?: number;
  /** Deadline of one exchange with a binder, in milliseconds. */
  readonly timeoutMs?: number;
  readonly ports?: readonly [from: number, to: number];
  readonly failOnSkip?: boolean;
  /** Ends the run when it is aborted. */
  readonly signal?: AbortSignal;
}

/** A run that is going on: its lines as they happen. Leaving the loop early ends it. */
export interface Run extends AsyncIterable<Line> {
  /** What `bindcheck run` would end with. */
  readonly exitCode: Promise<number>;
}

/** Starts to measure and judge. Loop and `exitCode` throw InputError when the query or a file is wrong. */
export function run(query: RunQuery = {}): Run {
  const left = new AbortController();
  const lines = new Readable({ objectMode: true, read: () => undefined });
  lines.once("close", () => left.abort());
  const signal = query.signal ? AbortSignal.any([query.signal, left.signal]) : left.signal;
  const code = carryOutInto(lines, query, signal);
  code.then(
    () => lines.push(null),
    (error: unknown) => lines.destroy(error as Error),
  );
  // A caller that does not loop gets the error from the exit code.
  lines.on("error", () => undefined);
  return {
    exitCode: code,
    [Symbol.asyncIterator]: () => lines[Symbol.asyncIterator]() as AsyncIterator<Line>,
  };
}

async function carryOutInto(
  lines: Readable,
  query: RunQuery,
  signal: AbortSignal,
): Promise<number> {
  const startedAt = new Date();
  const { plan, failOnSkip } = await planQuery(query);
  const reporter = { line: (line: Line) => void lines.push(line), end: () => undefined };
  const openRecord = async (): Promise<OpenRecord> => ({
    record: createRecord([reporter], plan.documents, SILENT),
  });
  const circumstances = { startedAt, arguments: [], signal, say: SILENT.say, openRecord };
  const { result } = await carryOut(plan, circumstances);
  return exitCode({ ...result, isInterrupted: signal.aborted, failOnSkip });
}

const SILENT = {
  say: () => undefined,
  expect: () => undefined,
  count: () => undefined,
  clear: () => undefined,
};

async function planQuery(
  query: RunQuery,
): Promise<{ readonly plan: SessionPlan; readonly failOnSkip: boolean }> {
  const { on = [], except, resume, require, failOnSkip = false } = query;
  const { files = [], filter = [], protocol = [], family = [], document = [] } = query;
  const team = await readTeam(query.config);
  const { runners, selects } = await chooseTargets(on, team);
  const { shard = null, allVersions = false } = query;
  const asked = { files, filter, protocol, family, document, shard };
  const selection = checkedSelection({
    ...withFleet(asked, selects),
    ...(allVersions && { allVersions }),
  });
  const options = checkedOptions(query);
  const knownFiles = [query.known ?? team.known].flat();
  const claims = await claimsOfDocuments(selection, knownFiles, options.confirm);
  const session = { runners, selection, measureOptions: options, except, resume, require };
  return { plan: await planSession(session, claims, SILENT.say), failOnSkip };
}

function checkedOptions({ jobs, isolate, confirm, timeoutMs, ports }: RunQuery): MeasureOptions {
  for (const [name, value] of Object.entries({ jobs, confirm, timeoutMs })) {
    const [least, most] = MEASURE_LIMITS[name as keyof typeof MEASURE_LIMITS];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      throw new InputError([`${name}: ${value} is not a whole number from ${least} to ${most}`]);
  }
  const given = Object.entries({ jobs, isolate, confirm, timeoutMs, ports });
  return measureOptions(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}
