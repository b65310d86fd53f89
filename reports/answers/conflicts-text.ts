import type { Conflict } from "../../harness/claims/find-conflicts.ts";
import { claimStepLabel, type Claim } from "../../harness/model/claim.ts";
import { citationText, sourceText } from "../sentences.ts";

/** The experiments on which documents disagree, each with what every claim expects and its citation. */
export function conflictsText(conflicts: readonly Conflict[]): string {
  const entries = conflicts.map(
    ({ experiment, claims }) => `${experiment}\n${claims.map(claimText).join("")}\n`,
  );
  const documents = new Set(
    conflicts.flatMap(({ claims }) => claims.map(({ document }) => document)),
  );
  const count =
    conflicts.length === 0
      ? "no two documents disagree"
      : `${documents.size} documents disagree on ${conflicts.length} experiments`;
  return `${entries.join("")}${count}\n`;
}

function claimText(claim: Claim): string {
  const { expect, document, source, experiment } = claim;
  const step = claimStepLabel(claim);
  const place = step === null ? "" : ` (${experiment.id}, ${step})`;
  const citation = `${document.id}${place}: ${citationText(document)}`;
  return `  ${expect.padEnd(14)} ${citation}\n${" ".repeat(17)}${document.url}\n${" ".repeat(17)}${sourceText(source)}\n`;
}

/** The same for `--json`. */
export function plainConflict({ experiment, claims }: Conflict): object {
  return {
    experiment,
    claims: claims.map((claim) => ({
      expect: claim.expect,
      ...(claim.step === undefined
        ? {}
        : { experiment: claim.experiment.id, step: claimStepLabel(claim) }),
      document: claim.document.id,
      title: claim.document.title,
      section: claim.document.section,
      url: claim.document.url,
      kind: claim.document.kind,
      appliesTo: claim.document.appliesTo,
      source: claim.source,
    })),
  };
}
