import { SOCKET_OPTIONS, optionNumber } from "../../model/options/option-table.ts";
import type { Family } from "../../model/vocabulary.ts";
import type { Listener, Peer } from "../listener.ts";
import { isMapped } from "../mapped.ts";
import type { Way } from "./attempt.ts";
import { groupsOfPort, isForeign, isGroup } from "./kinds-of-address.ts";
import type { LocalAddresses } from "./local-addresses.ts";

/**
 * Every way to be the second binder of a port: accounts times names times sets of the options that the system has; beside
 * a server that is bound to an interface or connected also bound or connected like it.
 */
export function planWays(
  held: readonly Listener[],
  local: LocalAddresses,
  { options, system }: { readonly options: readonly string[]; readonly system: string },
  accounts: readonly Way["account"][],
): Way[] {
  const names = namesOf(held, local);
  const devices = distinct(held.flatMap(({ device }) => device ?? []));
  const sets = [[], ...devices.map((device) => [`SO_BINDTODEVICE=${device}`])].flatMap((further) =>
    subsets(options).map((set) => [...set, ...further]),
  );
  return accounts.flatMap((account) =>
    names.flatMap((name) =>
      sets.flatMap((set) => {
        const way = { account, ...name, options: [...set, ...foreignOption(name, local, system)] };
        return [way, ...peersOf(name, held).map((peer) => ({ ...way, peer }))];
      }),
    ),
  );
}

interface Name {
  readonly family: Family;
  readonly address: string;
}

/** The wildcards, the addresses that are held, this machine's others, and the mapped forms of IPv4 ones. */
function namesOf(held: readonly Listener[], local: LocalAddresses): Name[] {
  const heldIn = (family: Listener["family"]): string[] =>
    held.filter((listener) => listener.family === family).map(({ address }) => address);
  const groups = held.flatMap(({ protocol, port }) => groupsOfPort(protocol, port));
  const ipv4 = new Set(["0.0.0.0", ...heldIn("ipv4"), ...local.ipv4]);
  const [mapped, plain] = [heldIn("ipv6").filter(isMapped), heldIn("ipv6").filter(isPlain)];
  const ipv6 = new Set(["::", ...plain, ...local.ipv6]);
  const unicast = [...ipv4].filter((address) => !isGroup(address));
  const dual = new Set(["::", ...mapped, ...unicast.map((address) => `::ffff:${address}`)]);
  return [
    ...[...ipv4, ...groups].map((address): Name => ({ family: "ipv4", address })),
    ...[...ipv6].map((address): Name => ({ family: "ipv6", address })),
    ...[...dual].map((address): Name => ({ family: "dual", address })),
  ];
}

function isPlain(address: string): boolean {
  return !isMapped(address);
}

/** The option without which an address that is not the machine's cannot be bound, where a system has it: ip(7), ipv6(7). */
function foreignOption({ family, address }: Name, local: LocalAddresses, system: string): string[] {
  if (!isForeign(address, local)) return [];
  const name = family === "ipv4" || isMapped(address) ? "IP_FREEBIND" : "IPV6_FREEBIND";
  const option = SOCKET_OPTIONS.get(name);
  return option && optionNumber(option, system) !== null ? [name] : [];
}

/** The peers of the servers that have this name. */
function peersOf({ family, address }: Name, held: readonly Listener[]): Peer[] {
  const own = held.filter(
    (listener) =>
      listener.address === address && (family === "ipv4") === (listener.family === "ipv4"),
  );
  const peers = own.flatMap(({ peer }) => peer ?? []);
  return [...new Map(peers.map((peer) => [`${peer.address} ${peer.port}`, peer])).values()];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Smaller ones before larger ones that hold them. */
function subsets(options: readonly string[]): string[][] {
  return options.reduce<string[][]>(
    (sets, option) => [...sets, ...sets.map((set) => [...set, option])],
    [[]],
  );
}
