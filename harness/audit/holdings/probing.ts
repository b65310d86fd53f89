import { mayBeAnothers } from "../../trial/attribute.ts";
import { TargetProblem } from "../../model/target-problem.ts";
import type { Attempt, Way } from "../attempts/attempt.ts";
import type { Binders } from "../attempts/binders.ts";
import type { LocalAddresses } from "../attempts/local-addresses.ts";
import { tryWays } from "../attempts/try-ways.ts";
import { findUser } from "../find-user.ts";
import { listenerName, type Listener } from "../listener.ts";
import type { ListenerFilter } from "./find-listeners.ts";
import { HoldingsProblem, type HeldSocket, type Holdings } from "./held-socket.ts";

/**
 * The last resort, where no table of the system can be read: a plain socket is bound to each address of the machine and
 * to the wildcards, and what refuses it holds the port. Whose the sockets are stays unknown, so `pids` make no
 * difference.
 */
export function probingHoldings(
  { port, address, protocol }: ListenerFilter & { readonly port: number },
  local: LocalAddresses,
  binders: Binders,
): Holdings {
  const uid = process.geteuid?.() ?? -1;
  const ownAccount = { id: String(uid), name: findUser(uid)?.name ?? "the auditing account" };
  const accounts = {
    same: { name: ownAccount.name, startAs: undefined },
    other: { problem: "one account is enough to probe" },
  };
  const names = namesOf(local, address);
  const read = async (): Promise<HeldSocket[]> => {
    const sockets: HeldSocket[] = [];
    for (const each of protocol === null ? (["tcp", "udp"] as const) : [protocol]) {
      const ways = waysOf(names, each);
      sockets.push(
        ...concludeProbes(await tryWays(ways, { protocol: each, port, accounts, binders })),
      );
    }
    return sockets;
  };
  return { ownAccount, read, look: read, holdsElsewhere: () => null, unseen: () => [] };
}

type Name = Pick<Listener, "family" | "address">;

const WILDCARDS = { ipv4: "0.0.0.0", ipv6: "::" } as const;

/** The addresses of the machine, and the one that is asked for: all of 127.0.0.0/8 may be held, a few are listed. */
function namesOf(local: LocalAddresses, asked: string | null): Name[] {
  const plain = asked?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  const given = {
    ipv4: plain.includes(".") ? [plain] : [],
    ipv6: plain.includes(":") ? [plain] : [],
  };
  return (["ipv4", "ipv6"] as const).flatMap((family) =>
    [...new Set([WILDCARDS[family], ...local[family], ...given[family]])].map((address) => ({
      family,
      address,
    })),
  );
}

/**
 * Over TCP connections that are open or ending refuse a plain socket too. On POSIX systems those that only end let one
 * with SO_REUSEADDR listen, which a listener of the same name never does: socket(7).
 */
function waysOf(names: readonly Name[], protocol: Listener["protocol"]): Way[] {
  const sets = protocol === "tcp" && process.platform !== "win32" ? [[], [GIVING_WAY]] : [[]];
  return sets.flatMap((options) => names.map((name) => ({ account: "same", options, ...name })));
}

const GIVING_WAY = "SO_REUSEADDR";

/**
 * Who holds a port, by the attempts on it with and without SO_REUSEADDR. A plain wildcard and a plain specific address
 * refuse each other: the wildcard is held where every name of its family is refused, and else each specific address is
 * that is. Throws HoldingsProblem where that cannot be told, TargetProblem where an attempt was none.
 */
export function concludeProbes(attempts: readonly Attempt[]): HeldSocket[] {
  const [ipv4, ipv6] = [concludeFamily("ipv4", attempts), concludeFamily("ipv6", attempts)];
  const isWildcard = ({ family, address }: HeldSocket): boolean => address === WILDCARDS[family];
  if (!ipv4.some(isWildcard) || !ipv6.some(isWildcard)) return [...ipv4, ...ipv6];
  // Most often that is one socket.
  return ipv6.map((each) => ({ ...each, probed: "one dual-stack socket, or one of each family" }));
}

function concludeFamily(family: Listener["family"], attempts: readonly Attempt[]): HeldSocket[] {
  const own = attempts.filter((attempt) => attempt.family === family && exists(attempt));
  const plain = own.filter(({ options }) => options.length === 0);
  const refused = plain.filter(isRefused);
  const held = refused.filter(({ address }) =>
    own.every((attempt) => attempt.address !== address || isRefused(attempt)),
  );
  const wildcard = held.find(({ address }) => address === WILDCARDS[family]);
  if (wildcard && refused.length === plain.length)
    return [asSocket(wildcard, "the wildcard, or every address by itself")];
  const specific = held.filter((attempt) => attempt !== wildcard);
  if (wildcard && specific.length === 0)
    throw new HoldingsProblem(
      `audit: a process holds ${wildcard.protocol} port ${wildcard.port} at an address that was not probed: give it with --address`,
    );
  return specific.map((attempt) => asSocket(attempt, "a server's address, or a connection's"));
}

/** Not where the machine lacks the address or that version of IP: POSIX.1-2017, bind and socket. */
function exists({ outcome }: Attempt): boolean {
  return outcome.kind !== "error" || !/^(WSA)?(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(outcome.code);
}

function isRefused(attempt: Attempt): boolean {
  const { outcome } = attempt;
  if (outcome.kind === "success") return false;
  if (outcome.kind === "broken") throw new TargetProblem(outcome.detail);
  const code = outcome.kind === "error" ? outcome.code : outcome.kind;
  if (mayBeAnothers(outcome)) return true;
  const hint = code === "EACCES" ? ": run with sudo" : "";
  throw new HoldingsProblem(`audit: ${listenerName(attempt)} cannot be probed (${code})${hint}`);
}

function asSocket({ protocol, address, port, family }: Attempt, probed: string): HeldSocket {
  return {
    protocol,
    family: family === "ipv4" ? "ipv4" : "ipv6",
    address,
    port,
    account: null,
    owners: [],
    probed,
  };
}
