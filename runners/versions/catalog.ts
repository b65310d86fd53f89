import { groupBy } from "../../harness/model/group-by.ts";
import { TargetProblem } from "../runner.ts";
import { findDebianSource, type DebianSource } from "./debian-source.ts";
import { openPrivateApt, type Cost, type PrivateApt } from "./private-apt.ts";
import { PACKAGED_SYSTEMS, SUITES, type PackagedName, type Suite } from "./suites.ts";

/** A version of a system that Debian packages. */
export interface PackagedVersion {
  readonly name: PackagedName;
  readonly version: string;
  readonly suite: Suite;
  readonly cost: Cost;
}

/** What can be had, and the suites that could not be asked with the reason. */
export interface Catalog {
  readonly versions: readonly PackagedVersion[];
  readonly problems: readonly string[];
}

/** Asks every suite for the versions that it has; where several have one, the first counts. Throws TargetProblem. */
export async function readCatalog(signal: AbortSignal): Promise<Catalog> {
  const source = await findDebianSource();
  const problems: string[] = [];
  const found = await Promise.all(
    SUITES.map(async (suite) => {
      try {
        return await versionsIn(suite, source, signal);
      } catch (error) {
        if (!(error instanceof TargetProblem)) throw error;
        problems.push(error.message);
        return [];
      }
    }),
  );
  const alike = groupBy(found.flat(), ({ name, version }) => `${name}@${version}`);
  return { versions: [...alike.values()].flatMap(([first]) => first ?? []), problems };
}

async function versionsIn(
  suite: Suite,
  source: DebianSource,
  signal: AbortSignal,
): Promise<PackagedVersion[]> {
  const apt = await openPrivateApt(suite, source);
  await apt.update(signal);
  const candidates = await apt.candidates(
    Object.values(PACKAGED_SYSTEMS).map(({ packages: [first] }) => first),
  );
  const names = Object.keys(PACKAGED_SYSTEMS) as PackagedName[];
  const versions = await Promise.all(names.map((name) => versionIn(suite, apt, name, candidates)));
  return versions.filter((version) => version !== null);
}

async function versionIn(
  suite: Suite,
  apt: PrivateApt,
  name: PackagedName,
  candidates: ReadonlyMap<string, string>,
): Promise<PackagedVersion | null> {
  const { packages, versionOf } = PACKAGED_SYSTEMS[name];
  const packaged = candidates.get(packages[0]);
  const version = packaged === undefined ? null : versionOf(packaged);
  return version === null ? null : { name, version, suite, cost: await apt.cost(packages) };
}
