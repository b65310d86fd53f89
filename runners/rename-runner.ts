import type { Runner } from "./runner.ts";

/** The same target under a name of the user's own. */
export function renameRunner(runner: Runner, name: string): Runner {
  return {
    name,
    availability: () => runner.availability(),
    async *run(request) {
      for await (const line of runner.run(request)) yield { ...line, target: name };
    },
  };
}
