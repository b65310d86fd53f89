import { Readable } from "node:stream";
import type { Line } from "./results/line.ts";
import { carryOut, type OpenRecord } from "./session/carry-out.ts";
import { exitCode } from "./session/exit-code.ts";
import { planSession, type SessionOptions } from "./session/plan-session.ts";
import { createRecord } from "./session/record.ts";

/** What to measure and how; everything may be left out, as on the command line. */
export interface RunQuery {
  /** Case files and folders of them; all of the package's own where none is named. */
  readonly files?: readonly string[];
  /** Targets: `local` unless told. */
  readonly on?: readonly string[];
  /** A team's names for targets. */
  readonly config?: string;
  /** Part of an experiment's id, or `/regex/`. */
  readonly filter?: readonly string[];
  readonly protocol?: readonly ("tcp" | "udp")[];
  readonly family?: readonly ("ipv4" | "ipv6" | "dual")[];
  /** Ids of documents. */
  readonly document?: readonly string[];
  /** `I/N`: the I-th of N parts of the experiments. */
  readonly shard?: string;
  /**
   * Files of known deviations, or folders of them, beside those that come with this package; `none` leaves these out.
   */
  readonly known?: string | readonly string[];
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
  // Whoever does not loop learns of it by the exit code.
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
  const plan = await planSession(query.files ?? [], sessionOptions(query), SILENT.say);
  const reporter = { line: (line: Line) => void lines.push(line), end: () => undefined };
  const openRecord = async (): Promise<OpenRecord> => ({
    record: createRecord([reporter], plan.documents, SILENT),
  });
  const circumstances = { startedAt, arguments: [], signal, say: SILENT.say, openRecord };
  const { result } = await carryOut(plan, circumstances);
  const failOnSkip = query.failOnSkip ?? false;
  return exitCode({ ...result, isInterrupted: signal.aborted, failOnSkip });
}

const SILENT = { say: () => undefined, count: () => undefined, clear: () => undefined };

function listOf(named: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof named === "string" ? [named] : named;
}

// Through the command line's own checks, so that both know the same words.
function sessionOptions(query: RunQuery): SessionOptions {
  const { on, config, filter, protocol, family, document, shard, known, isolate } = query;
  const { resume } = query;
  const given = {
    config,
    shard,
    known: listOf(known),
    resume,
    isolate,
    require: query.require?.join(","),
    jobs: query.jobs?.toString(),
  };
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    on: on ?? [],
    filter: filter ?? [],
    protocol: protocol ?? [],
    family: family ?? [],
    document: document ?? [],
    confirm: String(query.confirm ?? 2),
    timeout: String(query.timeoutMs ?? 5000),
    ...(query.ports ? { ports: query.ports.join("-") } : {}),
    ...told,
  };
}
