import type { Advice } from "../audit-report.ts";
import type { Protocol } from "../../model/vocabulary.ts";

/** When a piece of advice fits; what is left out fits any. */
export interface AdviceRow extends Advice {
  /** Whose socket calls they are: `linux`, `windows`, ... */
  readonly platform?: string;
  readonly runtime?: string;
  readonly protocol?: Protocol;
  /** For a protocol that has its own rule. */
  readonly port?: number;
  /** An option that the second binder needed. */
  readonly option?: string;
}

const SOCKET_7 = {
  title: "socket(7), SO_REUSEPORT",
  url: "https://man7.org/linux/man-pages/man7/socket.7.html",
};
const MICROSOFT = {
  title: "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE",
  url: "https://learn.microsoft.com/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse",
};

/** What closes a way in. The first row that fits is given, so those for a runtime stand before those for all. */
export const ADVICE: readonly AdviceRow[] = [
  {
    protocol: "udp",
    port: 5353,
    text: "keep SO_REUSEADDR, with which the Multicast DNS responders of a machine share the port, and bind the group (224.0.0.251, ff02::fb) instead of the wildcard: each member gets a copy, and only datagrams that are sent to the machine itself go to one of them",
    brief: "bind the group 224.0.0.251 instead of the wildcard, and keep SO_REUSEADDR",
    source: {
      title: "RFC 6762, section 15.1",
      url: "https://www.rfc-editor.org/rfc/rfc6762#section-15.1",
    },
  },
  {
    platform: "linux",
    runtime: "node",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "leave reuseAddr: true out of dgram.createSocket: it sets SO_REUSEADDR, and on Linux every other socket that sets it, of any account, takes the datagrams. To share among processes of one account use reusePort: true (Node 22.12 and newer)",
    brief: "leave reuseAddr out",
    source: {
      title: "Node.js, dgram.createSocket",
      url: "https://nodejs.org/api/dgram.html#dgramcreatesocketoptions-callback",
    },
  },
  {
    platform: "linux",
    runtime: "python",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "do not set SO_REUSEADDR on a UDP socket (socketserver: allow_reuse_address = False): asyncio took its reuse_address away for this reason. To share among processes of one account set SO_REUSEPORT alone",
    brief: "do not set SO_REUSEADDR",
    source: {
      title: "Python issue 81409 (bpo-37228)",
      url: "https://github.com/python/cpython/issues/81409",
    },
  },
  {
    platform: "linux",
    runtime: "java",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "use DatagramSocket rather than MulticastSocket, which sets SO_REUSEADDR by itself, and do not call setReuseAddress(true)",
    brief: "use DatagramSocket",
    source: {
      title: "Java, MulticastSocket",
      url: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/MulticastSocket.html",
    },
  },
  {
    platform: "linux",
    runtime: ".net",
    protocol: "udp",
    text: "do not set SocketOptionName.ReuseAddress on a UDP socket: on Unix it sets SO_REUSEADDR and SO_REUSEPORT",
    brief: "do not set ReuseAddress",
    source: {
      title: ".NET, corefx pull request 32046",
      url: "https://github.com/dotnet/corefx/pull/32046",
    },
  },
  {
    platform: "linux",
    runtime: "socat",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "leave the reuseaddr (so-reuseaddr) option out of the UDP address",
    brief: "leave reuseaddr out",
    source: {
      title: "socat(1), SOCKET option group",
      url: "http://www.dest-unreach.org/socat/doc/socat.html#GROUP_SOCKET",
    },
  },
  {
    platform: "linux",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "do not set SO_REUSEADDR on a UDP socket: the kernel compares user ids under SO_REUSEPORT alone. To share among processes of one account set SO_REUSEPORT alone",
    brief: "do not set SO_REUSEADDR",
    source: SOCKET_7,
  },
  {
    platform: "linux",
    runtime: "nginx",
    option: "SO_REUSEPORT",
    text: "leave reuseport out of the listen directive where the workers need not have sockets of their own; other accounts are kept out either way",
    brief: "leave reuseport out",
    source: {
      title: "nginx, listen",
      url: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
    },
  },
  {
    platform: "linux",
    runtime: "socat",
    option: "SO_REUSEPORT",
    text: "leave the reuseport (so-reuseport) option out; other accounts are kept out either way",
    brief: "leave reuseport out",
    source: {
      title: "socat(1), SOCKET option group",
      url: "http://www.dest-unreach.org/socat/doc/socat.html#GROUP_SOCKET",
    },
  },
  {
    platform: "linux",
    option: "SO_REUSEPORT",
    text: "do not set SO_REUSEPORT where the port is not meant to be shared; other accounts are kept out either way, so run what you do not trust under another account",
    brief: "do not set SO_REUSEPORT",
    source: SOCKET_7,
  },
  {
    platform: "windows",
    runtime: "python",
    option: "SO_REUSEADDR",
    text: "set allow_reuse_address = False on the server class (http.server sets it to true, which is SO_REUSEADDR), and socket.SO_EXCLUSIVEADDRUSE before bind",
    brief: "set SO_EXCLUSIVEADDRUSE, not SO_REUSEADDR",
    source: {
      title: "Python issue 85307",
      url: "https://github.com/python/cpython/issues/85307",
    },
  },
  {
    platform: "windows",
    runtime: "python",
    text: "call setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1) before bind",
    brief: "set SO_EXCLUSIVEADDRUSE",
    source: MICROSOFT,
  },
  {
    platform: "windows",
    runtime: "node",
    protocol: "udp",
    option: "SO_REUSEADDR",
    text: "leave reuseAddr: true out of dgram.createSocket: it sets SO_REUSEADDR, with which any account may bind the port too",
    brief: "leave reuseAddr out",
    source: {
      title: "Node.js, dgram.createSocket",
      url: "https://nodejs.org/api/dgram.html#dgramcreatesocketoptions-callback",
    },
  },
  {
    platform: "windows",
    runtime: "node",
    text: "bind each specific address instead of the wildcard: Node cannot set SO_EXCLUSIVEADDRUSE (its own option `exclusive` is about clusters), and no socket takes a specific address from a socket without SO_REUSEADDR",
    brief: "bind each specific address",
    source: MICROSOFT,
  },
  {
    platform: "windows",
    runtime: "java",
    text: "leave -Dsun.net.useExclusiveBind alone (it is true by default: SO_EXCLUSIVEADDRUSE) and do not call setReuseAddress(true)",
    brief: "keep sun.net.useExclusiveBind, and do not call setReuseAddress(true)",
    source: {
      title: "OpenJDK, windows/native/libnio/ch/Net.c",
      url: "https://github.com/openjdk/jdk/blob/master/src/java.base/windows/native/libnio/ch/Net.c",
    },
  },
  {
    platform: "windows",
    runtime: ".net",
    text: "set ExclusiveAddressUse = true on the Socket, TcpListener or UdpClient before it binds",
    brief: "set ExclusiveAddressUse",
    source: {
      title: ".NET, Socket.ExclusiveAddressUse",
      url: "https://learn.microsoft.com/dotnet/api/system.net.sockets.socket.exclusiveaddressuse",
    },
  },
  {
    platform: "windows",
    text: "set SO_EXCLUSIVEADDRUSE before bind, on a wildcard socket above all, and never SO_REUSEADDR",
    brief: "set SO_EXCLUSIVEADDRUSE",
    source: MICROSOFT,
  },
  {
    platform: "macos",
    text: "set neither SO_REUSEPORT nor SO_REUSEADDR, and bind each specific address instead of the wildcard: a new socket with either option may take a specific address beside it",
    brief: "set neither option, and bind each specific address",
    source: {
      title: "xnu, bsd/netinet/in_pcb.c",
      url: "https://github.com/apple-oss-distributions/xnu/blob/main/bsd/netinet/in_pcb.c",
    },
  },
  {
    text: "set neither SO_REUSEADDR nor SO_REUSEPORT, and bind each specific address instead of the wildcard",
    brief: "set neither option, and bind each specific address",
    source: {
      title: "FreeBSD, setsockopt(2)",
      url: "https://man.freebsd.org/cgi/man.cgi?query=setsockopt&sektion=2",
    },
  },
];
