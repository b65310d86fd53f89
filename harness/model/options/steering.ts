import { isMulticast } from "../address.ts";

/** Options that may lead what is sent to this machine's own addresses off it. */
export const STEERING_OPTIONS = [
  "SO_BINDTODEVICE",
  "SO_BINDTOIFINDEX",
  "IP_OPTIONS",
  "IP_RTHDR",
  "IP_UNICAST_IF",
  "IPV6_2292PKTOPTIONS",
  "IPV6_PKTINFO",
  "IPV6_RTHDR",
  "IPV6_UNICAST_IF",
] as const;

/** Options that may lead what is sent to a multicast group off the machine. */
export const GROUP_STEERING_OPTIONS = [
  "IP_MULTICAST_IF",
  "IP_MULTICAST_TTL",
  "IPV6_MULTICAST_HOPS",
  "IPV6_MULTICAST_IF",
] as const;

const MEMBERSHIP_OPTIONS: readonly string[] = [
  "IP_ADD_MEMBERSHIP",
  "IP_ADD_SOURCE_MEMBERSHIP",
  "IPV6_JOIN_ANYCAST",
  "IPV6_JOIN_GROUP",
  "MCAST_JOIN_GROUP",
  "MCAST_JOIN_SOURCE_GROUP",
];

/** Whether a setting, such as `IP_UNICAST_IF=2`, may lead what is sent to an address off the machine. */
export function isSteering(setting: string, address: string): boolean {
  if (setting === "SO_BINDTODEVICE=lo") return false;
  const name = setting.split("=")[0];
  const isOf = (options: readonly string[]) => options.some((option) => option === name);
  return isOf(STEERING_OPTIONS) || (isMulticast(address) && isOf(GROUP_STEERING_OPTIONS));
}

/** Whether a setting joins a group, which a system reports on the interface that the setting names. */
export function isMembership(setting: string): boolean {
  return MEMBERSHIP_OPTIONS.includes(setting.split("=")[0] ?? "");
}
