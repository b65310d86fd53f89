import path from "node:path";
import { countText } from "../model/count-text.ts";
import type { Reporter } from "../../reports/reporter.ts";
import { InputError } from "../model/problem.ts";
import { createCaseFileWriter } from "../explored/case-file-writer.ts";
import { parseMeasureOptions, parseSelection } from "./options.ts";
import { parseWith } from "../explored/parse-with.ts";
import { runAtTerminal } from "./run-at-terminal.ts";
import { createMissingOptions } from "../explored/missing-options.ts";
import { createExploreTally } from "../explored/explore-tally.ts";
import { parseReporters, type ReporterPlan } from "../outputs/plan-reporters.ts";
import { refuseInputs } from "../outputs/refuse-inputs.ts";
import { chooseTargets, withFleet } from "../session/choose-targets.ts";
import { everyPairOf } from "../session/every-pair.ts";
import { explorationExitCode } from "../session/exit-code.ts";
import { planSession } from "../session/plan-session.ts";
import type { Selection } from "../model/selection.ts";
import type { RunOptions } from "./run.ts";
import { createProgress } from "../session/progress.ts";
import { readTeam } from "../session/team.ts";
import { ReportLost } from "../session/report-lost.ts";

/** The options of `bindcheck explore`: those of a run, without documents. */
export interface ExploreOptions extends Omit<
  RunOptions,
  "document" | "known" | "allVersions" | "out"
> {
  readonly out: string;
  /** Every socket option instead of every pair of endpoints. */
  readonly options?: boolean;
  /** Socket options that are combined too. */
  readonly with: readonly string[];
}

/** Observes every combination and freezes what was seen. Resolves to the exit code. Throws InputError. */
export async function explore(options: ExploreOptions): Promise<number> {
  const startedAt = new Date();
  const progress = createProgress();
  const { results, caseFiles } = planOutputs(options.reporter, options.out);
  const team = await readTeam(options.config);
  refuseInputs([...results.map(({ file }) => file), caseFiles], [team.file, options.except]);
  const { runners, selects } = await chooseTargets(options.on, team);
  if (options.options && options.with.length > 0)
    throw new InputError(["--options and --with: choose one"]);
  const more = options.with.length > 0 ? await parseWith(options.with) : [];
  const parsed = withFleet(parseSelection([], { ...options, document: [] }), selects);
  const selection: Selection = {
    ...parsed,
    files: [],
    document: [],
    explores: true,
    ...(options.options ? { options: true } : {}),
    ...(more.length > 0 ? { with: more } : {}),
  };
  const measureOptions = parseMeasureOptions(options);
  const { except, resume } = options;
  const require = options.require?.split(",");
  const query = { runners, selection, measureOptions, except, resume, require };
  const pairs = everyPairOf(selection, measureOptions.confirm);
  const plan = await planSession(query, pairs, progress.say);
  const names = plan.runners.map(({ name }) => name);
  const own: Reporter[] = [];
  if (caseFiles !== null) {
    const fileOf = nameFiles(caseFiles, names);
    const { line, end } = createCaseFileWriter(names, fileOf, progress.say, more);
    own.push({ line, end: () => orLost(end) });
  }
  const tally = createExploreTally();
  const listeners = [...own, tally, createMissingOptions(more, progress.say)];
  const session = { startedAt, progress, outputs: results, listeners };
  const end = { ...(await runAtTerminal(plan, session)), ...tally.counts };
  if (caseFiles === null) progress.say(endText(end, results));
  return explorationExitCode(end);
}

/** What came of it, where no case file is written that says so. */
function endText(
  { observations, undecided }: { readonly observations: number; readonly undecided: number },
  results: readonly ReporterPlan[],
): string {
  if (observations === 0) return "nothing was observed";
  const files = results.flatMap(({ file }) => file ?? []);
  const written = files.length > 0 ? `; written to ${files.join(", ")}` : "";
  return `${countText(observations, "experiment")}, ${undecided} of them undecided${written}`;
}

/** What was measured is there, whatever becomes of a file in the end. */
function orLost(end: () => void): void {
  try {
    end();
  } catch (error) {
    throw error instanceof InputError ? new ReportLost(error.message) : error;
  }
}

interface Outputs {
  readonly results: readonly ReporterPlan[];
  /** A folder, or the file of the one target; null for none. */
  readonly caseFiles: string | null;
}

/** What `--reporter NAME[=PATH]` and `--out DIR` ask for. */
function planOutputs(asked: readonly string[], out: string): Outputs {
  const names = ["cases", "ndjson"] as const;
  const plans = parseReporters(asked.length > 0 ? asked : names, names, (name) =>
    name === "cases" ? out : path.join(out, "results.ndjson"),
  );
  const [cases, second] = plans.filter(({ name }) => name === "cases");
  if (second) throw new InputError(["--reporter: 'cases' can be given once (name a folder)"]);
  if (cases?.file === null)
    throw new InputError(["--reporter: 'cases' cannot write to the terminal (name a folder)"]);
  if (cases?.file.endsWith(".yml"))
    throw new InputError([`--reporter: ${cases.file}: a case file ends in .yaml`]);
  return {
    results: plans.flatMap(({ name, file }) => (name === "ndjson" ? [{ name, file }] : [])),
    caseFiles: cases?.file ?? null,
  };
}

/** The file of each target. */
function nameFiles(place: string, targets: readonly string[]): (target: string) => string {
  if (!place.endsWith(".yaml"))
    return (target) => path.join(place, `${target.replaceAll(/[^\w.@-]+/g, "-")}.yaml`);
  if (targets.length > 1)
    throw new InputError([
      `--reporter: ${place} cannot be the file of ${targets.length} targets (name a folder)`,
    ]);
  return () => place;
}
