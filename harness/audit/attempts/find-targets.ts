import type { Program } from "../../binder/protocol.ts";
import { BinderLost } from "../../binder-client/binder-process.ts";
import { coverageOf, relate } from "../coverage.ts";
import type { Listener, Peer } from "../listener.ts";
import { isMapped } from "../mapped.ts";
import { membershipsOf, type Membership } from "./group-memberships.ts";
import { groupsOfPort, isForeign, isGroup, isWildcard } from "./kinds-of-address.ts";
import type { LocalAddresses } from "./local-addresses.ts";
import type { Scene } from "./try-ways.ts";

/** An address to send to. All of them are this machine's own, or a group that is sent to on this machine alone. */
export interface Target {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  /** The only sender that a connected server listens to. */
  readonly from?: Peer;
  /** For a group: where it is sent. */
  readonly on?: Membership;
}

/**
 * The addresses at which the listeners answer while nothing is beside them: one connection or datagram goes to each.
 * `holders` are all that hold the port; where one of them that is not audited is the one to answer, nothing is sent.
 */
export async function findTargets(
  held: readonly Listener[],
  holders: readonly Socket[],
  local: LocalAddresses,
  scene: Scene,
): Promise<Target[]> {
  const open = held.filter(({ peer }) => peer === undefined);
  const targets: Target[] = [];
  for (const target of unicastTargets(open, local))
    if (!isAnothers(target, open, holders) && (await answers(target, scene))) targets.push(target);
  return [...targets, ...connectedTargets(held, local), ...groupTargets(held)];
}

type Socket = Pick<Listener, "family" | "address">;

/** Whether the closest of all sockets at an address is none of the listeners. */
function isAnothers(target: Target, held: readonly Socket[], holders: readonly Socket[]): boolean {
  const nearest = (sockets: readonly Socket[]): number =>
    Math.max(...sockets.map((socket) => nearnessOf(socket, target)));
  return nearest(holders) > nearest(held);
}

/** A socket of the address itself before a wildcard, and one of its own version of IP before one that takes both. */
function nearnessOf({ family, address }: Socket, target: Target): number {
  const own = coverageOf(family === "ipv6" ? "dual" : family, address);
  const relation = relate(own, coverageOf(target.family, target.address));
  if (relation === "apart") return 0;
  return (relation === "same" ? 2 : 0) + (family === target.family ? 2 : 1);
}

function unicastTargets(held: readonly Listener[], local: LocalAddresses): Target[] {
  const all: Target[] = [
    ...local.ipv4.map((address) => ({ family: "ipv4", address }) as const),
    ...local.ipv6.map((address) => ({ family: "ipv6", address }) as const),
    ...held
      .filter(({ address }) => !isWildcard(address) && !isMapped(address) && !isGroup(address))
      .filter(({ address }) => !isForeign(address, local))
      .map(({ family, address }) => ({ family, address })),
  ];
  const distinct = [...new Map(all.map((target) => [target.address, target])).values()];
  return distinct.filter(({ family, address }) =>
    held.some((listener) => {
      // An IPv6 wildcard may take IPv4 too: whether it does shows when it is asked.
      const socket = listener.family === "ipv6" ? "dual" : "ipv4";
      return relate(coverageOf(socket, listener.address), coverageOf(family, address)) !== "apart";
    }),
  );
}

/** Those whose peer is an address of this machine: only from there can be sent. */
function connectedTargets(held: readonly Listener[], local: LocalAddresses): Target[] {
  return held.flatMap(({ family, address, peer }) =>
    peer === undefined || isForeign(peer.address, local) || isForeign(address, local)
      ? []
      : [{ family, address, from: peer }],
  );
}

function groupTargets(held: readonly Listener[]): Target[] {
  const groups = held.flatMap(({ family, protocol, address, port }): Target[] => {
    if (isGroup(address) && !isMapped(address)) return [{ family, address }];
    if (!isWildcard(address)) return [];
    return groupsOfPort(protocol, port).map((group) => ({ family: "ipv4", address: group }));
  });
  const distinct = [...new Map(groups.map((target) => [target.address, target])).values()];
  return distinct.flatMap((target) =>
    membershipsOf(target.address).map((on) => ({ ...target, on })),
  );
}

// A refusal of a datagram comes back at once on the machine itself.
const REFUSAL_MS = 100;

async function answers(target: Target, { protocol, port, binders }: Scene): Promise<boolean> {
  const socket = binders.reserve(1);
  const { family, address } = target;
  const reach: Program = [
    { do: "socket", socket, family, protocol },
    { do: "connect", socket, family, address, port },
    ...(protocol === "udp"
      ? [
          { do: "send", socket, bytes: 1 } as const,
          { do: "receive", socket, waitMs: REFUSAL_MS } as const,
        ]
      : []),
  ];
  try {
    const [results = []] = await binders.ask("peer", undefined, [reach, [{ do: "close", socket }]]);
    return results.every(({ errno, problem }) => errno === undefined && problem === undefined);
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    return false;
  }
}
