import os from "node:os";
import type { Hello } from "../binder/protocol.ts";
import type { Attempt, Way } from "./attempts/attempt.ts";
import type { Binders } from "./attempts/binders.ts";
import { chooseAccounts, type Accounts, type Part } from "./attempts/choose-accounts.ts";
import { countShares } from "./attempts/count-shares.ts";
import { findTargets } from "./attempts/find-targets.ts";
import { localAddresses } from "./attempts/local-addresses.ts";
import { planWays } from "./attempts/plan-ways.ts";
import { smallestWays } from "./attempts/smallest-ways.ts";
import { takesIpv4 } from "./attempts/takes-ipv4.ts";
import { tryWays, type Scene } from "./attempts/try-ways.ts";
import type { AccountNote, AuditedPort } from "./audit-report.ts";
import type { Account, Listener } from "./listener.ts";

/** A port to audit: all listeners on it, of one protocol and account. */
export interface PortRequest {
  readonly listeners: readonly [Listener, ...Listener[]];
  readonly ownAccount: Account | null;
  readonly binders: Binders;
  readonly hello: Hello;
  readonly census: boolean;
  /** Which of the listeners are still held. */
  readonly stillHeld: () => Promise<(listener: Listener) => boolean>;
}

/** Is the second binder of a port in every way that there is. */
export async function auditPort(request: PortRequest): Promise<AuditedPort> {
  const { listeners, binders, hello } = request;
  const { protocol, port, account } = listeners[0];
  const accounts = chooseAccounts(request.ownAccount, account, port);
  const scene: Scene = { protocol, port, accounts, binders };
  const local = localAddresses(os.networkInterfaces(), process.platform);
  const targets = request.census ? await findTargets(listeners, local, scene) : null;
  const ways = planWays(listeners, local, hello.options, presentIn(accounts));
  let attempts = await tryWays(ways, scene);
  if (targets !== null) {
    const counted = new Map<Way, Attempt>();
    for (const attempt of smallestWays(attempts))
      counted.set(attempt, await countShares(attempt, targets, scene));
    attempts = attempts.map((attempt) => counted.get(attempt) ?? attempt);
  }
  const isHeld = await request.stillHeld();
  return {
    protocol,
    port,
    attempts,
    listeners: listeners.map((listener) => ({
      ...listener,
      takesIpv4: takesIpv4(listener, listeners, attempts, targets, hello.platform),
      isGone: !isHeld(listener),
      accounts: { same: note(accounts.same), other: note(accounts.other) },
    })),
  };
}

function presentIn(accounts: Accounts): Way["account"][] {
  return (["same", "other"] as const).filter((account) => "startAs" in accounts[account]);
}

function note(part: Part): AccountNote {
  return "problem" in part ? part : { name: part.name };
}
