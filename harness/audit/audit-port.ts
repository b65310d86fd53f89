import os from "node:os";
import type { Hello } from "../binder/protocol.ts";
import type { Attempt, Way } from "./attempts/attempt.ts";
import type { Binders } from "./attempts/binders.ts";
import { chooseAccounts, type Accounts, type Part } from "./attempts/choose-accounts.ts";
import { countShares } from "./attempts/count-shares.ts";
import { findTargets, type Target } from "./attempts/find-targets.ts";
import { isForeign } from "./attempts/kinds-of-address.ts";
import { localAddresses } from "./attempts/local-addresses.ts";
import { planWays } from "./attempts/plan-ways.ts";
import { steerWays } from "./attempts/steer-ways.ts";
import { smallestWays } from "./attempts/smallest-ways.ts";
import { takesIpv4 } from "./attempts/takes-ipv4.ts";
import { tryWays, type Scene } from "./attempts/try-ways.ts";
import type { AccountNote, AuditedPort } from "./audit-report.ts";
import { listenerKey } from "./holdings/find-listeners.ts";
import type { HeldSocket, Holdings } from "./holdings/held-socket.ts";
import { watchPort } from "./holdings/watch-port.ts";
import type { Listener } from "./listener.ts";

/** A port to audit: all listeners on it, of one protocol and account. */
export interface PortRequest {
  readonly listeners: readonly [Listener, ...Listener[]];
  readonly holdings: Holdings;
  readonly binders: Binders;
  readonly hello: Hello;
  readonly census: boolean;
}

/** Is the second binder of a port in every way that the system has. */
export async function auditPort(request: PortRequest): Promise<AuditedPort> {
  const { listeners, holdings, binders, hello } = request;
  const { protocol, port, account } = listeners[0];
  const accounts = chooseAccounts(holdings.ownAccount, account, port);
  const scene: Scene = { protocol, port, accounts, binders };
  const interfaces = os.networkInterfaces();
  const local = localAddresses(interfaces, process.platform);
  const watch = await watchPort(listeners[0], holdings);
  const { holders } = watch;
  const targets = request.census ? await findTargets(listeners, holders, local, scene) : null;
  const system = hello.platform.implements;
  const ways = planWays(listeners, local, { options: hello.options, system }, presentIn(accounts));
  let attempts = await tryWays(ways, scene);
  if (system === "linux") attempts.push(...(await tryWays(steerWays(attempts, interfaces), scene)));
  if (targets !== null) {
    // A server that is about to start again would find its port taken.
    const isWhole = listeners.every(await watch.stillHeld());
    attempts = await countAll(attempts, isWhole ? targets : [], scene);
  }
  const isHeld = await watch.stillHeld();
  return {
    protocol,
    port,
    attempts,
    listeners: listeners.map((listener) => ({
      ...listener,
      takesIpv4: takesIpv4(listener, holders, attempts, targets, hello.platform),
      isForeign: isForeign(listener.address, local),
      beside: [
        ...otherAddresses(holders, listeners),
        ...listeners
          .filter((each) => isAnotherProcess(each, listener))
          .map(({ address }) => address),
      ],
      isGone: !isHeld(listener),
      accounts: { same: note(accounts.same), other: note(accounts.other) },
    })),
  };
}

function otherAddresses(holders: readonly HeldSocket[], listeners: readonly Listener[]): string[] {
  const own = new Set(listeners.map(listenerKey));
  return holders.filter((holder) => !own.has(listenerKey(holder))).map(({ address }) => address);
}

/** Whether no process has both open, as far as the system tells who has them. */
function isAnotherProcess({ owners }: Listener, { owners: own }: Listener): boolean {
  const pids = new Set(own.map(({ pid }) => pid));
  return owners.length > 0 && pids.size > 0 && owners.every(({ pid }) => !pids.has(pid));
}

/** Counts what the attempts get that got in with no more than it takes. */
async function countAll(
  attempts: readonly Attempt[],
  targets: readonly Target[],
  scene: Scene,
): Promise<Attempt[]> {
  const counted = new Map<Way, Attempt>();
  const full = new Set<string>();
  for (const attempt of smallestWays(attempts))
    counted.set(attempt, await countShares(attempt, targets, full, scene));
  return attempts.map((attempt) => counted.get(attempt) ?? attempt);
}

function presentIn(accounts: Accounts): Way["account"][] {
  return (["same", "other"] as const).filter((account) => "startAs" in accounts[account]);
}

function note(part: Part): AccountNote {
  return "problem" in part ? part : { name: part.name };
}
