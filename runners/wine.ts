import { dirname } from "node:path";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import { amendTarget } from "./amend-target.ts";
import { harnessArguments } from "./harness-arguments.ts";
import type { InnerCommand } from "./inner-process.ts";
import { measureInside } from "./measure-inside.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";
import { prepareWineHarness } from "./wine-harness.ts";
import { findWine } from "./wine-installation.ts";

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

/** The command that installs it on Debian. */
export const INSTALL_WINE = "apt-get install --no-install-recommends wine wine64";

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
    const harness = await prepareWineHarness(wine, request, prefix, settings.entry);
    const { isolation, pathThere } = harness;
    const command = (results: string): InnerCommand => {
      const words = harnessArguments(request, { pathThere, results: pathThere(results) });
      return harness.command(words, dirname(results));
    };
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
