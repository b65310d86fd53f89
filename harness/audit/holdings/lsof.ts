import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Account, Owner, Peer } from "../listener.ts";
import { HoldingsProblem, type HeldSocket, type Holdings } from "./held-socket.ts";

const run = promisify(execFile);

/** Sockets as lsof(8) tells them; without root it shows those of its own user alone. */
export function lsofHoldings(): Holdings {
  const uid = process.geteuid?.();
  const read = async (pids: readonly number[] | null): Promise<HeldSocket[]> => {
    const sockets = parseLsof(await lsof());
    const asked = sockets.filter(({ pid }) => pids === null || pids.includes(pid));
    const lines = await commandLines([...new Set(asked.map(({ pid }) => pid))]);
    return asked.map(({ pid, executable, ...socket }) => ({
      ...socket,
      owners: [{ pid, executable, commandLine: lines.get(pid) ?? null } satisfies Owner],
    }));
  };
  return {
    ownAccount: uid === undefined ? null : { id: String(uid), name: `uid ${uid}` },
    read,
    look: () => read(null),
    holdsElsewhere: () => null,
    unseen: () =>
      uid === 0 ? [] : ["what other accounts hold: lsof shows it to root alone, so run with sudo"],
  };
}

// Fields: process, command, user id, login name, then of each file: type of address, device, protocol, name, TCP state.
const ARGUMENTS = ["-nP", "+c0", "-iTCP", "-iUDP", "-FpcuLftdPnT"];

async function lsof(): Promise<string> {
  try {
    return (await run("lsof", ARGUMENTS, { maxBuffer: MOST_OUTPUT })).stdout;
  } catch (error) {
    const { code, stdout = "" } = error as { code?: string | number; stdout?: string };
    if (code === 1) return stdout; // there is nothing, or something could not be looked into
    throw new HoldingsProblem(
      "audit: lsof, which tells here who holds a port, cannot be run: install it, or put it on PATH",
    );
  }
}

const MOST_OUTPUT = 64 * 1024 * 1024;

type LsofSocket = Omit<HeldSocket, "owners"> & {
  readonly pid: number;
  readonly executable: string | null;
};

/** What `lsof -F` prints: a field a line, its letter first (lsof(8), OUTPUT FOR OTHER PROGRAMS). */
export function parseLsof(text: string): LsofSocket[] {
  const sockets: LsofSocket[] = [];
  let process: Pick<LsofSocket, "pid" | "executable"> = { pid: 0, executable: null };
  let account: Account = { id: "", name: "" };
  let file: Record<string, string> = {};
  const finish = (): void => {
    const named = nameOf(file);
    // An inherited socket still belongs to its first owner.
    const first = sockets.find(
      ({ inode, protocol, port }) =>
        inode === file["d"] && protocol === named?.protocol && port === named.port,
    );
    const inode = file["d"] === undefined ? {} : { inode: file["d"] };
    if (named) sockets.push({ ...process, ...named, ...inode, account: first?.account ?? account });
    file = {};
  };
  for (const line of text.split("\n")) {
    const [letter = "", value] = [line[0], line.slice(1)];
    if (letter === "p" || letter === "f") finish();
    if (letter === "p") process = { pid: Number(value), executable: null };
    else if (letter === "c") process = { ...process, executable: value };
    else if (letter === "u") account = { id: value, name: `uid ${value}` };
    else if (letter === "L") account = { id: account.id, name: value };
    else if (letter === "T") file[value.split("=")[0] ?? ""] = value.split("=")[1] ?? "";
    else file[letter] = value;
  }
  finish();
  return sockets;
}

/** `*:80`, `127.0.0.1:80`, `[::1]:53`; one with a peer holds `->` and that one's name. */
function nameOf({ t: type, P, n: name = "", ST: state }: Record<string, string>) {
  const family = type === "IPv6" ? "ipv6" : "ipv4";
  const [own, peer] = name.split("->").map((text) => placeOf(text, family));
  if (!own || peer === null || (P === "TCP" && state !== "LISTEN")) return null;
  return {
    protocol: P === "TCP" ? "tcp" : "udp",
    family,
    ...own,
    ...(peer !== undefined && { peer, isClient: own.port >= FIRST_DYNAMIC }),
  } as const;
}

// RFC 6335, section 6: the dynamic ports, out of which systems with lsof give clients theirs.
const FIRST_DYNAMIC = 49_152;

function placeOf(text: string, family: "ipv4" | "ipv6"): Peer | null {
  const found = /^(?:\[(.+)\]|([^[\]]+)):(\d+)$/.exec(text);
  if (!found) return null;
  const address = found[1] ?? found[2] ?? "";
  const wildcard = family === "ipv6" ? "::" : "0.0.0.0";
  return { address: address === "*" ? wildcard : address, port: Number(found[3]) };
}

/** POSIX.1-2017, ps: options -o and -p. */
async function commandLines(pids: readonly number[]): Promise<Map<number, string>> {
  if (pids.length === 0) return new Map();
  const { stdout } = await run("ps", ["-o", "pid=,args=", "-p", pids.join(",")]);
  return new Map(
    stdout.split("\n").flatMap((line) => {
      const found = /^\s*(\d+)\s+(.*)$/.exec(line);
      return found ? [[Number(found[1]), found[2] ?? ""]] : [];
    }),
  );
}
