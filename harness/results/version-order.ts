import compare from "semver/functions/compare.js";
import { groupBy } from "../model/group-by.ts";
import type { TargetLine } from "./line.ts";
import { comparable } from "../claims/comparable-version.ts";
import { ownVersion } from "./own-version.ts";
import { byText } from "./plan-order.ts";

/** A target as one version of its system. */
export interface LabelledVersion {
  /** The system's own version; with Node's where versions of the system differ in nothing else. */
  readonly label: string;
  readonly target: TargetLine;
}

/** The targets of one system, the oldest version first. */
export interface SystemVersions {
  /** `linux`, `wine`, ... */
  readonly platform: string;
  readonly versions: readonly LabelledVersion[];
}

/** Groups targets by system, in order of first appearance, and puts each system's versions in order. */
export function orderSystems(targets: readonly TargetLine[]): SystemVersions[] {
  const systems = groupBy(targets, ({ platform }) => platform.name);
  return [...systems].map(([platform, own]) => ({
    platform,
    versions: labelled(own.toSorted(byAge)),
  }));
}

function byAge(a: TargetLine, b: TargetLine): number {
  return (
    byVersion(ownVersion(a), ownVersion(b)) ||
    byVersion(a.os.build, b.os.build) ||
    byVersion(a.runtime["node"] ?? "", b.runtime["node"] ?? "") ||
    byText(a.target, b.target)
  );
}

function byVersion(a: string, b: string): number {
  return compare(comparable(a) ?? "0.0.0", comparable(b) ?? "0.0.0");
}

/** Labels that tell the versions apart, each as short as it can be. */
function labelled(targets: readonly TargetLine[]): LabelledVersion[] {
  const versions = targets.map((target) => ({ label: ownVersion(target), target }));
  // What a distribution adds, as in 6.18.44-cloud-amd64.
  const short = (label: string): string => label.replace(/-.*$/, "");
  const candidates = [
    ({ label }: LabelledVersion) => short(label),
    ({ label }: LabelledVersion) => label,
    ({ label, target }: LabelledVersion) =>
      `${short(label)} (Node ${(target.runtime["node"] ?? "").replace(/^v/, "")})`,
    ({ label, target }: LabelledVersion) => `${label} (${target.target})`,
  ];
  return versions.map((version) => {
    const isTelling = (candidate: (each: LabelledVersion) => string): boolean =>
      versions.every((other) => other === version || candidate(other) !== candidate(version));
    const label = candidates.find(isTelling) ?? candidates.at(-1);
    return { ...version, label: label?.(version) ?? version.label };
  });
}
