/** Winsock's errors that a step may end in: winsock2.h, "Windows Sockets Error Codes". */
export const WINSOCK_NAMES: Readonly<Record<number, string>> = {
  10013: "WSAEACCES",
  10014: "WSAEFAULT",
  10022: "WSAEINVAL",
  10042: "WSAENOPROTOOPT",
  10045: "WSAEOPNOTSUPP",
  10047: "WSAEAFNOSUPPORT",
  10048: "WSAEADDRINUSE",
  10049: "WSAEADDRNOTAVAIL",
  10050: "WSAENETDOWN",
  10051: "WSAENETUNREACH",
  10053: "WSAECONNABORTED",
  10054: "WSAECONNRESET",
  10056: "WSAEISCONN",
  10057: "WSAENOTCONN",
  10060: "WSAETIMEDOUT",
  10061: "WSAECONNREFUSED",
  10065: "WSAEHOSTUNREACH",
};

/** The numbers of these errors. */
export const WINSOCK_CODES = Object.keys(WINSOCK_NAMES).map(Number);

/**
 * errno names for the same: POSIX.1-2017, ERRORS of bind(), setsockopt(), connect(), send(), recv() and shutdown(); and what
 * Linux's options give besides (asm-generic/errno-base.h, asm-generic/errno.h).
 */
export const ERRNO_NAMES = [
  "EACCES",
  "EADDRINUSE",
  "EADDRNOTAVAIL",
  "EAFNOSUPPORT",
  "EBADF",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EFAULT",
  "EHOSTUNREACH",
  "EINVAL",
  "EISCONN",
  "ENETDOWN",
  "ENETUNREACH",
  "ENODATA",
  "ENODEV",
  "ENOENT",
  "ENOPROTOOPT",
  "ENOTCONN",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EPERM",
  "EPIPE",
  "EPROTO",
  "ERANGE",
  "ETIMEDOUT",
];

/** What a failed call has in a case file; `no-code` where the system gave none, as Wine 5 does of unknown options. */
export const FAILURE_CODES = [...WINSOCK_CODES, ...ERRNO_NAMES, "no-code"].join("|");
