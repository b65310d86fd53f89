/*
 * Attacks a server's port under Windows or Wine, written apart from the audit: starts the server, binds its port with
 * each set of options at each address, and counts who gets 100 connections or datagrams sent to the server's address.
 *
 * attack OUT tcp|udp PORT SERVER_ADDRESS COMMAND...
 *
 * Writes a line for each socket that got in: OPTIONS ADDRESS TAKEN. The server writes a character to its stdout when it
 * holds its port, and one for whatever it gets, so that nothing here depends on time.
 */
#include <stdio.h>
#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#define SENT 100

static int isTcp, port;
static FILE *out;
static HANDLE said; /* what the server writes */

static int fill(const char *text, struct sockaddr_storage *name) {
  struct sockaddr_in *four = (struct sockaddr_in *)name;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)name;
  memset(name, 0, sizeof *name);
  if (strchr(text, ':')) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    inet_pton(AF_INET6, text, &six->sin6_addr);
    return sizeof *six;
  }
  four->sin_family = AF_INET;
  four->sin_port = htons(port);
  inet_pton(AF_INET, text, &four->sin_addr);
  return sizeof *four;
}

static SOCKET make(const struct sockaddr_storage *name) {
  return socket(name->ss_family, isTcp ? SOCK_STREAM : SOCK_DGRAM, isTcp ? IPPROTO_TCP : IPPROTO_UDP);
}

/* A socket bound to the server's port, which listens over TCP; INVALID_SOCKET when the system refuses. */
static SOCKET enter(const char *address, int option) {
  struct sockaddr_storage name;
  int size = fill(address, &name), on = 1;
  SOCKET s = make(&name);
  if (name.ss_family == AF_INET6) setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&on, sizeof on);
  if (option) setsockopt(s, SOL_SOCKET, option, (char *)&on, sizeof on);
  if (bind(s, (struct sockaddr *)&name, size) == 0 && (!isTcp || listen(s, 200) == 0)) return s;
  closesocket(s);
  return INVALID_SOCKET;
}

static int isReadable(SOCKET s) {
  fd_set set;
  struct timeval atOnce = {0, 0};
  FD_ZERO(&set);
  FD_SET(s, &set);
  return select(0, &set, NULL, NULL, &atOnce) == 1;
}

static int hasSaid(void) {
  DWORD characters = 0;
  if (!PeekNamedPipe(said, NULL, 0, NULL, &characters, NULL)) exit(1); /* the server has ended */
  return characters > 0;
}

static void hear(void) {
  char character;
  DWORD size;
  if (!ReadFile(said, &character, 1, &size, NULL)) exit(1);
}

/* How many of 100 connections or datagrams to an address come to this socket. */
static int count(SOCKET thief, const char *target) {
  struct sockaddr_storage name;
  int size = fill(target, &name), taken = 0;
  char byte = 0;
  for (int i = 0; i < SENT; i++) {
    SOCKET client = make(&name);
    if (isTcp)
      connect(client, (struct sockaddr *)&name, size);
    else
      sendto(client, &byte, 1, 0, (struct sockaddr *)&name, size);
    while (!isReadable(thief) && !hasSaid()) Sleep(1);
    if (!isReadable(thief))
      hear();
    else {
      if (isTcp)
        closesocket(accept(thief, NULL, NULL));
      else
        recv(thief, &byte, 1, 0);
      taken++;
    }
    closesocket(client);
  }
  return taken;
}

static PROCESS_INFORMATION start(int count, char **words) {
  char line[4096] = "";
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  STARTUPINFOA how = {sizeof how};
  PROCESS_INFORMATION process = {0};
  how.dwFlags = STARTF_USESTDHANDLES;
  how.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  how.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  CreatePipe(&said, &how.hStdOutput, &inherited, 0);
  SetHandleInformation(said, HANDLE_FLAG_INHERIT, 0);
  for (int i = 0; i < count; i++) {
    strcat(line, "\"");
    strcat(line, words[i]);
    strcat(line, "\" ");
  }
  CreateProcessA(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &how, &process);
  CloseHandle(how.hStdOutput);
  return process;
}

int main(int argc, char **argv) {
  static const struct { const char *name; int option; } options[] = {
      {"none", 0}, {"SO_EXCLUSIVEADDRUSE", SO_EXCLUSIVEADDRUSE}, {"SO_REUSEADDR", SO_REUSEADDR}};
  static const char *addresses[] = {"0.0.0.0", "127.0.0.1", "::", "::1"};
  WSADATA data;
  WSAStartup(MAKEWORD(2, 2), &data);
  out = fopen(argv[1], "w");
  isTcp = strcmp(argv[2], "tcp") == 0;
  port = atoi(argv[3]);
  const char *server = argv[4];
  PROCESS_INFORMATION process = start(argc - 5, argv + 5);
  hear(); /* that it holds its port */
  for (int a = 0; a < 4; a++)
    for (int o = 0; o < 3; o++) {
      int v6 = strchr(addresses[a], ':') != NULL;
      if (v6 != (strchr(server, ':') != NULL)) continue;
      SOCKET s = enter(addresses[a], options[o].option);
      if (s == INVALID_SOCKET) continue;
      fprintf(out, "%s %s %d\n", options[o].name, addresses[a], count(s, v6 ? "::1" : "127.0.0.1"));
      closesocket(s);
    }
  fclose(out);
  TerminateProcess(process.hProcess, 0);
  return 0;
}
