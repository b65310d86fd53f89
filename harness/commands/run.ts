import { ownBinder } from "../pair/binder-process.ts";
import { startPair } from "../pair/pair.ts";
import type { SessionOptions } from "./plan-session.ts";

/** What commander hands over. */
export interface RunOptions extends SessionOptions {
  readonly reporter: readonly string[];
  readonly out: string;
  readonly writeKnown?: string;
  readonly failOnSkip?: boolean;
}

// On Linux, what is available is mostly measured in a network namespace.
const NAMES_OF_THIS_MACHINE: ReadonlySet<string> = new Set(
  process.platform === "linux" ? ["local"] : ["local", "available"],
);

/** Resolves to the exit code. The first binders come up while the rest of the program is loaded. */
export async function run(files: readonly string[], options: RunOptions): Promise<number> {
  const isHere =
    options.on.length === 0 || options.on.some((name) => NAMES_OF_THIS_MACHINE.has(name));
  const early = isHere ? startPair(ownBinder()) : undefined;
  try {
    const { runSession } = await import("./run-session.ts");
    return await runSession(files, options, early);
  } finally {
    early?.end();
  }
}
