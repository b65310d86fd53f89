import type { Fault } from "../fault.ts";
import { signalBinders } from "./signal-binders.ts";

export const binderKilled: Fault = {
  name: "binder-killed",
  what: "SIGKILL of a binder",
  runs: 10,
  mayEnd: ["0", "3"],
  carryOut: (scene) =>
    signalBinders(scene, { signal: "SIGKILL", times: 5, oldest: Number.POSITIVE_INFINITY }),
};
