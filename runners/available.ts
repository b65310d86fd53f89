import { gvisorRunner } from "./gvisor.ts";
import { localRunner } from "./local.ts";
import { netnsRunner } from "./netns.ts";
import type { Availability, Runner } from "./runner.ts";
import { umlRunner } from "./uml.ts";
import { wineRunner } from "./wine.ts";

interface Target {
  readonly make: (argument?: string) => Runner;
  /** What may stand behind the colon, if anything may. */
  readonly argument?: string;
}

const targets: Readonly<Record<string, Target>> = {
  local: { make: localRunner },
  netns: { make: () => netnsRunner() },
  wine: { make: wineRunner, argument: "PREFIX" },
  gvisor: { make: () => gvisorRunner() },
  uml: { make: () => umlRunner() },
};

/** The runner of a NAME[:ARGUMENT], or a sentence that says what is allowed. */
export function parseTarget(text: string): Runner | { readonly problem: string } {
  const [name = "", ...rest] = text.split(":");
  const argument = rest.length > 0 ? rest.join(":") : undefined;
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (target === undefined) return { problem: `unknown target "${text}" (${allowed()})` };
  if (argument !== undefined && target.argument === undefined)
    return { problem: `target "${name}" takes no argument, got "${text}" (${allowed()})` };
  if (argument === "")
    return { problem: `target "${text}" lacks its ${target.argument} (${allowed()})` };
  return target.make(argument);
}

function allowed(): string {
  const forms = Object.entries(targets).flatMap(([name, { argument }]) =>
    argument === undefined ? [name] : [name, `${name}:${argument}`],
  );
  return `allowed: ${forms.join(", ")}, available`;
}

/** A target, and whether this machine has it. */
export interface TargetState {
  readonly runner: Runner;
  readonly availability: Availability;
}

/** Every target there is, each asked once, all at the same time. */
export async function targetStates(): Promise<TargetState[]> {
  const runners = Object.values(targets).map(({ make }) => make());
  return Promise.all(
    runners.map(async (runner) => ({ runner, availability: await runner.availability() })),
  );
}

/** The targets that this machine has. A network namespace stands for `local`: it is the same kernel, undisturbed. */
export async function availableRunners(): Promise<Runner[]> {
  const states = await targetStates();
  const here = states.filter(({ availability }) => availability.here).map(({ runner }) => runner);
  const isUndisturbed = here.some(({ name }) => name === "netns");
  return here.filter(({ name }) => name !== "local" || !isUndisturbed);
}
