import { IPPROTO_IP_ROWS } from "./ip-level.ts";
import { IPPROTO_IPV6_ROWS } from "./ipv6-level.ts";
import { NSPROTO_IPX_ROWS } from "./ipx-level.ts";
import { SOL_SOCKET_ROWS } from "./socket-level.ts";
import { IPPROTO_TCP_ROWS } from "./tcp-level.ts";
import { IPPROTO_UDP_ROWS } from "./udp-level.ts";

/** The systems whose numbers are known; Wine and gVisor have those of the system whose calls they offer. */
export type OptionSystem = "linux" | "windows" | "macos" | "freebsd" | "openbsd";

/**
 * What the value is: a flag or a number of 4 bytes, struct linger, a time (struct timeval, or milliseconds as a DWORD on
 * Windows), an IPv4 address, the name of an interface, any other text, or anything else.
 */
export type OptionType =
  | "boolean"
  | "int"
  | "linger"
  | "timeout"
  | "in_addr"
  | "ifname"
  | "text"
  | "bytes";

/** A level, named as in C. */
export type OptionLevel = keyof typeof LEVELS;

/** A socket option, named as in C and in the documents. */
export interface SocketOption {
  readonly name: string;
  readonly level: OptionLevel;
  readonly type: OptionType;
  /** None of an option that documents name and that no socket here can be asked. */
  readonly numbers: Readonly<Partial<Record<OptionSystem, number>>>;
  /** A value that systems take, other than the one that most of them begin with. */
  readonly fitting: number;
  /** Two sockets never read the same: the value is not compared, only its size. */
  readonly isVolatile: boolean;
  /** Setting it would take the socket, or what it is connected to, out of use: it is only read. */
  readonly isOnlyRead: boolean;
  /** It changes the process and every socket that it makes afterwards; it is set back. */
  readonly isProcessWide: boolean;
}

// The levels have the same numbers on every system here, except SOL_SOCKET: <sys/socket.h>, <netinet/in.h>, ws2def.h, wsipx.h.
const LEVELS = {
  SOL_SOCKET: { rows: SOL_SOCKET_ROWS, number: 0xffff },
  IPPROTO_IP: { rows: IPPROTO_IP_ROWS, number: 0 },
  IPPROTO_IPV6: { rows: IPPROTO_IPV6_ROWS, number: 41 },
  IPPROTO_TCP: { rows: IPPROTO_TCP_ROWS, number: 6 },
  IPPROTO_UDP: { rows: IPPROTO_UDP_ROWS, number: 17 },
  NSPROTO_IPX: { rows: NSPROTO_IPX_ROWS, number: 1000 },
} as const;

// asm-generic/socket.h.
const LINUX_SOL_SOCKET = 1;

/** Every option of every system, in the order of the levels and of the alphabet. */
export const SOCKET_OPTIONS: ReadonlyMap<string, SocketOption> = new Map(
  (Object.keys(LEVELS) as OptionLevel[])
    .flatMap((level) => parseRows(level))
    .map((option) => [option.name, option]),
);

/** Where a system keeps an option: what getsockopt takes. Null where the system has none of the name. */
export function optionNumber(
  { level, numbers }: SocketOption,
  system: string,
): { readonly level: number; readonly number: number } | null {
  const number = Object.hasOwn(numbers, system) ? numbers[system as OptionSystem] : undefined;
  if (number === undefined) return null;
  const isLinuxSocket = level === "SOL_SOCKET" && system === "linux";
  return { level: isLinuxSocket ? LINUX_SOL_SOCKET : LEVELS[level].number, number };
}

/**
 * Rows are `name type linux windows bsd` and then marks: `set=N` (a fitting value, else 1), `volatile`, `unset` (it is
 * only read), `process-wide`, `SYSTEM=NUMBER`. `bsd` is a number that the systems from 4.4BSD share; `-` is none.
 */
function parseRows(level: OptionLevel): SocketOption[] {
  const [, ...rows] = LEVELS[level].rows.trim().split("\n");
  return rows.map((row) => {
    const [name = "", type, linux = "-", windows = "-", bsd = "-", ...marks] = row
      .trim()
      .split(/\s+/);
    const settings = new Map(marks.map((mark) => splitMark(mark)));
    const numbers = Object.entries({
      linux,
      windows,
      macos: bsd,
      freebsd: settings.get("freebsd") ?? bsd,
      openbsd: bsd,
    }).filter(([, text]) => text !== "-");
    return {
      name,
      level,
      type: type as OptionType,
      numbers: Object.fromEntries(numbers.map(([system, text]) => [system, Number(text)])),
      fitting: Number(settings.get("set") ?? 1),
      isVolatile: settings.has("volatile"),
      isOnlyRead: settings.has("unset"),
      isProcessWide: settings.has("process-wide"),
    };
  });
}

function splitMark(mark: string): [name: string, value: string] {
  const [name = "", value = ""] = mark.split("=");
  return [name, value];
}
