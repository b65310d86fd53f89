import type { Fault } from "../fault.ts";
import { signalBinders } from "./signal-binders.ts";

export const binderKilled: Fault = {
  name: "binder-killed",
  what: "SIGKILL of a binder",
  runs: 6,
  mayEnd: ["0", "3"],
  carryOut: (scene) =>
    signalBinders(scene, { signal: "SIGKILL", times: 8, oldest: Number.POSITIVE_INFINITY }),
};
