import { closeSync, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { lastWords } from "../last-words.ts";
import { TargetProblem } from "../runner.ts";
import { ownPrefixEnvironment } from "../wine-environment.ts";
import { serverOf, startingWords, type WineInstallation } from "../wine-installation.ts";
import { makeOnce } from "./make-once.ts";
import type { Preparation } from "./preparation.ts";

/** Makes our own Wine prefix for this version of Wine when it is not there yet; gives its folder. */
export async function prepareWinePrefix(
  wine: WineInstallation,
  { signal, say }: Preparation,
): Promise<string> {
  const folder = join(cacheFolder(), folderName(wine.version));
  await makeOnce(folder, async (temporary) => {
    say(`Making a Wine prefix in ${folder}, once (700 MB, about 15 s)`);
    await makePrefix(wine, temporary, signal);
  });
  return folder;
}

function folderName(version: string): string {
  const words = version.split(/[^\w.]+/).filter((word) => word !== "");
  return `prefix-${words.join("-")}`;
}

async function makePrefix(
  wine: WineInstallation,
  prefix: string,
  signal: AbortSignal,
): Promise<void> {
  const { $ } = await import("zx");
  const logFile = join(prefix, "making.log");
  const log = openSync(logFile, "w");
  const environment = { ...process.env, ...ownPrefixEnvironment(prefix, wine) };
  // Output goes to a file, because Wine's services hold on to a pipe long after the command has ended.
  const shell = $({
    env: environment,
    signal,
    detached: true,
    quiet: true,
    stdio: ["ignore", log, log],
  });
  try {
    const words = startingWords(wine, wine.loader);
    await shell`${words} wineboot --init`;
    await shell`${words} winecfg -v win10`;
  } catch (error) {
    throw new TargetProblem(`Wine cannot make a prefix${lastWords(logFile)}`, { cause: error });
  } finally {
    // No other process uses this prefix yet, so its server is ours to stop; it writes the registry as it goes.
    await $({
      env: environment,
      quiet: true,
      nothrow: true,
    })`${startingWords(wine, serverOf(wine))} -k`;
    closeSync(log);
    await rm(logFile, { force: true });
  }
}
