import { readFileSync } from "node:fs";
import type { PortRange } from "./protocol.ts";

/**
 * The ranges a harness must keep out of: where the system takes ports by itself, and where it grants none. Null where
 * finding out takes a while: `askRangesToAvoid` does it there.
 */
export function readRangesToAvoid(): PortRange[] | null {
  return process.platform === "linux" ? linuxRanges() : null;
}

/** The same on every system; starts programs that tell. */
export async function askRangesToAvoid(): Promise<PortRange[]> {
  if (process.platform === "win32") return windowsRanges();
  return (
    readRangesToAvoid() ?? bsdRanges(process.platform === "openbsd" ? OPENBSD_NAMES : BSD_NAMES)
  );
}

// Documentation/networking/ip-sysctl.rst: ip_local_port_range (default 32768-60999), ip_local_reserved_ports.
function linuxRanges(): PortRange[] {
  const range = readProc("ip_local_port_range", "32768 60999").split(/\s+/).map(Number);
  const reserved = readProc("ip_local_reserved_ports", "").split(",").filter(Boolean);
  return [
    [range[0] ?? 32_768, range[1] ?? 60_999],
    ...reserved.map((text): PortRange => {
      const [from = 0, to = from] = text.split("-").map(Number);
      return [from, to];
    }),
  ];
}

function readProc(name: string, otherwise: string): string {
  try {
    return readFileSync(`/proc/sys/net/ipv4/${name}`, "utf8").trim();
  } catch {
    return otherwise;
  }
}

// learn.microsoft.com, "The default dynamic port range for TCP/IP has changed": 49152-65535 from Windows Vista on.
const WINDOWS_DYNAMIC: PortRange = [49_152, 65_535];

// A bind in an excluded range fails with 10013 whether or not the port is held (support.microsoft.com, KB 3039044).
async function windowsRanges(): Promise<PortRange[]> {
  const kinds = ["ipv4", "ipv6"].flatMap((family) => [
    [family, "tcp"] as const,
    [family, "udp"] as const,
  ]);
  const asked = kinds.map(async ([family, protocol]) => {
    const show = ["interface", family, "show"];
    const [excluded, dynamic] = await Promise.all([
      run("netsh", [...show, "excludedportrange", `protocol=${protocol}`]),
      run("netsh", [...show, "dynamicport", protocol]),
    ]);
    return [...excludedRanges(excluded), dynamicRange(dynamic)];
  });
  return (await Promise.all(asked)).flat();
}

// netsh prints in the language of the system; only the shape of its numbers can be relied on.
function excludedRanges(text: string): PortRange[] {
  const rows = text.matchAll(/^\s*(\d+)\s+(\d+)/gm);
  return [...rows].map((row): PortRange => [Number(row[1]), Number(row[2])]);
}

function dynamicRange(text: string): PortRange {
  const [start, count] = [...text.matchAll(/:\s*(\d+)/g)].map((row) => Number(row[1]));
  return start && count ? [start, start + count - 1] : WINDOWS_DYNAMIC;
}

// FreeBSD and macOS: ip(4) net.inet.ip.portrange; OpenBSD: sysctl(2) net.inet.ip.
const BSD_NAMES = ["first", "last", "hifirst", "hilast"].map(
  (end) => `net.inet.ip.portrange.${end}`,
);
const OPENBSD_NAMES = ["first", "last", "hifirst", "hilast"].map((end) => `net.inet.ip.port${end}`);

async function bsdRanges(names: readonly string[]): Promise<PortRange[]> {
  const text = await run("sysctl", ["-n", ...names]);
  const [first = 49_152, last = 65_535, hiFirst = 49_152, hiLast = 65_535] = text
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
  return [
    [first, last],
    [hiFirst, hiLast],
  ];
}

/** What a command prints; nothing when it cannot be run. */
async function run(file: string, parameters: readonly string[]): Promise<string> {
  try {
    // Loaded only where it is needed: every binder's start would pay for it.
    const [{ execFile }, { promisify }] = await Promise.all([
      import("node:child_process"),
      import("node:util"),
    ]);
    return (await promisify(execFile)(file, parameters, { windowsHide: true })).stdout;
  } catch {
    return "";
  }
}
