import { existsSync } from "node:fs";
import type { Claim, Document } from "../model/claim.ts";
import { InputError } from "../model/problem.ts";
import { readClaims } from "../claims/read-claims.ts";
import type { ObservationLine, TargetLine, VerdictLine } from "../results/line.ts";
import { readResults } from "../results/read.ts";
import { DEFAULT_RESULTS } from "../results/default-results.ts";
import { explanationText, type Seen } from "../../reports/answers/explanation-text.ts";
import { terminalText } from "../model/terminal-text.ts";
import { unknownExperiment } from "../claims/unknown-experiment.ts";

/**
 * Prints what was last observed in one experiment and every claim on it: those of the package, of the named case files
 * and of the files that the results speak of. Throws InputError.
 */
export async function explain(
  id: string,
  named: readonly string[],
  options: { readonly results?: string },
): Promise<void> {
  const { claims } = await readClaims([]);
  const file = options.results ?? DEFAULT_RESULTS;
  const isThere = options.results !== undefined || existsSync(file);
  const seen = isThere ? await findSeen(file, id) : null;
  const others = named.length > 0 ? (await readClaims(named)).claims : await claimsOf(seen?.files);
  const places = new Set(claims.map(placeOf));
  const all = [...claims, ...others.filter((claim) => !places.has(placeOf(claim)))];
  const onIt = all.filter(({ experiment }) => experiment.id === id);
  if (onIt.length === 0 && !seen?.targets.length) throw unknownExperiment(id, all);
  const saying = others.filter(({ experiment }) => experiment.id === id);
  const files = [...new Set(saying.map(({ document }) => document.file))];
  process.stdout.write(terminalText(explanationText(id, onIt, seen ?? file, files)));
}

/** The claims of a run's own files, as far as these are still there and right. */
async function claimsOf(files: readonly string[] = []): Promise<readonly Claim[]> {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) return [];
  try {
    return (await readClaims(there)).claims;
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

function placeOf({ document, source, experiment, step }: Claim): string {
  return JSON.stringify([document.id, source, experiment.id, step]);
}

async function findSeen(file: string, id: string): Promise<Seen> {
  const targets = new Map<string, TargetLine>();
  const observations = new Map<string, ObservationLine>();
  const verdicts = new Map<string, VerdictLine[]>();
  let startedAt = "";
  let documents: readonly Document[] = [];
  let files: readonly string[] = [];
  const { isComplete } = await readResults(file, (line) => {
    if (line.type === "run") {
      ({ startedAt, documents } = line);
      ({ files } = line.selection);
    }
    if (line.type === "target") targets.set(line.target, line);
    if (line.type === "observation" && line.experiment.id === id) {
      observations.set(line.target, line);
      verdicts.set(line.target, []);
    }
    if (line.type === "verdict" && line.experiment === id) verdicts.get(line.target)?.push(line);
  });
  return {
    file,
    startedAt,
    isComplete,
    documents,
    files,
    targets: [...observations].flatMap(([name, observation]) => {
      const target = targets.get(name);
      return target ? [{ target, observation, verdicts: verdicts.get(name) ?? [] }] : [];
    }),
  };
}
