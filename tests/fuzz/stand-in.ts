import type { Program, Step, StepResult } from "../../harness/binder/protocol.ts";

/** A binder that opens no socket: it answers as a system does on which a second bind of a name is refused. */
export interface StandIn {
  readonly hello: string;
  /** The reply to a request. */
  answer(request: string): string;
}

const HELLO = {
  hello: 2,
  pid: 1,
  platform: { name: "linux", implements: "linux", version: "6.1.0" },
  os: { name: "linux", version: "1", build: "1", kernel: "Linux 1" },
  runtime: { node: "v0" },
  options: ["SO_REUSEADDR"],
  nodeOptions: [],
  addresses: [],
  portsToAvoid: [],
  otherAccount: { problem: "there is none" },
  unreadable: [],
};

/** `held` are the names that are bound, and by which socket: of all binders on one system. */
export function createStandIn(held: Map<string, number>, relay = false): StandIn {
  return {
    hello: JSON.stringify({ ...HELLO, relay }),
    answer(request) {
      const { id, programs } = JSON.parse(request) as { id: number; programs: Program[] };
      return JSON.stringify({ id, results: programs.map((program) => carryOut(program, held)) });
    },
  };
}

function carryOut(program: Program, held: Map<string, number>): StepResult[] {
  const results: StepResult[] = [];
  for (const step of program) {
    const result = resultOf(step, held);
    results.push(result);
    if (result.errno !== undefined) break;
  }
  return results;
}

function resultOf(step: Step, held: Map<string, number>): StepResult {
  if (step.do === "open") {
    const options = Object.fromEntries(step.options.map((option) => [option, 1]));
    const { address, port } = step;
    const name = `${address} ${port}`;
    if (held.has(name)) return { errno: 98, code: "EADDRINUSE", call: "bind", options };
    held.set(name, step.socket);
    return { address, port, options };
  }
  if (step.do === "close")
    for (const [name, socket] of held) if (socket === step.socket) held.delete(name);
  return {};
}
