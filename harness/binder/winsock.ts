import type Koffi from "koffi";
import type { SocketConstants } from "./constants.ts";
import type { Sockets } from "./sockets.ts";

// winsock2.h: MAKEWORD(2, 2), the version of Winsock that WSAStartup is asked for.
const WINSOCK_VERSION = 0x0202;
// winsock2.h: sizeof(WSADATA) is 400 on 32-bit and 408 on 64-bit Windows.
const WSADATA_SIZE = 512;
// winsock2.h: INVALID_SOCKET is (SOCKET)(~0); SOCKET is UINT_PTR.
const INVALID_SOCKET = process.arch === "ia32" ? 0xffff_ffff : 0xffff_ffff_ffff_ffffn;

/** Socket calls of Windows. Prototypes: winsock2.h, ws2tcpip.h. */
export function openWinsock(koffi: typeof Koffi, constants: SocketConstants): Sockets {
  const ws2 = koffi.load("ws2_32.dll");
  const startup = ws2.func("int __stdcall WSAStartup(uint16_t, void *)");
  const failure = startup(WINSOCK_VERSION, Buffer.alloc(WSADATA_SIZE)) as number;
  if (failure !== 0) throw new Error(`WSAStartup failed with error ${failure}`);
  const ntop = ws2.func("const char * __stdcall inet_ntop(int, const void *, void *, size_t)");
  const text = Buffer.alloc(64);
  const accept = ws2.func("uintptr_t __stdcall accept(uintptr_t, void *, void *)");
  const send = ws2.func("int __stdcall send(uintptr_t, const void *, int, int)");
  const recv = ws2.func("int __stdcall recv(uintptr_t, void *, int, int)");
  const ioctlsocket = ws2.func("int __stdcall ioctlsocket(uintptr_t, int32_t, void *)");
  const select = ws2.func("int __stdcall select(int, void *, void *, void *, const void *)");
  const poll = ws2.func("int __stdcall WSAPoll(void *, uint32_t, int)");
  const setLastError = ws2.func("void __stdcall WSASetLastError(int)");
  const is64 = process.arch !== "ia32";
  const pollFd = Buffer.alloc(16);
  const flag = Buffer.alloc(4);
  // timeval and fd_set (winsock2.h): u_int fd_count, SOCKET fd_array[64].
  const noWait = Buffer.alloc(8);
  const [writable, failed] = [Buffer.alloc(8 + 64 * 8), Buffer.alloc(8 + 64 * 8)];
  const fillSet = (set: Buffer, socket: number | bigint): void => {
    set.writeUInt32LE(1, 0);
    if (is64) set.writeBigUInt64LE(BigInt(socket), 8);
    else set.writeUInt32LE(Number(socket), 4);
  };
  return {
    constants,
    invalidSocket: INVALID_SOCKET,
    address: {
      pton: ws2.func("int __stdcall inet_pton(int, const char *, void *)"),
      ntop: (family, bytes) => ntop(family, bytes, text, text.length) as string,
      interfaceIndex: (name) => loadInterfaceIndex(koffi)(name) as number,
      // Microsoft's if_nametoindex: the loopback interface has index 1.
      loopbackIndex: () => 1,
    },
    socket: ws2.func("uintptr_t __stdcall socket(int, int, int)"),
    setsockopt: ws2.func("int __stdcall setsockopt(uintptr_t, int, int, const void *, int)"),
    getsockopt: ws2.func("int __stdcall getsockopt(uintptr_t, int, int, void *, void *)"),
    bind: ws2.func("int __stdcall bind(uintptr_t, const void *, int)"),
    listen: ws2.func("int __stdcall listen(uintptr_t, int)"),
    connect: ws2.func("int __stdcall connect(uintptr_t, const void *, int)"),
    accept: (socket) => accept(socket, null, null) as number | bigint,
    send: (socket, bytes, size) => send(socket, bytes, size, 0) as number,
    recv: (socket, bytes, size) => recv(socket, bytes, size, 0) as number,
    shutdown: ws2.func("int __stdcall shutdown(uintptr_t, int)"),
    setBlocking(socket, isBlocking) {
      flag.writeInt32LE(isBlocking ? 0 : 1);
      return ioctlsocket(socket, constants.FIONBIO, flag) as number;
    },
    connectionState(socket) {
      // Not WSAPoll: before Windows 10 2004 it does not report a connection that failed.
      for (const set of [writable, failed]) fillSet(set, socket);
      if ((select(0, null, writable, failed, noWait) as number) === 0) return "under way";
      return failed.readUInt32LE(0) === 0 ? "made" : "failed";
    },
    isReadable(socket) {
      // WSAPOLLFD (winsock2.h): SOCKET fd, SHORT events, SHORT revents.
      if (is64) pollFd.writeBigUInt64LE(BigInt(socket), 0);
      else pollFd.writeUInt32LE(Number(socket), 0);
      pollFd.writeInt16LE(constants.POLLIN, is64 ? 8 : 4);
      return (poll(pollFd, 1, 0) as number) > 0;
    },
    getsockname: ws2.func("int __stdcall getsockname(uintptr_t, void *, void *)"),
    close: ws2.func("int __stdcall closesocket(uintptr_t)"),
    clearError: () => void setLastError(0),
    lastError: ws2.func("int __stdcall WSAGetLastError()"),
  };
}

/** if_nametoindex (netioapi.h), which few experiments need. */
function loadInterfaceIndex(koffi: typeof Koffi): (name: string) => unknown {
  return koffi.load("iphlpapi.dll").func("uint32_t __stdcall if_nametoindex(const char *)");
}
