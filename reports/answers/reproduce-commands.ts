import { groupBy } from "../../harness/model/group-by.ts";
import { partOf } from "../matrix/table-position.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import type { Document } from "../../harness/model/claim.ts";
import { readClaims } from "../../harness/claims/read-claims.ts";
import { findLanguage, type Language } from "../../harness/reproduce/programs.ts";
import type { SeenClaim } from "../../harness/results/find-errata.ts";

/**
 * How to see claims of a document for oneself: for each cell, by the first protocol and family, the program in the first
 * language that can show it; a run where none can. Results name no file to be read, so that a document of a case file
 * that is not the package's gets a run, too.
 */
export async function reproduceCommands(
  document: Document,
  claims: readonly SeenClaim[],
): Promise<string[]> {
  const own = await readClaims([], [document.id]);
  const isOwn = own.documents.some(({ id, file }) => id === document.id && file === document.file);
  const experiments = new Map(
    isOwn ? own.claims.map(({ experiment }) => [experiment.id, experiment]) : [],
  );
  const file = isOwn ? "" : ` ${quotedArgument(document.file)}`;
  const cells = groupBy(claims, ({ experiment, claim }) =>
    [experiment.slice(partOf(experiment).length), claim.step].join("\n"),
  );
  return [...cells.values()].flatMap(([first]) => {
    if (!first) return [];
    const experiment = experiments.get(first.experiment);
    const language = experiment ? findLanguage(experiment) : null;
    return language === null
      ? [`bindcheck run${file} --filter ${quotedArgument(first.experiment)}`]
      : [reproduceText(first, language)];
  });
}

function reproduceText({ experiment, claim }: SeenClaim, language: Language): string {
  const step = claim.step === undefined ? "" : ` --step ${/^\d+|.+/.exec(claim.step)?.[0]}`;
  return `bindcheck reproduce ${quotedArgument(experiment)} --language ${language} --expect ${quotedArgument(claim.expect)}${step}`;
}
