import type { Fault } from "../fault.ts";
import { signalBinders } from "./signal-binders.ts";

export const binderStopped: Fault = {
  name: "binder-stopped",
  what: "SIGSTOP of a binder",
  runs: 6,
  mayEnd: ["0", "3"],
  // One that is just starting would be waited for for a minute: the oldest are up.
  carryOut: (scene) => signalBinders(scene, { signal: "SIGSTOP", times: 5, oldest: 2 }),
};
