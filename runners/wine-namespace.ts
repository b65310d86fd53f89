import { join } from "node:path";
import { findEntrance } from "./namespaces.ts";
import { ADD_OWN_ADDRESSES } from "./own-addresses.ts";
import { openRunFolder } from "./run-folder.ts";

/** Where Wine runs, given a temporary folder of the run. */
export interface WinePlace {
  /** What stands before the command. */
  readonly words: readonly string[];
  /** The prefix as it is there: what is changed in it is gone with the run. */
  readonly prefix: string;
}

/** What is said of such a place in results. */
export const WINE_ISOLATION = "network, process and mount namespaces; a prefix of the run's own";

/**
 * Finds out whether Wine can run in a network namespace with addresses of its own; null when not. Its sockets belong
 * to the prefix's server, and one that runs already would put them into its own namespace: so the run gets a server
 * and a prefix of its own, which is a layer over the given one.
 */
export async function findWineNamespace(
  prefix: string,
): Promise<((folder: string) => WinePlace) | null> {
  // mount would read these in a path as the next of its options.
  if (/[,:\\"]/.test(prefix)) return null;
  const folder = openRunFolder();
  try {
    const entrance = await findEntrance(["--net", "--mount"], () => [
      ...layerOver(prefix, folder.path),
      "true",
    ]);
    return (own) => ({
      words: [...entrance.words, ...layerOver(prefix, own), ...ENDING_WITH_SERVER],
      prefix: join(own, LAYERS, "prefix"),
    });
  } catch {
    return null;
  } finally {
    await folder.remove();
  }
}

const LAYERS = "layers";

function layerOver(prefix: string, folder: string): string[] {
  return ["sh", "-c", SET_UP, "sh", join(folder, LAYERS), prefix];
}

// In memory, because a file system that is itself made of layers, as in a container, takes no more of them.
const SET_UP = `set -e
${ADD_OWN_ADDRESSES}
mkdir "$1"
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/prefix"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/changes,workdir=$1/work" "$1/prefix"
shift 2
exec "$@"`;

// Programs whose server was killed hang. Ours starts first and is watched; when this shell ends, all ends.
const ENDING_WITH_SERVER = [
  "sh",
  "-c",
  `wineserver --persistent
"$@" &
harness=$!
# From here on the shell's own remarks on who was killed go nowhere.
exec 4>&2 2>/dev/null
(wineserver --wait; echo "Wine's server has ended" >&4; kill -KILL $harness) &
wait $harness
exit $?`,
  "sh",
];
