/** A level and a number. */
type OptionPlace = readonly [level: number, number: number];

/** Numbers and layouts of one system's socket calls. */
export interface SocketConstants {
  readonly AF_INET: number;
  readonly AF_INET6: number;
  readonly SOL_SOCKET: number;
  readonly IPV6_V6ONLY: number;
  /** Socket options by name, all at level SOL_SOCKET; only those that the system has. */
  readonly options: Readonly<Record<string, number>>;
  /** Other options at level SOL_SOCKET, for scenarios. */
  readonly bufferOptions: Readonly<Record<string, number>>;
  readonly SO_LINGER: number;
  /** Whether struct linger holds shorts (Windows) or ints. */
  readonly lingerIsShort: boolean;
  readonly IPPROTO_IP: number;
  /** Gives the error of a connection that went on by itself. */
  readonly SO_ERROR: number;
  readonly IP_ADD_MEMBERSHIP: number;
  /** Takes an address of the interface. */
  readonly IP_MULTICAST_IF: number;
  readonly IP_MULTICAST_TTL: number;
  /** Takes the number of the interface. */
  readonly IPV6_MULTICAST_IF: number;
  readonly IPV6_MULTICAST_HOPS: number;
  readonly IPV6_JOIN_GROUP: number;
  /** Options that may lead what is sent to this machine's own addresses elsewhere, by name: level and number. */
  readonly steering: Readonly<Record<string, OptionPlace>>;
  /** Options that may lead what is sent to a group elsewhere. */
  readonly groupSteering: Readonly<Record<string, OptionPlace>>;
  /** Whether struct ip_mreq_source has the interface before the source. */
  readonly sourceComesLast: boolean;
  /** Request code of ioctl that makes a socket non-blocking. */
  readonly FIONBIO: number;
  /** Flag of send that keeps SIGPIPE away; 0 where there is none (macOS: SIGPIPE is ignored by Node anyway). */
  readonly MSG_NOSIGNAL: number;
  /** poll's event for something to read. */
  readonly POLLIN: number;
  /** Whether a sockaddr begins with its length in one byte (4.4BSD) or with a two-byte family. */
  readonly sockaddrHasLength: boolean;
}

/** The same on every system here: <sys/socket.h>, <winsock2.h>, <netinet/in.h>, <ws2def.h>. */
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_IPV6 = 41;

// ws2ipdef.h; netinet/in.h, netinet6/in6.h of the systems that come from 4.4BSD.
const GROUP_STEERING: SocketConstants["groupSteering"] = {
  IP_MULTICAST_IF: [0, 9],
  IP_MULTICAST_TTL: [0, 10],
  IPV6_MULTICAST_IF: [41, 9],
  IPV6_MULTICAST_HOPS: [41, 10],
};

// What the systems that come from 4.4BSD have kept alike: sys/socket.h, netinet/in.h, sys/filio.h, sys/poll.h.
const BSD = {
  AF_INET: 2,
  SOL_SOCKET: 0xffff,
  IPV6_V6ONLY: 27,
  options: { SO_REUSEADDR: 0x0004, SO_REUSEPORT: 0x0200 },
  bufferOptions: { SO_SNDBUF: 0x1001, SO_RCVBUF: 0x1002 },
  SO_LINGER: 0x0080,
  SO_ERROR: 0x1007,
  lingerIsShort: false,
  IPPROTO_IP: 0,
  IP_ADD_MEMBERSHIP: 12,
  IP_MULTICAST_IF: 9,
  IP_MULTICAST_TTL: 10,
  IPV6_MULTICAST_IF: 9,
  IPV6_MULTICAST_HOPS: 10,
  IPV6_JOIN_GROUP: 12,
  // netinet/in.h, netinet6/in6.h
  steering: { IP_OPTIONS: [0, 1] },
  groupSteering: GROUP_STEERING,
  sourceComesLast: false,
  FIONBIO: 0x8004667e,
  POLLIN: 0x0001,
  sockaddrHasLength: true,
} satisfies Partial<SocketConstants>;

/** By Node's `process.platform`. */
export const SOCKET_CONSTANTS: Readonly<Record<string, SocketConstants>> = {
  // include/uapi/asm-generic/socket.h, include/linux/socket.h, include/uapi/linux/in6.h
  linux: {
    AF_INET: 2,
    AF_INET6: 10,
    SOL_SOCKET: 1,
    IPV6_V6ONLY: 26,
    options: { SO_REUSEADDR: 2, SO_REUSEPORT: 15 },
    // include/uapi/asm-generic/{socket,ioctls,poll}.h, include/uapi/linux/in.h
    bufferOptions: { SO_SNDBUF: 7, SO_RCVBUF: 8 },
    SO_LINGER: 13,
    SO_ERROR: 4,
    lingerIsShort: false,
    IPPROTO_IP: 0,
    IP_ADD_MEMBERSHIP: 35,
    IP_MULTICAST_IF: 32,
    IP_MULTICAST_TTL: 33,
    // include/uapi/linux/in6.h
    IPV6_MULTICAST_IF: 17,
    IPV6_MULTICAST_HOPS: 18,
    IPV6_JOIN_GROUP: 20,
    // include/uapi/asm-generic/socket.h, include/uapi/linux/{in,in6}.h
    steering: {
      SO_BINDTODEVICE: [1, 25],
      SO_BINDTOIFINDEX: [1, 62],
      IP_OPTIONS: [0, 4],
      IP_UNICAST_IF: [0, 50],
      IPV6_2292PKTOPTIONS: [41, 6],
      IPV6_PKTINFO: [41, 50],
      IPV6_RTHDR: [41, 57],
      IPV6_UNICAST_IF: [41, 76],
    },
    groupSteering: {
      IP_MULTICAST_IF: [0, 32],
      IP_MULTICAST_TTL: [0, 33],
      IPV6_MULTICAST_IF: [41, 17],
      IPV6_MULTICAST_HOPS: [41, 18],
    },
    sourceComesLast: true,
    FIONBIO: 0x5421,
    MSG_NOSIGNAL: 0x4000,
    POLLIN: 0x0001,
    sockaddrHasLength: false,
  },
  // winsock2.h, ws2def.h, ws2ipdef.h; SO_EXCLUSIVEADDRUSE is defined there as (int)(~SO_REUSEADDR)
  win32: {
    AF_INET: 2,
    AF_INET6: 23,
    SOL_SOCKET: 0xffff,
    IPV6_V6ONLY: 27,
    options: { SO_EXCLUSIVEADDRUSE: ~0x0004, SO_REUSEADDR: 0x0004 },
    // winsock2.h, ws2ipdef.h; POLLIN is POLLRDNORM | POLLRDBAND there
    bufferOptions: { SO_SNDBUF: 0x1001, SO_RCVBUF: 0x1002 },
    SO_LINGER: 0x0080,
    SO_ERROR: 0x1007,
    lingerIsShort: true,
    IPPROTO_IP: 0,
    IP_ADD_MEMBERSHIP: 12,
    IP_MULTICAST_IF: 9,
    IP_MULTICAST_TTL: 10,
    IPV6_MULTICAST_IF: 9,
    IPV6_MULTICAST_HOPS: 10,
    IPV6_JOIN_GROUP: 12,
    // ws2ipdef.h
    steering: {
      IP_OPTIONS: [0, 1],
      IP_UNICAST_IF: [0, 31],
      IP_RTHDR: [0, 32],
      IPV6_PKTINFO: [41, 19],
      IPV6_UNICAST_IF: [41, 31],
      IPV6_RTHDR: [41, 32],
    },
    groupSteering: GROUP_STEERING,
    sourceComesLast: false,
    FIONBIO: 0x8004667e | 0,
    MSG_NOSIGNAL: 0,
    POLLIN: 0x0300,
    sockaddrHasLength: false,
  },
  // xnu bsd/sys/socket.h, bsd/netinet6/in6.h
  darwin: { ...BSD, AF_INET6: 30, MSG_NOSIGNAL: 0 },
  // freebsd-src sys/sys/socket.h, sys/netinet6/in6.h
  freebsd: { ...BSD, AF_INET6: 28, MSG_NOSIGNAL: 0x00020000 },
  // openbsd src sys/sys/socket.h, sys/netinet6/in6.h
  openbsd: { ...BSD, AF_INET6: 24, MSG_NOSIGNAL: 0x400 },
};
