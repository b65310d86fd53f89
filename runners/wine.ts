import { BINDER_FILE } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { otherBinders } from "../harness/binder-client/other-binders.ts";
import { fifoBinders } from "./fifo-binders.ts";
import type { Preparation } from "./prepare/preparation.ts";
import type { Availability, Runner } from "./runner.ts";
import { findWine, INSTALL_WINE } from "./wine-installation.ts";
import { openWine } from "./wine-place.ts";

/**
 * Windows as Wine makes it: binders in the Windows build of Node under Wine.
 * `prefix` is a Wine prefix of the user's own, taken as it is; by default one is made and kept.
 */
export function wineRunner(prefix?: string): Runner {
  return {
    name: prefix === undefined ? "wine" : `wine:${prefix}`,
    availability: wineAvailability,
    open: (preparation) => openWineTarget(preparation, prefix),
  };
}

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

async function openWineTarget(preparation: Preparation, prefix?: string): Promise<OpenTarget> {
  const place = await openWine(preparation, prefix);
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
