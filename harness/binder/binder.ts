import { writeSync } from "node:fs";
import type Koffi from "koffi";
import { SOCKET_CONSTANTS } from "./constants.ts";
import { endWithHarness } from "./end-with-harness.ts";
import { describeHost } from "./host.ts";
import { openHarnessLink } from "./harness-link.ts";
import { loadKoffi } from "./load-koffi.ts";
import { openLibc } from "./libc.ts";
import {
  BINDER_PROTOCOL_VERSION,
  MOST_OF_A_LINE,
  type Hello,
  type Reply,
  type Request,
  type StepResult,
} from "./protocol.ts";
import { nodeOptions } from "./node-sockets.ts";
import type { Sockets } from "./sockets.ts";
import { splitLines } from "./split-lines.ts";
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
  const performer = createPerformer(sockets);
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
  };
  const { input, output } = openHarnessLink();
  const say = (line: Hello | Reply): void => void output.write(`${JSON.stringify(line)}\n`);
  say(hello);
  const take = (line: string): void => {
    const request = parseRequest(line);
    if (request) void perform(request).then(say);
    else giveUp(`this is no request: ${JSON.stringify(line.slice(0, 100))}`);
  };
  const refuse = (): void => giveUp(`a request is longer than ${MOST_OF_A_LINE} characters`);
  input.setEncoding("utf8").on("data", splitLines(take, MOST_OF_A_LINE, refuse));
  // Without its harness a binder has nothing to do, however the harness ended.
  input.on("end", () => process.exit(0));
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

/** Whoever says what is no request cannot be answered. */
function giveUp(why: string): never {
  writeSync(2, `${why}\n`); // at once, since nothing later is
  process.exit(1);
}

function openSockets(koffi: typeof Koffi): Sockets {
  const constants = SOCKET_CONSTANTS[process.platform];
  if (!constants) throw new Error(`the socket constants of ${process.platform} are not known`);
  return process.platform === "win32" ? openWinsock(koffi, constants) : openLibc(koffi, constants);
}
