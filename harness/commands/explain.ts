import { existsSync } from "node:fs";
import { readClaims } from "../claims/read-claims.ts";
import type { ObservationLine, TargetLine, VerdictLine } from "../results/line.ts";
import { readResults } from "../results/read.ts";
import { DEFAULT_RESULTS } from "../results/default-results.ts";
import { explanationText, type Seen } from "../../reports/answers/explanation-text.ts";
import { terminalText } from "../model/terminal-text.ts";
import { unknownExperiment } from "./unknown-experiment.ts";

/** Prints every claim on one experiment and what was last observed. Throws InputError. */
export async function explain(id: string, options: { readonly results?: string }): Promise<void> {
  const { claims } = await readClaims([]);
  const file = options.results ?? DEFAULT_RESULTS;
  const isThere = options.results !== undefined || existsSync(file);
  const seen = isThere ? await findSeen(file, id) : null;
  const onIt = claims.filter(({ experiment }) => experiment.id === id);
  if (onIt.length === 0 && !seen?.targets.length) throw unknownExperiment(id, claims);
  process.stdout.write(terminalText(explanationText(id, onIt, seen ?? file)));
}

async function findSeen(file: string, id: string): Promise<Seen> {
  const targets = new Map<string, TargetLine>();
  const observations = new Map<string, ObservationLine>();
  const verdicts = new Map<string, VerdictLine[]>();
  let startedAt = "";
  const { isComplete } = await readResults(file, (line) => {
    if (line.type === "run") ({ startedAt } = line);
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
    targets: [...observations].flatMap(([name, observation]) => {
      const target = targets.get(name);
      return target ? [{ target, observation, verdicts: verdicts.get(name) ?? [] }] : [];
    }),
  };
}
