import type { Fault } from "../fault.ts";
import { signalBinders } from "./signal-binders.ts";

export const binderStopped: Fault = {
  name: "binder-stopped",
  what: "SIGSTOP of a binder",
  runs: 12,
  mayEnd: ["0", "3"],
  carryOut: (scene) => signalBinders(scene, "SIGSTOP", 4),
};
