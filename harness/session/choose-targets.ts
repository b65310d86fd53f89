import { existsSync } from "node:fs";
import path from "node:path";
import type * as AvailableModule from "../../runners/available.ts";
import { localRunner } from "../../runners/local.ts";
import type { Runner } from "../../runners/runner.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import type { Fleet, TeamConfig } from "./team-config.ts";

/** Where a run measures, and what its fleet selects. */
export interface ChosenTargets {
  readonly runners: readonly Runner[];
  readonly selects: FleetSelection;
}

/** What a fleet says of the selection. */
export type FleetSelection = Omit<Fleet, "on">;

/** The targets of `--on`, which a team's file may name, and fleets of them. Throws InputError. */
export async function chooseTargets(
  names: readonly string[],
  configFile: string | undefined,
): Promise<ChosenTargets> {
  const wanted = names.length > 0 ? names : ["local"];
  // The code of every other target takes longer to load than this one takes to start.
  if (configFile === undefined && wanted.every((name) => name === "local"))
    return { runners: [localRunner()], selects: {} };
  const targets = await import("../../runners/available.ts");
  const file = configFile ?? findConfig(wanted, targets);
  // The YAML parser takes long to load: only a run that names something of the file needs it.
  const team =
    file === null ? NO_TEAM : (await import("./read-team-config.ts")).readTeamConfig(file);
  const fleets = wanted.flatMap((name) => ownOf(team.fleets, name) ?? []);
  return {
    runners: await findRunners(wanted, team, targets),
    selects: commonSelection(fleets, path.dirname(file ?? "")),
  };
}

type Targets = typeof AvailableModule;

const NO_TEAM: TeamConfig = { targets: {}, fleets: {} };
const CONFIG_FILE = "bindcheck.config.yaml";
const KNOWN_FOLDER = "known-deviations";

/** The folder of known deviations beside the team's file, which is taken where a run names none. */
export function findKnownBeside(configFile: string | undefined): string[] {
  const file = configFile ?? CONFIG_FILE;
  const folder = path.join(path.dirname(file), KNOWN_FOLDER);
  return existsSync(file) && existsSync(folder) ? [folder] : [];
}

function findConfig(wanted: readonly string[], { isTargetName }: Targets): string | null {
  const isOurs = (name: string): boolean => isTargetName(name.split(":", 1)[0] ?? "");
  return !wanted.every(isOurs) && existsSync(CONFIG_FILE) ? CONFIG_FILE : null;
}

/** By what is behind a name, so that nothing is measured twice at the same time. */
async function findRunners(
  wanted: readonly string[],
  team: TeamConfig,
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
function commonSelection(fleets: readonly Fleet[], folder: string): FleetSelection {
  const selections = fleets.map(({ on: _on, ...selection }) => selection);
  const [first = {}] = selections;
  if (new Set(selections.map((each) => JSON.stringify(each))).size > 1)
    throw new InputError(["--on: these fleets select different claims (run one after the other)"]);
  const files = first.files?.map((file) => path.join(folder, file));
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
