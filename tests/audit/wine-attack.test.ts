import { readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { JudgedListener } from "../../harness/audit/audit-report.ts";
import { findMissingProgram } from "../../runners/find-program.ts";
import type { Availability } from "../../runners/runner.ts";
import { openWine, type WinePlace } from "../../runners/wine-place.ts";
import { wineRunner } from "../../runners/wine.ts";
import { findPort } from "../find-port.ts";
import { makeFolder } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { auditServer, takenBy } from "./audit.ts";

const COMPILER = "x86_64-w64-mingw32-gcc";

interface Server {
  readonly script: string;
  readonly words: readonly string[];
  readonly protocol: "tcp" | "udp";
  readonly address: string;
}

const SERVERS: readonly Server[] = [
  { script: "http", words: [], protocol: "tcp", address: "::" },
  { script: "http", words: ["127.0.0.1"], protocol: "tcp", address: "127.0.0.1" },
  { script: "datagram", words: ["plain"], protocol: "udp", address: "0.0.0.0" },
  { script: "datagram", words: ["reuseAddr"], protocol: "udp", address: "0.0.0.0" },
  { script: "datagram", words: ["reuseAddr", "127.0.0.1"], protocol: "udp", address: "127.0.0.1" },
];

/** A socket that got in: the address it is bound to, its option, and the part of the traffic that came to it. */
type Way = readonly [address: string, option: string, part: number];

async function availability(): Promise<Availability> {
  const lack = await findMissingProgram({ [COMPILER]: "gcc-mingw-w64-x86-64" });
  return lack ? { here: false, ...lack } : wineRunner().availability();
}

/** The program of the attack tries every server in one Wine. */
async function attackServers(folder: string): Promise<Way[][]> {
  const program = path.join(folder, "attack.exe");
  const source = path.join(import.meta.dirname, "wine/attack.c");
  await execa(COMPILER, ["-o", program, source, "-lws2_32"]);
  const { signal } = new AbortController();
  const place = await openWine({ signal, say: () => undefined });
  try {
    const ways: Way[][] = [];
    for (const server of SERVERS) ways.push(await attack(server, place, folder, program));
    return ways;
  } finally {
    await place.close();
  }
}

async function attack(
  { script, words, protocol, address }: Server,
  place: WinePlace,
  folder: string,
  program: string,
): Promise<Way[]> {
  const out = path.join(folder, "attack.out");
  const port = String(await findPort());
  const node = place.pathThere(place.node.at(-1)!);
  const server = [place.pathThere(path.join(import.meta.dirname, `servers/${script}.mjs`)), port];
  const [file, ...rest] = [...place.wine, program, place.pathThere(out), protocol, port, address];
  const stdio = { stdin: "ignore", stdout: "ignore", stderr: "ignore" } as const;
  await execa(file, [...rest, node, ...server, ...words], { env: place.environment, ...stdio });
  return readWays(readFileSync(out, "utf8"));
}

function readWays(text: string): Way[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [option, address, taken] = line.trim().split(" ");
      return [address!, option!, Number(taken) / 100];
    });
}

/** A bound socket is in when the server holds its address too, or when it gets anything. */
function waysIn({ address }: Server, ways: readonly Way[]): Way[] {
  const isWildcard = address === "::" || address === "0.0.0.0";
  return ways.filter(([at, , part]) => isWildcard || at === address || part > 0);
}

/** What one audit says of each server; all of them are one command's, because Wine starts slowly. */
async function auditServers(): Promise<JudgedListener[]> {
  const ports = await Promise.all(SERVERS.map(findPort));
  const file = path.join(import.meta.dirname, "servers/together.mjs");
  const words = SERVERS.map((server, at) => [server.script, ports[at], ...server.words].join(","));
  const command = ["node", file, ...words];
  const { report } = await auditServer("--on=wine", "--census", "--settle=2000", "--", ...command);
  expect(report.listeners).toHaveLength(SERVERS.length);
  return ports.map((port) => report.listeners.find((listener) => listener.port === port)!);
}

describeTarget("mingw", await availability(), () => {
  test(
    `What an audit says of ${SERVERS.length} servers is what a program in C gets.`,
    { timeout: 600_000 },
    async () => {
      const attacked = await attackServers(await makeFolder());
      const listeners = await auditServers();
      const audited = listeners.map((listener) => {
        const taken = ["0.0.0.0", "127.0.0.1"].flatMap((address) =>
          Object.entries(takenBy(listener, "same", address)).map(([option, part]) => [
            address,
            option,
            part,
          ]),
        );
        return { verdict: listener.verdict, taken };
      });
      const expected = SERVERS.map((server, index) => {
        const taken = waysIn(server, attacked[index]!);
        return { verdict: taken.length > 0 ? "hijackable" : "exclusive", taken };
      });
      expect(audited).toEqual(expected);
      expect(new Set(expected.map(({ verdict }) => verdict)).size).toBe(2);
    },
  );
});
