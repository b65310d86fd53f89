import { release, type } from "node:os";
import type { Runner } from "./runner.ts";

/** This machine, measured by this very process. */
export function localRunner(): Runner {
  return {
    name: "local",
    availability: async () => ({ here: true, what: `${type()} ${release()}` }),
    run: (request) => request.measureHere(),
  };
}
