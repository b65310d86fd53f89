import { networkInterfaces } from "node:os";
import type Koffi from "koffi";
import type { LibraryHandle } from "koffi";
import type { SocketConstants } from "./constants.ts";
import type { Sockets } from "./sockets.ts";

// The name of the C library as the dynamic linker finds it; OpenBSD versions its own (ld.so(1) resolves libc.so).
const LIBC_NAMES: Readonly<Record<string, readonly string[]>> = {
  linux: ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"],
  darwin: ["/usr/lib/libSystem.B.dylib"],
  freebsd: ["libc.so.7"],
  openbsd: ["libc.so"],
};

/** Socket calls of a POSIX system. Prototypes: POSIX.1-2017 <sys/socket.h>, <arpa/inet.h>, <poll.h>, <unistd.h>, <net/if.h>. */
export function openLibc(koffi: typeof Koffi, constants: SocketConstants): Sockets {
  const libc = loadLibc(koffi);
  const ntop = libc.func("const char *inet_ntop(int, const void *, void *, uint32_t)");
  const text = Buffer.alloc(64);
  const accept = libc.func("int accept(int, void *, void *)");
  const send = libc.func("intptr_t send(int, const void *, size_t, int)");
  const recv = libc.func("intptr_t recv(int, void *, size_t, int)");
  const ioctl = libc.func("int ioctl(int, unsigned long, ...)");
  // nfds_t is unsigned int on the BSDs and unsigned long on Linux: a register either way.
  const poll = libc.func("int poll(void *, unsigned long, int)");
  const interfaceIndex = libc.func("unsigned int if_nametoindex(const char *)");
  const pollFd = Buffer.alloc(8);
  const flag = Buffer.alloc(4);
  return {
    constants,
    invalidSocket: -1,
    address: {
      pton: libc.func("int inet_pton(int, const char *, void *)"),
      ntop: (family, bytes) => ntop(family, bytes, text, text.length) as string,
      interfaceIndex: (name) => interfaceIndex(name) as number,
      loopbackIndex: () => interfaceIndex(findLoopback()) as number,
    },
    socket: libc.func("int socket(int, int, int)"),
    setsockopt: libc.func("int setsockopt(int, int, int, const void *, uint32_t)"),
    getsockopt: libc.func("int getsockopt(int, int, int, void *, void *)"),
    bind: libc.func("int bind(int, const void *, uint32_t)"),
    listen: libc.func("int listen(int, int)"),
    connect: libc.func("int connect(int, const void *, uint32_t)"),
    accept: (socket) => accept(socket, null, null) as number,
    send: (socket, bytes, size) => send(socket, bytes, size, constants.MSG_NOSIGNAL) as number,
    recv: (socket, bytes, size) => recv(socket, bytes, size, 0) as number,
    shutdown: libc.func("int shutdown(int, int)"),
    setBlocking(socket, isBlocking) {
      flag.writeInt32LE(isBlocking ? 0 : 1);
      return ioctl(socket, constants.FIONBIO, "void *", flag) as number;
    },
    isReadable(socket) {
      // struct pollfd: int fd, short events, short revents (POSIX.1-2017 <poll.h>).
      pollFd.writeInt32LE(Number(socket), 0);
      pollFd.writeInt16LE(constants.POLLIN, 4);
      return (poll(pollFd, 1, 0) as number) > 0;
    },
    getsockname: libc.func("int getsockname(int, void *, void *)"),
    close: libc.func("int close(int)"),
    clearError: () => void koffi.errno(0),
    lastError: () => koffi.errno(),
  };
}

// `lo` on Linux, `lo0` on the systems that come from 4.4BSD.
function findLoopback(): string {
  const found = Object.entries(networkInterfaces()).find(([, own]) =>
    own?.some(({ internal }) => internal),
  );
  return found?.[0] ?? "lo";
}

/** The C library of this system. */
export function loadLibc(koffi: typeof Koffi): LibraryHandle {
  return loadFirst(koffi, LIBC_NAMES[process.platform] ?? ["libc.so"]);
}

function loadFirst(koffi: typeof Koffi, names: readonly string[]): LibraryHandle {
  const problems: unknown[] = [];
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch (error) {
      problems.push(error);
    }
  }
  throw new AggregateError(problems, `none of ${names.join(", ")} can be loaded`);
}
