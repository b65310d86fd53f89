/* The floor of bindcheck's speed: the calls of one experiment by two processes that are told of each over pipes, in C.
 *
 *   cc -O2 -o floor floor.c && ./floor 20000     prints the seconds that 20000 experiments took
 *
 * For each experiment the first process looks whether the port is free and opens its socket; the second opens its own;
 * the first closes; the second, if it was refused, tries again. Each of the four is one message and one answer. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum act { PROBE_AND_OPEN, OPEN, CLOSE, RETRY };

struct order {
  enum act act;
  int protocol; /* SOCK_STREAM or SOCK_DGRAM */
  int option;   /* of SOL_SOCKET, or 0 for none */
  in_addr_t address;
  in_port_t port;
};

struct binder { int to, from; };

static const in_addr_t SPECIFIC = 0x7f000001; /* 127.0.0.1 */
static const int OPTIONS[] = {0, SO_REUSEADDR, SO_REUSEPORT};

static void fail(const char *what) { perror(what); exit(1); }

static int bind_to(int fd, in_addr_t address, in_port_t port) {
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
  return bind(fd, (struct sockaddr *)&name, sizeof name) == 0 ? 0 : errno;
}

static int probe(const struct order *order, in_addr_t address) {
  int fd = socket(AF_INET, order->protocol, 0);
  int error = bind_to(fd, address, order->port);
  close(fd);
  return error;
}

/* Opens a socket and reads back what is in force, as the harness does. */
static int open_socket(const struct order *order, int *fd) {
  int on = 1, read_back;
  socklen_t size = sizeof read_back;
  struct sockaddr_in name;
  *fd = socket(AF_INET, order->protocol, 0);
  if (order->option && setsockopt(*fd, SOL_SOCKET, order->option, &on, sizeof on)) fail("setsockopt");
  for (int i = 1; i <= 2; i++)
    if (getsockopt(*fd, SOL_SOCKET, OPTIONS[i], &read_back, &size)) fail("getsockopt");
  int error = bind_to(*fd, order->address, order->port);
  size = sizeof name;
  if (!error && getsockname(*fd, (struct sockaddr *)&name, &size)) fail("getsockname");
  return error;
}

static int carry_out(const struct order *order, int *fd) {
  int error = 0;
  switch (order->act) {
  case PROBE_AND_OPEN:
    if ((error = probe(order, INADDR_ANY)) || (error = probe(order, SPECIFIC))) return error;
    return open_socket(order, fd);
  case RETRY:
    close(*fd);
    error = open_socket(order, fd);
    close(*fd);
    return error;
  case OPEN: return open_socket(order, fd);
  case CLOSE: return close(*fd);
  }
  return error;
}

static struct binder start_binder(void) {
  int orders[2], answers[2];
  if (pipe(orders) || pipe(answers)) fail("pipe");
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid > 0) {
    close(orders[0]);
    close(answers[1]);
    return (struct binder){orders[1], answers[0]};
  }
  close(orders[1]);
  struct order order;
  int fd = -1;
  while (read(orders[0], &order, sizeof order) == sizeof order) {
    int error = carry_out(&order, &fd);
    if (write(answers[1], &error, sizeof error) != sizeof error) break;
  }
  _exit(0);
}

static int ask(struct binder binder, struct order order) {
  int error;
  if (write(binder.to, &order, sizeof order) != sizeof order) fail("write");
  if (read(binder.from, &error, sizeof error) != sizeof error) fail("read");
  return error;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 20000, refused = 0;
  struct binder first = start_binder(), second = start_binder();
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < count; i++) {
    struct order one = {PROBE_AND_OPEN, i & 1 ? SOCK_DGRAM : SOCK_STREAM, OPTIONS[i / 2 % 3],
                        i / 6 % 2 ? SPECIFIC : INADDR_ANY, 10000 + i % 20000};
    struct order two = one;
    two.act = OPEN;
    two.option = OPTIONS[i / 12 % 3];
    two.address = i / 36 % 2 ? SPECIFIC : INADDR_ANY;
    if (ask(first, one)) fail("a port was taken");
    int error = ask(second, two);
    one.act = CLOSE;
    ask(first, one);
    two.act = error ? RETRY : CLOSE;
    refused += error != 0;
    if (ask(second, two)) fail("the port stayed taken");
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  printf("{\"decided\":%d,\"refused\":%d,\"seconds\":%.6f}\n", count, refused, seconds);
}
