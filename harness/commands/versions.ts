import { didYouMean } from "../model/did-you-mean.ts";
import coerce from "semver/functions/coerce.js";
import compare from "semver/functions/compare.js";
import { findInCatalog, readCatalog } from "../../runners/versions/catalog.ts";
import {
  installedVersions,
  installVersion,
  removeVersion,
  type InstallableVersion,
} from "../../runners/versions/install.ts";
import { ownVersions } from "../../runners/versions/own-versions.ts";
import { InputError } from "../model/problem.ts";
import { terminalText } from "../model/terminal-text.ts";
import { listenForInterrupt } from "../session/interrupt.ts";

/** What to do with versions; where nothing is asked, they are listed. */
export interface VersionsOptions {
  readonly install?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * Lists the versions of systems that this machine has or can have, installs or removes some. Resolves to the exit
 * code: 2 when a version is unknown, 3 when one cannot be installed. Throws InputError.
 */
export async function versions({ install, remove }: VersionsOptions): Promise<number> {
  if (install && remove) throw new InputError(["--install and --remove: choose one"]);
  const { signal, release } = listenForInterrupt();
  try {
    if (remove) await removeNamed(remove);
    else if (install) await installNamed(install, signal);
    else await list(signal);
    return 0;
  } finally {
    release();
  }
}

interface VersionName {
  readonly name: string;
  readonly version: string;
}

async function list(signal: AbortSignal): Promise<void> {
  const [own, installed, { versions: offered, problems }] = await Promise.all([
    ownVersions(),
    installedVersions(),
    readCatalog(signal),
  ]);
  const states = new Map<string, VersionName & { readonly state: string }>();
  for (const each of own) states.set(textOf(each), { ...each, state: "this machine's own" });
  for (const each of installed)
    states.set(textOf(each), { ...each, state: `installed in ${each.root}` });
  for (const each of offered)
    if (!states.has(textOf(each)))
      states.set(textOf(each), { ...each, state: `can be installed: ${await each.cost()}` });
  const lines = [...states.values()].toSorted(byNameAndVersion);
  const width = Math.max(...lines.map((line) => textOf(line).length));
  for (const line of lines)
    process.stdout.write(`${textOf(line).padEnd(width)}  ${terminalText(line.state)}\n`);
  for (const problem of problems) process.stderr.write(`${terminalText(problem)}\n`);
}

async function installNamed(named: readonly string[], signal: AbortSignal): Promise<void> {
  const installed = await installedVersions();
  const here = named.flatMap((text) => installed.find((each) => textOf(each) === text) ?? []);
  const missing = named.filter((text) => !here.some((each) => textOf(each) === text));
  const { versions: offered, problems } = await findInCatalog(missing, signal);
  const wanted = missing.map((text) => find(text, offered, problems));
  for (const version of here)
    process.stdout.write(`${textOf(version)} is already in ${version.root}\n`);
  for (const version of wanted) {
    const say = (sentence: string): void =>
      void process.stderr.write(`${terminalText(sentence)}\n`);
    const { root } = await installVersion(version, { signal, say });
    process.stdout.write(`${textOf(version)} is in ${root}\n`);
  }
}

async function removeNamed(named: readonly string[]): Promise<void> {
  const installed = await installedVersions();
  for (const version of named.map((text) => find(text, installed, []))) {
    await removeVersion(version);
    process.stdout.write(`${textOf(version)} is removed\n`);
  }
}

function find<Version extends VersionName>(
  text: string,
  known: readonly Version[],
  problems: readonly string[],
): Version {
  const found = known.find((version) => textOf(version) === text);
  if (found) return found;
  const names = known.toSorted(byNameAndVersion).map(textOf);
  const allowed = names.length > 0 ? names.join(", ") : "none here";
  throw new InputError([
    `'${text}' is unknown (allowed: ${allowed})${didYouMean(text, names)}`,
    ...problems,
  ]);
}

function textOf({ name, version }: VersionName | InstallableVersion): string {
  return `${name}@${version}`;
}

function byNameAndVersion(a: VersionName, b: VersionName): number {
  const [one, other] = [coerce(a.version), coerce(b.version)];
  return a.name.localeCompare(b.name, "en") || (one && other ? compare(one, other) : 0);
}
