import type { Document } from "../../harness/model/claim.ts";
import type { RunFacts } from "../run-facts.ts";
import type { Judged } from "./judged.ts";
import { positionOf } from "./table-position.ts";

/**
 * Ids of the documents of a run, what a reader looks for first in front: published documents before derived and measured ones,
 * those of Windows first where a target is one, tables before scenarios.
 */
export function documentOrder(verdicts: readonly Judged[], facts: RunFacts): string[] {
  const first = new Map<string, Judged>();
  for (const verdict of verdicts)
    if (!first.has(verdict.document)) first.set(verdict.document, verdict);
  const platforms = platformOrder(facts);
  return [...first]
    .map(([id, verdict]) => ({ id, rank: rankOf(facts.document(id), verdict, platforms) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ id }) => id);
}

function platformOrder({ targets }: RunFacts): string[] {
  const measured = [...targets.values()].flatMap(({ platform }) => [
    platform.implements,
    platform.name,
  ]);
  return [...new Set([...measured.filter((name) => name === "windows"), ...measured])];
}

function rankOf(
  document: Document | undefined,
  verdict: Judged,
  platforms: readonly string[],
): number {
  if (document === undefined) return Infinity;
  const kind = KINDS.indexOf(document.kind);
  const platform = platforms.indexOf(document.appliesTo.platform);
  return (
    kind * 1000 + (platform === -1 ? platforms.length : platform) * 10 + formOf(verdict.experiment)
  );
}

const KINDS: readonly Document["kind"][] = ["documented", "derived", "measured", "control"];

/** 0 for a table of sockets, 1 for one of Node's own modules, 2 for a scenario. */
function formOf(experiment: string): number {
  if (positionOf(experiment) === null) return 2;
  return experiment.includes("api=") ? 1 : 0;
}
