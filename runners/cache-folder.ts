import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where things that are made once are kept: `$XDG_CACHE_HOME/bindcheck`, by default `~/.cache/bindcheck`. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment["XDG_CACHE_HOME"];
  // The XDG Base Directory Specification tells to ignore relative paths.
  return join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "bindcheck");
}
