import { availableParallelism } from "node:os";
import type { Runner } from "../../runners/runner.ts";
import type { Claim, Document } from "../claims/claim.ts";
import { readClaims, type ClaimSet } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import type { MeasureOptions } from "../pair/measure-options.ts";
import type { Selection } from "../results/line.ts";
import type { KnownDeviation } from "../verdicts/known-deviation.ts";
import { chooseTargets, findKnownBeside, withFleet } from "./choose-targets.ts";
import {
  parseMeasureOptions,
  parseSelection,
  type MeasureOptionTexts,
  type SelectionOptions,
} from "./options.ts";

/** What a session is asked for, its outputs aside. */
export interface SessionOptions extends SelectionOptions, MeasureOptionTexts {
  readonly on: readonly string[];
  readonly config?: string;
  readonly known?: string;
}

/** What a session is going to do: everything that the user said is read and found right. */
export interface SessionPlan {
  readonly runners: readonly Runner[];
  readonly selection: Selection;
  readonly measureOptions: MeasureOptions;
  readonly known: readonly KnownDeviation[];
  readonly claims: readonly Claim[];
  /** Of the whole selection, whichever shard of it is measured. */
  readonly documents: readonly Document[];
}

/** Throws InputError when the options, the case files or the known deviations are wrong. */
export async function planSession(
  givenFiles: readonly string[],
  givenOptions: SessionOptions,
): Promise<SessionPlan> {
  const { runners, selects } = await chooseTargets(givenOptions.on, givenOptions.config);
  const { files, options } = withFleet(givenFiles, givenOptions, selects);
  const selection = parseSelection(files, options);
  const measureOptions = parseMeasureOptions(options, availableParallelism());
  const knownFile = options.known ?? findKnownBeside(options.config);
  const known = knownFile === null ? [] : await readKnown(knownFile);
  const claimSet = await readClaims(files, selection.document);
  const claims = selectClaims(claimSet, selection);
  const documents = documentsOf(claimSet, selection, claims);
  return { runners, selection, measureOptions, known, claims, documents };
}

function documentsOf(
  claimSet: ClaimSet,
  selection: Selection,
  claims: readonly Claim[],
): Document[] {
  const whole =
    selection.shard === null ? claims : selectClaims(claimSet, { ...selection, shard: null });
  const selected = new Set(whole.map(({ document }) => document));
  return claimSet.documents.filter((document) => selected.has(document));
}

// The YAML parser takes long to load: only a run that has known deviations needs it.
async function readKnown(named: string): Promise<readonly KnownDeviation[]> {
  return (await import("../verdicts/read-known.ts")).readKnownDeviations(named);
}
