import type { Runner } from "./runner.ts";

/** The same target under a name of the user's own. */
export function renameRunner(runner: Runner, name: string): Runner {
  return { ...runner, name };
}
