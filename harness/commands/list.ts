import { readClaims } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import { planExperiments } from "../experiments/plan.ts";
import { parseSelection, type SelectionOptions } from "./options.ts";

/** Prints what a `run` with the same selection would take. Throws InputError. */
export async function list(
  files: readonly string[],
  options: SelectionOptions & { readonly json?: boolean },
): Promise<void> {
  const selection = parseSelection(files, options);
  const claims = selectClaims(await readClaims(files, selection.document), selection);
  if (options.json) {
    const listed = claims.map(({ experiment, expect, document, source }) => ({
      experiment,
      document: document.id,
      expect,
      source,
    }));
    process.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return;
  }
  for (const { experiment, document, expect } of claims)
    process.stdout.write(`${document.id}\t${experiment.id}\t${expect}\n`);
  const experiments = planExperiments(claims).length;
  process.stdout.write(`${claims.length} claims on ${experiments} experiments\n`);
}
