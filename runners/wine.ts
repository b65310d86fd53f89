import { BINDER_FILE } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { otherBinders } from "../harness/binder-client/other-binders.ts";
import { fifoBinders } from "./fifo-binders.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";
import { INSTALL_WINE } from "./wine-installation.ts";
import { findInstallation, openWine, type WineChoice } from "./wine-place.ts";

/**
 * Windows as Wine makes it: binders in the Windows build of Node under Wine.
 * `prefix` is a Wine prefix of the user's own, taken as it is; by default one is made and kept. `version` is that of a
 * NAME@VERSION; by default the machine's own Wine is taken.
 */
export function wineRunner(prefix?: string, version?: string): Runner {
  const program = version === undefined ? "wine" : `wine@${version}`;
  return {
    name: prefix === undefined ? program : `${program}:${prefix}`,
    availability: () => wineAvailability(version),
    open: (preparation) => openWineTarget(preparation, { prefix, version }),
  };
}

async function wineAvailability(version?: string): Promise<Availability> {
  if (process.platform === "win32")
    return { here: false, why: "this is Windows itself", mend: "bindcheck run --on local" };
  if (process.arch !== "x64")
    return {
      here: false,
      why: `needs an x64 processor, this is ${process.arch}`,
      mend: "use an x64 machine",
    };
  try {
    const wine = await findInstallation(version);
    if (wine === null) return { here: false, why: "Wine is not installed", mend: INSTALL_WINE };
    return { here: true, what: wine.version };
  } catch (error) {
    if (!(error instanceof TargetProblem)) throw error;
    return { here: false, why: error.message, mend: "bindcheck versions" };
  }
}

async function openWineTarget(preparation: Preparation, choice: WineChoice): Promise<OpenTarget> {
  const place = await openWine(preparation, choice);
  const { node, environment, folder, pathThere, isolation } = place;
  const start = fifoBinders({
    words: [...node, pathThere(BINDER_FILE)],
    environment,
    folder,
    pathThere,
  });
  const others = otherBinders(start);
  return {
    start,
    startAsOther: others.startAsOther,
    outside: { runtime: { isolation } },
    problem() {
      const ending = place.ending();
      return ending && `Wine ended (${ending})`;
    },
    async close() {
      others.end();
      await place.close();
    },
  };
}
