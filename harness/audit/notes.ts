import type { Attempt } from "./attempts/attempt.ts";
import { isGroup } from "./attempts/kinds-of-address.ts";
import type { ObservedListener } from "./audit-report.ts";

/** What the owner of a listener should know beside its verdict. */
export function notesOn(
  { protocol, family, address, isForeign, peer, beside }: ObservedListener,
  attempts: readonly Attempt[],
): string[] {
  const isFree = (own: "ipv4" | "ipv6", name: string): boolean =>
    attempts.some(
      (attempt) =>
        attempt.family === own && attempt.address === name && attempt.outcome.kind === "success",
    );
  const isIpv4 = family === "ipv4" && ["127.0.0.1", "0.0.0.0"].includes(address);
  const other = isIpv4 ? "::1" : address === "::1" ? "127.0.0.1" : null;
  const holder = beside.find((each) => each === other || (isIpv4 && each === "::"));
  const isOpen = protocol === "tcp" || peer === undefined;
  return [
    ...(holder !== undefined && isOpen
      ? [
          `another socket holds this port on ${holder}, and takes the clients of 'localhost' that try ${other} first`,
        ]
      : []),
    ...(other !== null && holder === undefined && isOpen && isFree(isIpv4 ? "ipv6" : "ipv4", other)
      ? [
          `the port is free on ${other}: a process that listens there takes the clients of 'localhost' that try ${other} first`,
        ]
      : []),
    ...(isForeign
      ? [
          `${address} is not an address of this machine (bound by IP_FREEBIND, IP_TRANSPARENT or a system setting): nothing was sent to it`,
        ]
      : []),
    ...(isGroup(address)
      ? ["every member of a multicast group gets a copy, in this machine and in its network"]
      : []),
  ];
}
