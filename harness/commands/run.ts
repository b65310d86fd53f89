import type { Pair } from "../trial/pair.ts";
import {
  parseMeasureOptions,
  parseSelection,
  type MeasureOptionTexts,
  type SelectionTexts,
} from "./options.ts";
import { nextAfterDraft, sameRun } from "../../reports/answers/next-command.ts";
import { runAtTerminal } from "./run-at-terminal.ts";
import { codeReason, exitCode } from "../session/exit-code.ts";
import { openKnownWriter } from "../outputs/outputs.ts";
import {
  closingReporters,
  heard,
  planReporters,
  type Loudness,
} from "../outputs/plan-reporters.ts";
import { refuseInputs } from "../outputs/refuse-inputs.ts";
import { DEFAULT_OUT } from "../results/default-results.ts";
import { chooseTargets, withFleet } from "../session/choose-targets.ts";
import { claimsOfDocuments } from "../session/claims-of-documents.ts";
import { planSession } from "../session/plan-session.ts";
import { createProgress } from "../session/progress.ts";
import { readTeam } from "../session/team.ts";

/** The options of `bindcheck run`. */
export interface RunOptions extends SelectionTexts, MeasureOptionTexts, Loudness {
  readonly on: readonly string[];
  readonly config?: string;
  /** Files of known deviations, folders of them, or `none`. */
  readonly known?: readonly string[];
  readonly except?: string;
  /** What every target must have, and which targets there must be: names with commas between. */
  readonly require?: string;
  readonly resume?: string;
  readonly reporter: readonly string[];
  readonly out?: string;
  readonly writeKnown?: string;
  readonly failOnSkip?: boolean;
  /** Documents of other versions are measured too, and not judged. */
  readonly allVersions?: boolean;
}

/**
 * Measures, judges, reports. Resolves to the exit code. `early` is a pair for this machine that is already coming up.
 * Throws InputError before anything is measured when the arguments or case files are wrong.
 */
export async function run(
  files: readonly string[],
  options: RunOptions,
  early: Pair | undefined,
): Promise<number> {
  const startedAt = new Date();
  const team = await readTeam(options.config);
  const { known: knownFiles = team.known, out = team.out ?? DEFAULT_OUT } = options;
  const reporterPlans = heard(
    options.reporter.length > 0
      ? planReporters(options.reporter, out)
      : planReporters(team.reporters, out, `${team.file}: reporters`),
    options,
  );
  const progress = createProgress(options.quiet ?? false);
  const { except, resume } = options;
  const inputs = [...files, team.file, except];
  // A draft may take the place of the known deviations that it is made from.
  refuseInputs([options.writeKnown], inputs);
  refuseInputs(
    reporterPlans.map(({ file }) => file),
    [...inputs, ...knownFiles],
  );
  const { runners, selects } = await chooseTargets(options.on, team);
  const selected = withFleet(parseSelection(files, options), selects);
  const selection = options.allVersions ? { ...selected, allVersions: true as const } : selected;
  const measureOptions = parseMeasureOptions(options);
  const claims = await claimsOfDocuments(selection, knownFiles, measureOptions.confirm);
  const require = options.require?.split(",");
  const query = { runners, selection, measureOptions, except, resume, require };
  const plan = await planSession(query, claims, progress.say);
  const known = options.writeKnown === undefined ? [] : [await openKnownWriter(options.writeKnown)];
  const listeners = [...known, ...(await closingReporters(reporterPlans, options))];
  const session = {
    startedAt,
    progress,
    outputs: reporterPlans,
    listeners,
    loudness: options,
    early,
  };
  const result = await runAtTerminal(plan, session);
  if (options.writeKnown !== undefined)
    progress.say(nextAfterDraft(options.writeKnown, sameRun(files, options.on)));
  const end = { ...result, failOnSkip: options.failOnSkip ?? false };
  const code = exitCode(end);
  const reason = codeReason(end, code);
  if (reason !== null) progress.say(reason);
  return code;
}
