import { existsSync } from "node:fs";
import { InputError } from "../model/problem.ts";
import { appliesTo } from "../claims/applies-to.ts";
import { readClaims } from "../claims/read-claims.ts";
import type { Claim } from "../model/claim.ts";
import type { Observation } from "../model/observation.ts";
import type { TargetLine } from "../results/line.ts";
import { readResults } from "../results/read.ts";
import { rankDocuments, shareOf } from "../verdicts/rank-documents.ts";
import { DEFAULT_RESULTS } from "../results/default-results.ts";
import { rankingsText, type Ranking } from "../../reports/answers/rankings-text.ts";
import { terminalText } from "../model/terminal-text.ts";

/** Prints which documents the observations of a results file fit best. Throws InputError. */
export async function identify(
  file: string = DEFAULT_RESULTS,
  options: { readonly json?: boolean } = {},
): Promise<void> {
  const files = new Set<string>();
  const targets = new Map<string, TargetLine>();
  const observations = new Map<string, Map<string, Observation>>();
  await readResults(file, (line) => {
    if (line.type === "run") for (const each of line.selection.files) files.add(each);
    if (line.type === "target") targets.set(line.target, line);
    if (line.type !== "observation") return;
    const own = observations.get(line.target) ?? new Map<string, Observation>();
    observations.set(line.target, own.set(line.experiment.id, line));
  });
  const claims = await claimsOf([...files]);
  const rankings = [...targets.values()].flatMap((target) =>
    (["tcp", "udp"] as const).map((protocol) => ({
      target,
      protocol,
      fits: rankDocuments(
        claims.filter(({ experiment }) => experiment.protocol === protocol),
        observations.get(target.target) ?? new Map<string, Observation>(),
        target.platform,
      ),
    })),
  );
  if (rankings.every(({ fits }) => fits.length === 0)) throw nothingToRank(file);
  if (options.json) process.stdout.write(`${JSON.stringify(rankings.map(plain), null, 2)}\n`);
  else process.stdout.write(terminalText(rankingsText(rankings)));
}

/** The claims of bindcheck's own documents, and those of the files that were measured where they are still there. */
async function claimsOf(files: readonly string[]): Promise<readonly Claim[]> {
  const own = await readClaims([]);
  const measured = files.filter((each) => existsSync(each));
  if (measured.length === 0) return own.claims;
  const ids = new Set(own.documents.map(({ id }) => id));
  const { claims } = await readClaims(measured);
  return [...own.claims, ...claims.filter(({ document }) => !ids.has(document.id))];
}

function nothingToRank(file: string): InputError {
  return new InputError([
    `${file}: too little was measured to tell any document from another (measure all: bindcheck run)`,
  ]);
}

function plain({ target, protocol, fits }: Ranking): object {
  return {
    target: target.target,
    platform: target.platform,
    protocol,
    documents: fits.map((fit) => ({
      document: fit.document.id,
      appliesTo: fit.document.appliesTo,
      applies: appliesTo(fit.document, target.platform),
      share: shareOf(fit),
      held: fit.held,
      measured: fit.measured,
      claims: fit.claims,
      deviations: fit.deviations.map(({ claim, outcome }) => ({
        experiment: claim.experiment.id,
        ...(claim.step === undefined ? {} : { step: claim.step }),
        expect: claim.expect,
        outcome,
        source: claim.source,
      })),
    })),
  };
}
