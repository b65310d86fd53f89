import { isDeepStrictEqual } from "node:util";
import { canSpeakOfOne } from "./applies-to.ts";
import type { Claim, ExpectedOutcome } from "../model/claim.ts";
import { canMeet } from "../model/expected-value.ts";
import { groupBy } from "../model/group-by.ts";
import { pairInScenario } from "./pair-in-scenario.ts";

/** One experiment, or one step of a scenario, on which documents that can apply to one system disagree. */
export interface Conflict {
  readonly experiment: string;
  /** The claims that disagree with another one of them, in the order in which they were read. */
  readonly claims: readonly Claim[];
}

/**
 * Two claims disagree when no outcome satisfies both. A scenario's step that opens a socket beside one other is compared with
 * the tables' claims on these two as well.
 */
export function findConflicts(claims: readonly Claim[]): Conflict[] {
  const keyed = claims.flatMap((claim) => keysOf(claim).map((key) => ({ key, claim })));
  return [...groupBy(keyed, ({ key }) => key)].flatMap(([key, entries]) => {
    const together = entries.map(({ claim }) => claim);
    const disagreeing = together.filter((claim) =>
      together.some((other) => disagree(claim, other)),
    );
    const [experiment = ""] = key.split("\n");
    return disagreeing.length === 0 ? [] : [{ experiment, claims: disagreeing }];
  });
}

function keysOf({ experiment, step, document }: Claim): string[] {
  const own = `${experiment.id}\n${step ?? ""}`;
  if (!("scenario" in experiment) || step === undefined) return [own];
  // Microsoft's tables speak of bind alone, whether the first socket listens or not.
  const withState = document.appliesTo.platform !== "windows";
  const pair = pairInScenario(experiment, step, withState);
  return pair === null ? [own] : [own, `${pair}\n`];
}

function disagree(a: Claim, b: Claim): boolean {
  return (
    a.document !== b.document &&
    [a, b].every(({ allowed, needs }) => allowed.length > 0 && needs === undefined) &&
    canSpeakOfOne(a.document, b.document) &&
    !a.allowed.some((one) => b.allowed.some((other) => canBothBe(one, other, receiversOf(a))))
  );
}

/** The sockets among which a census counts; none where the claim speaks of another step. */
function receiversOf({ experiment, step }: Claim): readonly string[] {
  if (!("scenario" in experiment) || step === undefined) return [];
  const spoken = experiment.scenario.steps[step];
  return spoken?.do === "census" ? spoken.among : [];
}

/** Whether one outcome can be both. */
function canBothBe(
  one: ExpectedOutcome,
  other: ExpectedOutcome,
  receivers: readonly string[],
): boolean {
  if (one.kind === "refused") return other.kind === "refused" || other.kind === "error";
  if (other.kind === "refused") return one.kind === "error";
  if (one.kind === "delivered" && other.kind === "delivered")
    return canBothGet(one.to, other.to, receivers);
  if (one.kind !== "value" || other.kind !== "value") return isDeepStrictEqual(one, other);
  const isSize = one.size === undefined || (other.size ?? one.size) === one.size;
  return isSize && (!one.value || !other.value || canMeet(one.value, other.value));
}

/** Whether one delivery can be to both: named sockets may get nothing as long as one of them gets something. */
function canBothGet(one: string, other: string, receivers: readonly string[]): boolean {
  if (one === "nobody" || other === "nobody") return one === other;
  const [named, alsoNamed] = [one, other].map((to) =>
    to === "each" || to === "all" ? null : to.split("+"),
  );
  if (named && alsoNamed) return named.some((socket) => alsoNamed.includes(socket));
  const only = named ?? alsoNamed;
  return !only || receivers.every((socket) => only.includes(socket));
}
