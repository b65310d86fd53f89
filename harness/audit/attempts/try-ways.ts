import type { Program, Step, StepResult } from "../../binder/protocol.ts";
import type { Protocol } from "../../model/vocabulary.ts";
import { BinderLost } from "../../binder-client/binder-process.ts";
import { openStep, readOpened, type BindAddress } from "../../trial/endpoint-steps.ts";
import { stepOutcome } from "../../trial/step-outcome.ts";
import type { Outcome } from "../../model/observation.ts";
import type { Attempt, Way } from "./attempt.ts";
import type { Binders } from "./binders.ts";
import type { Accounts } from "./choose-accounts.ts";

/** A port that is held, and who there is to be the second binder. */
export interface Scene {
  readonly protocol: Protocol;
  readonly port: number;
  readonly accounts: Accounts;
  readonly binders: Binders;
}

// One message each: past about 32, the cost of the message is lost among that of the calls.
const BATCH_SIZE = 32;

/** Tries every way in: opens a socket, listens where the protocol does, and closes it at once. Nothing is sent. */
export async function tryWays(ways: readonly Way[], scene: Scene): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const account of ["same", "other"] as const) {
    const own = ways.filter((way) => way.account === account);
    for (let start = 0; start < own.length; start += BATCH_SIZE)
      attempts.push(...(await tryBatch(own.slice(start, start + BATCH_SIZE), account, scene)));
  }
  return attempts;
}

async function tryBatch(
  ways: readonly Way[],
  account: Way["account"],
  scene: Scene,
): Promise<Attempt[]> {
  const opened = ways.map((way) => prepareWay(way, scene));
  try {
    const results = await askAs(
      account,
      scene,
      opened.flatMap(({ open, close }) => [open, [close]]),
    );
    return opened.map((prepared, index) =>
      attempt(prepared.way, scene, readWay(prepared, results[index * 2] ?? [])),
    );
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    const { reason, message: detail } = error;
    return ways.map((way) => attempt(way, scene, { kind: "broken", reason, detail }));
  }
}

function attempt(way: Way, { protocol, port }: Scene, outcome: Attempt["outcome"]): Attempt {
  return { ...way, protocol, port, outcome, shares: null };
}

/** A way as steps of a binder. */
export interface PreparedWay {
  readonly way: Way;
  readonly place: BindAddress;
  readonly socket: number;
  /** Opens the socket, and connects it where that is part of the way. */
  readonly open: readonly [ReturnType<typeof openStep>, ...Step[]];
  readonly close: Step;
}

export function prepareWay(way: Way, { protocol, port, binders }: Scene): PreparedWay {
  const socket = binders.reserve(1);
  const place = { protocol, family: way.family, address: way.address, port };
  const state = protocol === "tcp" ? "listening" : "bound";
  const endpoint = { options: way.options, state, api: "socket" } as const;
  // Ways with other options than those that every binder knows are tried on Linux alone.
  const family = way.family === "ipv4" ? "ipv4" : "ipv6";
  const connect: Step[] = way.peer ? [{ do: "connect", socket, family, ...way.peer }] : [];
  return {
    way,
    place,
    socket,
    open: [openStep(endpoint, place, socket, "linux"), ...connect],
    close: { do: "close", socket },
  };
}

/** What the results of a way's `open` say. */
export function readWay(
  { way, open: [opening], place }: PreparedWay,
  [opened, connected]: readonly StepResult[],
): Outcome {
  const { outcome } = readOpened(opening, opened, place);
  return outcome.kind === "success" && way.peer ? stepOutcome(connected, "connect") : outcome;
}

/** Has the binder of an account carry programs out. Throws BinderLost. */
export async function askAs(
  account: Way["account"],
  { accounts, binders }: Pick<Scene, "accounts" | "binders">,
  programs: readonly Program[],
): ReturnType<Binders["ask"]> {
  const part = accounts[account];
  if ("problem" in part) throw new Error(`no binder of the ${account} account: ${part.problem}`);
  return binders.ask(account, part.startAs, programs);
}
