import { InputError } from "../model/problem.ts";
import type {
  Line,
  ObservationLine,
  RunLine,
  SummaryLine,
  TargetLine,
  TargetProblemLine,
  VerdictLine,
} from "./line.ts";
import { readResults } from "./read.ts";

/** A file of results; with a machine's name its targets are told apart from those of others. */
export interface ResultsFile {
  readonly file: string;
  readonly machine: string | null;
}

/** One run as a file of results tells it. */
export interface RecordedRun {
  readonly file: string;
  readonly run: RunLine;
  readonly targets: readonly TargetLine[];
  readonly problems: readonly TargetProblemLine[];
  readonly observations: readonly ObservationLine[];
  readonly verdicts: readonly VerdictLine[];
  /** Absent when the run was cut off. */
  readonly summary: SummaryLine | null;
}

/** The runs of a file, most often one. Throws InputError when it is not a result stream of this version. */
export async function readRuns({ file, machine }: ResultsFile): Promise<RecordedRun[]> {
  const runs: OpenRun[] = [];
  await readResults(file, (line) => {
    if (line.type === "run") runs.push(openRun(file, line));
    else runs.at(-1)?.take(machine === null ? line : ofMachine(machine, line));
  });
  return runs.map(({ recorded }) => recorded());
}

/** What runs tell of one of their targets. Throws InputError when no run has it. */
export function runsOfTarget(runs: readonly RecordedRun[], target: string): RecordedRun[] {
  const names = [...new Set(runs.flatMap(targetNames))];
  if (!names.includes(target))
    throw new InputError([`'${target}' is not a target of these results (${names.join(", ")})`]);
  const isOwn = (line: { readonly target: string }): boolean => line.target === target;
  return runs.map((run) => ({
    ...run,
    targets: run.targets.filter(isOwn),
    problems: run.problems.filter(isOwn),
    observations: run.observations.filter(isOwn),
    verdicts: run.verdicts.filter(isOwn),
  }));
}

/** Every target that a run tells something of. */
export function targetNames({ targets, problems }: RecordedRun): string[] {
  return [...new Set([...targets, ...problems].map(({ target }) => target))];
}

interface OpenRun {
  take(line: Line): void;
  recorded(): RecordedRun;
}

function openRun(file: string, run: RunLine): OpenRun {
  const targets: TargetLine[] = [];
  const problems: TargetProblemLine[] = [];
  const observations: ObservationLine[] = [];
  const verdicts: VerdictLine[] = [];
  let summary: SummaryLine | null = null;
  return {
    take(line) {
      if (line.type === "target") targets.push(line);
      else if (line.type === "target-problem") problems.push(line);
      else if (line.type === "observation") observations.push(line);
      else if (line.type === "verdict") verdicts.push(line);
      else if (line.type === "summary") summary = line;
    },
    recorded: () => ({ file, run, targets, problems, observations, verdicts, summary }),
  };
}

/** The machine itself goes by its name, other targets by its name and theirs. */
function ofMachine(machine: string, line: Exclude<Line, RunLine>): Exclude<Line, RunLine> {
  const named = (target: string): string => (target === "local" ? machine : `${machine}/${target}`);
  if (line.type !== "summary") return { ...line, target: named(line.target) };
  const { timings, ...rest } = line;
  if (timings === undefined) return line;
  return { ...rest, timings: timings.map((each) => ({ ...each, target: named(each.target) })) };
}
