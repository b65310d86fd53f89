import { writeSync } from "node:fs";
import type Koffi from "koffi";
import { SOCKET_CONSTANTS } from "./constants.ts";
import { endWithHarness } from "./end-with-harness.ts";
import { describeHost } from "./host.ts";
import { openHarnessLink } from "./harness-link.ts";
import { loadKoffi } from "./load-koffi.ts";
import { openLibc } from "./libc.ts";
import { findOtherAccount } from "./other-account.ts";
import { listAddresses } from "./own-addresses.ts";
import { readRangesToAvoid } from "./port-ranges.ts";
import {
  BINDER_PROTOCOL_VERSION,
  MOST_OF_A_LINE,
  type Hello,
  type Reply,
  type Request,
  type StepResult,
} from "./protocol.ts";
import { nodeOptions } from "./node-sockets.ts";
import type { Relay } from "./relay.ts";
import { unreadableOptions } from "./socket-options.ts";
import type { Sockets } from "./sockets.ts";
import { createPerformer } from "./steps.ts";
import { openWinsock } from "./winsock.ts";

try {
  main();
} catch (error) {
  // One line: the harness shows a binder's last words to people.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** A binder: says who it is, then answers each request line with a reply line until the harness hangs up. */
function main(): void {
  const koffi = loadKoffi();
  const sockets = openSockets(koffi);
  endWithHarness(koffi);
  const unreadable = unreadableOptions(sockets);
  const performer = createPerformer(sockets, unreadable);
  const perform = async ({ id, programs }: Request): Promise<Reply> => {
    const results: StepResult[][] = [];
    for (const program of programs) results.push(await performer(program));
    return { id, results };
  };
  const hello: Hello = {
    hello: BINDER_PROTOCOL_VERSION,
    pid: process.pid,
    ...describeHost(koffi),
    options: Object.keys(sockets.constants.options),
    nodeOptions: nodeOptions(process.version),
    addresses: listAddresses(),
    portsToAvoid: readRangesToAvoid(),
    otherAccount: describeAccount(),
    unreadable,
    relay: true,
  };
  const link = openHarnessLink();
  const say = (line: Hello | Reply): void =>
    link.write(`${Buffer.from(JSON.stringify(line)).toString("latin1")}\n`);
  const giveUp = (why: string): never => {
    writeSync(2, `${why}\n`); // at once, since nothing later is
    return link.exit(1);
  };
  say(hello);
  let relay: Promise<Relay> | null = null;
  const passOn = async (line: string): Promise<void> => {
    // Loaded only where it is needed: every binder's start would pay for it.
    relay ??= import("./relay.ts").then(({ openRelay }) => openRelay(link.write));
    (await relay).take(line);
  };
  const take = (line: string): void => {
    if (/^\d/.test(line)) return void passOn(line);
    const text = Buffer.from(line, "latin1").toString();
    const request = parseRequest(text);
    // A line that is not a request cannot be answered.
    if (request) void perform(request).then(say);
    else giveUp(`this is not a request: ${JSON.stringify(text.slice(0, 100))}`);
  };
  link.read(take, (why) => {
    if (why === "endless") giveUp(`a request is longer than ${MOST_OF_A_LINE} characters`);
    // Without its harness a binder has nothing to do, however the harness ended.
    if (relay === null) link.exit(0);
    else void relay.then(({ end }) => end()).then(() => link.exit(0));
  });
}

function parseRequest(line: string): Request | null {
  try {
    const { id, programs } = JSON.parse(line) as Request;
    return Number.isSafeInteger(id) && Array.isArray(programs) && programs.every(Array.isArray)
      ? { id, programs }
      : null;
  } catch {
    return null;
  }
}

function describeAccount(): Hello["otherAccount"] {
  const found = findOtherAccount();
  return "problem" in found ? found : { name: found.name };
}

function openSockets(koffi: typeof Koffi): Sockets {
  const constants = SOCKET_CONSTANTS[process.platform];
  if (!constants) throw new Error(`the socket constants of ${process.platform} are not known`);
  return process.platform === "win32" ? openWinsock(koffi, constants) : openLibc(koffi, constants);
}
