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

/** What came of an experiment and of its steps, without its circumstances. */
export type OutcomeLine = Pick<ObservationLine, "target" | "outcome" | "steps"> & {
  readonly experiment: { readonly id: string; readonly option?: string };
};

/** One run as a file of results tells it. */
export interface RecordedRun<Observed extends OutcomeLine = ObservationLine> {
  readonly file: string;
  readonly run: RunLine;
  readonly targets: readonly TargetLine[];
  readonly problems: readonly TargetProblemLine[];
  readonly observations: readonly Observed[];
  readonly verdicts: readonly VerdictLine[];
  /** Absent when the run was cut off. */
  readonly summary: SummaryLine | null;
}

/** The runs of a file, most often one. Throws InputError when it is not a result stream of this version. */
export function readRuns(file: ResultsFile): Promise<RecordedRun[]> {
  return readRunsWith(file, (line) => line);
}

/** The same with the outcomes alone, of which equal ones are held once: a million observations fit in memory. */
export function readOutcomes(file: ResultsFile): Promise<RecordedRun<OutcomeLine>[]> {
  const held = new Map<string, unknown>();
  const holdOnce = <Value>(value: Value): Value => {
    const text = JSON.stringify(value);
    if (!held.has(text)) held.set(text, value);
    return held.get(text) as Value;
  };
  return readRunsWith(file, ({ target, experiment, outcome, steps }) => ({
    target: holdOnce(target),
    experiment: {
      id: experiment.id,
      ...("option" in experiment && { option: experiment.option }),
    },
    outcome: holdOnce(outcome),
    ...(steps && { steps: holdOnce(steps) }),
  }));
}

async function readRunsWith<Observed extends OutcomeLine>(
  { file, machine }: ResultsFile,
  keep: (line: ObservationLine) => Observed,
): Promise<RecordedRun<Observed>[]> {
  const runs: OpenRun<Observed>[] = [];
  await readResults(file, (line) => {
    if (line.type === "run") runs.push(openRun(file, line, keep));
    else runs.at(-1)?.take(machine === null ? line : ofMachine(machine, line));
  });
  return runs.map(({ recorded }) => recorded());
}

/** What runs tell of one of their targets. Throws InputError when no run has it. */
export function runsOfTarget<Observed extends OutcomeLine>(
  runs: readonly RecordedRun<Observed>[],
  target: string,
): RecordedRun<Observed>[] {
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
export function targetNames({
  targets,
  problems,
}: Pick<RecordedRun, "targets" | "problems">): string[] {
  return [...new Set([...targets, ...problems].map(({ target }) => target))];
}

interface OpenRun<Observed extends OutcomeLine> {
  take(line: Line): void;
  recorded(): RecordedRun<Observed>;
}

function openRun<Observed extends OutcomeLine>(
  file: string,
  run: RunLine,
  keep: (line: ObservationLine) => Observed,
): OpenRun<Observed> {
  const targets: TargetLine[] = [];
  const problems: TargetProblemLine[] = [];
  const observations: Observed[] = [];
  const verdicts: VerdictLine[] = [];
  let summary: SummaryLine | null = null;
  return {
    take(line) {
      if (line.type === "target") targets.push(line);
      else if (line.type === "target-problem") problems.push(line);
      else if (line.type === "observation") observations.push(keep(line));
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
