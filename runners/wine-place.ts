import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { makeNamespaces, type Namespaces } from "./namespaces.ts";
import { ADD_OWN_ADDRESSES } from "./own-addresses.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { prepareWindowsNode } from "./prepare/windows-node.ts";
import { prepareWinePrefix } from "./prepare/wine-prefix.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem } from "./runner.ts";
import { shellWord } from "./shell-word.ts";
import { windowsPaths } from "./windows-paths.ts";
import { ownPrefixEnvironment, temporaryFolder, wineEnvironment } from "./wine-environment.ts";
import { findVersion } from "./versions/find-version.ts";
import {
  findWine,
  INSTALL_WINE,
  readInstallation,
  serverOf,
  type WineInstallation,
} from "./wine-installation.ts";

/** Where Node for Windows runs under Wine. */
export interface WinePlace {
  /** What comes before a program of Windows. */
  readonly wine: readonly string[];
  /** What starts Node there. */
  readonly node: readonly string[];
  /** The same, beginning in a folder of this machine: what enters a mount namespace begins in its root. */
  readonly nodeIn: (folder: string) => readonly string[];
  readonly environment: Environment;
  /** An absolute path of this machine as it is written there. */
  readonly pathThere: (path: string) => string;
  /** How far from this system's own network it runs. */
  readonly isolation: string;
  /** A temporary folder of the run. */
  readonly folder: string;
  /** How the place was lost, as part of a sentence; null while it is there. */
  ending(): string | null;
  /** Ends all that runs there, where it is a place of the run's own, and removes its files. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Which Wine and prefix a target is; the machine's own Wine and a prefix that is made and kept unless given. */
export interface WineChoice {
  /** A prefix of the user's own, taken as it is. */
  readonly prefix?: string | undefined;
  readonly version?: string | undefined;
}

/** Prepares Node for Windows and a prefix. Throws TargetProblem. */
export async function openWine(
  preparation: Preparation,
  choice: WineChoice = {},
): Promise<WinePlace> {
  const wine = await findInstallation(choice.version);
  if (wine === null) throw new TargetProblem(`Wine is not installed; get it with: ${INSTALL_WINE}`);
  const windows = await prepareWindowsNode(preparation);
  const { prefix, environment } = await choosePrefix(choice.prefix, wine, preparation);
  const pathThere = await windowsPaths(prefix);
  const folder = openRunFolder();
  const own = await makeOwnPlace(prefix, wine, folder.path, environment, preparation.signal);
  if (own === null && wine.usr !== null)
    throw new TargetProblem("Another version of Wine needs mount namespaces (run with sudo)");
  const words = [...(own?.namespaces.enter ?? []), wine.loader];
  return {
    wine: words,
    node: [...words, windows.node],
    nodeIn: (start) => [
      ...(own?.namespaces.enter ?? []),
      "sh",
      "-c",
      'cd "$0" && exec "$@"',
      start,
      wine.loader,
      windows.node,
    ],
    environment: {
      ...environment,
      ...own?.environment,
      ...nodeEnvironment(pathThere(windows.koffi), pathThere(dirname(windows.node))),
    },
    pathThere,
    isolation: own ? "network, process and mount namespaces; a prefix of the run's own" : "none",
    folder: folder.path,
    ending: () => own?.namespaces.ending() ?? null,
    async close() {
      await own?.namespaces.end();
      await folder.remove();
    },
  };
}

/** The Wine of a wanted version, or the first on PATH; null where it does not start. Throws TargetProblem. */
export async function findInstallation(
  version: string | undefined,
): Promise<WineInstallation | null> {
  if (version === undefined) return findWine();
  const { program, usr } = await findVersion("wine", version);
  return readInstallation(program, usr);
}

async function choosePrefix(
  usersOwn: string | undefined,
  wine: WineInstallation,
  preparation: Preparation,
): Promise<{ readonly prefix: string; readonly environment: Environment }> {
  if (usersOwn === undefined) {
    const prefix = await prepareWinePrefix(wine, preparation);
    return { prefix, environment: ownPrefixEnvironment(prefix, wine) };
  }
  // The shell does not expand `~` behind `wine:`.
  const prefix = resolve(usersOwn.replace(/^~(?=\/|$)/, homedir()));
  return { prefix, environment: wineEnvironment(prefix) };
}

interface OwnPlace {
  readonly namespaces: Namespaces;
  readonly environment: Environment;
}

/**
 * A network namespace with addresses of its own; null where the system does not allow it. Wine's sockets belong to the
 * prefix's server, and one that runs already would put them into its own namespace: so the run gets a server and a
 * prefix of its own, which is a layer over the given one.
 */
async function makeOwnPlace(
  prefix: string,
  wine: WineInstallation,
  folder: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<OwnPlace | null> {
  // mount would read these in a path as the next of its options.
  if (/[,:\\"]/.test(prefix)) return null;
  const layers = join(folder, "layers");
  const layered = join(layers, "prefix");
  const own = { WINEPREFIX: layered, TMPDIR: temporaryFolder(layered, wine) };
  const server = serverOf(wine);
  const setUp = (): string =>
    [
      `set -- ${shellWord(layers)} ${shellWord(prefix)}`,
      SET_UP,
      ...(wine.usr === null ? [] : [`mount --bind ${shellWord(wine.usr)} /usr`]),
      `${server} --persistent </dev/null >/dev/null 2>&1`,
    ].join("\n");
  try {
    const namespaces = await makeNamespaces({
      flags: ["--net", "--mount"],
      setUp,
      stay: stayWith(server),
      environment: { ...environment, ...own },
      signal,
    });
    return { namespaces, environment: own };
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

// In memory, because a file system that is itself made of layers, as in a container, takes no more of them.
const SET_UP = `${ADD_OWN_ADDRESSES}
mkdir "$1"
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/prefix"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/changes,workdir=$1/work" "$1/prefix"`;

// Programs whose server was killed hang: when it ends, all ends.
function stayWith(server: string): string {
  return `${server} --wait
echo "Wine's server has ended" >&2
exit 1`;
}

function nodeEnvironment(koffi: string, folder: string): Environment {
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
