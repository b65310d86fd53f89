import { groupBy } from "../model/group-by.ts";
import type { Outcome } from "../model/observation.ts";
import { outcomeTokens } from "../model/outcome-token.ts";
import type { ObservationLine, TargetLine } from "./line.ts";
import { byText } from "./plan-order.ts";
import type { OutcomeLine, RecordedRun } from "./recorded-run.ts";
import { orderSystems, type LabelledVersion } from "./version-order.ts";

/** One measured version of a system. */
export interface MeasuredVersion extends LabelledVersion, MeasuredTarget {}

/** All measured versions of one system, the oldest first, and what differs between them. */
export interface ComparedSystem {
  /** `linux`, `wine`, ... */
  readonly platform: string;
  readonly versions: readonly MeasuredVersion[];
  /** The finding with the most experiments first. */
  readonly findings: readonly VersionFinding[];
  /** How many experiments came out alike in all versions that measured them. */
  readonly same: number;
  /** How many experiments were measured in one version alone, so that nothing can be said. */
  readonly alone: number;
}

/** Experiments whose outcomes changed at the same versions in the same way. */
export interface VersionFinding {
  readonly spans: readonly Span[];
  /** Labels of versions that did not measure them. */
  readonly unmeasured: readonly string[];
  readonly experiments: readonly DifferingExperiment[];
}

/** Neighbouring versions with one outcome. */
export interface Span {
  readonly from: string;
  readonly to: string;
  /** As case files and files of known deviations write outcomes: `success`, `EADDRINUSE`, `to first`. */
  readonly outcome: string;
}

/** An experiment that differs; `step` is the label of a scenario's first step that does. */
export interface DifferingExperiment {
  readonly id: string;
  readonly step?: string;
}

/** Compares the versions of each system of which some results hold two or more. */
export function compareVersions(runs: readonly RecordedRun<OutcomeLine>[]): ComparedSystem[] {
  return compareMeasured(measuredTargets(runs));
}

/** The same for targets that are measured now. */
export function compareMeasured(measured: readonly MeasuredTarget[]): ComparedSystem[] {
  const observations = new Map(measured.map((each) => [each.target, each.observations]));
  return orderSystems(measured.map(({ target }) => target))
    .filter(({ versions }) => versions.length > 1)
    .map(({ platform, versions }) =>
      compareSystem(
        platform,
        versions.map((version) => ({
          ...version,
          observations: observations.get(version.target) ?? new Map(),
        })),
      ),
    );
}

/** A target and what it did in experiments, by their ids. */
export interface MeasuredTarget {
  readonly target: TargetLine;
  readonly observations: ReadonlyMap<string, Seen>;
}

/** What came of an experiment and of its steps. */
export type Seen = Pick<ObservationLine, "outcome" | "steps">;

function measuredTargets(runs: readonly RecordedRun<OutcomeLine>[]): MeasuredTarget[] {
  const targets = new Map<string, { target: TargetLine; observations: Map<string, Seen> }>();
  for (const run of runs) {
    for (const target of run.targets)
      if (!targets.has(target.target))
        targets.set(target.target, { target, observations: new Map() });
    for (const line of run.observations)
      targets.get(line.target)?.observations.set(line.experiment.id, line);
  }
  return [...targets.values()];
}

function compareSystem(platform: string, versions: readonly MeasuredVersion[]): ComparedSystem {
  const ids = new Set(versions.flatMap(({ observations }) => [...observations.keys()]));
  const differing: (Omit<VersionFinding, "experiments"> & { experiment: DifferingExperiment })[] =
    [];
  let same = 0;
  let alone = 0;
  for (const id of [...ids].toSorted(byText)) {
    const behaviours = versions.map(({ label, observations }) => ({
      label,
      outcomes: outcomesOf(observations.get(id)),
    }));
    const measured = behaviours.filter(({ outcomes }) => outcomes !== null);
    if (measured.length < 2) {
      alone += measured.length;
      continue;
    }
    const found = firstDifference(behaviours);
    if (found === null) same += 1;
    else
      differing.push({
        ...found,
        experiment: { id, ...(found.step === null ? {} : { step: found.step }) },
      });
  }
  return { platform, versions, findings: groupFindings(differing), same, alone };
}

/** What came of the whole (`null`) or of each step; null where nothing was decided. */
type Outcomes = ReadonlyMap<string | null, string>;

interface Behaviour {
  readonly label: string;
  readonly outcomes: Outcomes | null;
}

function outcomesOf(line: Seen | undefined): Outcomes | null {
  const whole = line && outcomeWord(line.outcome);
  if (!line || whole === null || whole === undefined) return null;
  if (!line.steps || line.steps.length === 0) return new Map([[null, whole]]);
  return new Map(
    line.steps.map(({ label, outcome }) => [label, outcomeWord(outcome) ?? NOT_DECIDED]),
  );
}

const NOT_DECIDED = "not decided";

/** An option that a system does not have is a property of the version; every other skip is one of the machine. */
function outcomeWord(outcome: Outcome): string | null {
  if (outcome.kind === "skipped")
    return outcome.reason === "option-not-on-platform" ? "no such option" : null;
  return outcomeTokens(outcome)[0] ?? null;
}

/** The whole, or a scenario's first step, in which versions differ; later steps are consequences. */
function firstDifference(
  behaviours: readonly Behaviour[],
): (Omit<VersionFinding, "experiments"> & { readonly step: string | null }) | null {
  const steps = new Set(behaviours.flatMap(({ outcomes }) => [...(outcomes?.keys() ?? [])]));
  for (const step of steps) {
    const measured = behaviours.flatMap(({ label, outcomes }) => {
      const outcome = outcomes?.get(step);
      return outcome === undefined ? [] : [{ label, outcome }];
    });
    if (new Set(measured.map(({ outcome }) => outcome)).size < 2) continue;
    const known = new Set(measured.map(({ label }) => label));
    const unmeasured = behaviours.map(({ label }) => label).filter((label) => !known.has(label));
    return { step, spans: spansOf(measured), unmeasured };
  }
  return null;
}

function spansOf(measured: readonly { label: string; outcome: string }[]): Span[] {
  const spans: Span[] = [];
  for (const { label, outcome } of measured) {
    const last = spans.at(-1);
    if (last?.outcome === outcome) spans[spans.length - 1] = { ...last, to: label };
    else spans.push({ from: label, to: label, outcome });
  }
  return spans;
}

function groupFindings(
  differing: readonly (Omit<VersionFinding, "experiments"> & { experiment: DifferingExperiment })[],
): VersionFinding[] {
  const groups = groupBy(differing, ({ spans, unmeasured }) => JSON.stringify([spans, unmeasured]));
  return [...groups.values()]
    .map((members) => {
      const [{ spans, unmeasured }] = members as [(typeof members)[number]];
      return { spans, unmeasured, experiments: members.map(({ experiment }) => experiment) };
    })
    .toSorted((a, b) => b.experiments.length - a.experiments.length);
}
