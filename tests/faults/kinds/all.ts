import type { Fault } from "../fault.ts";
import { binderKilled } from "./binder-killed.ts";
import { binderStopped } from "./binder-stopped.ts";
import { binderVices } from "./binder-vices.ts";
import { clockJumps } from "./clock-jumps.ts";
import { descriptors } from "./descriptors.ts";
import { harnessKilled } from "./harness-killed.ts";
import { hostVices } from "./host-vices.ts";
import { interrupted } from "./interrupted.ts";
import { loopback } from "./loopback.ts";
import { noIpv6 } from "./no-ipv6.ts";
import { outputFails } from "./output-fails.ts";
import { portsTaken } from "./ports-taken.ts";
import { processes } from "./processes.ts";
import { targetsHarmed } from "./targets-harmed.ts";
import { twoRuns } from "./two-runs.ts";

/** Every kind of fault of the campaign, in the order of its table. */
export const FAULTS: readonly Fault[] = [
  binderKilled,
  binderStopped,
  ...binderVices,
  hostVices,
  portsTaken,
  twoRuns,
  ...descriptors,
  ...processes,
  ...noIpv6,
  ...loopback,
  ...outputFails,
  ...clockJumps,
  interrupted,
  ...harnessKilled,
  ...targetsHarmed,
];
