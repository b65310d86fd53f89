import { networkInterfaces } from "node:os";
import { InputError } from "../model/problem.ts";
import { isForeign } from "./attempts/kinds-of-address.ts";
import { localAddresses } from "./attempts/local-addresses.ts";
import type { AuditRequest } from "./audit-request.ts";
import type { SupervisedCommand } from "./command/supervised-command.ts";
import { awaitListeners } from "./holdings/await-listeners.ts";
import { findListeners, type ListenerFilter } from "./holdings/find-listeners.ts";
import type { Holdings } from "./holdings/held-socket.ts";
import { withLastWords } from "./last-words.ts";
import { listenerName, type Listener } from "./listener.ts";

/** Throws InputError when another process holds the port that a command is to be audited on. */
export async function demandFree(
  { filter, command }: AuditRequest,
  holdings: Holdings,
): Promise<void> {
  if (filter.port === null || command === null) return;
  const [holder] = findListeners(await holdings.read(null), { ...filter, address: null });
  if (holder)
    throw new InputError([
      `audit: ${listenerName(holder)} is held already, by ${ownersText(holder)}: end that first, or leave the command out to audit it`,
    ]);
}

/** The listeners of what runs already. Throws InputError when there are none. */
export async function findRunning(
  { filter }: AuditRequest,
  holdings: Holdings,
): Promise<Listener[]> {
  const listeners = findListeners(await holdings.read(null), filter);
  if (listeners.length > 0) return listeners;
  const local = localAddresses(networkInterfaces(), process.platform);
  const own = [...local.ipv4, ...local.ipv6].join(", ");
  if (filter.address !== null && isForeign(filter.address, local))
    throw new InputError([
      `--address: ${filter.address} is not an address of this machine (its own are ${own}; 0.0.0.0 and :: are the wildcards)`,
    ]);
  throw new InputError([
    `audit: no process on this machine holds ${filterText(filter)}: start the server first, or give its command behind -- (a TCP socket that does not listen is not seen)`,
  ]);
}

/** The listeners of a command, once it has them. Throws InputError when it ends or waits without any. */
export async function findStarted(
  { filter, readyMs, command: words }: AuditRequest,
  command: SupervisedCommand,
  holdings: Holdings,
  signal: AbortSignal,
): Promise<readonly Listener[]> {
  const awaited = await awaitListeners(command, holdings, filter, { readyMs, signal });
  if (awaited.kind === "holds") return awaited.listeners;
  const fail = async (sentence: string): Promise<never> => {
    throw new InputError(withLastWords(sentence, await command.words()));
  };
  switch (awaited.kind) {
    case "not-started":
      return fail(`audit: ${startFailure(words?.[0] ?? "", awaited.code)}`);
    case "ended":
      return fail(`audit: the command ended before it held ${filterText(filter)} (${awaited.how})`);
    case "elsewhere":
      return fail(
        `audit: process ${awaited.pid} of the command listens in a network namespace of its own: start bindcheck in that namespace, with the server alone as its command`,
      );
    case "timed-out": {
      const held = awaited.others.map(listenerName).join(", ");
      const instead = held ? `it holds ${held} instead` : "it holds none";
      return fail(
        `audit: the command did not hold ${filterText(filter)} within ${readyMs} ms: ${instead} (give it longer with --ready-timeout MS)`,
      );
    }
  }
}

// On Windows npm and the like are .cmd files, which only cmd.exe finds and starts.
const CMD_FILES =
  process.platform === "win32" ? " a .cmd file, such as npm's, is started by: cmd /c FILE" : "";

function startFailure(file: string, code: string): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `there is no such program (is it on PATH?${CMD_FILES})`,
    EACCES: "it may not be executed (is it a program?)",
    // What Node gives for one, since it is not a program: child_process, "Spawning .bat and .cmd files on Windows".
    EINVAL: "a .bat or .cmd file is started by: cmd /c FILE",
  };
  return `'${file}' cannot be started: ${reasons[code] ?? code}`;
}

function filterText({ port, address, protocol }: ListenerFilter): string {
  const what = port === null ? "a port" : `port ${port}`;
  const over = protocol === null ? "" : ` over ${protocol}`;
  return `${what}${address === null ? "" : ` of ${address}`}${over}`;
}

function ownersText({ owners, account }: Listener): string {
  const [owner] = owners;
  if (!owner) return `a process of ${account?.name ?? "another account"} that is not shown`;
  return `process ${owner.pid} (${owner.commandLine ?? owner.executable ?? "unknown"})`;
}
