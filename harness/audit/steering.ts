import { isDeepStrictEqual } from "node:util";
import type { Platform } from "../model/platform.ts";
import type { Attempt } from "./attempts/attempt.ts";
import { isGroup } from "./attempts/kinds-of-address.ts";
import { deviceOf } from "./attempts/smallest-ways.ts";
import type { Finding, ObservedListener } from "./audit-report.ts";

/** How much of what was counted a socket took. */
export function takenIn(shares: Finding["shares"]): number {
  return shares?.reduce((sum, share) => sum + share.taken, 0) ?? 0;
}

/** Whether a way only adds an interface to another one, beside a server that is bound to none. */
export function isSteered(way: Pick<Attempt, "options">, { device }: ObservedListener): boolean {
  return device === undefined && deviceOf(way) !== undefined;
}

/**
 * By which options a member of a group with SO_REUSEPORT gets all that the group gets. Bound to an interface it comes
 * before those that are not, which is tried. socket(7): any member may attach the program that chooses among them
 * (SO_ATTACH_REUSEPORT_CBPF); that is not tried, because it would stay with the server's group.
 */
export function steeringOptions(
  way: Pick<Finding, "options" | "account" | "family" | "address" | "shares" | "peer">,
  listener: ObservedListener,
  attempts: readonly Attempt[],
  { implements: system }: Platform,
): string[] {
  const { options, shares } = way;
  const isAll = shares?.some(({ sent }) => sent > 0) && takenIn(shares) >= sentIn(shares);
  if (system !== "linux" || !options.includes("SO_REUSEPORT") || isAll || isGroup(listener.address))
    return [];
  const device = attempts.find(
    (attempt) =>
      isSteered(attempt, listener) &&
      attempt.options.every((each) => each.includes("=") || options.includes(each)) &&
      options.every((each) => attempt.options.includes(each)) &&
      attempt.account === way.account &&
      attempt.family === way.family &&
      attempt.address === way.address &&
      isDeepStrictEqual(attempt.peer, way.peer) &&
      (attempt.shares === null || takenIn(attempt.shares) > takenIn(shares)),
  );
  const own = listener.device === undefined ? undefined : `SO_BINDTODEVICE=${listener.device}`;
  const isMember = way.address === listener.address && deviceOf(way) === own;
  return [
    ...(device ? [deviceOf(device) ?? ""] : []),
    ...(isMember ? ["SO_ATTACH_REUSEPORT_CBPF"] : []),
  ];
}

function sentIn(shares: NonNullable<Finding["shares"]>): number {
  return shares.reduce((sum, share) => sum + share.sent, 0);
}
