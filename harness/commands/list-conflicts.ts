import { conflictsText, plainConflict } from "../../reports/answers/conflicts-text.ts";
import { findConflicts } from "../claims/find-conflicts.ts";
import { readClaims } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import { terminalText } from "../model/terminal-text.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import type { ListOptions } from "./list.ts";
import { parseSelection } from "./options.ts";

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
