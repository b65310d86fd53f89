import { ERRNO_NAMES, WINSOCK_NAMES } from "../model/error-codes.ts";

const WINSOCK = Object.values(WINSOCK_NAMES).map((name) => name.slice("WSAE".length));
const ERRNO = ERRNO_NAMES.map((name) => name.slice("E".length));

/** Errors that Windows and POSIX systems both have, each as a use of NAME with the name after `WSAE` and `E`. */
export const COMMON_NAMES = usesOf(WINSOCK);

/** Those of POSIX systems alone. */
export const POSIX_NAMES = usesOf(ERRNO.filter((name) => !WINSOCK.includes(name)));

function usesOf(names: readonly string[]): string[] {
  return names.map((name) => `NAME(${name})`);
}
