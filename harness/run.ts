import { Readable } from "node:stream";
import type { Line } from "./results/line.ts";
import { carryOut, type OpenRecord } from "./session/carry-out.ts";
import { exitCode } from "./session/exit-code.ts";
import { chooseTargets, withFleet } from "./session/choose-targets.ts";
import { checkedSelection } from "./session/checked-selection.ts";
import { claimsOfDocuments } from "./session/claims-of-documents.ts";
import { planSession, type SessionPlan } from "./session/plan-session.ts";
import { readTeam } from "./session/team.ts";
import { measureOptions, type MeasureOptions } from "./measure/measure-options.ts";
import { createRecord } from "./session/record.ts";
import { checkQuery } from "./check-query.ts";
import type { RunQuery } from "./run-query.ts";

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
  const code = carryOutInto(lines, query, left.signal);
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

async function carryOutInto(lines: Readable, query: RunQuery, left: AbortSignal): Promise<number> {
  const startedAt = new Date();
  const { plan, failOnSkip } = await planQuery(query);
  const signal = query.signal ? AbortSignal.any([query.signal, left]) : left;
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
  checkQuery(query);
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
  const options = givenOptions(query);
  const knownFiles = [query.known ?? team.known].flat();
  const claims = await claimsOfDocuments(selection, knownFiles, options.confirm);
  const session = { runners, selection, measureOptions: options, except, resume, require };
  return { plan: await planSession(session, claims, SILENT.say), failOnSkip };
}

function givenOptions({ jobs, isolate, confirm, timeoutMs, ports }: RunQuery): MeasureOptions {
  const given = Object.entries({ jobs, isolate, confirm, timeoutMs, ports });
  return measureOptions(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}
