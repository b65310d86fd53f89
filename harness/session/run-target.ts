import type { Runner } from "../../runners/runner.ts";
import { measureTarget, type MeasureRequest } from "../measure/measure-target.ts";
import { claimStepLabel, type Claim } from "../model/claim.ts";
import { isNamed } from "../claims/select.ts";
import type { Selection } from "../model/selection.ts";
import type { Line, ObservationLine, TargetLine, VerdictLine } from "../results/line.ts";
import { withDeviations } from "../verdicts/deviating-docket.ts";
import { createDocket, type Docket, type Judged } from "../verdicts/docket.ts";
import type { KnownDeviation } from "../verdicts/known-deviation.ts";
import type { RecordedTarget } from "./read-resumption.ts";

/**
 * Runs one target and judges what it observes: its lines as they happen. Never throws for the target's sake: one that
 * cannot start or is lost gives a `target-problem` line, and its claims that were not measured are broken. `recorded` is
 * what was measured there before, in a run that was cut off.
 */
export async function* runTarget(
  runner: Runner,
  request: RunRequest,
  claims: readonly Claim[],
  known: readonly KnownDeviation[],
  recorded?: RecordedTarget,
): AsyncGenerator<Line> {
  const { selection, signal } = request;
  const judged = new Set<string>();
  let docket = recorded ? docketOf(recorded.line, claims, selection, known) : null;
  let problem = "the target ended before this was measured";
  try {
    for await (const line of measure(runner, request)) {
      yield line;
      if (line.type === "target") docket = docketOf(line, claims, selection, known);
      else
        for (const verdict of verdictLines(docket, line)) {
          judged.add(verdict.experiment);
          yield verdict;
        }
    }
  } catch (error) {
    problem = (error as Error).message;
    if (!signal.aborted) yield { type: "target-problem", target: runner.name, problem };
  }
  if (signal.aborted || !docket) return;
  const outcome = { kind: "broken", reason: "not-measured", detail: problem } as const;
  for (const { id } of docket.experiments)
    if (!judged.has(id) && !recorded?.kept.has(id))
      for (const each of docket.judge(id, outcome)) yield verdictLine(runner.name, each);
}

/** How a target is to be measured. */
export interface RunRequest extends Pick<
  MeasureRequest,
  "planFor" | "options" | "signal" | "pair" | "timeline"
> {
  readonly selection: Selection;
  /** Progress for people: one short sentence. */
  readonly say: (sentence: string) => void;
}

/** Gets a target ready, measures there, and ends all that was started. */
async function* measure(
  runner: Runner,
  { pair, ...request }: RunRequest,
): AsyncGenerator<TargetLine | ObservationLine> {
  const { timeline } = request;
  timeline.enter("prepare");
  const target = await runner.open(request);
  try {
    const own = target.isThisProcess ? pair : undefined;
    yield* measureTarget({ ...request, name: runner.name, target, pair: own });
  } finally {
    timeline.enter("end");
    await target.close();
    timeline.enter(null);
  }
}

/** What the claims, and deviations that are known, say of a target. */
export function docketOf(
  line: TargetLine,
  claims: readonly Claim[],
  selection: Selection,
  known: readonly KnownDeviation[],
): Docket {
  return withDeviations(createDocket(claims, line.platform, isNamed(selection)), line, known);
}

/** The verdicts of an observation. */
export function* verdictLines(
  docket: Docket | null,
  { target, experiment, outcome, steps }: ObservationLine,
): Generator<VerdictLine> {
  for (const judged of docket?.judge(experiment.id, outcome, steps) ?? [])
    yield verdictLine(target, judged);
}

function verdictLine(target: string, judged: Judged): VerdictLine {
  const { experiment, document, expect, source, says } = judged.claim;
  const { word, ...reason } = judged.verdict;
  return {
    type: "verdict",
    target,
    experiment: experiment.id,
    document: document.id,
    claim: { expect, source, ...stepOf(judged.claim), ...(says ? { says } : {}) },
    verdict: word,
    ...reason,
  };
}

function stepOf(claim: Claim): { readonly step?: string } {
  const label = claimStepLabel(claim);
  return label === null ? {} : { step: label };
}
