import type { Document } from "../harness/model/claim.ts";
import type { Outcome } from "../harness/model/observation.ts";
import type {
  Line,
  ObservationLine,
  RunLine,
  SummaryLine,
  TargetLine,
  VerdictLine,
} from "../harness/results/line.ts";
import { CUT_OFF, NOTHING_JUDGED, speaksOfOthersText } from "./sentences.ts";

/** What a report must remember of earlier lines to speak about later ones. */
export interface RunFacts {
  readonly run: RunLine | null;
  readonly summary: SummaryLine | null;
  readonly targets: ReadonlyMap<string, TargetLine>;
  take(line: Line): void;
  document(id: string): Document | undefined;
  /** What the verdict judges, if it was observed lately. */
  observation(verdict: VerdictLine): ObservationLine | undefined;
  /** What the verdict is about: the outcome of its experiment, or of its step of a scenario. */
  outcome(verdict: VerdictLine): Outcome | undefined;
  /** Why a run that has ended must not look like a good one although no line of it says so. */
  closingProblem(): string | null;
}

/** Collects facts line by line; memory stays flat however many observations there are. */
export function createRunFacts(): RunFacts {
  const documents = new Map<string, Document>();
  const targets = new Map<string, TargetLine>();
  const observations = createRecentObservations();
  let run: RunLine | null = null;
  let summary: SummaryLine | null = null;
  let isDecided = false;

  const take = (line: Line): void => {
    if (line.type === "observation") observations.add(line);
    else if (line.type === "target") targets.set(line.target, line);
    else if (line.type === "summary") summary = line;
    else if (line.type === "run") {
      run = line;
      for (const document of line.documents) documents.set(document.id, document);
    } else isDecided ||= line.type === "target-problem" || line.verdict !== "skipped";
  };

  return {
    get run() {
      return run;
    },
    get summary() {
      return summary;
    },
    targets,
    take,
    document: (id) => documents.get(id),
    observation: (verdict) => observations.of(verdict),
    outcome: (verdict) => outcomeOf(verdict, observations.of(verdict)),
    closingProblem: () =>
      summary === null ? CUT_OFF : isDecided ? null : nothingJudged(run, summary, targets),
  };
}

/** Why, where it is that the documents speak of other systems than those measured. */
function nothingJudged(
  run: RunLine | null,
  { notApplicable }: SummaryLine,
  targets: ReadonlyMap<string, TargetLine>,
): string {
  const documents = run?.documents ?? [];
  if (documents.length === 0 || targets.size === 0 || notApplicable.length < documents.length)
    return NOTHING_JUDGED;
  return speaksOfOthersText(
    documents,
    [...targets.values()].map(({ platform }) => platform),
  );
}

function outcomeOf({ claim }: VerdictLine, line: ObservationLine | undefined): Outcome | undefined {
  const step = line?.steps?.find(({ label }) => label === claim.step);
  return step?.outcome ?? line?.outcome;
}

function createRecentObservations() {
  const recent = new Map<string, ObservationLine>();
  return {
    add(line: ObservationLine): void {
      recent.set(key(line.target, line.experiment.id), line);
      const [oldest] = recent.keys();
      if (recent.size > REMEMBERED && oldest !== undefined) recent.delete(oldest);
    },
    of: (verdict: VerdictLine): ObservationLine | undefined =>
      recent.get(key(verdict.target, verdict.experiment)),
  };
}

// Verdicts follow their observation closely: enough for several targets with several jobs each.
const REMEMBERED = 4096;

function key(target: string, experiment: string): string {
  return `${target}\n${experiment}`;
}
