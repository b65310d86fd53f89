import { isDeepStrictEqual } from "node:util";
import { canSpeakOfOne } from "./applies-to.ts";
import type { Claim } from "../model/claim.ts";
import { groupBy } from "../model/group-by.ts";

/** One experiment, or one step of it, on which documents that can apply to one system disagree. */
export interface Conflict {
  readonly experiment: string;
  /** The claims that disagree with another one of them, in the order in which they were read. */
  readonly claims: readonly Claim[];
}

/** Two claims disagree when no outcome satisfies both. */
export function findConflicts(claims: readonly Claim[]): Conflict[] {
  const spoken = groupBy(claims, ({ experiment, step }) => `${experiment.id}\n${step ?? ""}`);
  return [...spoken.values()].flatMap((together) => {
    const disagreeing = together.filter((claim) =>
      together.some((other) => disagree(claim, other)),
    );
    const experiment = disagreeing[0]?.experiment.id;
    return experiment === undefined ? [] : [{ experiment, claims: disagreeing }];
  });
}

function disagree(a: Claim, b: Claim): boolean {
  return (
    a.document !== b.document &&
    canSpeakOfOne(a.document, b.document) &&
    !a.allowed.some((one) => b.allowed.some((other) => isDeepStrictEqual(one, other)))
  );
}
