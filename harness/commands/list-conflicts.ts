import { citationText, sourceText } from "../../reports/sentences.ts";
import { claimStepLabel, type Claim } from "../model/claim.ts";
import { findConflicts, type Conflict } from "../claims/find-conflicts.ts";
import { readClaims } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import { parseSelection, type SelectionTexts } from "./options.ts";
import { terminalText } from "../model/terminal-text.ts";
import { writeAnswer } from "../outputs/write-answer.ts";

/** Prints every experiment on which a selected claim and one of another document disagree. Throws InputError. */
export async function listConflicts(
  files: readonly string[],
  options: SelectionTexts & { readonly json?: boolean; readonly out?: string },
): Promise<void> {
  const all = await readClaims(files);
  const selected = new Set(selectClaims(all, parseSelection(files, options)));
  // The other side of a disagreement may be outside of the selection.
  const conflicts = findConflicts(all.claims).filter(({ claims }) =>
    claims.some((claim) => selected.has(claim)),
  );
  if (options.json) writeAnswer(`${JSON.stringify(conflicts.map(plain), null, 2)}\n`, options.out);
  else writeAnswer(conflictsText(conflicts), options.out, terminalText);
}

function conflictsText(conflicts: readonly Conflict[]): string {
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

function plain({ experiment, claims }: Conflict): object {
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
