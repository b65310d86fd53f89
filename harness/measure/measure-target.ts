import type { Hello, PortRange } from "../binder/protocol.ts";
import type { Experiment } from "../model/experiment.ts";
import { createPortSource, usablePorts } from "../experiments/ports.ts";
import { findLacking, findUnmet, type Offer } from "../experiments/requirements.ts";
import type { Observation, Outcome } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import type { ObservationLine, TargetLine } from "../results/line.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { startProblem, type OpenTarget } from "../binder-client/open-target.ts";
import { createCrew } from "./crew.ts";
import { findBindable } from "./find-bindable.ts";
import { partsOf } from "../experiments/plan.ts";
import { measure } from "./measure.ts";
import type { MeasureOptions } from "./measure-options.ts";
import { startPair, type Pair } from "../trial/pair.ts";
import type { Timeline } from "./timeline.ts";
import { tryControls, type Controls } from "./try-controls.ts";

/** What to measure on a platform. Nothing in it tells what to expect. */
export interface MeasurePlan extends Controls {
  readonly experiments: Iterable<Experiment>;
  /** Whether a second endpoint is bound by another account. */
  readonly needsOtherAccount: boolean;
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
      findUnmet: (experiment: Experiment) => findUnmet(experiment, offer),
      confirm: options.confirm,
      timeoutMs: options.timeoutMs,
      isDoubtful: plan.isDoubtful,
      signal,
    };

    timeline.enter("controls");
    const ipv6Problem = (): string | null => target.ipv6Problem?.() ?? null;
    const { controls, problems } = await tryControls(plan, laboratory, ipv6Problem);
    timeline.enter(null); // one that goes on may wait for its turn
    yield { type: "target", target: name, ...what, addresses, controls, ...avoided };
    timeline.enter("experiments");

    const vouched = {
      ...laboratory,
      findUnmet: (experiment: Experiment) =>
        failedControl(experiment, problems) ?? laboratory.findUnmet(experiment),
    };
    for await (const observation of measure(plan.experiments, vouched)) yield line(observation);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
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

/** What comes of an experiment for which no control vouches; null where they do. */
function failedControl(
  experiment: Experiment,
  problems: ReadonlyMap<string, string>,
): Outcome | null {
  const detail = partsOf(experiment)
    .map((part) => problems.get(part))
    .find((problem) => problem !== undefined);
  return detail === undefined ? null : { kind: "broken", reason: "control-failed", detail };
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
