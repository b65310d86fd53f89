import { availableParallelism } from "node:os";
import type { Runner } from "../../runners/runner.ts";
import type { Claim, Document } from "../model/claim.ts";
import { InputError } from "../model/problem.ts";
import { readClaims, readControls, type ClaimSet } from "../claims/read-claims.ts";
import { isNamed, selectClaims } from "../claims/select.ts";
import type { MeasurePlan } from "../measure/measure-here.ts";
import type { MeasureOptions } from "../measure/measure-options.ts";
import type { Platform } from "../model/platform.ts";
import type { Selection } from "../model/selection.ts";
import type { KnownDeviation } from "../verdicts/known-deviation.ts";
import { findKnown } from "../verdicts/find-known.ts";
import { createMeasurePlanner } from "../verdicts/measure-plan.ts";
import { chooseTargets, findKnownBeside, withFleet } from "./choose-targets.ts";
import {
  parseMeasureOptions,
  parseSelection,
  type MeasureOptionTexts,
  type SelectionOptions,
} from "./options.ts";
import { parseRequired } from "./required.ts";
import { readIds } from "./read-ids.ts";
import { readResumption, type Resumption } from "./read-resumption.ts";
import { settleClaims, settleExcepted } from "./settle.ts";

/** What a session is asked for, its outputs aside. */
export interface SessionOptions extends SelectionOptions, MeasureOptionTexts {
  readonly on: readonly string[];
  readonly config?: string;
  /** Files of known deviations, folders of them, or `none`. */
  readonly known?: readonly string[];
  readonly except?: string;
  readonly resume?: string;
}

/** What a session is going to do: everything that the user said is read and found right. */
export interface SessionPlan {
  readonly runners: readonly Runner[];
  readonly selection: Selection;
  readonly measureOptions: MeasureOptions;
  readonly known: readonly KnownDeviation[];
  readonly claims: readonly Claim[];
  /** Ids of experiments that are not to be measured; what was measured of them before stays. */
  readonly except: ReadonlySet<string>;
  /** Of the whole selection, whichever shard of it is measured. */
  readonly documents: readonly Document[];
  /** What to measure on a platform, but for the experiments of some ids. */
  readonly plannerFor: (settled: ReadonlySet<string>) => Promise<Planner>;
  /** What of an earlier, unfinished run is there already. */
  readonly resumption: Resumption | null;
}

/** What to measure on a platform. */
type Planner = (platform: Platform) => MeasurePlan;

/** Throws InputError when the options, the case files or the known deviations are wrong. */
export async function planSession(
  givenFiles: readonly string[],
  givenOptions: SessionOptions,
  say: (sentence: string) => void,
): Promise<SessionPlan> {
  const { runners, selects } = await chooseTargets(givenOptions.on, givenOptions.config);
  const { files, options } = withFleet(givenFiles, givenOptions, selects);
  const selection = parseSelection(files, options);
  const require = await parseRequired(options.require, runners);
  const measureOptions = { ...parseMeasureOptions(options, availableParallelism()), require };
  const known = await findKnown(options.known ?? findKnownBeside(options.config));
  const claimSet = await readClaims(files, selection.document);
  const claims = selectClaims(claimSet, selection);
  const except = readExcept(options.except, claims);
  const documents = documentsOf(claimSet, selection, claims);
  return {
    runners,
    selection,
    measureOptions,
    known,
    claims,
    except,
    documents,
    plannerFor: async (settled) =>
      createMeasurePlanner(
        settled.size + except.size === 0
          ? claims
          : claims.filter(({ experiment: { id } }) => !settled.has(id) && !except.has(id)),
        await readControls(),
        isNamed(selection),
      ),
    resumption: await readResumption(
      options.resume,
      selection,
      runners.map(({ name }) => name),
      settleExcepted(except, settleClaims(claims, isNamed(selection), measureOptions.confirm)),
      say,
    ),
  };
}

function readExcept(file: string | undefined, claims: readonly Claim[]): ReadonlySet<string> {
  if (file === undefined) return new Set();
  const ids = readIds(file);
  if (claims.some(({ experiment }) => !ids.has(experiment.id))) return ids;
  throw new InputError([`--except: everything that is selected is in ${file}`]);
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
