import { countText } from "../../harness/model/count-text.ts";
import type { Conflict } from "../../harness/claims/find-conflicts.ts";
import { claimStepLabel, type Claim } from "../../harness/model/claim.ts";
import { citationLines, sourceText } from "../sentences.ts";

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
      : `${documents.size} documents disagree on ${countText(conflicts.length, "experiment")}`;
  return `${entries.join("")}${count}\n`;
}

function claimText(claim: Claim): string {
  const { expect, document, source, experiment } = claim;
  const step = claimStepLabel(claim);
  const place = step === null ? "" : ` (${experiment.id}, ${step})`;
  const lines = [...citationLines(document), sourceText(source)].join(`\n${" ".repeat(17)}`);
  return `  ${expect.padEnd(14)} ${document.id}${place}: ${lines}\n`;
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
