import type { SocketConstants } from "./constants.ts";
import type { AddressCalls } from "./socket-address.ts";

/** A system's socket calls, each returning what the C function returns. */
export interface Sockets {
  readonly constants: SocketConstants;
  readonly address: AddressCalls;
  /** The value that `socket` returns when it fails. */
  readonly invalidSocket: number | bigint;
  socket(family: number, type: number, protocol: number): number | bigint;
  setsockopt(
    socket: number | bigint,
    level: number,
    option: number,
    value: Buffer,
    size: number,
  ): number;
  /** `size` is an int32 in the buffer, in and out. */
  getsockopt(
    socket: number | bigint,
    level: number,
    option: number,
    value: Buffer,
    size: Buffer,
  ): number;
  bind(socket: number | bigint, address: Buffer, size: number): number;
  listen(socket: number | bigint, backlog: number): number;
  connect(socket: number | bigint, address: Buffer, size: number): number;
  /** The new socket, or invalidSocket. */
  accept(socket: number | bigint): number | bigint;
  send(socket: number | bigint, bytes: Buffer, size: number): number;
  recv(socket: number | bigint, bytes: Buffer, size: number): number;
  shutdown(socket: number | bigint, how: number): number;
  setBlocking(socket: number | bigint, isBlocking: boolean): number;
  /** Only where a refused connection takes seconds: how the connection of a socket that does not block stands. */
  readonly connectionState?: (socket: number | bigint) => "under way" | "made" | "failed";
  /** Whether there is something to take: data, a connection, the end or an error. */
  isReadable(socket: number | bigint): boolean;
  getsockname(socket: number | bigint, address: Buffer, size: Buffer): number;
  close(socket: number | bigint): number;
  /** Forgets the error of an earlier call. */
  clearError(): void;
  /** The error of the call made just before on this thread. */
  lastError(): number;
}
