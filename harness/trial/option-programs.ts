import type { Name, Program, Step } from "../binder/protocol.ts";
import type { SocketOption } from "../model/options/option-table.ts";
import { MOST_OF_A_VALUE, fittingValue, sendsNothing, wrongValue } from "./option-value.ts";
import { addressFamily } from "../model/vocabulary.ts";
import type { OptionTrial } from "./trial.ts";

/** What is asked on sockets of one program, and the programs that close them afterwards, whatever became of it. */
export interface Asking {
  readonly program: Program;
  readonly closing: readonly Program[];
}

/** The programs that ask one option. Those that set it are empty where it is only read. */
export interface OptionPrograms {
  readonly fresh: Asking;
  readonly set: Asking;
  readonly bound: Asking;
  readonly short: Asking;
  readonly setShort: Asking;
  readonly wrong: Asking;
  readonly connected: Asking;
  /** Reads the option on the listener, and then on the connection that it accepts. */
  readonly inherited: Asking;
  /** Sets the option and connects to a port that is not open; `afterRefused` reads it on the same socket. */
  readonly refused: Asking;
  readonly afterRefused: Asking;
}

/** Makes them. `at` is where the system has the option. */
export function createOptionPrograms(
  trial: OptionTrial,
  option: SocketOption,
  at: { readonly level: number; readonly number: number },
  nextSocket: () => number,
): OptionPrograms {
  const { experiment, addresses, port, system } = trial;
  const { protocol } = experiment;
  const isTcp = protocol === "tcp";
  const family = experiment.family === "ipv4" ? "ipv4" : "ipv6";
  const { specific } = addresses[addressFamily(experiment.family)];
  if (specific === null) throw new Error(`${experiment.id}: the target has no address`);
  const here: Name = { family, address: specific, port };
  const [a, b, c] = [nextSocket(), nextSocket(), nextSocket()];

  const make = (socket: number): Program => [
    { do: "socket", socket, family, protocol },
    ...(experiment.family === "dual"
      ? [{ do: "set-option", socket, option: "IPV6_V6ONLY", value: 0 } as const]
      : []),
  ];
  const get = (socket: number, size = MOST_OF_A_VALUE): Step => ({
    do: "get-option",
    socket,
    ...at,
    size,
  });
  const setTo = (socket: number, hex: string): Step => ({ do: "set-bytes", socket, ...at, hex });
  const fitting = fittingValue(option, system);
  const set = (socket: number): Step => setTo(socket, fitting);
  const bind = (socket: number): Step => ({ do: "bind", socket, ...here });
  const listen = (socket: number): Step => ({ do: "listen", socket });
  const connect = (socket: number): Step => ({ do: "begin-connect", socket, ...here });
  const refuse = (socket: number): Step => ({ do: "connect", socket, ...here });
  const accept: Step = { do: "accept", socket: a, as: c, waitMs: ACCEPT_WAIT_MS };
  const close = (socket: number, isConnected: boolean): Program => [
    // Ended by a reset: a connection in TIME_WAIT would go on holding the port.
    ...(isConnected && isTcp ? [{ do: "set-linger", socket, seconds: 0 } as const] : []),
    { do: "close", socket },
  ];
  const back = (socket = a): Program =>
    option.isProcessWide ? [setTo(socket, fittingValue({ ...option, fitting: 0 }, system))] : [];
  const ask = (...program: Program): Asking => {
    const isConnected = program.some((step) => step.do === "begin-connect");
    const used = [b, c, a].filter((socket) => program.some((step) => uses(step, socket)));
    return { program, closing: used.map((socket) => close(socket, isConnected)) };
  };
  const setting = (...program: Program): Asking => (option.isOnlyRead ? NOTHING : ask(...program));
  const isRefused = isTcp && !sendsNothing(option);
  return {
    fresh: ask(...make(a), get(a)),
    set: setting(...make(a), set(a), get(a), ...back()),
    short: ask(...make(a), get(a, 1)),
    setShort: setting(...make(a), setTo(a, fitting.slice(0, 2)), ...back()),
    wrong: setting(...make(a), setTo(a, wrongValue(option, system)), ...back()),
    inherited: isTcp
      ? setting(
          ...make(a),
          set(a),
          bind(a),
          listen(a),
          get(a),
          ...make(b),
          connect(b),
          accept,
          get(c),
          ...back(),
        )
      : NOTHING,
    refused: isRefused ? { ...setting(...make(b), set(b), refuse(b)), closing: [] } : NOTHING,
    // The address has to be there still: a connection is refused where it has gone too.
    afterRefused: isRefused ? setting(...make(a), bind(a), get(b), ...back(b)) : NOTHING,
    // Last, since they bind before they set: where the address has gone meanwhile, nothing counts.
    bound: setting(...make(a), bind(a), set(a), get(a), ...back()),
    connected: isTcp
      ? setting(...make(a), bind(a), listen(a), ...make(b), connect(b), accept, set(b), ...back())
      : setting(...make(a), bind(a), ...make(b), connect(b), set(b), ...back()),
  };
}

function uses(step: Step, socket: number): boolean {
  return (
    ("socket" in step && step.socket === socket) || (step.do === "accept" && step.as === socket)
  );
}

const NOTHING: Asking = { program: [], closing: [] };

// On one machine a connection is there at once. An option that keeps it away shows by nothing coming.
const ACCEPT_WAIT_MS = 200;
