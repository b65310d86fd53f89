import { expect, test } from "vitest";
import type { Program, StepResult } from "../binder/protocol.ts";
import { findAddresses } from "../experiments/addresses.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { Pair } from "./pair.ts";
import { performOptions } from "./perform-option.ts";
import type { OptionTrial } from "./trial.ts";

const experiment = {
  id: "tcp/ipv4 option TCP_CORK",
  protocol: "tcp",
  family: "ipv4",
  option: "TCP_CORK",
} as OptionExperiment;

/** What a binder meets; nothing is refused unless it says so. */
interface Circumstances {
  /** The refusal that comes once an option is set stays from then on. */
  readonly lasts?: true;
  /** The call is refused once a connection was. */
  readonly isAfterConnection?: true;
  /** There is a listener where a connection is to be refused. */
  readonly isListening?: true;
  readonly option?: string;
}

/** Refuses a call only once an option is set. */
function pairThatRefuses(call: string, code: string, circumstances: Circumstances): Pair {
  const { lasts, isAfterConnection, isListening } = circumstances;
  let hasRefused = false;
  let hasConnected = false;
  const answer = (program: Program): StepResult[] => {
    const results: StepResult[] = [];
    let isSet = false;
    for (const { do: verb } of program) {
      isSet ||= verb === "set-bytes";
      const isAlone = verb === "connect" && !isListening;
      hasConnected ||= verb === "connect";
      const isDue = isAfterConnection ? hasConnected : isSet || (lasts === true && hasRefused);
      const isRefused = isAlone || (verb === call && isDue);
      hasRefused ||= isRefused && !isAlone;
      results.push(isRefused ? { errno: 1, code, call } : (READ[verb] ?? {}));
      if (isRefused) break;
    }
    return results;
  };
  let socket = 0;
  return {
    first: { ask: async (programs: readonly Program[]) => programs.map(answer) },
    nextSocket: () => ++socket,
  } as unknown as Pair;
}

const READ: Readonly<Record<string, StepResult>> = {
  "get-option": { bytes: "00000000", length: 4 },
};

function trialOf(option: string): OptionTrial {
  return {
    experiment: { ...experiment, id: `tcp/ipv4 option ${option}`, option },
    addresses: findAddresses([], "linux"),
    system: "linux",
    port: 30_000,
    otherPort: () => 30_001,
  };
}

async function perform(call: string, code: string, circumstances: Circumstances = {}) {
  const { option = "TCP_CORK" } = circumstances;
  const pair = pairThatRefuses(call, code, circumstances);
  const [result] = await performOptions([trialOf(option)], {
    pair,
    timeoutMs: 1000,
    unreadable: [],
    waiting: (wait) => wait,
  });
  return result;
}

test.each([
  ["bind", "EADDRINUSE"],
  ["bind", "WSAEACCES"],
  ["listen", "EADDRINUSE"],
])("A %s that says %s does not count: another process may hold the port.", async (call, code) => {
  expect(await perform(call, code)).toEqual({
    counts: false,
    reason: "port-held-by-another",
    why: `${call} says ${code} of port 30000`,
  });
});

test("An address that goes away once the option is set counts for nothing.", async () => {
  expect(await perform("bind", "EADDRNOTAVAIL", { lasts: true })).toEqual({
    counts: false,
    reason: "setup-failed",
    why: "bind failed with EADDRNOTAVAIL",
  });
});

test("A connection that is refused because the address has gone counts for nothing.", async () => {
  expect(await perform("bind", "EADDRNOTAVAIL", { isAfterConnection: true })).toEqual({
    counts: false,
    reason: "setup-failed",
    why: "bind failed with EADDRNOTAVAIL",
  });
});

test("Any other refusal after the option is set is an answer about the option.", async () => {
  const result = await perform("bind", "EINVAL");
  expect(
    result?.counts && result.steps?.find(({ label }) => label === "inherited")?.outcome,
  ).toEqual({ kind: "error", step: "bind", code: "EINVAL", errno: 1 });
});

const stepAfter = (result: Awaited<ReturnType<typeof perform>>) =>
  result?.counts ? result.steps?.find(({ label }) => label === "read-refused")?.outcome : result;

test("An option is read after a connection was refused.", async () => {
  expect(stepAfter(await perform("nothing", ""))).toEqual({
    kind: "value",
    value: "0",
    size: 4,
  });
});

test("A refused connection is a message of its own, so that others do not wait for it.", async () => {
  const messages: (readonly Program[])[] = [];
  const { first, nextSocket } = pairThatRefuses("nothing", "", {});
  const ask: Pair["first"]["ask"] = (programs, timeoutMs) => {
    messages.push(programs);
    return first.ask(programs, timeoutMs);
  };
  const pair = { first: { ask }, nextSocket } as unknown as Pair;
  await performOptions([trialOf("TCP_CORK"), trialOf("SO_KEEPALIVE")], {
    pair,
    timeoutMs: 1000,
    unreadable: [],
    waiting: (wait) => wait,
  });
  const connects = messages.map(
    (programs) => programs.flat().filter(({ do: verb }) => verb === "connect").length,
  );
  expect(connects).toEqual([0, 1, 1]);
});

test("A connection that is not refused leaves the experiment to be tried again.", async () => {
  expect(await perform("nothing", "", { isListening: true })).toEqual({
    counts: false,
    reason: "setup-failed",
    why: "the connection was not refused",
  });
});

test("No connection is tried with an option that could lead it off the machine.", async () => {
  expect(stepAfter(await perform("nothing", "", { option: "IP_UNICAST_IF" }))).toMatchObject({
    kind: "skipped",
    reason: "not-askable",
  });
});

test("Only the sockets that a program has are closed, and reset only where they were connected.", async () => {
  const asked: Program[] = [];
  const ask: Pair["first"]["ask"] = (programs) => {
    asked.push(...programs);
    return Promise.resolve(programs.map(() => []));
  };
  let last = 0;
  const pair = { first: { ask }, nextSocket: () => ++last } as unknown as Pair;
  await performOptions([trialOf("SO_KEEPALIVE")], {
    pair,
    timeoutMs: 1000,
    unreadable: [],
    waiting: (wait) => wait,
  });
  const verbs = asked.map((program) => program.map(({ do: verb }) => verb).join(" "));
  const isClosing = (text: string): boolean => text.endsWith("close");
  expect(verbs.slice(0, verbs.findIndex(isClosing))).toEqual(["socket get-option"]);
  const closings = verbs.slice(verbs.findIndex(isClosing));
  expect(closings.filter((text) => text === "close")).toHaveLength(8);
  expect(closings.filter((text) => text === "set-linger close")).toHaveLength(6);
});
