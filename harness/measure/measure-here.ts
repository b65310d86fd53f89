import os from "node:os";
import type { Hello } from "../binder/protocol.ts";
import { findAddresses } from "../experiments/addresses.ts";
import type { Experiment } from "../model/experiment.ts";
import { findRangesToAvoid } from "../experiments/port-ranges.ts";
import { createPortSource, usablePorts, type PortRange } from "../experiments/ports.ts";
import { findLacking, type Offer } from "../experiments/requirements.ts";
import type { Observation } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import type { ObservationLine, TargetLine } from "../results/line.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { startBinder, type BinderCommand } from "../binder-client/binder-process.ts";
import { createCrew } from "./crew.ts";
import { partsOf } from "../experiments/plan.ts";
import { measure } from "./measure.ts";
import type { MeasureOptions } from "./measure-options.ts";
import { findOtherAccount, type OtherAccount } from "../binder-client/other-account.ts";
import { startPair, type Pair } from "../trial/pair.ts";
import { observeWithoutTrying } from "./task.ts";

/** What to measure on a platform. Nothing in it tells what to expect. */
export interface MeasurePlan {
  readonly experiments: Iterable<Experiment>;
  /** Whether a second endpoint is bound by another account. */
  readonly needsOtherAccount: boolean;
  /** Experiments that show that a protocol and family can be measured at all. */
  readonly controls: Iterable<Experiment>;
  /** Null when the control came out as it must, else what went wrong. */
  readonly controlProblem: (observation: Observation) => string | null;
  readonly isDoubtful: (observation: Observation) => boolean;
}

/** How to measure on the system that this process runs on. */
export interface MeasureRequest {
  /** Name of the target in the lines. */
  readonly target: string;
  readonly planFor: (platform: Platform) => MeasurePlan;
  readonly options: MeasureOptions;
  readonly command: BinderCommand;
  readonly signal: AbortSignal;
  /** A pair that is already up; measureHere ends it. */
  readonly pair?: Pair | undefined;
}

/**
 * Measures: the target's line first, then an observation line for every experiment. Throws TargetProblem when the
 * binders do not come up.
 */
export async function* measureHere(
  request: MeasureRequest,
): AsyncGenerator<TargetLine | ObservationLine> {
  const { target, options, command, signal } = request;
  const pair = request.pair ?? startPair(command);
  const line = (observation: Observation): ObservationLine => ({
    type: "observation",
    target,
    ...observation,
  });
  let end = pair.end;
  const stop = (): void => end();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [hello, ports] = await Promise.all([greet(pair), findPorts(options.ports)]);
    const interfaces = os.networkInterfaces();
    const addresses = findAddresses(interfaces, process.platform);
    const plan = request.planFor(hello.platform);
    const { require = [] } = options;
    const needsOther = plan.needsOtherAccount || require.includes("other-account");
    const other = needsOther ? await tryOtherAccount(command) : null;
    const offer: Offer = {
      implements: hello.platform.implements,
      options: hello.options,
      nodeOptions: hello.nodeOptions,
      ownAddresses: Object.values(interfaces).flatMap((infos) =>
        (infos ?? []).map(({ address }) => address),
      ),
      addresses,
      otherAccountProblem: other && "problem" in other ? other.problem : null,
    };
    const lacking = findLacking(require, offer);
    if (lacking !== null) throw new TargetProblem(`It lacks what --require counts on: ${lacking}`);
    const crew = createCrew({
      command,
      offer,
      options,
      otherAccount: other && !("problem" in other) ? other : null,
      nextPort: createPortSource(ports),
      pair,
    });
    end = crew.end;
    const laboratory = {
      crew,
      offer,
      confirm: options.confirm,
      isDoubtful: plan.isDoubtful,
      signal,
    };

    const problems = new Map<string, string>();
    const controls: Record<string, string> = {};
    for await (const control of measure(plan.controls, {
      ...laboratory,
      isDoubtful: () => false,
    })) {
      const problem = plan.controlProblem(control);
      controls[control.experiment.id] = problem ?? "held";
      for (const part of problem ? partsOf(control.experiment) : [])
        problems.set(part, `${control.experiment.id}: ${problem}`);
    }
    const { platform, os: system, runtime } = hello;
    yield { type: "target", target, platform, os: system, runtime, addresses, controls };

    const unmeasurable: Observation[] = [];
    const measurable = withControls(plan.experiments, problems, unmeasurable);
    for await (const observation of measure(measurable, laboratory)) yield line(observation);
    yield* unmeasurable.map(line);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Another account in which a binder really comes up, or why there is none. */
async function tryOtherAccount(
  command: BinderCommand,
): Promise<OtherAccount | { readonly problem: string }> {
  const account = findOtherAccount();
  if ("problem" in account) return account;
  const binder = startBinder(command, `account ${account.name}'s`, account);
  try {
    await binder.hello;
    return account;
  } catch (error) {
    return {
      problem: `${(error as Error).message} (it must be able to read this package and to run Node)`,
    };
  } finally {
    binder.end();
  }
}

/** The experiments of the parts whose controls held; the others become broken observations. */
function* withControls(
  experiments: Iterable<Experiment>,
  problems: ReadonlyMap<string, string>,
  unmeasurable: Observation[],
): Generator<Experiment> {
  for (const experiment of experiments) {
    const detail = partsOf(experiment)
      .map((part) => problems.get(part))
      .find((problem) => problem !== undefined);
    if (detail === undefined) yield experiment;
    else
      unmeasurable.push(
        observeWithoutTrying(experiment, { kind: "broken", reason: "control-failed", detail }),
      );
  }
}

async function greet(pair: Pair): Promise<Hello> {
  try {
    return await pair.hello;
  } catch (error) {
    throw new TargetProblem(`no binder can be started: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function findPorts(wanted: PortRange | null): Promise<readonly PortRange[]> {
  return wanted ? [wanted] : usablePorts(await findRangesToAvoid(process.platform));
}
