import { createRunFacts, type RunFacts } from "../reports/run-facts.ts";
import {
  citationLines,
  contradictionText,
  evidenceTexts,
  expectedText,
  observedText,
  sourceText,
  reasonText,
} from "../reports/sentences.ts";
import { claimStepLabel, type Claim, type Document } from "./model/claim.ts";
import type { VerdictLine } from "./results/line.ts";
import { TargetProblem } from "./model/target-problem.ts";
import type { VerdictWord } from "./model/verdict.ts";
import { run } from "./run.ts";
import type { RunQuery } from "./run-query.ts";

/** What became of a claim. */
export interface MeasuredClaim {
  readonly word: VerdictWord;
  /** Whether there is nothing to complain of. */
  readonly isGood: boolean;
  /** Why it was skipped, or in several lines what is wrong. */
  readonly why: string;
}

/** Measures claims on this machine: what became of each, by `claimKey`. Throws InputError and TargetProblem. */
export async function measureClaims(query: RunQuery): Promise<Map<string, MeasuredClaim>> {
  const facts = createRunFacts();
  const documents = new Map<string, Document>();
  const found = new Map<string, MeasuredClaim>();
  for await (const line of run(query)) {
    facts.take(line);
    if (line.type === "run") for (const each of line.documents) documents.set(each.id, each);
    if (line.type === "target-problem") throw new TargetProblem(line.problem);
    if (line.type === "verdict") found.set(verdictKey(line), measuredClaim(line, documents, facts));
  }
  return found;
}

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
  documents: ReadonlyMap<string, Document>,
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
    ...(document ? citationLines(document) : []),
    sourceText(claim.source),
    ...(observation ? evidenceTexts(observation) : []),
  ];
  return { word, isGood: GOOD.has(word), why: why.join("\n") };
}
