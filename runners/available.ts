import { execRunner } from "./exec.ts";
import { gvisorRunner } from "./gvisor.ts";
import { localRunner } from "./local.ts";
import { netnsRunner } from "./netns.ts";
import type { Availability, Runner } from "./runner.ts";
import { SSH_ARGUMENT, sshRunner } from "./ssh.ts";
import { parseDestination } from "./ssh/destination.ts";
import { umlRunner } from "./uml.ts";
import { wineRunner } from "./wine.ts";

const COMMAND = "COMMAND";

interface Target {
  readonly make: (argument?: string) => Runner;
  /** What may stand behind the colon, if anything may. */
  readonly argument?: string;
  /** A place that only its argument names: it is not of this machine. */
  readonly isElsewhere?: true;
  readonly isArgument?: (text: string) => boolean;
}

const targets: Readonly<Record<string, Target>> = {
  local: { make: localRunner },
  netns: { make: () => netnsRunner() },
  wine: { make: wineRunner, argument: "PREFIX" },
  gvisor: { make: () => gvisorRunner() },
  uml: { make: () => umlRunner() },
  ssh: {
    make: (argument = SSH_ARGUMENT) => sshRunner(argument),
    argument: SSH_ARGUMENT,
    isElsewhere: true,
    isArgument: (text) => parseDestination(text) !== null,
  },
  exec: {
    make: (argument = COMMAND) => execRunner(argument),
    argument: COMMAND,
    isElsewhere: true,
    isArgument: (text) => text.trim() !== "",
  },
};

/** Whether this stands before the colon of a target, or for several of them. */
export function isTargetName(name: string): boolean {
  return name === "available" || Object.hasOwn(targets, name);
}

/**
 * The runner of a NAME[:ARGUMENT], or a sentence that says what is allowed; `names` are those of a team, which are
 * allowed besides.
 */
export function parseTarget(
  text: string,
  names: readonly string[] = [],
): Runner | { readonly problem: string } {
  const [name = "", ...rest] = text.split(":");
  const argument = rest.length > 0 ? rest.join(":") : undefined;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (target === undefined) return { problem: `unknown target "${text}" (${allowed(names)})` };
  if (argument !== undefined && target.argument === undefined)
    return { problem: `target "${name}" takes no argument, got "${text}" (${allowed(names)})` };
  if (argument === "" || (argument === undefined && target.isElsewhere))
    return { problem: `target "${text}" lacks its ${target.argument} (${allowed(names)})` };
  if (argument !== undefined && target.isArgument?.(argument) === false)
    return { problem: `target "${text}" is no ${name}:${target.argument} (${allowed(names)})` };
  return target.make(argument);
}

function allowed(names: readonly string[]): string {
  const forms = Object.entries(targets).flatMap(([name, { argument, isElsewhere }]) => [
    ...(isElsewhere ? [] : [name]),
    ...(argument === undefined ? [] : [`${name}:${argument}`]),
  ]);
  return `allowed: ${[...forms, "available", ...names].join(", ")}`;
}

/** A target, and whether this machine has it. */
export interface TargetState {
  readonly runner: Runner;
  readonly availability: Availability;
  /** It is not of this machine; what is available is the way to get there. */
  readonly isElsewhere: boolean;
}

/** Every target there is, each asked once, all at the same time. */
export async function targetStates(): Promise<TargetState[]> {
  return Promise.all(
    Object.values(targets).map(async ({ make, isElsewhere = false }) => {
      const runner = make();
      return { runner, availability: await runner.availability(), isElsewhere };
    }),
  );
}

/** The targets that this machine has. A network namespace stands for `local`: it is the same kernel, undisturbed. */
export async function availableRunners(): Promise<Runner[]> {
  const states = await targetStates();
  const here = states
    .filter(({ availability, isElsewhere }) => availability.here && !isElsewhere)
    .map(({ runner }) => runner);
  const isUndisturbed = here.some(({ name }) => name === "netns");
  return here.filter(({ name }) => name !== "local" || !isUndisturbed);
}
