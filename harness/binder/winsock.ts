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
  return {
    constants,
    invalidSocket: INVALID_SOCKET,
    address: {
      pton: ws2.func("int __stdcall inet_pton(int, const char *, void *)"),
      ntop: (family, bytes) => ntop(family, bytes, text, text.length) as string,
    },
    socket: ws2.func("uintptr_t __stdcall socket(int, int, int)"),
    setsockopt: ws2.func("int __stdcall setsockopt(uintptr_t, int, int, const void *, int)"),
    getsockopt: ws2.func("int __stdcall getsockopt(uintptr_t, int, int, void *, void *)"),
    bind: ws2.func("int __stdcall bind(uintptr_t, const void *, int)"),
    listen: ws2.func("int __stdcall listen(uintptr_t, int)"),
    getsockname: ws2.func("int __stdcall getsockname(uintptr_t, void *, void *)"),
    close: ws2.func("int __stdcall closesocket(uintptr_t)"),
    lastError: ws2.func("int __stdcall WSAGetLastError()"),
  };
}
