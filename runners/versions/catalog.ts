import { groupBy } from "../../harness/model/group-by.ts";
import { TargetProblem } from "../runner.ts";
import { findDebianSource, type DebianSource } from "./debian-source.ts";
import { finishWine } from "./finish-wine.ts";
import type { InstallableVersion } from "./install.ts";
import { installNode, nodeMajors } from "./node-versions.ts";
import { openPrivateApt, type PrivateApt } from "./private-apt.ts";
import { PACKAGED_SYSTEMS, SUITES, suitesWith, type PackagedName, type Suite } from "./suites.ts";
import { unpackPackages } from "./unpack-packages.ts";

/** What can be had, and what could not be asked with the reason. */
export interface Catalog {
  readonly versions: readonly InstallableVersion[];
  readonly problems: readonly string[];
}

/** Asks npm and every suite of Debian for the versions that they have. */
export async function readCatalog(signal: AbortSignal): Promise<Catalog> {
  return askFor({ suites: SUITES, isNodeAsked: true }, signal);
}

/**
 * The same of those alone that can have some versions, each spelled NAME@VERSION; where one of them is in none, of all,
 * so that it can be said what is allowed.
 */
export async function findInCatalog(
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<Catalog> {
  const isNodeAsked = wanted.some((text) => text.startsWith("node@"));
  const found = await askFor({ suites: suitesWith(wanted), isNodeAsked }, signal);
  const names = new Set(found.versions.map(({ name, version }) => `${name}@${version}`));
  return wanted.every((text) => names.has(text)) ? found : readCatalog(signal);
}

interface Asked {
  readonly suites: readonly Suite[];
  readonly isNodeAsked: boolean;
}

async function askFor({ suites, isNodeAsked }: Asked, signal: AbortSignal): Promise<Catalog> {
  const problems: string[] = [];
  const orProblem = async (
    versions: Promise<InstallableVersion[]>,
  ): Promise<InstallableVersion[]> => {
    try {
      return await versions;
    } catch (error) {
      if (!(error instanceof TargetProblem)) throw error;
      problems.push(error.message);
      return [];
    }
  };
  const found = await Promise.all([
    suites.length > 0
      ? orProblem(packagedVersions(suites, (suite) => orProblem(suite), signal))
      : [],
    isNodeAsked ? orProblem(nodeVersions(signal)) : [],
  ]);
  // Where several suites have one version, the oldest suite's is taken.
  const alike = groupBy(found.flat(), ({ name, version }) => `${name}@${version}`);
  return { versions: [...alike.values()].flatMap(([first]) => first ?? []), problems };
}

async function packagedVersions(
  suites: readonly Suite[],
  orProblem: (versions: Promise<InstallableVersion[]>) => Promise<InstallableVersion[]>,
  signal: AbortSignal,
): Promise<InstallableVersion[]> {
  const source = await findDebianSource();
  const found = suites.map((suite) => orProblem(versionsIn(suite, source, signal)));
  return (await Promise.all(found)).flat();
}

async function versionsIn(
  suite: Suite,
  source: DebianSource,
  signal: AbortSignal,
): Promise<InstallableVersion[]> {
  const apt = await openPrivateApt(suite, source);
  await apt.update(signal);
  const names = Object.keys(PACKAGED_SYSTEMS) as PackagedName[];
  const candidates = await apt.candidates(names.map((name) => PACKAGED_SYSTEMS[name].packages[0]));
  return names.flatMap((name) => versionIn(apt, name, candidates) ?? []);
}

function versionIn(
  apt: PrivateApt,
  name: PackagedName,
  candidates: ReadonlyMap<string, string>,
): InstallableVersion | null {
  const { packages, versionOf } = PACKAGED_SYSTEMS[name];
  const packaged = candidates.get(packages[0]);
  const version = packaged === undefined ? null : versionOf(packaged);
  if (version === null) return null;
  return {
    name,
    version,
    async cost() {
      const { download, disk } = await apt.cost(packages);
      return `${download} to download, ${disk} on disk`;
    },
    async fill(folder, preparation) {
      const archives = await apt.download(packages, preparation.signal);
      await unpackPackages(archives, folder, preparation);
      if (name === "wine") await finishWine(folder);
    },
  };
}

async function nodeVersions(signal: AbortSignal): Promise<InstallableVersion[]> {
  return (await nodeMajors(signal)).map((major) => ({
    name: "node",
    version: major,
    cost: async () => "about 50 MB to download, 130 MB on disk",
    fill: (folder, preparation) => installNode(major, folder, preparation.signal),
  }));
}
