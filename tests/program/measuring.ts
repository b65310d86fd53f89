import { fileURLToPath } from "node:url";
import { readClaims, readControls } from "../../harness/claims/read-claims.ts";
import type { Claim } from "../../harness/model/claim.ts";
import { measureTarget } from "../../harness/measure/measure-target.ts";
import { createTimeline } from "../../harness/measure/timeline.ts";
import { openThisMachine } from "../../harness/binder-client/local-binders.ts";
import type { MeasureOptions } from "../../harness/measure/measure-options.ts";
import type { Platform } from "../../harness/model/platform.ts";
import type { ObservationLine } from "../../harness/results/line.ts";
import { createDocket, type Judged } from "../../harness/verdicts/docket.ts";
import { createMeasurePlanner } from "../../harness/verdicts/measure-plan.ts";

/** Below the ports that other runs take at the same time. */
const PORTS = [1024, 7000] as const;

const BINDER = fileURLToPath(new URL("../../dist/binder.cjs", import.meta.url));

/** What the engine made of some claims. */
export interface Measured {
  readonly observations: readonly ObservationLine[];
  readonly judged: readonly Judged[];
}

/** The claims of one of the package's own files about Linux. */
export async function claimsOf(name: string): Promise<readonly Claim[]> {
  const file = new URL(`../../cases/linux/${name}.yaml`, import.meta.url);
  return (await readClaims([fileURLToPath(file)])).claims;
}

/** Measures claims with the engine itself and a binder given by its program and arguments. */
export async function measureWith(
  claims: readonly Claim[],
  binder: readonly string[] = [BINDER],
  options: Partial<MeasureOptions> = {},
): Promise<Measured> {
  const observations: ObservationLine[] = [];
  const judged: Judged[] = [];
  const planFor = createMeasurePlanner(claims, await readControls(), false);
  let platform: Platform | null = null;
  const command = { file: process.execPath, arguments: binder };
  const lines = measureTarget({
    name: "local",
    target: openThisMachine(command),
    planFor,
    options: { jobs: 1, isolate: false, confirm: 2, timeoutMs: 20_000, ports: PORTS, ...options },
    signal: new AbortController().signal,
    timeline: createTimeline(),
  });
  for await (const line of lines) {
    if (line.type === "target") platform = line.platform;
    if (line.type !== "observation" || !platform) continue;
    observations.push(line);
    judged.push(
      ...createDocket(claims, platform, false).judge(line.experiment.id, line.outcome, line.steps),
    );
  }
  return { observations, judged };
}
