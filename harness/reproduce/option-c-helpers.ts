import type { OptionType } from "../model/options/option-table.ts";
import type { Helper } from "./pick-helpers.ts";

/** How a program in C writes what it read into `shown`, by the option's type. */
export const C_SHOWN: Readonly<Record<OptionType | "volatile", string>> = {
  boolean: "show_number()",
  int: "show_number()",
  linger: "show_linger()",
  timeout: "show_time()",
  in_addr: "show_address()",
  ifname: "show_text()",
  text: "show_text()",
  bytes: "show_bytes()",
  volatile: 'strcpy(shown, "any")',
};

/** Functions of programs in C that ask an option, each before those that use it; they use those of every program. */
export const OPTION_C_HELPERS: readonly Helper[] = [
  {
    usedAs: /\bshown\b/,
    text: `/* What getsockopt gave: the bytes that it wrote (before, all are 0xa5), its length, and the value as text. */
static unsigned char value[1536];
static int written, size;
static char shown[1100];`,
  },
  {
    usedAs: /\bshow_hex\(/,
    text: `static void show_hex(void) {
  strcpy(shown, written ? "0x" : "-");
  for (int i = 0; i < written && i < 512; i++) sprintf(shown + 2 + 2 * i, "%02x", value[i]);
}`,
  },
  {
    usedAs: /\bshow_number\(/,
    text: `static void show_number(void) {
  int number = 0;
  long long wide;
  memcpy(&number, value, sizeof number);
  memcpy(&wide, value, sizeof wide);
  show_hex();
  if (written > 0 && written < 4) sprintf(shown, "%d", number & ((1 << 8 * written) - 1));
  if (written == 4) sprintf(shown, "%d", number);
  if (written == 8) sprintf(shown, "%.0f", (double)wide);
}`,
  },
  {
    usedAs: /\bshow_linger\(/,
    text: `static void show_linger(void) {
  struct linger linger;
  memcpy(&linger, value, sizeof linger);
  show_hex();
  if (written == sizeof linger) sprintf(shown, "%d:%d", linger.l_onoff, linger.l_linger);
}`,
  },
  {
    usedAs: /\bshow_time\(/,
    text: `/* In milliseconds. */
static void show_time(void) {
  unsigned ms;
  struct timeval time;
  memcpy(&ms, value, sizeof ms);
  memcpy(&time, value, sizeof time);
  show_hex();
  if (written == sizeof ms) sprintf(shown, "%u", ms);
  if (written == 16) sprintf(shown, "%.15g", time.tv_sec * 1000.0 + time.tv_usec / 1000.0);
}`,
  },
  {
    usedAs: /\bshow_address\(/,
    text: `static void show_address(void) {
  show_hex();
  if (written == 4) sprintf(shown, "%d.%d.%d.%d", value[0], value[1], value[2], value[3]);
}`,
  },
  {
    usedAs: /\bshow_text\(/,
    text: `static void show_text(void) {
  int i = 0;
  for (; i < written && i < 512 && value[i]; i++)
    shown[i] = isalnum(value[i]) || strchr("_.:-", value[i]) ? value[i] : '?';
  strcpy(shown + i, i == 0 ? "-" : "");
}`,
  },
  {
    usedAs: /\bshow_bytes\(/,
    text: `static void show_bytes(void) {
  show_hex();
  if (written > 32) strcpy(shown, "any");
}`,
  },
  {
    usedAs: /\btell_value\(/,
    text: `static void tell_value(const char *question, int ok) {
  if (ok) printf("%s: value %s (%d bytes)\\n", question, shown, size);
  else tell(question, ok);
}`,
  },
  {
    usedAs: /\bnew_socket\(/,
    text: `static SOCKET new_socket(void) {
  SOCKET own = socket(FAMILY, TYPE, 0);
  need("socket", done("socket", own == (SOCKET)-1 ? -1 : 0));
#ifdef DUAL
  int off = 0;
  setsockopt(own, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof off);
#endif
  return own;
}`,
  },
  {
    usedAs: /\bend\(/,
    text: `/* By a reset: a connection in TIME_WAIT would go on holding the port. */
static void end(SOCKET own) {
  if (TYPE == SOCK_STREAM) set_linger(own, 0);
  closesocket(own);
}`,
  },
  {
    usedAs: /\bset\(/,
    text: `static int set(SOCKET own, const void *to, int length) {
  return done("set-option", setsockopt(own, LEVEL, OPTION, to, length));
}`,
  },
  {
    usedAs: /\bbind_here\(/,
    text: `static int bind_here(SOCKET own) {
  return done("bind", bind(own, TO(ADDRESS, PORT)));
}`,
  },
  {
    usedAs: /\bconnect_there\(/,
    text: `/* Does not wait for the connection. */
static int connect_there(SOCKET own) {
#ifdef _WIN32
  u_long on = 1;
  int is_ready = ioctlsocket(own, FIONBIO, &on);
#else
  int on = 1;
  int is_ready = ioctl(own, FIONBIO, &on);
#endif
  int result = is_ready ? -1 : connect(own, TO(ADDRESS, PORT));
  return done("connect", result == -1 && LAST_ERROR == UNDER_WAY ? 0 : result);
}`,
  },
  {
    usedAs: /\baccept_one\(/,
    text: `static int accept_one(SOCKET own, SOCKET *accepted) {
  if (!arrives("accept", own)) return 0;
  *accepted = accept(own, NULL, NULL);
  return done("accept", *accepted == (SOCKET)-1 ? -1 : 0);
}`,
  },
  {
    usedAs: /\bget\(/,
    text: `/* Reads the option with room for so many bytes. */
static int get(SOCKET own, int room) {
  socklen_t length = room;
  memset(value, 0xa5, sizeof value);
  int result = getsockopt(own, LEVEL, OPTION, (char *)value, &length);
  done("get-option", result);
  size = length;
  for (written = sizeof value; written > 0 && value[written - 1] == 0xa5;) written--;
  SHOW;
  return result != -1;
}`,
  },
  {
    usedAs: /\bis_unknown\(/,
    text: `static int is_unknown(struct outcome was) {
  last = was;
  return is(was.call ? was.call : "", "ENOPROTOOPT") || is(was.call ? was.call : "", "WSAENOPROTOOPT");
}`,
  },
  {
    usedAs: /\bis_value\(/,
    text: `/* Whether the last answer is this value, or a number that is at least or at most this one, of this size if it is not -1. */
static int is_value(const char *relation, const char *text, int bytes) {
  if (last.call || (bytes != -1 && bytes != size)) return 0;
  if (!strcmp(shown, text)) return 1;
  char *end_shown, *end_text;
  double found = strtod(shown, &end_shown), wanted = strtod(text, &end_text);
  if (*relation == '=' || *end_shown || *end_text) return 0;
  return *relation == '>' ? found >= wanted : found <= wanted;
}`,
  },
];
