import {
  SOCKET_OPTIONS,
  optionNumber,
  type OptionSystem,
  type SocketOption,
} from "../../harness/model/options/option-table.ts";

/** One option of one kind of socket. */
export interface AskedOption {
  /** As bindcheck has it. */
  readonly id: string;
  readonly protocol: "tcp" | "udp";
  readonly family: "ipv4" | "ipv6";
  readonly option: SocketOption;
  readonly at: { readonly level: number; readonly number: number };
}

/** Every option of a system, of every kind of socket. */
export function everyAsked(system: OptionSystem): AskedOption[] {
  return (["tcp", "udp"] as const).flatMap((protocol) =>
    (["ipv4", "ipv6"] as const).flatMap((family) =>
      [...SOCKET_OPTIONS.values()].flatMap((option): AskedOption[] => {
        const at = optionNumber(option, system);
        const id = `${protocol}/${family} option ${option.name}`;
        return at ? [{ id, protocol, family, option, at }] : [];
      }),
    ),
  );
}

/**
 * A C program that knows nothing of bindcheck: it reads each option on a new socket and prints `ID: BYTES in SIZE`, the
 * bytes that were written and the size that was given, or `ID: errno N`. Windows' headers take longer to compile than
 * anything else here: what it needs of them is written out.
 */
export function readerProgram(asked: readonly AskedOption[]): string {
  const reads = asked.map(({ id, protocol, family, at }) => {
    const domain = family === "ipv4" ? "AF_INET" : "AF_INET6";
    const type = protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM";
    return `  ask("${id}", ${domain}, ${type}, ${at.level}, ${at.number});`;
  });
  return `#include <stdio.h>
#include <string.h>
#ifdef _WIN32
enum { SOCK_STREAM = 1, SOCK_DGRAM = 2, AF_INET = 2, AF_INET6 = 23 };
typedef unsigned long long SOCKET;
typedef int socklen_t;
#define FROM_DLL __declspec(dllimport)
FROM_DLL int WSAStartup(unsigned short, void *);
FROM_DLL int WSAGetLastError(void);
FROM_DLL SOCKET socket(int, int, int);
FROM_DLL int getsockopt(SOCKET, int, int, char *, int *);
FROM_DLL int closesocket(SOCKET);
#else
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>
typedef int SOCKET;
#define closesocket close
#define WSAGetLastError() errno
#endif
static void ask(const char *id, int domain, int type, int level, int number) {
  unsigned char value[512];
  memset(value, 0xa5, sizeof value);
  socklen_t size = sizeof value;
  SOCKET own = socket(domain, type, 0);
  if (getsockopt(own, level, number, (char *)value, &size) != 0)
    printf("%s: errno %d\\n", id, WSAGetLastError());
  else {
    int written = sizeof value;
    while (written > 0 && value[written - 1] == 0xa5) written--;
    printf("%s: ", id);
    for (int i = 0; i < written; i++) printf("%02x", value[i]);
    printf(" in %d\\n", (int)size);
  }
  closesocket(own);
}
int main(void) {
#ifdef _WIN32
  char data[512];
  WSAStartup(0x202, data);
#endif
${reads.join("\n")}
  return 0;
}
`;
}

/** What such a program read, by the ids of the experiments. */
export function parseReadings(stdout: string): Map<string, string> {
  const lines = stdout.split(/\r?\n/).filter(Boolean);
  return new Map(lines.map((line) => line.split(": ") as [string, string]));
}

/**
 * Whether what bindcheck read (`VALUE in SIZE`, `errno N`) is what the program read: errors and sizes as they are, and the
 * value one that the bytes can mean.
 */
export function agrees(seen: string | undefined, read: string): boolean {
  const [, hex = "", size = ""] = /^([\da-f]*) in (\d+)$/.exec(read) ?? [];
  if (read.startsWith("errno") || seen === undefined) return seen === read;
  const [value = "", seenSize] = seen.split(" in ");
  // Two sockets do not read the same, or it is too long to be shown.
  return (
    seenSize === size && (value === "any" || meanings(Buffer.from(hex, "hex")).includes(value))
  );
}

function meanings(bytes: Buffer): string[] {
  const { length } = bytes;
  const text = bytes.toString("latin1").split("\0")[0];
  return [
    `0x${bytes.toString("hex")}`,
    text || "-",
    bytes.join("."),
    ...(length >= 1 && length < 4 ? [String(bytes.readUIntLE(0, length))] : []),
    ...(length === 4
      ? [`${bytes.readInt32LE()}`, `${bytes.readUInt16LE(0)}:${bytes.readUInt16LE(2)}`]
      : []),
    ...(length === 8
      ? [`${bytes.readBigInt64LE()}`, `${bytes.readInt32LE()}:${bytes.readInt32LE(4)}`]
      : []),
    ...(length === 16
      ? [`${bytes.readBigInt64LE() * 1000n + bytes.readBigInt64LE(8) / 1000n}`]
      : []),
  ];
}
