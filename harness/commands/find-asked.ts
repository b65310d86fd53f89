import type { SupervisedCommand } from "../audit/command/supervised-command.ts";
import { awaitListeners } from "../audit/holdings/await-listeners.ts";
import { findListeners, type ListenerFilter } from "../audit/holdings/find-listeners.ts";
import type { Holdings } from "../audit/holdings/held-socket.ts";
import { listenerName, type Listener } from "../audit/listener.ts";
import { lastWords } from "../../runners/last-words.ts";
import { InputError } from "../model/problem.ts";
import type { AuditRequest } from "./audit-request.ts";

/** Throws InputError when somebody else holds the port that a command is to be audited on. */
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

/** The listeners of whoever runs. Throws InputError when there are none. */
export async function findRunning(
  { filter }: AuditRequest,
  holdings: Holdings,
): Promise<Listener[]> {
  const listeners = findListeners(await holdings.read(null), filter);
  if (listeners.length > 0) return listeners;
  throw new InputError([
    `audit: nobody on this machine holds ${filterText(filter)}: start the server first, or give its command behind --`,
  ]);
}

interface Whereabouts {
  /** The file that the command writes to. */
  readonly output: string;
  readonly holdings: Holdings;
  readonly signal: AbortSignal;
}

/** The listeners of a command, once it has them. Throws InputError when it does not come to hold any. */
export async function findStarted(
  { filter, readyMs, command: words }: AuditRequest,
  command: SupervisedCommand,
  { output, holdings, signal }: Whereabouts,
): Promise<readonly Listener[]> {
  const awaited = await awaitListeners(command, holdings, filter, { readyMs, signal });
  switch (awaited.kind) {
    case "holds":
      return awaited.listeners;
    case "not-started":
      throw new InputError([
        `audit: ${startFailure(words?.[0] ?? "", awaited.code)}${lastWords(output)}`,
      ]);
    case "ended":
      throw new InputError([
        `audit: the command ended before it held ${filterText(filter)} (${awaited.how}${lastWords(output)})`,
      ]);
    case "timed-out": {
      const held = awaited.others.map(listenerName).join(", ");
      const instead = held ? `it holds ${held} instead` : "it holds none";
      throw new InputError([
        `audit: the command did not hold ${filterText(filter)} within ${readyMs} ms: ${instead} (give it longer with --ready-timeout MS)${lastWords(output)}`,
      ]);
    }
  }
}

function startFailure(file: string, code: string): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "there is no such program (is it on PATH?)",
    EACCES: "it may not be executed (is it a program?)",
    // What Node gives for one, since it is no program: child_process, "Spawning .bat and .cmd files on Windows".
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
