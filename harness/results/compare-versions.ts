import coerce from "semver/functions/coerce.js";
import compare from "semver/functions/compare.js";
import { groupBy } from "../model/group-by.ts";
import type { Outcome } from "../model/observation.ts";
import { outcomeTokens } from "../model/outcome-token.ts";
import type { ObservationLine, TargetLine } from "./line.ts";
import { byText } from "./plan-order.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** One measured version of a system. */
export interface MeasuredVersion {
  /** The system's own version; with Node's where versions of the system differ in nothing else. */
  readonly label: string;
  readonly target: TargetLine;
  readonly observations: ReadonlyMap<string, ObservationLine>;
}

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
export function compareVersions(runs: readonly RecordedRun[]): ComparedSystem[] {
  const systems = groupBy(versionsOf(runs), ({ target }) => target.platform.name);
  return [...systems]
    .filter(([, versions]) => versions.length > 1)
    .map(([platform, versions]) => compareSystem(platform, labelled(versions.toSorted(byAge))));
}

/** The version that people know a system by: Wine's own, not that of the Windows that it claims to be. */
function ownVersion({ platform, runtime }: TargetLine): string {
  return runtime[platform.name] ?? platform.version;
}

function versionsOf(runs: readonly RecordedRun[]): MeasuredVersion[] {
  const targets = new Map<
    string,
    { line: TargetLine; observations: Map<string, ObservationLine> }
  >();
  for (const run of runs) {
    for (const line of run.targets)
      targets.set(line.target, targets.get(line.target) ?? { line, observations: new Map() });
    for (const line of run.observations)
      targets.get(line.target)?.observations.set(line.experiment.id, line);
  }
  return [...targets.values()].map(({ line, observations }) => ({
    label: ownVersion(line),
    target: line,
    observations,
  }));
}

function byAge({ target: a }: MeasuredVersion, { target: b }: MeasuredVersion): number {
  return (
    byVersion(ownVersion(a), ownVersion(b)) ||
    byVersion(a.os.build, b.os.build) ||
    byVersion(a.runtime["node"] ?? "", b.runtime["node"] ?? "") ||
    byText(a.target, b.target)
  );
}

function byVersion(a: string, b: string): number {
  return compare(coerce(a) ?? "0.0.0", coerce(b) ?? "0.0.0");
}

/** Labels that tell the versions apart, each as short as it can be. */
function labelled(versions: readonly MeasuredVersion[]): MeasuredVersion[] {
  const candidates = [
    ({ label }: MeasuredVersion) => label,
    ({ label, target }: MeasuredVersion) =>
      `${label} (Node ${(target.runtime["node"] ?? "").replace(/^v/, "")})`,
    ({ label, target }: MeasuredVersion) => `${label} (${target.target})`,
  ];
  return versions.map((version) => {
    const isTelling = (candidate: (each: MeasuredVersion) => string): boolean =>
      versions.every((other) => other === version || candidate(other) !== candidate(version));
    const label = candidates.find(isTelling) ?? candidates.at(-1);
    return { ...version, label: label?.(version) ?? version.label };
  });
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

function outcomesOf(line: ObservationLine | undefined): Outcomes | null {
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
