import type { Runner } from "../../runners/runner.ts";
import type { MeasurePlan } from "../measure/measure-target.ts";
import type { MeasureOptions } from "../measure/measure-options.ts";
import type { Claim, Document } from "../model/claim.ts";
import { InputError } from "../model/problem.ts";
import type { Platform } from "../model/platform.ts";
import type { Selection } from "../model/selection.ts";
import type { KnownDeviation } from "../verdicts/known-deviation.ts";
import { keepExcepted, type Keep } from "./keep-observations.ts";
import { readIds } from "./read-ids.ts";
import { findRequired } from "./required.ts";
import { readResumption, type Resumption } from "./read-resumption.ts";

/** What a session is asked for, its outputs aside. Everything is typed: text is parsed at the command line. */
export interface SessionQuery {
  readonly runners: readonly Runner[];
  readonly selection: Selection;
  readonly measureOptions: MeasureOptions;
  /** File of ids of experiments that are left out. */
  readonly except?: string | undefined;
  /** What every target must have, such as `other-account`, and which targets there must be, such as `wine`. */
  readonly require?: readonly string[] | undefined;
  /** Results of the same session, which was cut off: it goes on where it stopped. */
  readonly resume?: string | undefined;
}

/** Which experiments a session measures and what is said of them: the claims of documents, or every pair. */
export interface Strategy {
  readonly claims: readonly Claim[];
  readonly known: readonly KnownDeviation[];
  /** Of the whole selection, whichever shard of it is measured. */
  readonly documents: readonly Document[];
  /** What to measure on a platform, except the experiments of some ids. */
  readonly plannerFor: (leftOut: Pick<ReadonlySet<string>, "has" | "size">) => Promise<Planner>;
  /** What of earlier observations need not be made again. */
  readonly keep: Keep;
}

/** What to measure on a platform. */
type Planner = (platform: Platform) => MeasurePlan;

/** What a session is going to do: everything that the user said is read and found right. */
export interface SessionPlan extends Omit<Strategy, "plannerFor" | "keep"> {
  readonly runners: readonly Runner[];
  readonly selection: Selection;
  readonly measureOptions: MeasureOptions;
  /** Ids of experiments that are not to be measured; what was measured of them before stays. */
  readonly except: ReadonlySet<string>;
  /** What to measure on a platform, except what was measured before. */
  readonly plannerFor: (kept: ReadonlySet<string>) => Promise<Planner>;
  /** What of an earlier, unfinished session is there already. */
  readonly resumption: Resumption | null;
}

/** Throws InputError when a file that the query names is wrong, and TargetProblem when a required target is missing. */
export async function planSession(
  query: SessionQuery,
  { plannerFor, keep, ...strategy }: Strategy,
  say: (sentence: string) => void,
): Promise<SessionPlan> {
  const { runners, selection, except: exceptFile, resume } = query;
  const require = await findRequired(query.require ?? [], runners);
  const except = exceptFile === undefined ? new Set<string>() : readIds(exceptFile);
  if (
    strategy.claims.length > 0 &&
    strategy.claims.every(({ experiment: { id } }) => except.has(id))
  )
    throw new InputError([`--except: everything that is selected is in ${exceptFile}`]);
  const names = runners.map(({ name }) => name);
  return {
    ...strategy,
    runners,
    selection,
    measureOptions: { ...query.measureOptions, require },
    except,
    plannerFor: (kept) =>
      plannerFor({ size: kept.size + except.size, has: (id) => kept.has(id) || except.has(id) }),
    resumption: await readResumption(resume, selection, names, keepExcepted(except, keep), say),
  };
}
