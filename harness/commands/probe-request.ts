import { didYouMean } from "../model/did-you-mean.ts";
import { isIPv4, isIPv6 } from "node:net";
import { SOCKET_CONSTANTS } from "../binder/constants.ts";
import { InputError } from "../model/problem.ts";

/** What commander hands over. */
export interface ProbeOptions {
  readonly option: readonly string[];
  readonly address?: string;
  readonly hold?: boolean;
}

/** One socket to bind by hand. */
export interface ProbeRequest {
  readonly family: "ipv4" | "ipv6";
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  /** Socket options to set; null for SO_EXCLUSIVEADDRUSE where the system has it. */
  readonly options: readonly string[] | null;
  readonly hold: boolean;
}

/** How it is used, as the sample program on Microsoft's page puts it. */
export const PROBE_USAGE: readonly string[] = [
  "usage: bindcheck probe FAMILY TYPE PROTOCOL PORT",
  "       such as: bindcheck probe 2 1 6 5150, or bindcheck probe AF_INET6 SOCK_DGRAM IPPROTO_UDP 5150",
];

/** Reads the arguments, numbers or names, on a platform by Node's name. Throws InputError with the usage. */
export function parseProbe(
  given: readonly string[],
  options: ProbeOptions,
  platform: string,
): ProbeRequest {
  if (given.length !== 4)
    throw wrong(`four arguments are needed: FAMILY TYPE PROTOCOL PORT (there are ${given.length})`);
  const [family = "", type = "", protocol = "", port = ""] = given;
  const ownAfInet6 = SOCKET_CONSTANTS[platform]?.AF_INET6 ?? WINDOWS_AF_INET6;
  const readFamily = readWord("Address family", family, {
    ipv4: ["AF_INET", "ipv4", "2"],
    ipv6: ["AF_INET6", "ipv6", `${WINDOWS_AF_INET6}`, `${ownAfInet6}`],
  });
  const readType = readWord("Type", type, {
    tcp: ["SOCK_STREAM", "stream", "1"],
    udp: ["SOCK_DGRAM", "datagram", "2"],
  });
  const readProtocol = readWord("Protocol", protocol, {
    tcp: ["IPPROTO_TCP", "tcp", "6"],
    udp: ["IPPROTO_UDP", "udp", "17"],
    any: ["0"],
  });
  if (readProtocol !== "any" && readProtocol !== readType)
    throw wrong(
      `Type and protocol do not go together: SOCK_STREAM (1) is TCP (6), SOCK_DGRAM (2) is UDP (17)`,
    );
  return {
    family: readFamily,
    protocol: readType,
    port: readPort(port),
    address: readAddress(options.address, readFamily),
    options: options.option.length === 0 ? null : options.option.filter((name) => name !== "none"),
    hold: options.hold ?? false,
  };
}

// winsock2.h; the number that the sample program takes.
const WINDOWS_AF_INET6 = 23;

function readWord<Word extends string>(
  what: string,
  text: string,
  words: Readonly<Record<Word, readonly string[]>>,
): Word {
  const entries = Object.entries(words) as [Word, readonly string[]][];
  const found = entries.find(([, names]) =>
    names.some((name) => name.toLowerCase() === text.toLowerCase()),
  );
  if (found) return found[0];
  const allowed = entries.flatMap(([, names]) => [...new Set(names)]);
  throw wrong(
    `${what} '${text}' is unknown (allowed: ${allowed.join(", ")})${didYouMean(text, allowed)}`,
  );
}

/** The sample's own bounds: neither 0, which would mean any port, nor the last one. */
function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port > 0 && port < 65_535) return port;
  throw wrong(`Port '${text}' is not a whole number greater than 0 and less than 65535`);
}

function readAddress(text: string | undefined, family: "ipv4" | "ipv6"): string {
  if (text === undefined || text === "wildcard") return family === "ipv4" ? "0.0.0.0" : "::";
  if (family === "ipv4" ? isIPv4(text) : isIPv6(text)) return text;
  throw wrong(`--address: '${text}' is not an ${family === "ipv4" ? "IPv4" : "IPv6"} address`);
}

function wrong(line: string): InputError {
  return new InputError([line, ...PROBE_USAGE]);
}
