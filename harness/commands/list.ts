import { countText } from "../model/count-text.ts";
import { conflictsText, plainConflict } from "../../reports/answers/conflicts-text.ts";
import { findConflicts } from "../claims/find-conflicts.ts";
import type { Claim } from "../model/claim.ts";
import { terminalText } from "../model/terminal-text.ts";
import { readClaims } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import { planExperiments } from "../experiments/plan.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import { parseSelection, type SelectionTexts } from "./options.ts";

/** The options of `bindcheck list`. */
interface ListOptions extends SelectionTexts {
  readonly json?: boolean;
  readonly out?: string;
}

/** Prints what a `run` with the same selection would take. Throws InputError. */
export async function list(files: readonly string[], options: ListOptions): Promise<void> {
  const selection = parseSelection(files, options);
  const claims = selectClaims(await readClaims(files, selection.document), selection);
  if (options.json) {
    const listed = claims.map(({ experiment, expect, document, source }) => ({
      experiment,
      document: document.id,
      expect,
      source,
    }));
    return writeAnswer(`${JSON.stringify(listed, null, 2)}\n`, options.out);
  }
  const lines = claims.map(
    ({ experiment, document, expect }) => `${document.id}\t${experiment.id}\t${expect}`,
  );
  const byDocument = new Map<string, Claim[]>();
  for (const claim of claims) {
    const own = byDocument.get(claim.document.id) ?? [];
    byDocument.set(claim.document.id, own);
    own.push(claim);
  }
  for (const [id, own] of byDocument) lines.push(`${id}: ${sizeText(own)}`);
  lines.push(`in all: ${sizeText(claims)}`);
  // A write for each of thousands of lines would take as long as all the rest.
  writeAnswer(`${lines.join("\n")}\n`, options.out);
}

/** Prints every experiment on which a selected claim and one of another document disagree. Throws InputError. */
export async function listConflicts(files: readonly string[], options: ListOptions): Promise<void> {
  const all = await readClaims(files);
  const selected = new Set(selectClaims(all, parseSelection(files, options)));
  // The other side of a disagreement may be outside of the selection.
  const conflicts = findConflicts(all.claims).filter(({ claims }) =>
    claims.some((claim) => selected.has(claim)),
  );
  if (options.json)
    writeAnswer(`${JSON.stringify(conflicts.map(plainConflict), null, 2)}\n`, options.out);
  else writeAnswer(conflictsText(conflicts), options.out, terminalText);
}

function sizeText(claims: readonly Claim[]): string {
  return `${countText(claims.length, "claim")} on ${countText(planExperiments(claims).length, "experiment")}`;
}
