import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { harnessEntry } from "./harness-entry.ts";
import type { InnerCommand } from "./inner-process.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { prepareWindowsNode } from "./prepare/windows-node.ts";
import { prepareWinePrefix } from "./prepare/wine-prefix.ts";
import { windowsPaths } from "./windows-paths.ts";
import { ownPrefixEnvironment, wineEnvironment } from "./wine-environment.ts";
import type { WineInstallation } from "./wine-installation.ts";
import { findWineNamespace, WINE_ISOLATION } from "./wine-namespace.ts";

/** This package's program under Wine. */
export interface WineHarness {
  /** Starts it with these words; `folder` is a temporary one of the run. */
  command(words: readonly string[], folder: string): InnerCommand;
  /** An absolute path of this machine as it is written there. */
  readonly pathThere: (path: string) => string;
  /** How far from this system's own network it runs. */
  readonly isolation: string;
}

/** Prepares Node for Windows and a prefix: `usersOwn`, taken as it is, or one that is made and kept. */
export async function prepareWineHarness(
  wine: WineInstallation,
  preparation: Preparation,
  usersOwn?: string,
  entry: string = harnessEntry(),
): Promise<WineHarness> {
  const windows = await prepareWindowsNode(preparation);
  const { folder: prefix, environment } = await choosePrefix(usersOwn, wine, preparation);
  const pathThere = await windowsPaths(prefix);
  const namespace = await findWineNamespace(prefix);
  return {
    pathThere,
    isolation: namespace ? WINE_ISOLATION : "none",
    command(words, folder) {
      const place = namespace?.(folder);
      const [file, ...before] = [...(place?.words ?? []), wine.loader];
      return {
        file,
        arguments: [...before, windows.node, pathThere(entry), ...words],
        environment: {
          ...environment,
          ...(place && { WINEPREFIX: place.prefix, TMPDIR: place.prefix }),
          ...nodeEnvironment(pathThere(windows.koffi), pathThere(dirname(windows.node))),
        },
      };
    },
  };
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

function nodeEnvironment(koffi: string, folder: string): InnerCommand["environment"] {
  return {
    BINDCHECK_KOFFI: koffi,
    // So that the command of an audit may be `node`.
    WINEPATH: folder,
    // A prefix may be set to an older Windows than Node supports; how that one binds is worth knowing too.
    NODE_SKIP_PLATFORM_CHECK: "1",
    // Meant for the Node of this machine, which may be another major.
    NODE_OPTIONS: undefined,
  };
}
