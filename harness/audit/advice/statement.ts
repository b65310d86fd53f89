import type { Claim } from "../../model/claim.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Observation, Outcome } from "../../model/observation.ts";

/** What a document says, or a target did, in an experiment, as far as advice needs it. */
export interface Statement {
  readonly experiment: Experiment;
  /** In a scenario: the index of the step. */
  readonly step: number | null;
  /** `each`: every socket gets something; `one`: one of them gets all. */
  readonly outcome: "success" | "refused" | "each" | "one";
  /** Where `outcome` is `one`: the name of that socket. */
  readonly to?: string;
  /** The document's id, or the target's name. */
  readonly source: string;
}

/** What a claim says; null where it leaves open whether that succeeds. */
export function stateClaim({ experiment, step, allowed, document }: Claim): Statement | null {
  const [first] = allowed;
  if (first === undefined) return null;
  const common = { experiment, step: step ?? null, source: document.id };
  if (allowed.every(({ kind }) => kind === "error")) return { ...common, outcome: "refused" };
  if (allowed.every(({ kind }) => kind === "success")) return { ...common, outcome: "success" };
  if (first.kind !== "delivered" || allowed.length > 1) return null;
  return first.to === "each" || first.to === "all"
    ? { ...common, outcome: "each" }
    : { ...common, outcome: "one", to: first.to };
}

/** What a target did, step by step. */
export function stateObservation(
  { experiment, outcome, steps }: Observation,
  source: string,
): Statement[] {
  const seen = steps ?? [{ step: null, outcome }];
  return seen.flatMap(({ step, outcome: each }) => {
    const stated = stateOutcome(each);
    return stated === null ? [] : [{ experiment, step, source, ...stated }];
  });
}

function stateOutcome(outcome: Outcome): Pick<Statement, "outcome" | "to"> | null {
  if (outcome.kind === "success") return { outcome: "success" };
  if (outcome.kind === "error") return { outcome: "refused" };
  if (outcome.kind !== "delivered") return null;
  const takers = Object.entries(outcome.shares).filter(([, share]) => share > 0);
  const [only] = takers;
  if (takers.length === Object.keys(outcome.shares).length) return { outcome: "each" };
  return takers.length === 1 && only ? { outcome: "one", to: only[0] } : null;
}
