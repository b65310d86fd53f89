import { expect, test, vi } from "vitest";
import type { BinderChannel, ChannelEvents } from "../binder/channel.ts";
import type { Program } from "../binder/protocol.ts";
import type { OpenTarget } from "../binder-client/open-target.ts";
import type { Offer } from "../experiments/requirements.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { Pair } from "../trial/pair.ts";
import { createCrew, type Crew } from "./crew.ts";
import { measureOptions } from "./measure-options.ts";
import { createTask } from "./task.ts";
import { createTimeline } from "./timeline.ts";

const EXPERIMENT: OptionExperiment = {
  id: "tcp/ipv4 option SO_TYPE",
  protocol: "tcp",
  family: "ipv4",
  option: "SO_TYPE",
};

type Start = (events: ChannelEvents) => BinderChannel;

const silent: BinderChannel = { write: () => undefined, kill: () => undefined };

/** A binder that ends before it says anything. */
const dies: Start = (events) => {
  queueMicrotask(() => events.onEnd("ended by itself (exit 1)"));
  return silent;
};

/** A crew that has begun with `pair`, and whose further binders `start` starts. */
function crewWith(
  target: { readonly start: Start; readonly hasOnePair?: boolean },
  isolate: boolean,
  pair: Partial<Pair>,
): Crew {
  let port = 20_000;
  return createCrew({
    target: { ...target, problem: () => null } as unknown as OpenTarget,
    offer: {
      implements: "linux",
      addresses: { ipv4: { specific: "127.0.0.1" } },
    } as unknown as Offer,
    options: measureOptions({ isolate }),
    nextPort: () => ++port,
    unreadable: [],
    pair: { end: () => undefined, ...pair } as Pair,
    timeline: createTimeline(),
  });
}

/** A pair that answers nothing to each program. */
function answering(hear: () => void): Partial<Pair> {
  const ask = (programs: readonly Program[]): Promise<never[][]> => {
    hear();
    return Promise.resolve(programs.map(() => []));
  };
  return { hello: Promise.resolve(), first: { ask }, nextSocket: () => 1 } as unknown as Pair;
}

/** Which pair of binders a crew asks an option of, where it has begun with one. */
async function asksOf(hasOnePair: boolean, isolate: boolean): Promise<string> {
  let asked = "a new one";
  const begun = answering(() => (asked = "the first"));
  const target = { start: dies, ...(hasOnePair && { hasOnePair }) };
  const crew = crewWith(target, isolate, begun);
  const tasks = [createTask(EXPERIMENT)];
  const finished = await crew.work(
    (kind) => (kind === "options" ? (tasks.shift() ?? null) : null),
    1000,
  );
  expect(finished).toHaveLength(1);
  crew.end();
  return asked;
}

test.each([
  [true, false, "the first"],
  [true, true, "a new one"],
  [false, false, "a new one"],
])(
  "Where a target has one pair (%s) and experiments are isolated (%s), options are asked of %s.",
  async (hasOnePair, isolate, pair) => {
    expect(await asksOf(hasOnePair, isolate)).toBe(pair);
  },
);

/** How many pairs a crew starts until it gives its target up, where `start` starts their binders. */
async function pairsStarted(start: Start): Promise<number> {
  vi.useFakeTimers();
  let binders = 0;
  const counted: Start = (events) => {
    binders += 1;
    return start(events);
  };
  const crew = crewWith({ start: counted }, true, {});
  const work = async (): Promise<void> => {
    for (;;) await crew.work((kind) => (kind === "alone" ? createTask(EXPERIMENT) : null), 1000);
  };
  const end = work().catch(String);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(await end).toContain("no binder can be started: the first binder");
  crew.end();
  vi.useRealTimers();
  return binders / 2;
}

test("A target is given up at the third pair in a row that does not come up, and at the second that hangs.", async () => {
  expect(await pairsStarted(dies)).toBe(3);
  expect(await pairsStarted(() => silent)).toBe(2);
});

test("What has the target to itself waits for the others, and they for it.", async () => {
  const crew = crewWith(
    { start: dies, hasOnePair: true },
    false,
    answering(() => undefined),
  );
  const begun: string[] = [];
  const left: Record<string, number> = { options: 2, exclusive: 2 };
  const take: Parameters<Crew["work"]>[0] = (kind) => {
    if (!left[kind]) return null;
    left[kind] -= 1;
    begun.push(kind);
    return createTask(EXPERIMENT);
  };
  const rounds: string[][] = [];
  while (await crew.work(take, 1000)) {
    rounds.push(begun.splice(0));
    if (rounds.length === 2) left["options"] = 1;
  }
  crew.end();
  expect(rounds.filter(({ length }) => length > 0)).toEqual([
    ["options", "options"],
    ["exclusive"],
    ["options"],
    ["exclusive"],
  ]);
});

test("A second port is drawn for an experiment that uses one, and for no other.", async () => {
  const crew = crewWith(
    { start: dies, hasOnePair: true },
    false,
    answering(() => undefined),
  );
  const tasks = Array.from({ length: 8 }, () => createTask(EXPERIMENT));
  const finished = await crew.work(
    (kind) => (kind === "options" ? (tasks.shift() ?? null) : null),
    1000,
  );
  crew.end();
  const ports = finished?.map(({ outcome }) => (outcome.kind === "tried" ? outcome.port : null));
  expect(ports).toEqual(Array.from({ length: 8 }, (_, index) => 20_001 + index));
});
