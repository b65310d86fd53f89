import type { OpenNodeStep, OpenStep, Program, StepResult } from "../binder/protocol.ts";
import type { Endpoint } from "../model/experiment.ts";
import { attribute, isConflict } from "./attribute.ts";
import type { BinderProcess } from "../binder-client/binder-process.ts";
import { connectSteps, peerAddressKind, readConnected } from "./connect-steps.ts";
import {
  openStep,
  probeStep,
  readOpened,
  type Opened,
  type BindAddress,
} from "./endpoint-steps.ts";
import { readProbe } from "./read-probe.ts";
import { addressFamily, type AddressKind, type Family } from "../model/vocabulary.ts";
import type { Binders, Trial, TrialResult } from "./trial.ts";

/**
 * Carries out independent trials in four messages, however many they are: the first endpoints open, the second
 * endpoints open, the first close, and every refused second tries again, to show whose refusal it was.
 * Throws BinderLost.
 */
export async function performTrials(
  trials: readonly Trial[],
  { pair, timeoutMs, unreadable }: Binders,
): Promise<TrialResult[]> {
  const plans = trials.map((trial) => planTrial(trial, pair.nextSocket));
  const ask = (binder: BinderProcess, of: readonly Plan[], programs: (plan: Plan) => Program[]) =>
    askEach(binder, of, programs, timeoutMs);

  const started = await ask(pair.first, plans, (plan) => [...plan.probes, openingOf(plan.first)]);
  const readSide = (side: Side, results?: readonly StepResult[]): Opened =>
    readEndpoint(side, results, unreadable);
  const firsts = new Map(
    plans.map((plan) => [plan, readFirst(plan, started.get(plan) ?? [], readSide)]),
  );
  const live = plans.filter((plan) => firsts.get(plan)?.counts);

  const askSeconds = async (programs: (plan: Plan) => Program[]) => {
    const own = live.filter((plan) => !plan.isOtherAccount);
    const others = live.filter((plan) => plan.isOtherAccount);
    const answers = [...(await ask(pair.second, own, programs))];
    if (others.length > 0) {
      const other = pair.other();
      await other.hello;
      answers.push(...(await ask(other, others, programs)));
    }
    return new Map(answers);
  };
  const joined = await askSeconds((plan) => [openingOf(plan.second)]);
  const seconds = new Map(live.map((plan) => [plan, readSide(plan.second, joined.get(plan)?.[0])]));

  await ask(pair.first, plans, (plan) => plan.first.close);
  const isRefused = (plan: Plan): boolean => isConflict(seconds.get(plan)?.outcome);
  const after = await askSeconds((plan) =>
    isRefused(plan)
      ? [...plan.second.close, openingOf(plan.again), ...plan.again.close]
      : plan.second.close,
  );

  return plans.map((plan) => {
    const first = firsts.get(plan);
    const second = seconds.get(plan);
    if (!first?.counts || !second) return first ?? NOTHING;
    const evidence = { ...first.evidence, second: second.evidence };
    // A first endpoint that is not what was asked for shows nothing, whatever the second met.
    if (first.outcome.kind === "broken") return repeatWithoutPeer({ ...first, evidence });
    if (!isRefused(plan)) return repeatWithoutPeer({ ...first, outcome: second.outcome, evidence });
    const again = readSide(plan.again, after.get(plan)?.[plan.second.close.length]);
    return repeatWithoutPeer(attribute(second.outcome, again.outcome, evidence));
  });
}

/** Another process can take the peer's port after it was probed: the trial is repeated on other ports. */
function repeatWithoutPeer(result: TrialResult): TrialResult {
  if (!result.counts || result.outcome.kind !== "broken") return result;
  const { reason, detail } = result.outcome;
  return reason === "setup-failed" ? { counts: false, reason, why: detail } : result;
}

interface Side {
  readonly open: OpenStep | OpenNodeStep;
  /** What follows where the endpoint is to be connected. */
  readonly connecting: Program;
  readonly close: Program[];
  readonly place: BindAddress;
}

interface Plan {
  readonly isOtherAccount: boolean;
  /** Whether the port is free, asked just before the first endpoint opens. */
  readonly probes: readonly Program[];
  readonly first: Side;
  readonly second: Side;
  /** The second endpoint once more, after the first has gone. */
  readonly again: Side;
}

function planTrial(trial: Trial, nextSocket: () => number): Plan {
  const { protocol, first, second } = trial.experiment;
  const place = (family: Family, kind: AddressKind, port: number): BindAddress => {
    const address = trial.addresses[addressFamily(family)][kind];
    if (address === null) throw new Error(`${trial.experiment.id}: the target has no ${kind}`);
    return { protocol, family, address, port };
  };
  const peerPlace = ({ family, address }: Endpoint, port: number): BindAddress =>
    place(family, peerAddressKind(address), port);
  const side = (endpoint: Endpoint, port: number, peerPort: number | null): Side => {
    const socket = nextSocket();
    const at = place(endpoint.family, endpoint.address, port);
    const open = openStep(endpoint, at, socket, trial.system);
    const closing: Program = [{ do: "close", socket }];
    if (endpoint.state !== "connected" || peerPort === null)
      return { open, connecting: [], close: [closing], place: at };
    const peer = nextSocket();
    // Ended by a reset: a connection in TIME_WAIT would go on holding the port.
    const linger: Program =
      protocol === "tcp" ? [{ do: "set-linger", socket, seconds: 0 }, ...closing] : closing;
    return {
      open,
      connecting: connectSteps(socket, peer, peerPlace(endpoint, peerPort), trial.system),
      close: [linger, [{ do: "close", socket: peer }]],
      place: at,
    };
  };
  const secondPort = second.port === "other" ? trial.otherPort() : trial.port;
  const probed = [first, second].flatMap(({ family, address }) => [
    place(family, "wildcard", trial.port),
    place(family, address, trial.port),
  ]);
  const firstPeerPort = first.state === "connected" ? trial.otherPort() : null;
  if (firstPeerPort !== null) probed.push(peerPlace(first, firstPeerPort));
  if (trial.peerPort !== null) probed.push(peerPlace(second, trial.peerPort));
  const distinct = new Map(probed.map((at) => [`${at.family} ${at.address} ${at.port}`, at]));
  return {
    isOtherAccount: second.account === "other",
    probes: [...distinct.values()].map((at) => [probeStep(at)]),
    first: side(first, trial.port, firstPeerPort),
    second: side(second, secondPort, trial.peerPort),
    again: side(second, secondPort, trial.peerPort),
  };
}

function openingOf({ open, connecting }: Side): Program {
  return [open, ...connecting];
}

/** One message for all; the results come back by the one that they belong to, program by program. */
async function askEach<Item>(
  binder: BinderProcess,
  items: readonly Item[],
  programsOf: (item: Item) => Program[],
  timeoutMs: number,
): Promise<Map<Item, (readonly StepResult[])[]>> {
  const programs = items.map(programsOf);
  const results = items.length === 0 ? [] : await binder.ask(programs.flat(), timeoutMs);
  let next = 0;
  return new Map(
    items.map((item, index) => {
      const end = next + (programs[index]?.length ?? 0);
      const own = results.slice(next, end);
      next = end;
      return [item, own];
    }),
  );
}

const NOTHING: TrialResult = {
  counts: false,
  reason: "binder-babbled",
  why: "nothing was answered",
};

function readEndpoint(
  side: Side,
  results: readonly StepResult[] = [],
  unreadable: readonly string[],
): Opened {
  const { open, connecting, place } = side;
  const opened = readOpened(open, results[0], place, unreadable);
  if (connecting.length === 0 || opened.outcome.kind !== "success") return opened;
  return { ...opened, outcome: readConnected(results.slice(1)) };
}

/** The first endpoint has to stand before there is anything to measure. */
function readFirst(
  plan: Plan,
  results: readonly (readonly StepResult[])[],
  readSide: (side: Side, results?: readonly StepResult[]) => Opened,
): TrialResult {
  const port = plan.first.place.port;
  for (const [probed] of results.slice(0, -1)) {
    const obstacle = readProbe(probed, port);
    if (obstacle) return obstacle;
  }
  const { outcome, evidence } = readSide(plan.first, results.at(-1));
  if (outcome.kind === "error") {
    const why = `the first endpoint was refused at ${outcome.step} on port ${port}: ${outcome.code}`;
    return { counts: false, reason: "first-bind-refused", why };
  }
  return { counts: true, outcome, evidence: { first: evidence } };
}
