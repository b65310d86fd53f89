import { isMap, isScalar, isSeq, YAMLSeq, type Document, type YAMLMap } from "yaml";
import { idMatcher } from "./known-deviation.ts";
import { groupBy } from "../model/group-by.ts";

/** A claim that a run could decide. */
export interface JudgedClaim {
  readonly document: string;
  readonly experiment: string;
  readonly step: string | null;
  /** Every text for what was seen, the one to write first; null where the claim held. */
  readonly observed: readonly string[] | null;
}

/**
 * Changes a file of known deviations into what a run saw. What the run did not decide, and entries of other versions,
 * stay as they are; what no longer occurs goes; new contradictions are added with a reason that says that it is none.
 */
export function rewriteKnown(
  yaml: Document,
  judged: readonly JudgedClaim[],
  isThisVersion: (versions: string | null) => boolean,
): void {
  const byClaims = groupBy(judged, claimsKey);
  const told = new Set<JudgedClaim>();
  const deviations = deviationsOf(yaml);
  const stillTrue = deviations.items.filter((entry) => {
    if (!isMap(entry) || !isThisVersion(textOf(entry, "versions"))) return true;
    const key = { document: textOf(entry, "document") ?? "", step: textOf(entry, "step") };
    return keepSeen(entry, byClaims.get(claimsKey(key)) ?? [], told);
  });
  const isNew = (claim: JudgedClaim): boolean => claim.observed !== null && !told.has(claim);
  const drafted = draft(judged.filter(isNew)).map((entry) => yaml.createNode(entry));
  deviations.items = [...stillTrue, ...drafted];
  // An empty list is written in brackets, which the entries of one that was empty are not to inherit.
  deviations.flow = deviations.items.length === 0;
}

/** For the caller to replace: no run takes an entry without a reason. */
const NO_REASON = "";

function claimsKey({ document, step }: Pick<JudgedClaim, "document" | "step">): string {
  return `${document}\n${step ?? ""}`;
}

function deviationsOf(yaml: Document): YAMLSeq {
  const found = yaml.get("deviations");
  if (isSeq(found)) return found;
  const made = new YAMLSeq();
  yaml.set("deviations", made);
  return made;
}

function textOf(entry: YAMLMap, key: string): string | null {
  const value: unknown = entry.get(key);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

/** Takes from an entry the experiments that came out otherwise. Tells whether any stays. */
function keepSeen(entry: YAMLMap, claims: readonly JudgedClaim[], told: Set<JudgedClaim>): boolean {
  const observed = textOf(entry, "observed") ?? "";
  const experiments = entry.get("experiments");
  if (!isSeq(experiments)) return true;
  experiments.items = experiments.items.flatMap((item) => {
    const text = isScalar(item) ? String(item.value) : "";
    const matches = idMatcher([text]);
    const own = claims.filter(({ experiment }) => matches(experiment));
    const seen = own.filter((claim) => claim.observed?.includes(observed));
    for (const claim of seen) told.add(claim);
    if (seen.length === own.length) return [item];
    return seen.map(({ experiment }) => experiment);
  });
  return experiments.items.length > 0;
}

interface Entry {
  readonly document: string;
  readonly observed: string;
  readonly experiments: string[];
  readonly step?: string;
  readonly reason: string;
}

/** One entry for all experiments of a document that deviate in the same way. */
function draft(claims: readonly JudgedClaim[]): Entry[] {
  const alike = groupBy(claims, ({ document, step, observed }) =>
    [document, observed?.[0] ?? "", step ?? ""].join("\n"),
  );
  return [...alike.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { document, step, observed } = first;
    return {
      document,
      observed: observed?.[0] ?? "",
      experiments: [...new Set(own.map(({ experiment }) => experiment))].toSorted(),
      ...(step === null ? {} : { step }),
      reason: NO_REASON,
    };
  });
}
