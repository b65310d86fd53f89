import { IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM } from "./constants.ts";
import { noteOption } from "./keep-within.ts";
import type { Kind, Name, OpenStep, StepResult } from "./protocol.ts";
import { MAX_SOCKADDR_SIZE, decodeSocketAddress } from "./socket-address.ts";
import { applyOption, readOptions, setOption } from "./socket-options.ts";
import type { Sockets } from "./sockets.ts";
import {
  done,
  encodedName,
  failure,
  handleOf,
  type Performers,
  type Workbench,
} from "./workbench.ts";

// Deep enough for a hundred connections that are not accepted yet; systems cut it to their own limit.
const LISTEN_BACKLOG = 256;
const size = Buffer.alloc(4);
const address = Buffer.alloc(MAX_SOCKADDR_SIZE);

type BindStepName =
  | "socket"
  | "set-option"
  | "bind"
  | "listen"
  | "local-address"
  | "close"
  | "probe"
  | "open";

/** The steps that make, bind and close sockets. */
export const bindSteps: Performers<BindStepName> = {
  socket(step, bench) {
    const created = createSocket(step, bench.sockets);
    if (created === bench.sockets.invalidSocket) return failure(bench.sockets);
    bench.open.set(step.socket, created);
    if (step.protocol === "udp") bench.datagramSockets.add(step.socket);
    return areApplied(step.options ?? [], step.socket, bench)
      ? {}
      : { ...failure(bench.sockets), call: "set-option" };
  },
  "set-option"(step, bench) {
    const socket = handleOf(bench, step.socket);
    return done(setOption(bench.sockets, socket, step.option, step.value), bench);
  },
  bind: (step, bench) => done(bindTo(step, handleOf(bench, step.socket), bench), bench),
  listen: (step, bench) =>
    done(bench.sockets.listen(handleOf(bench, step.socket), LISTEN_BACKLOG), bench),
  "local-address"(step, bench) {
    const name = readName(handleOf(bench, step.socket), bench.sockets);
    return name.errno === undefined ? { ...name, length: size.readInt32LE() } : name;
  },
  close(step, bench) {
    const closing = handleOf(bench, step.socket);
    bench.open.delete(step.socket);
    bench.datagramSockets.delete(step.socket);
    bench.toGroups.delete(step.socket);
    bench.steered.delete(step.socket);
    return done(bench.sockets.close(closing), bench);
  },
  probe(step, bench) {
    const { sockets } = bench;
    const socket = createSocket(step, sockets);
    if (socket === sockets.invalidSocket) return failure(sockets);
    if (step.v6Only !== undefined) setOption(sockets, socket, "IPV6_V6ONLY", step.v6Only);
    const bound = done(bindTo(step, socket, bench), bench);
    sockets.close(socket);
    return bound;
  },
  open(step, bench) {
    const { sockets } = bench;
    const socket = createSocket(step, sockets);
    if (socket === sockets.invalidSocket) return { ...failure(sockets), call: "socket" };
    bench.open.set(step.socket, socket);
    if (step.protocol === "udp") bench.datagramSockets.add(step.socket);
    const isV6OnlySet =
      step.v6Only === undefined || setOption(sockets, socket, "IPV6_V6ONLY", step.v6Only) === 0;
    if (!isV6OnlySet || !areApplied(step.options, step.socket, bench))
      return { ...failure(sockets), call: "set-option" };
    const options = readOptions(bench, socket, step);
    if (bindTo(step, socket, bench) !== 0) return { ...failure(sockets), call: "bind", options };
    if (step.state === "listening" && sockets.listen(socket, LISTEN_BACKLOG) !== 0)
      return { ...failure(sockets), call: "listen", options };
    const name = readName(socket, sockets);
    return name.errno === undefined
      ? { ...name, options }
      : { ...name, call: "local-address", options };
  },
};

function createSocket({ family, protocol }: Kind, sockets: Sockets): number | bigint {
  const { AF_INET, AF_INET6 } = sockets.constants;
  const isTcp = protocol === "tcp";
  return sockets.socket(
    family === "ipv4" ? AF_INET : AF_INET6,
    isTcp ? SOCK_STREAM : SOCK_DGRAM,
    isTcp ? IPPROTO_TCP : IPPROTO_UDP,
  );
}

/** Whether all options of a socket could be set; ends at the first that could not. */
function areApplied(options: OpenStep["options"], socket: number, bench: Workbench): boolean {
  return options.every((option) => {
    const isSet = applyOption(bench.sockets, handleOf(bench, socket), option) === 0;
    if (isSet && typeof option !== "string") noteOption(bench, socket, option);
    return isSet;
  });
}

// The bytes are those of the address as it is written: what a socket of the other family says to them is an answer too.
function bindTo(name: Name, socket: number | bigint, bench: Workbench): number {
  const family = name.address.includes(":") ? "ipv6" : "ipv4";
  const bytes = encodedName(bench, { ...name, family });
  return bench.sockets.bind(socket, bytes, bytes.length);
}

function readName(socket: number | bigint, sockets: Sockets): StepResult {
  size.writeInt32LE(address.length);
  return sockets.getsockname(socket, address, size) === 0
    ? decodeSocketAddress(address, sockets.constants, sockets.address)
    : failure(sockets);
}
