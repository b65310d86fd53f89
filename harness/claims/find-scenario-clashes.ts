import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Claim } from "../model/claim.ts";

/** Scenarios of one name whose steps differ: only one of them could be measured, and the other judged by it. */
export function findScenarioClashes(claims: readonly Claim[]): Problem[] {
  const known = new Map<
    string,
    { readonly claim: Claim; readonly scenario: Scenario["scenario"] }
  >();
  const clashing = new Set<Scenario>();
  const problems: Problem[] = [];
  for (const claim of claims) {
    const { experiment, source } = claim;
    if (!("scenario" in experiment)) continue;
    const { id, scenario } = experiment;
    const before = known.get(id) ?? { claim, scenario };
    known.set(id, before);
    if (clashing.has(experiment) || isSame(before.scenario, scenario)) continue;
    clashing.add(experiment);
    const message = `other steps than '${id}' in ${before.claim.source.file}:${before.claim.source.line} (allowed: a name of its own, or the same steps)`;
    problems.push({ ...source, message });
  }
  return problems;
}

function isSame(one: Scenario["scenario"], other: Scenario["scenario"]): boolean {
  return one === other || isDeepStrictEqual(one, other);
}
