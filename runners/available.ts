import { didYouMean } from "../harness/model/did-you-mean.ts";
import { execRunner } from "./exec.ts";
import { gvisorRunner } from "./gvisor.ts";
import { localRunner } from "./local.ts";
import { netnsRunner } from "./netns.ts";
import type { Availability, Runner } from "./runner.ts";
import { SSH_ARGUMENT, sshRunner } from "./ssh.ts";
import { parseDestination } from "./ssh/destination.ts";
import { nodeRunner } from "./node.ts";
import { umlRunner } from "./uml.ts";
import { installedVersions, type InstalledVersion } from "./versions/install.ts";
import { ownVersions } from "./versions/own-versions.ts";
import { wineRunner } from "./wine.ts";

const COMMAND = "COMMAND";
const VERSION = "VERSION";

interface Target {
  readonly make: (argument?: string, version?: string) => Runner;
  /** What may stand behind the colon, if anything may. */
  readonly argument?: string;
  /** Whether `@VERSION` may follow the name: of several versions on one machine, one that is there, or a path. */
  readonly versions?: "optional" | "needed";
  /** The name alone is no place. */
  readonly needsArgument?: true;
  readonly isArgument?: (text: string) => boolean;
}

// The quickest first.
const targets: Readonly<Record<string, Target>> = {
  local: { make: localRunner },
  netns: { make: () => netnsRunner() },
  gvisor: { make: (_, version) => gvisorRunner(version), versions: "optional" },
  wine: { make: wineRunner, argument: "PREFIX", versions: "optional" },
  uml: { make: (_, version) => umlRunner(version), versions: "optional" },
  node: { make: (_, version = VERSION) => nodeRunner(version), versions: "needed" },
  ssh: {
    make: (argument = SSH_ARGUMENT) => sshRunner(argument),
    argument: SSH_ARGUMENT,
    needsArgument: true,
    isArgument: (text) => parseDestination(text) !== null,
  },
  exec: {
    make: (argument = COMMAND) => execRunner(argument),
    argument: COMMAND,
    needsArgument: true,
    isArgument: (text) => text.trim() !== "",
  },
};

/** Whether this comes before the colon of a target, or names several of them. */
export function isTargetName(name: string): boolean {
  return name === "available" || Object.hasOwn(targets, name.split("@", 1)[0] ?? "");
}

/**
 * The runner of a NAME[@VERSION][:ARGUMENT], or a sentence that says what is allowed; `names` are those of a team, which are
 * allowed besides.
 */
export function parseTarget(
  text: string,
  names: readonly string[] = [],
): Runner | { readonly problem: string } {
  const [, before = "", colon, after = ""] = /^([^:]*)(:?)(.*)$/s.exec(text) ?? [];
  const [name = "", ...versionParts] = before.split("@");
  const version = versionParts.length > 0 ? versionParts.join("@") : undefined;
  const argument = colon === ":" ? after : undefined;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  const near = didYouMean(name, [...Object.keys(targets), "available", ...names]);
  if (target === undefined)
    return { problem: `unknown target "${text}" (${allowed(names)})${near}` };
  if (version !== undefined && target.versions === undefined)
    return { problem: `target "${name}" takes no version, got "${text}" (${allowed(names)})` };
  if (version === "" || (version === undefined && target.versions === "needed"))
    return { problem: `target "${text}" lacks its version (${allowed(names)})` };
  if (argument !== undefined && target.argument === undefined)
    return { problem: `target "${name}" takes no argument, got "${text}" (${allowed(names)})` };
  if (argument === "" || (argument === undefined && target.needsArgument))
    return { problem: `target "${text}" lacks its ${target.argument} (${allowed(names)})` };
  if (argument !== undefined && target.isArgument?.(argument) === false)
    return { problem: `target "${text}" is not ${name}:${target.argument} (${allowed(names)})` };
  return target.make(argument, version);
}

function allowed(names: readonly string[]): string {
  const forms = Object.entries(targets).flatMap(([name, { argument, needsArgument, versions }]) => [
    ...(needsArgument || versions === "needed" ? [] : [name]),
    ...(versions === undefined ? [] : [`${name}@VERSION`]),
    ...(argument === undefined ? [] : [`${name}:${argument}`]),
  ]);
  return `allowed: ${[...forms, "available", ...names].join(", ")}`;
}

/** A target, and whether this machine has it. */
export interface TargetState {
  readonly runner: Runner;
  /** Of the way to get there, for one that is elsewhere. */
  readonly availability: Availability;
}

/** Every target there is, installed versions included, each asked once, all at the same time. */
export async function targetStates(): Promise<TargetState[]> {
  const plain = Object.values(targets)
    .filter(({ versions }) => versions !== "needed")
    .map(({ make }) => make());
  const others = (await otherVersions()).flatMap(({ name, version }) => {
    const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
    return target ? [target.make(undefined, version)] : [];
  });
  return Promise.all(
    [...plain, ...others].map(async (runner) => ({
      runner,
      availability: await runner.availability(),
    })),
  );
}

/** Installed versions that the machine's own programs do not have. */
async function otherVersions(): Promise<InstalledVersion[]> {
  const installed = await installedVersions();
  if (installed.length === 0) return [];
  const own = await ownVersions();
  return installed.filter(
    ({ name, version }) => !own.some((each) => each.name === name && each.version === version),
  );
}

/**
 * The targets that this machine has, those that take longest first: they begin in this order. A network namespace stands
 * for `local`: it is the same kernel, undisturbed.
 */
export async function availableRunners(): Promise<Runner[]> {
  const states = await targetStates();
  const here = states
    .filter(({ runner, availability }) => availability.here && !runner.isElsewhere)
    .map(({ runner }) => runner);
  const isUndisturbed = here.some(({ name }) => name === "netns");
  return here.filter(({ name }) => name !== "local" || !isUndisturbed).toReversed();
}
