import { groupBy } from "../model/group-by.ts";
import { InputError } from "../model/problem.ts";
import { findRunClashes } from "./find-run-clashes.ts";
import { findShardProblems } from "./find-missing-shards.ts";
import type { Selection } from "../model/selection.ts";
import type { Line, RunLine, SummaryLine, TargetLine, Timings } from "./line.ts";
import { byText, documentsOf, inPlanOrder } from "./plan-order.ts";
import { targetNames, type RecordedRun } from "./recorded-run.ts";

/** Several runs as one. */
export interface MergedRuns {
  readonly run: RunLine;
  /** All but the first and the last line: target by target by name, then in the documents' order. */
  readonly lines: readonly Exclude<Line, RunLine>[];
  /** The wall time of the longest of the runs, and where the time of each target went, added up over the runs. */
  readonly times: Pick<SummaryLine, "wallMs" | "timings">;
  /** Files with a run that was cut off: what it did not reach is missing. */
  readonly cutOff: readonly string[];
  /** Shards that are not there, a sentence for each target. */
  readonly missing: readonly string[];
}

/**
 * Makes one result of several runs, the same for every order in which they come. Throws InputError when they overlap,
 * contradict each other or, unless the result may be `partial`, lack a shard.
 */
export function mergeRuns(
  given: readonly RecordedRun[],
  { partial = false }: { readonly partial?: boolean } = {},
): MergedRuns {
  const { clashing, missing } = findShardProblems(given);
  const problems = [...findRunClashes(given), ...clashing, ...(partial ? [] : missing)];
  if (problems.length > 0) throw new InputError(problems);
  const runs = given.toSorted((a, b) => byText(orderKey(a), orderKey(b)));
  const run = mergeRunLines(runs);
  const names = [...new Set(runs.flatMap(targetNames))].toSorted(byText);
  const timings = addUp(runs.flatMap(({ summary }) => summary?.timings ?? []));
  return {
    run,
    lines: names.flatMap((name) => linesOf(name, runs, run)),
    times: {
      wallMs: Math.max(...runs.map(({ summary }) => summary?.wallMs ?? 0)),
      // Streams of before there were timings have none.
      ...(timings.length > 0 && { timings }),
    },
    cutOff: runs.filter(({ summary }) => summary === null).map(({ file }) => file),
    missing,
  };
}

/** One for each target. */
function addUp(timings: readonly Timings[]): Timings[] {
  return [...groupBy(timings, ({ target }) => target)].map(([target, own]) => ({
    target,
    phases: own.map(({ phases }) => phases).reduce(sumOf),
    work: own.map(({ work }) => work).reduce(sumOf),
  }));
}

function sumOf<Times extends Readonly<Record<string, number>>>(one: Times, other: Times): Times {
  const entries = Object.entries(one).map(([name, ms]) => [name, ms + (other[name] ?? 0)]);
  return Object.fromEntries(entries) as Times;
}

function orderKey(recorded: RecordedRun): string {
  const { shard, ...selection } = recorded.run.selection;
  const index = (shard?.split("/")[0] ?? "").padStart(6, "0");
  return [...targetNames(recorded), JSON.stringify(selection), index].join("\n");
}

function linesOf(
  name: string,
  runs: readonly RecordedRun[],
  { documents }: RunLine,
): Exclude<Line, RunLine>[] {
  const isOwn = ({ target }: { readonly target: string }): boolean => target === name;
  const target = mergeTargets(runs.flatMap(({ targets }) => targets.filter(isOwn)));
  return [
    ...(target ? [target] : []),
    ...inPlanOrder(
      runs.flatMap(({ observations }) => observations.filter(isOwn)),
      runs.flatMap(({ verdicts }) => verdicts.filter(isOwn)),
      documents,
    ),
    ...runs.flatMap(({ problems }) => problems.filter(isOwn)),
  ];
}

/** Shards may have run on several machines of one kind: where a fact differs, all that were met are reported. */
function mergeTargets(lines: readonly TargetLine[]): TargetLine | null {
  const [first] = lines;
  if (!first) return null;
  const met = (texts: readonly (string | undefined)[]): string =>
    [...new Set(texts.filter((text) => text !== undefined))].join(" / ");
  const oses = lines.map(({ os }) => os);
  const runtimes = lines.map(({ runtime }) => runtime);
  const controls = lines.flatMap((line) => Object.entries(line.controls));
  // What went wrong in one of them counts.
  const worst = controls.toSorted(
    ([a, left], [b, right]) => byText(a, b) || Number(right === "held") - Number(left === "held"),
  );
  return {
    ...first,
    os: {
      name: first.os.name,
      version: met(oses.map(({ version }) => version)),
      build: met(oses.map(({ build }) => build)),
      kernel: met(oses.map(({ kernel }) => kernel)),
    },
    runtime: Object.fromEntries(
      [...new Set(runtimes.flatMap((runtime) => Object.keys(runtime)))].map((key) => [
        key,
        met(runtimes.map((runtime) => runtime[key])),
      ]),
    ),
    controls: Object.fromEntries(worst),
  };
}

function mergeRunLines(runs: readonly RecordedRun[]): RunLine {
  const lines = runs.map(({ run }) => run);
  const [first] = lines;
  if (!first) throw new InputError(["there are no results to merge"]);
  return {
    type: "run",
    version: first.version,
    harness: [...new Set(lines.map(({ harness }) => harness))].join(" / "),
    startedAt: lines.map(({ startedAt }) => startedAt).toSorted(byText)[0] ?? first.startedAt,
    arguments: sharedArguments(lines),
    selection: mergeSelections(lines.map(({ selection }) => selection)),
    documents: documentsOf(runs),
  };
}

/** What all were asked alike, whichever shard; nothing where they were asked different things. */
function sharedArguments(lines: readonly RunLine[]): readonly string[] {
  const asked = lines.map((line) =>
    line.arguments.filter(
      (text, index, all) => !isOwnMatter(text) && !NAMES.has(all[index - 1] ?? ""),
    ),
  );
  const [first = []] = asked;
  return asked.every((each) => each.join("\n") === first.join("\n")) ? first : [];
}

// A run's own part, and where it wrote.
const NAMES: ReadonlySet<string> = new Set(["--shard", "--out", "--reporter"]);

function isOwnMatter(text: string): boolean {
  return NAMES.has(text.split("=")[0] ?? "");
}

/** Everything that one of them takes; an empty list takes all. */
function mergeSelections(selections: readonly Selection[]): Selection {
  const union = (
    key: keyof Omit<Selection, "shard" | "explores" | "options" | "with" | "allVersions">,
  ): readonly string[] => {
    const lists = selections.map((selection) => selection[key]);
    return lists.some(({ length }) => length === 0) ? [] : [...new Set(lists.flat())];
  };
  const combined = [...new Set(selections.flatMap((selection) => selection.with ?? []))];
  return {
    ...(selections.every(({ explores }) => explores) ? { explores: true } : {}),
    ...(selections.every(({ options }) => options) ? { options: true } : {}),
    ...(selections.every(({ allVersions }) => allVersions) ? { allVersions: true } : {}),
    ...(combined.length > 0 ? { with: combined.toSorted(byText) } : {}),
    files: union("files"),
    filter: union("filter"),
    protocol: union("protocol"),
    family: union("family"),
    document: union("document"),
    shard: null,
  };
}
