import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { ipv4Text } from "../holdings/linux-tables.ts";

/** An interface on which a group is joined. */
export interface Membership {
  readonly name: string;
  /** How a binder names the interface: an IPv4 address of it, or its number. */
  readonly interface: string;
}

/** Where any process of this machine has joined a group, by proc_pid_net(5), igmp and igmp6; none where that is hidden. */
export function membershipsOf(group: string): Membership[] {
  const [address = "", zone] = group.split("%");
  if (!address.includes(":")) return ipv4Memberships(address);
  const hex = expand(address);
  // Number and name of the interface, the group, users, flags, timer.
  const rows = readText("igmp6").matchAll(/^(\d+)\s+(\S+)\s+([\da-f]{32})\s/gm);
  return [...rows].flatMap(([, index = "", name = "", joined]) =>
    joined === hex && (zone === undefined || zone === index) ? [{ name, interface: index }] : [],
  );
}

function ipv4Memberships(group: string): Membership[] {
  const found: Membership[] = [];
  let name = "";
  for (const line of readText("igmp").split("\n")) {
    // A row of an interface holds its number and name, those below it a group each.
    name = /^\d+\s+(\S+?)\s*:/.exec(line)?.[1] ?? name;
    const hex = /^\s+([\dA-F]{8})\s/.exec(line)?.[1];
    const own = networkInterfaces()[name]?.find(({ family }) => family === "IPv4");
    if (hex !== undefined && own && ipv4Text(hex) === group)
      found.push({ name, interface: own.address });
  }
  return found;
}

/** All 32 digits of an IPv6 group that is written in short. */
function expand(address: string): string {
  const [head = "", tail] = address.split("::").map((half) =>
    half
      .split(":")
      .filter(Boolean)
      .map((each) => each.padStart(4, "0"))
      .join(""),
  );
  return tail === undefined ? head : head + tail.padStart(32 - head.length, "0");
}

function readText(file: string): string {
  try {
    return readFileSync(`/proc/net/${file}`, "utf8");
  } catch {
    return "";
  }
}
