import { parseOutcomeText } from "../../harness/cases/outcome-text.ts";
import type { Claim, Document } from "../../harness/model/claim.ts";
import { sampleExperiment } from "./experiment.ts";

/** A document about every system, with defaults for what is not given. */
export function sampleDocument(told: Partial<Document> = {}): Document {
  return {
    id: "sample",
    title: "A sample",
    section: "One",
    url: "https://example.org/",
    kind: "documented",
    appliesTo: { platform: "any", versions: "*" },
    file: "sample.yaml",
    notes: {},
    ...told,
  };
}

/** The claim that an outcome is expected, as a case file writes it. */
export function sampleClaim(expect: string, told: Partial<Claim> = {}): Claim {
  return {
    experiment: sampleExperiment(),
    expect,
    allowed: parseOutcomeText(expect) ?? [],
    document: sampleDocument(),
    source: { file: "sample.yaml", line: 1, column: 1 },
    ...told,
  };
}
