import { release, type } from "node:os";
import { openThisMachine } from "../harness/binder-client/local-binders.ts";
import type { Runner } from "./runner.ts";

/** This machine as it is. */
export function localRunner(): Runner {
  return {
    name: "local",
    availability: async () => ({ here: true, what: `${type()} ${release()}` }),
    open: async () => openThisMachine(),
  };
}
