import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import { amendTarget } from "./amend-target.ts";
import { harnessArguments } from "./harness-arguments.ts";
import { harnessEntry } from "./harness-entry.ts";
import type { InnerCommand } from "./inner-process.ts";
import { measureInside } from "./measure-inside.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { prepareWindowsNode } from "./prepare/windows-node.ts";
import { prepareWinePrefix } from "./prepare/wine-prefix.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";
import { windowsPaths } from "./windows-paths.ts";
import { ownPrefixEnvironment, wineEnvironment } from "./wine-environment.ts";
import { findWine, type WineInstallation } from "./wine-installation.ts";
import { findWineNamespace, WINE_ISOLATION } from "./wine-namespace.ts";

/** What is only set by tests. */
export interface WineSettings {
  readonly entry?: string;
  readonly silenceMs?: number;
}

/**
 * Windows as Wine makes it: the whole harness runs in the Windows build of Node under Wine.
 * `prefix` is a Wine prefix of the user's own, taken as it is; by default one is made and kept.
 */
export function wineRunner(prefix?: string, settings: WineSettings = {}): Runner {
  return {
    name: prefix === undefined ? "wine" : `wine:${prefix}`,
    availability: wineAvailability,
    run: (request) => runUnderWine(prefix, request, settings),
  };
}

const INSTALL_WINE = "apt-get install --no-install-recommends wine wine64";

async function wineAvailability(): Promise<Availability> {
  if (process.platform === "win32")
    return { here: false, why: "this is Windows itself", mend: "bindcheck run --on local" };
  if (process.arch !== "x64")
    return {
      here: false,
      why: `needs an x64 processor, this is ${process.arch}`,
      mend: "use an x64 machine",
    };
  const wine = await findWine();
  if (wine === null) return { here: false, why: "Wine is not installed", mend: INSTALL_WINE };
  return { here: true, what: wine.version };
}

async function* runUnderWine(
  prefix: string | undefined,
  request: RunRequest,
  settings: WineSettings,
): AsyncGenerator<TargetLine | ObservationLine> {
  const wine = await findWine();
  if (wine === null) throw new TargetProblem(`Wine is not installed; get it with: ${INSTALL_WINE}`);
  const target = prefix === undefined ? "wine" : `wine:${prefix}`;
  const { silenceMs } = settings;
  try {
    const { command, isolation } = await prepare(prefix, wine, request, settings);
    const inside = { target, command, ...(silenceMs && { silenceMs }) };
    yield* amendTarget(measureInside(inside, request), (line) => ({
      ...line,
      runtime: { ...line.runtime, isolation },
    }));
  } catch (error) {
    // What an abort cut short is no problem of the target.
    if (!request.signal.aborted) throw error;
  }
}

/** The command of a harness under Wine, and how far from this system's own network it runs. */
async function prepare(
  usersOwn: string | undefined,
  wine: WineInstallation,
  request: RunRequest,
  { entry = harnessEntry() }: WineSettings,
): Promise<{ command: (results: string) => InnerCommand; isolation: string }> {
  const windows = await prepareWindowsNode(request);
  const { folder, environment } = await choosePrefix(usersOwn, wine, request);
  const pathThere = await windowsPaths(folder);
  const namespace = await findWineNamespace(folder);
  const command = (results: string): InnerCommand => {
    const place = namespace?.(dirname(results));
    const [file, ...before] = [...(place?.words ?? []), wine.loader];
    const program = [windows.node, pathThere(entry)];
    const words = harnessArguments(request, { pathThere, results: pathThere(results) });
    return {
      file,
      arguments: [...before, ...program, ...words],
      environment: {
        ...environment,
        ...(place && { WINEPREFIX: place.prefix, TMPDIR: place.prefix }),
        ...nodeEnvironment(pathThere(windows.koffi)),
      },
    };
  };
  return { command, isolation: namespace ? WINE_ISOLATION : "none" };
}

interface Prefix {
  readonly folder: string;
  readonly environment: InnerCommand["environment"];
}

async function choosePrefix(
  usersOwn: string | undefined,
  wine: WineInstallation,
  preparation: Preparation,
): Promise<Prefix> {
  if (usersOwn === undefined) {
    const folder = await prepareWinePrefix(wine, preparation);
    return { folder, environment: ownPrefixEnvironment(folder) };
  }
  // The shell does not expand `~` behind `wine:`.
  const folder = resolve(usersOwn.replace(/^~(?=\/|$)/, homedir()));
  return { folder, environment: wineEnvironment(folder) };
}

function nodeEnvironment(koffi: string): InnerCommand["environment"] {
  return {
    BINDCHECK_KOFFI: koffi,
    // A prefix may be set to an older Windows than Node supports; how that one binds is worth knowing too.
    NODE_SKIP_PLATFORM_CHECK: "1",
    // Meant for the Node of this machine, which may be another major.
    NODE_OPTIONS: undefined,
  };
}
