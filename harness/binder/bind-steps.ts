import { IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM } from "./constants.ts";
import { MAX_SOCKADDR_SIZE, decodeSocketAddress, encodeSocketAddress } from "./socket-address.ts";
import type { Sockets } from "./sockets.ts";
import { done, failure, handleOf, type Performers } from "./workbench.ts";

// Deep enough for a hundred connections that nobody has accepted yet; systems cut it to their own limit.
const LISTEN_BACKLOG = 256;
const INT_SIZE = 4;
// Callers name their sockets from 1.
const PROBE_SOCKET = 0;

const value = Buffer.alloc(INT_SIZE);
const size = Buffer.alloc(INT_SIZE);
const address = Buffer.alloc(MAX_SOCKADDR_SIZE);

type BindStepName =
  | "socket"
  | "set-option"
  | "get-option"
  | "bind"
  | "listen"
  | "local-address"
  | "close"
  | "probe";

/** The steps that make, bind and close sockets. */
export const bindSteps: Performers<BindStepName> = {
  socket(step, { sockets, open }) {
    const { AF_INET, AF_INET6 } = sockets.constants;
    const isTcp = step.protocol === "tcp";
    const created = sockets.socket(
      step.family === "ipv4" ? AF_INET : AF_INET6,
      isTcp ? SOCK_STREAM : SOCK_DGRAM,
      isTcp ? IPPROTO_TCP : IPPROTO_UDP,
    );
    if (created === sockets.invalidSocket) return failure(sockets);
    open.set(step.socket, created);
    return {};
  },
  "set-option"(step, bench) {
    const [level, option] = optionNumbers(bench.sockets, step.option);
    value.writeInt32LE(step.value);
    const socket = handleOf(bench, step.socket);
    return done(bench.sockets.setsockopt(socket, level, option, value, INT_SIZE), bench);
  },
  "get-option"(step, bench) {
    const [level, option] = optionNumbers(bench.sockets, step.option);
    const own = bench.nodeSockets.get(step.socket);
    if (own?.fd === null) return {}; // Windows: Node does not show its sockets
    const socket = own?.fd ?? handleOf(bench, step.socket);
    value.writeInt32LE(0);
    size.writeInt32LE(INT_SIZE);
    const returned = bench.sockets.getsockopt(socket, level, option, value, size);
    return returned === 0 ? { value: readOption() } : failure(bench.sockets);
  },
  bind(step, bench) {
    const { sockets } = bench;
    const bytes = encodeSocketAddress(step, step.family, sockets.constants, sockets.address);
    return done(sockets.bind(handleOf(bench, step.socket), bytes, bytes.length), bench);
  },
  listen: (step, bench) =>
    done(bench.sockets.listen(handleOf(bench, step.socket), LISTEN_BACKLOG), bench),
  "local-address"(step, bench) {
    const own = bench.nodeSockets.get(step.socket)?.address();
    if (own) return { address: own.address, port: own.port };
    const { sockets } = bench;
    size.writeInt32LE(address.length);
    const returned = sockets.getsockname(handleOf(bench, step.socket), address, size);
    return returned === 0
      ? decodeSocketAddress(address, sockets.constants, sockets.address)
      : failure(sockets);
  },
  close(step, bench) {
    const closing = handleOf(bench, step.socket);
    bench.open.delete(step.socket);
    return done(bench.sockets.close(closing), bench);
  },
  probe(step, bench) {
    const socket = PROBE_SOCKET;
    const opened = bindSteps.socket({ ...step, do: "socket", socket }, bench);
    if (opened.errno !== undefined) return opened;
    if (step.family === "ipv6")
      bindSteps["set-option"](
        { do: "set-option", socket, option: "IPV6_V6ONLY", value: step.v6Only },
        bench,
      );
    const bound = bindSteps.bind({ ...step, do: "bind", socket }, bench);
    bindSteps.close({ do: "close", socket }, bench);
    return bound;
  },
};

function optionNumbers({ constants }: Sockets, option: string): [level: number, option: number] {
  if (option === "IPV6_V6ONLY") return [IPPROTO_IPV6, constants.IPV6_V6ONLY];
  const number = constants.options[option] ?? constants.bufferOptions[option];
  if (number === undefined) throw new Error(`${option} is not an option of this system`);
  return [constants.SOL_SOCKET, number];
}

// Some systems fill one byte for a boolean option (Windows' getsockopt page allows BOOL and smaller).
function readOption(): number {
  return size.readInt32LE() === 1 ? value.readUInt8() : value.readInt32LE();
}
