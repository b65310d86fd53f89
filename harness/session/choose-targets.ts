import type * as AvailableModule from "../../runners/available.ts";
import { localRunner } from "../../runners/local.ts";
import type { Runner } from "../../runners/runner.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import { besideTeam, type Team } from "./team.ts";
import type { Fleet } from "./team-config.ts";

/** Where a run measures, and what its fleet selects. */
export interface ChosenTargets {
  readonly runners: readonly Runner[];
  readonly selects: FleetSelection;
}

/** What a fleet says of the selection. */
export type FleetSelection = Omit<Fleet, "on">;

/** The targets of `--on`, which a team's file may name, and fleets of them. Throws InputError. */
export async function chooseTargets(names: readonly string[], team: Team): Promise<ChosenTargets> {
  const wanted = names.length > 0 ? names : ["local"];
  // The code of every other target takes longer to load than this one takes to start.
  if (wanted.every((name) => name === "local")) return { runners: [localRunner()], selects: {} };
  const fleets = wanted.flatMap((name) => ownOf(team.fleets, name) ?? []);
  return {
    runners: await findRunners(wanted, team, await import("../../runners/available.ts")),
    selects: commonSelection(fleets, team),
  };
}

type Targets = typeof AvailableModule;

/** By what is behind a name, so that nothing is measured twice at the same time. */
async function findRunners(
  wanted: readonly string[],
  team: Team,
  { availableRunners, parseTarget }: Targets,
): Promise<Runner[]> {
  const runners = new Map<string, Runner>();
  for (const name of wanted.flatMap((each) => ownOf(team.fleets, each)?.on ?? [each])) {
    const target = ownOf(team.targets, name) ?? name;
    const found =
      target === "available"
        ? await availableRunners()
        : [parseTarget(target, [...Object.keys(team.targets), ...Object.keys(team.fleets)])];
    for (const runner of found) {
      if ("problem" in runner) throw new InputError([`--on: ${runner.problem}`]);
      const isNamed = target !== name;
      if (!runners.has(runner.name))
        runners.set(runner.name, isNamed ? { ...runner, name } : runner);
    }
  }
  return [...runners.values()];
}

/** What the fleets of a run select; there is one selection for all targets of a run. */
function commonSelection(fleets: readonly Fleet[], team: Team): FleetSelection {
  const selections = fleets.map(({ on: _on, ...selection }) => selection);
  const [first = {}] = selections;
  if (new Set(selections.map((each) => JSON.stringify(each))).size > 1)
    throw new InputError(["--on: these fleets select different claims (run one after the other)"]);
  const files = first.files?.map((file) => besideTeam(team, file));
  return { ...first, ...(files && { files }) };
}

function ownOf<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A selection; what it leaves open is as the fleet says. */
export function withFleet(selection: Selection, selects: FleetSelection): Selection {
  const fill = (given: readonly string[], fleets: readonly string[] = []): readonly string[] =>
    given.length > 0 ? given : fleets;
  return {
    ...selection,
    files: fill(selection.files, selects.files),
    filter: fill(selection.filter, selects.filter),
    protocol: fill(selection.protocol, selects.protocol),
    family: fill(selection.family, selects.family),
    document: fill(selection.document, selects.document),
  };
}
