import type { Hello, PortRange } from "../binder/protocol.ts";
import type { Experiment } from "../model/experiment.ts";
import { createPortSource, usablePorts } from "../experiments/ports.ts";
import { findLacking, type Offer } from "../experiments/requirements.ts";
import type { Observation } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import type { ObservationLine, TargetLine } from "../results/line.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { startProblem, type OpenTarget } from "../binder-client/open-target.ts";
import { controlTimeoutMs } from "../binder-client/time-limits.ts";
import { controlOutcome } from "./control-outcome.ts";
import { createCrew } from "./crew.ts";
import { findBindable } from "./find-bindable.ts";
import { partsOf, partsVouchedFor } from "../experiments/plan.ts";
import { measure, type Laboratory } from "./measure.ts";
import type { MeasureOptions } from "./measure-options.ts";
import { isConflict } from "../trial/attribute.ts";
import { startPair, type Pair } from "../trial/pair.ts";
import { observeWithoutTrying } from "./task.ts";
import type { Timeline } from "./timeline.ts";

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

/** How to measure on a target. */
export interface MeasureRequest {
  /** Name of the target in the lines. */
  readonly name: string;
  readonly target: OpenTarget;
  readonly planFor: (platform: Platform) => MeasurePlan;
  readonly options: MeasureOptions;
  readonly signal: AbortSignal;
  /** A pair of the target that is already coming up; measureTarget ends it. */
  readonly pair?: Pair | undefined;
  readonly timeline: Timeline;
}

/**
 * Measures: the target's line first, then an observation line for every experiment. Throws TargetProblem when the
 * binders do not come up.
 */
export async function* measureTarget(
  request: MeasureRequest,
): AsyncGenerator<TargetLine | ObservationLine> {
  const { name, target, options, signal, timeline } = request;
  timeline.enter("start");
  const pair = request.pair ?? startPair(target);
  const line = (observation: Observation): ObservationLine => ({
    type: "observation",
    target: name,
    ...observation,
  });
  let end = pair.end;
  const stop = (): void => end();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const hello = await greet(pair, target, signal);
    const what = described(hello, target);
    const plan = request.planFor(what.platform);
    const { require = [] } = options;
    const needsOther = plan.needsOtherAccount || require.includes("other-account");
    const [addresses, { usable, avoided }, otherAccountProblem] = await Promise.all([
      findBindable(hello, pair.first, options),
      findPorts(hello, pair, options),
      needsOther ? tryOtherAccount(pair, target, hello) : null,
    ]);
    const offer: Offer = {
      implements: hello.platform.implements,
      options: hello.options,
      nodeOptions: hello.nodeOptions,
      ownAddresses: hello.addresses,
      addresses,
      otherAccountProblem,
    };
    const lacking = findLacking(require, offer);
    if (lacking !== null) throw new TargetProblem(`It lacks what --require counts on: ${lacking}`);
    const crew = createCrew({
      target,
      offer,
      options,
      unreadable: hello.unreadable,
      nextPort: createPortSource(usable),
      pair,
      timeline,
    });
    end = crew.end;
    const laboratory = {
      crew,
      offer,
      confirm: options.confirm,
      timeoutMs: options.timeoutMs,
      isDoubtful: plan.isDoubtful,
      signal,
    };

    timeline.enter("controls");
    const { controls, problems } = await tryControls(plan, laboratory, target);
    timeline.enter(null); // one that goes on may wait for its turn
    yield { type: "target", target: name, ...what, addresses, controls, ...avoided };
    timeline.enter("experiments");

    const unmeasurable: Observation[] = [];
    const measurable = withControls(plan.experiments, problems, unmeasurable);
    for await (const observation of measure(measurable, laboratory)) {
      yield* unmeasurable.splice(0).map(line);
      yield line(observation);
    }
    yield* unmeasurable.map(line);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

interface TriedControls {
  /** What came of each, by its id. */
  readonly controls: Readonly<Record<string, string>>;
  /** Why nothing can be said of a part of the target. */
  readonly problems: ReadonlyMap<string, string>;
}

// Another program may have a control's port for a moment, which is not the target's fault.
const CONTROL_ROUNDS = 3;

async function tryControls(
  plan: MeasurePlan,
  laboratory: Laboratory,
  target: OpenTarget,
): Promise<TriedControls> {
  const problems = new Map<string, string>();
  const controls: Record<string, string> = {};
  const patient = {
    ...laboratory,
    timeoutMs: controlTimeoutMs(laboratory.timeoutMs),
    isDoubtful: () => false,
  };
  let due = plan.controls;
  for (let round = 1; round <= CONTROL_ROUNDS; round++) {
    const again: Experiment[] = [];
    for await (const control of measure(due, patient)) {
      const { experiment } = control;
      const lost = target.ipv6Problem?.() ?? null;
      const { text, isFailed } = controlOutcome(control, plan.controlProblem(control), lost);
      const isOnOtherPorts = text === "held" && round > 1;
      controls[experiment.id] = isOnOtherPorts ? "held on other ports" : text;
      const isDue = isFailed && isRefusedPort(control) && round < CONTROL_ROUNDS;
      if (isDue) again.push(experiment);
      for (const part of isFailed && !isDue ? partsVouchedFor(experiment) : [])
        problems.set(part, `${experiment.id}: ${text}`);
    }
    if (again.length === 0) break;
    due = again;
  }
  return { controls, problems };
}

/** Whether a socket of it was refused its port. */
function isRefusedPort({ outcome, steps = [] }: Observation): boolean {
  return isConflict(outcome) || steps.some((step) => isConflict(step.outcome));
}

/** Why no binder can be had under the target's other account; null when one really comes up. */
async function tryOtherAccount(
  pair: Pair,
  { otherAccount }: OpenTarget,
  hello: Hello,
): Promise<string | null> {
  const account = otherAccount ?? hello.otherAccount;
  if ("problem" in account) return account.problem;
  try {
    await pair.other().hello;
    return null;
  } catch (error) {
    return `${(error as Error).message} (${account.name} must be able to read this package and to run Node)`;
  }
}

/** What the target is, as its binders and its outside know it. */
function described(
  { platform, os, runtime, unreadable }: Hello,
  { outside }: OpenTarget,
): Pick<TargetLine, "platform" | "os" | "runtime"> {
  const { systemName: name = os.name } = outside;
  const silent = unreadable.length > 0 ? { "cannot be read": unreadable.join(", ") } : {};
  const facts: TargetLine["runtime"] = { ...runtime, ...silent, ...outside.runtime };
  const own = platform.name === platform.implements ? undefined : facts[platform.name];
  return {
    platform: { ...platform, ...(own === undefined ? {} : { own }) },
    os: { ...os, name },
    runtime: facts,
  };
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

async function greet(pair: Pair, target: OpenTarget, signal: AbortSignal): Promise<Hello> {
  try {
    return await pair.hello;
  } catch (error) {
    throw new TargetProblem(await startProblem(target, error, () => signal.aborted), {
      cause: error,
    });
  }
}

/** Throws TargetProblem when the target does not tell which of its ports it takes by itself. */
async function findPorts(
  { portsToAvoid }: Hello,
  { first }: Pair,
  { ports, timeoutMs }: MeasureOptions,
): Promise<FoundPorts> {
  if (ports !== null) return { usable: [ports], avoided: {} };
  if (portsToAvoid !== null) return portsOutside(portsToAvoid);
  const [[result] = []] = await first.ask([[{ do: "ports-to-avoid" }]], timeoutMs + ASK_MS);
  if (result?.ranges) return portsOutside(result.ranges);
  throw new TargetProblem(
    `the target does not tell which ports it takes by itself (${result?.problem ?? "no answer"}): name some with --ports`,
  );
}

interface FoundPorts {
  readonly usable: readonly PortRange[];
  /** For the target's line; empty where the caller named the ports. */
  readonly avoided: Pick<TargetLine, "portsToAvoid">;
}

function portsOutside(avoided: readonly PortRange[]): FoundPorts {
  const portsToAvoid = avoided.map(([from, to]): [number, number] => [from, to]);
  return { usable: usablePorts(avoided), avoided: { portsToAvoid } };
}

// Programs of the system that tell take a moment.
const ASK_MS = 20_000;
