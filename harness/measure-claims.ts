import { availableParallelism } from "node:os";
import { createRunFacts, type RunFacts } from "../reports/run-facts.ts";
import {
  citationText,
  contradictionText,
  evidenceTexts,
  expectedText,
  observedText,
  sourceText,
  reasonText,
} from "../reports/sentences.ts";
import { localRunner } from "../runners/local.ts";
import { claimStepLabel, type Claim } from "./model/claim.ts";
import { readControls } from "./claims/read-claims.ts";
import { isNamed } from "./claims/select.ts";
import { ownBinder } from "./binder-client/binder-process.ts";
import { measureHere } from "./measure/measure-here.ts";
import type { Selection } from "./model/selection.ts";
import type { VerdictLine } from "./results/line.ts";
import { TargetProblem } from "./model/target-problem.ts";
import { createMeasurePlanner } from "./verdicts/measure-plan.ts";
import { findKnown } from "./verdicts/find-known.ts";
import type { VerdictWord } from "./model/verdict.ts";
import { runTarget } from "./session/run-target.ts";

/** What became of a claim. */
export interface MeasuredClaim {
  readonly word: VerdictWord;
  /** Whether there is nothing to complain of. */
  readonly isGood: boolean;
  /** Why it was skipped, or in several lines what is wrong. */
  readonly why: string;
}

/** How to measure, where it is told. */
export interface MeasureClaimsOptions {
  readonly confirm?: number;
  readonly ports?: readonly [from: number, to: number];
  /** File of known deviations, beside those that come with this package, or `none` for no such. */
  readonly known?: string;
}

/** Measures claims on this machine: what became of each, by `claimKey`. Throws TargetProblem. */
export async function measureClaims(
  claims: readonly Claim[],
  selection: Selection,
  { confirm = 2, ports, known }: MeasureClaimsOptions,
): Promise<Map<string, MeasuredClaim>> {
  const controls = await readControls();
  const deviations = await findKnown(known === undefined ? [] : [known]);
  const options = {
    jobs: Math.max(1, Math.floor(availableParallelism() / 2)),
    isolate: false,
    confirm,
    timeoutMs: STEP_TIMEOUT_MS,
    ports: ports ?? null,
  };
  const { signal } = new AbortController();
  const planFor = createMeasurePlanner(claims, controls, isNamed(selection));
  const here = { target: "local", planFor, options, command: ownBinder(), signal };
  const request = {
    selection,
    options,
    signal,
    say: () => undefined,
    measureHere: () => measureHere(here),
  };
  const documents = new Map(claims.map(({ document }) => [document.id, document]));
  const facts = createRunFacts();
  const found = new Map<string, MeasuredClaim>();
  for await (const line of runTarget(localRunner(), request, claims, deviations)) {
    facts.take(line);
    if (line.type === "target-problem") throw new TargetProblem(line.problem);
    if (line.type === "verdict") found.set(verdictKey(line), measuredClaim(line, documents, facts));
  }
  return found;
}

const STEP_TIMEOUT_MS = 5000;
const GOOD: ReadonlySet<VerdictWord> = new Set(["held", "known-deviation"]);

/** A name for a claim among others. */
export function claimKey(claim: Claim): string {
  return [claim.document.id, claim.experiment.id, claimStepLabel(claim) ?? ""].join("\n");
}

function verdictKey({ document, experiment, claim }: VerdictLine): string {
  return [document, experiment, claim.step ?? ""].join("\n");
}

function measuredClaim(
  line: VerdictLine,
  documents: ReadonlyMap<string, Claim["document"]>,
  facts: RunFacts,
): MeasuredClaim {
  const { verdict: word, claim } = line;
  if (word === "skipped") return { word, isGood: true, why: reasonText(line) };
  const document = documents.get(line.document);
  const observation = facts.observation(line);
  const why = [
    word === "broken"
      ? reasonText(line)
      : contradictionText(expectedText(claim.expect, document), observedText(facts.outcome(line))),
    ...(claim.says === undefined ? [] : [claim.says]),
    ...(document ? [citationText(document), document.url] : []),
    sourceText(claim.source),
    ...(observation ? evidenceTexts(observation) : []),
  ];
  return { word, isGood: GOOD.has(word), why: why.join("\n") };
}
