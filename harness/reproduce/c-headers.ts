import { POSIX_NAMES } from "./c-error-names.ts";
import type { Helper } from "./pick-helpers.ts";

/** What a program in C includes and defines for the systems it runs on. */
export const C_HEADERS: readonly Helper[] = [
  {
    usedAs: /./,
    text: `#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#define START WSADATA data; WSAStartup(MAKEWORD(2, 2), &data)
#define LAST_ERROR WSAGetLastError()
#define NAME(name) if (code == WSAE##name) return "WSAE" #name;
#define MORE_NAMES
#else
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#define START
#define LAST_ERROR errno
#define NAME(name) if (code == E##name) return "E" #name;
#define MORE_NAMES ${POSIX_NAMES.join(" ")}
#define closesocket close
typedef int SOCKET;
#ifndef ENODATA
#define ENODATA -3 /* FreeBSD and OpenBSD have none */
#endif
#endif`,
  },
  {
    usedAs: /\bSHUT_/,
    text: `#ifdef _WIN32
#define SHUT_RD SD_RECEIVE
#define SHUT_WR SD_SEND
#endif`,
  },
  {
    usedAs: /\bsend\(/,
    text: `#ifndef _WIN32
#include <signal.h>
#undef START
#define START signal(SIGPIPE, SIG_IGN)
#endif`,
  },
  {
    usedAs: /\b(?:ioctl|select)\(/,
    text: `#ifndef _WIN32
#include <sys/ioctl.h>
#include <sys/select.h>
#endif`,
  },
  { usedAs: /\bgetpwnam\(/, text: "#include <pwd.h>" },
  { usedAs: /./, text: "#include <stdio.h>\n#include <stdlib.h>" },
  { usedAs: /\bstrcmp\(/, text: "#include <string.h>" },
];
