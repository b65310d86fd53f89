import { openThisMachine } from "../binder-client/local-binders.ts";
import { startPair, type Pair } from "../trial/pair.ts";

// On Linux, what is available is mostly measured in a network namespace.
const NAMES_OF_THIS_MACHINE: ReadonlySet<string> = new Set(
  process.platform === "linux" ? ["local"] : ["local", "available"],
);

/**
 * The first binders of a run on this machine, which come up while the rest of the program is loaded. Undefined where the
 * words after `run` name other targets; the caller that takes it ends it.
 */
export function startEarlyPair(given: readonly string[]): Pair | undefined {
  if (given.includes("--help") || given.includes("-h")) return undefined;
  const named = given.flatMap((word, index) => {
    if (word === "--on") return given[index + 1] ?? [];
    return word.startsWith("--on=") ? word.slice("--on=".length) : [];
  });
  const isHere = named.length === 0 || named.some((name) => NAMES_OF_THIS_MACHINE.has(name));
  return isHere ? startPair(openThisMachine()) : undefined;
}
