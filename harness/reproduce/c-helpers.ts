import { COMMON_NAMES } from "./c-error-names.ts";
import type { Helper } from "./pick-helpers.ts";

/** Functions of programs in C, each before those that use it. */
export const C_HELPERS: readonly Helper[] = [
  {
    usedAs: /\blast\b/,
    text: `/* The call that failed in the last step, and its error; no call when none failed. */
static struct outcome { const char *call; int code; } last;`,
  },
  {
    usedAs: /\bNOTHING_CAME\b|\bEND_OF_STREAM\b/,
    text: "enum { NOTHING_CAME = -1, END_OF_STREAM = -2 };",
  },
  {
    usedAs: /\bname_of\(/,
    text: `static const char *name_of(int code) {
  MORE_NAMES
  ${COMMON_NAMES.join("\n  ")}
  return code == NOTHING_CAME ? "nothing-came" : code == END_OF_STREAM ? "end-of-stream" : "error";
}`,
  },
  {
    usedAs: /\bdone\(/,
    text: `static int done(const char *call, int result) {
  last.call = result == -1 ? call : NULL;
  last.code = result == -1 ? LAST_ERROR : 0;
  return result != -1;
}`,
  },
  {
    usedAs: /\b(?:tell|need|tell_shares)\(/,
    text: `static void tell(const char *step, int ok) {
  if (ok) printf("%s: success\\n", step);
  else if (last.code < 0) printf("%s: %s at %s\\n", step, name_of(last.code), last.call);
  else printf("%s: %s (%d) at %s\\n", step, name_of(last.code), last.code, last.call);
}`,
  },
  {
    usedAs: /\bneed\(/,
    text: `static void need(const char *step, int ok) {
  if (!ok) tell(step, ok), exit(3);
}`,
  },
  {
    usedAs: /\bnot_refused\(/,
    text: `/* A step on a refused socket has the same outcome as the refusal. */
static int not_refused(struct outcome was) {
  last = was;
  return !last.call;
}`,
  },
  {
    usedAs: /\bis\(/,
    text: `/* Whether the last step failed in this call with this code, a name or a number. */
static int is(const char *call, const char *code) {
  return last.call && !strcmp(call, last.call) &&
         (!strcmp(code, name_of(last.code)) || atoi(code) == last.code);
}`,
  },
  {
    usedAs: /\bact_as\(/,
    text: `static void act_as(const char *account) {
  struct passwd *entry = getpwnam(account);
  if (entry && !seteuid(0) && !seteuid(entry->pw_uid)) return;
  perror(account);
  exit(3);
}`,
  },
  {
    usedAs: /\bset_linger\(|\btake_all\(/,
    text: `static int set_linger(SOCKET own, int seconds) {
  struct linger linger = {1, seconds};
  return setsockopt(own, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof linger);
}`,
  },
  {
    usedAs: /\bresolve\(|\bTO\(/,
    text: `static struct addrinfo *resolve(const char *address, const char *port) {
  struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = TYPE}, *found;
  if (getaddrinfo(address, port, &hints, &found)) exit(3);
  return found;
}
#define TO(address, port) resolve(address, port)->ai_addr, resolve(address, port)->ai_addrlen`,
  },
  {
    usedAs: /\bjoin_group\(/,
    text: `static int join_group(SOCKET own, const char *group) {
  struct ip_mreq request;
  request.imr_multiaddr = ((struct sockaddr_in *)resolve(group, "0")->ai_addr)->sin_addr;
  request.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
  return setsockopt(own, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&request, sizeof request);
}`,
  },
  { usedAs: /\bbytes,/, text: "static char bytes[65536];" },
  {
    usedAs: /\bfill\(/,
    text: `/* Sends until the system takes no more. */
static int fill(SOCKET own) {
#ifdef _WIN32
  u_long on = 1;
  if (ioctlsocket(own, FIONBIO, &on)) return -1;
#else
  int on = 1;
  if (ioctl(own, FIONBIO, &on)) return -1;
#endif
  while (send(own, bytes, 16384, 0) > 0);
  return 0;
}`,
  },
  {
    usedAs: /\bwait_ms\(|\btake_all\(/,
    text: `static int wait_ms(int ms) {
#ifdef _WIN32
  Sleep(ms);
#else
  usleep(ms * 1000);
#endif
  return done("wait", 0);
}`,
  },
  {
    usedAs: /\b(?:arrives|receive|receive_end|take_all)\(/,
    text: `static int is_readable(SOCKET own, int seconds) {
  struct timeval time = {seconds, 0};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(own, &set);
  return select(own + 1, &set, NULL, NULL, &time) > 0;
}`,
  },
  {
    usedAs: /\b(?:arrives|receive|receive_end)\(/,
    text: `static int arrives(const char *call, SOCKET own) {
  last.call = is_readable(own, 5) ? NULL : call;
  last.code = NOTHING_CAME;
  return !last.call;
}`,
  },
  {
    usedAs: /\breceive\(/,
    text: `static int receive(SOCKET own) {
  if (!arrives("receive", own)) return 0;
  int count = recv(own, bytes, sizeof bytes, 0);
  if (!done("receive", count) || count > 0) return !last.call;
  last.call = "receive";
  last.code = END_OF_STREAM;
  return 0;
}`,
  },
  {
    usedAs: /\breceive_end\(/,
    text: `/* Receives until the other side's orderly end. */
static int receive_end(SOCKET own) {
  int count = 1;
  while (count > 0) {
    if (!arrives("receive", own)) return 0;
    count = recv(own, bytes, sizeof bytes, 0);
  }
  return done("receive", count);
}`,
  },
  {
    usedAs: /\bsend_many\(/,
    text: `/* One datagram or connection from each of many sockets, which stay open; multicast by loopback. */
static int send_many(int count, int family, const char *address, const char *port) {
  struct in_addr loopback;
  loopback.s_addr = htonl(INADDR_LOOPBACK);
  while (count-- > 0) {
    SOCKET own = socket(family, TYPE, 0);
    if (TYPE == SOCK_DGRAM && family == AF_INET)
      setsockopt(own, IPPROTO_IP, IP_MULTICAST_IF, (char *)&loopback, sizeof loopback);
    if (connect(own, TO(address, port)) == -1) return -1;
    if (TYPE == SOCK_DGRAM) send(own, bytes, 1, 0);
  }
  return 0;
}`,
  },
  {
    usedAs: /\bstruct share\b|\btell_shares\(/,
    text: `struct share {
  const char *name;
  SOCKET own;
  int count;
};`,
  },
  {
    usedAs: /\btell_shares\(/,
    text: `static void tell_shares(const char *step, struct share *among, int members, int went_well) {
  if (!went_well) tell(step, 0);
  else printf("%s: ", step);
  for (int i = 0; went_well && i < members; i++)
    printf("%d to %s%s", among[i].count, among[i].name, i + 1 < members ? ", " : "\\n");
}`,
  },
  {
    usedAs: /\btake_all\(/,
    text: `static int take(SOCKET own) {
  if (TYPE == SOCK_DGRAM) return recv(own, bytes, sizeof bytes, 0);
  SOCKET accepted = accept(own, NULL, NULL);
  set_linger(accepted, 0); /* ends by a reset, which leaves nothing in TIME_WAIT */
  return closesocket(accepted);
}`,
  },
  {
    usedAs: /\btake_all\(/,
    text: `/* Counts who got how much, until everything arrived or nothing arrived for a second. */
static int take_all(struct share *among, int members, int sent) {
  int taken = 0, before = 0;
  for (int quiet = 0; quiet < (taken < sent ? 200 : 1); quiet = taken > before ? 0 : quiet + 1) {
    before = taken;
    for (int i = 0; i < members; i++)
      for (; among[i].own != (SOCKET)-1 && is_readable(among[i].own, 0); taken++, among[i].count++)
        if (take(among[i].own) == -1) return done(TYPE == SOCK_DGRAM ? "receive" : "accept", -1);
    wait_ms(5);
  }
  return done("receive", 0);
}`,
  },
];
