import type { Fault } from "../fault.ts";
import { binderKilled } from "./binder-killed.ts";
import { binderStopped } from "./binder-stopped.ts";
import { binderVices } from "./binder-vices.ts";
import { clockJumps } from "./clock-jumps.ts";
import { descriptors } from "./descriptors.ts";
import { harnessKilled } from "./harness-killed.ts";
import { interrupted } from "./interrupted.ts";
import { noIpv6 } from "./no-ipv6.ts";
import { outputFails } from "./output-fails.ts";
import { portsTaken } from "./ports-taken.ts";
import { targetsHarmed } from "./targets-harmed.ts";
import { twoRuns } from "./two-runs.ts";

/** Every kind of fault of the campaign, in the order of its table. */
export const FAULTS: readonly Fault[] = [
  binderKilled,
  binderStopped,
  ...binderVices,
  portsTaken,
  twoRuns,
  ...descriptors,
  ...noIpv6,
  ...outputFails,
  ...clockJumps,
  interrupted,
  ...harnessKilled,
  ...targetsHarmed,
];
