import { readFileSync, statSync } from "node:fs";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import type { Line, ObservationLine, RunLine, TargetLine } from "../results/line.ts";
import { readResults } from "../results/read.ts";
import { HARNESS_VERSION } from "./harness-version.ts";
import type { Keep } from "./keep-observations.ts";

/** What of a run that was cut off need not be measured again. */
export interface Resumption {
  readonly file: string;
  /** Null when the file holds nothing, as after a kill before the first line. */
  readonly run: RunLine | null;
  /** By name, every target that had begun. */
  readonly targets: ReadonlyMap<string, RecordedTarget>;
  /** Hands every settled observation over once more. */
  replay(take: (line: ObservationLine) => void): Promise<void>;
}

/** A target as it was recorded. */
export interface RecordedTarget {
  readonly line: TargetLine;
  /** Ids of the experiments whose observations stay. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Reads what an unfinished session has left; null where none is resumed. Throws InputError when the file is not a result
 * stream, or is of another session than the one that is asked for.
 */
export async function readResumption(
  file: string | undefined,
  selection: Selection,
  targetNames: readonly string[],
  keep: Keep,
  say: (sentence: string) => void,
): Promise<Resumption | null> {
  if (file === undefined) return null;
  const fail: (message: string) => never = (message) => {
    throw new InputError([`--resume: ${file}: ${message}`]);
  };
  let run: RunLine | null = null;
  let unasked = 0;
  const targets = new Map<string, RecordedTarget & { readonly kept: Set<string> }>();
  const fates = new Map<string, ReturnType<Keep>>();
  const takeTarget = (line: TargetLine): void => {
    if (!targetNames.includes(line.target))
      fail(`it has results of '${line.target}', which this run does not measure (add --on)`);
    targets.set(line.target, { line, kept: new Set() });
    fates.set(line.target, keep(line.platform));
  };
  const takeObservation = (line: ObservationLine): void => {
    const { target, experiment } = line;
    const own = targets.get(target);
    const fate = fates.get(target)?.(line);
    if (fate === "unasked") unasked += 1;
    if (!own || fate !== "kept") return;
    if (own.kept.has(experiment.id)) fail(`'${experiment.id}' on '${target}' is there twice`);
    own.kept.add(experiment.id);
  };
  const take = (line: Line): void => {
    if (line.type === "run") {
      if (run) fail("it holds several runs (only one can go on)");
      const difference = findDifference(line, selection);
      if (difference !== null) fail(difference);
      run = line;
    } else if (line.type === "target") takeTarget(line);
    else if (line.type === "observation") takeObservation(line);
  };
  const stats = statSync(file, { throwIfNoEntry: false });
  // It is read twice, and a pipe might never say anything.
  if (stats && !stats.isFile() && !stats.isDirectory()) fail("it is not a regular file");
  if (!stats || !isUnbegun(file, stats.size)) await readResults(file, take);
  if (unasked > 0)
    say(
      `${file}: ${unasked} observations are of experiments that this run does not have: they are left out`,
    );
  return {
    file,
    run,
    targets,
    async replay(again) {
      if (targets.size === 0) return;
      await readResults(file, (line) => {
        if (line.type !== "observation") return;
        if (targets.get(line.target)?.kept.has(line.experiment.id)) again(line);
      });
    },
  };
}

/** Whether a kill before the end of the first line has left nothing of it, or its beginning. */
function isUnbegun(file: string, size: number): boolean {
  if (size === 0) return true;
  if (size > MOST_OF_A_LINE) return false;
  const text = readFileSync(file, "utf8");
  return !text.includes("\n") && (BEGINNING.startsWith(text) || isTorn(text));
}

// More than the documents of any run take.
const MOST_OF_A_LINE = 2 ** 20;

const BEGINNING = '{"type":"run",';

function isTorn(text: string): boolean {
  if (!text.startsWith(BEGINNING)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** Why a recorded run is not the one that is asked for; null when it is. */
function findDifference({ harness, selection: then }: RunLine, now: Selection): string | null {
  if (harness !== HARNESS_VERSION)
    return `it was written by bindcheck ${harness}, this is ${HARNESS_VERSION} (run anew)`;
  if (commandOf(then) !== commandOf(now))
    return `it was written by 'bindcheck ${commandOf(then)}', this is 'bindcheck ${commandOf(now)}'`;
  if (Boolean(then.allVersions) !== Boolean(now.allVersions))
    return `it was begun with${then.allVersions ? "" : "out"} --all-versions (say the same)`;
  for (const key of KEYS) {
    const [before, after] = [wordsOf(key, then[key] ?? []), wordsOf(key, now[key] ?? [])];
    if (before !== after)
      return `it was begun with ${before}, this run has ${after} (say the same)`;
  }
  return null;
}

const KEYS = ["files", "filter", "protocol", "family", "document", "with", "shard"] as const;

function commandOf({ explores, options }: Selection): string {
  return explores ? (options ? "explore --options" : "explore") : "run";
}

function wordsOf(key: (typeof KEYS)[number], value: readonly string[] | string): string {
  const values = [value].flat();
  const option = key === "files" ? "case files" : `--${key}`;
  return values.length === 0 ? `no ${option}` : `${option} ${values.join(" ")}`;
}
