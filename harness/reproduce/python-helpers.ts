import type { Helper } from "./pick-helpers.ts";

/** Functions of programs in Python, each before those that use it. */
export const PYTHON_HELPERS: readonly Helper[] = [
  {
    usedAs: /./,
    text: `def unable(*error):
    sys.__excepthook__(*error)
    os._exit(3)


sys.excepthook = unable`,
  },
  {
    usedAs: /\brefused\b/,
    text: `# Outcomes of sockets that may have been refused: a step on a refused socket has the same outcome.
refused = {}`,
  },
  {
    usedAs: /\b(?:tell|need)\(/,
    text: `def attempt(calls):
    """Makes calls up to the first that fails: which, its error's name and number. () when none failed."""
    for name, call in calls:
        try:
            outcome = call()
        except OSError as error:
            number = getattr(error, "winerror", None) or error.errno
            return (name, errno.errorcode.get(number, "error"), str(number))
        if outcome and isinstance(outcome, (tuple, dict)):
            return outcome
    return ()`,
  },
  {
    usedAs: /\b(?:tell|need)\(/,
    text: `def tell(step, calls):
    outcome = attempt(calls)
    text = "success"
    if isinstance(outcome, dict):
        text = ", ".join(f"{count} to {name}" for name, count in outcome.items())
    elif outcome:
        call, code, number = outcome
        text = f"{code} ({number}) at {call}" if number else f"{code} at {call}"
    print(f"{step}: {text}", flush=True)
    return outcome`,
  },
  {
    usedAs: /\bneed\(/,
    text: `def need(step, calls):
    outcome = attempt(calls)
    if outcome:
        tell(step, [("", lambda: outcome)])
        sys.exit(3)`,
  },
  {
    usedAs: /\bact_as\(/,
    text: `def act_as(account):
    os.seteuid(0)
    os.seteuid(pwd.getpwnam(account).pw_uid)`,
  },
  {
    usedAs: /\bmake\(/,
    text: `def make(name, family):
    sockets[name] = socket(family, TYPE)`,
  },
  {
    usedAs: /\bset_linger\(|\bcensus\(/,
    text: `def set_linger(own, seconds):
    layout = "HH" if os.name == "nt" else "ii"
    own.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack(layout, 1, seconds))`,
  },
  {
    usedAs: /\bjoin_group\(/,
    text: `def join_group(own, group):
    own.setsockopt(IPPROTO_IP, IP_ADD_MEMBERSHIP, inet_aton(group) + inet_aton("127.0.0.1"))`,
  },
  {
    usedAs: /\bfill\(/,
    text: `def fill(own):
    """Sends until the system takes no more."""
    own.setblocking(False)
    try:
        while True:
            own.send(bytes(16384))
    except OSError:
        pass`,
  },
  {
    usedAs: /\b(?:accept|receive|receive_end|census)\(/,
    text: `def is_readable(own, seconds):
    return bool(select.select([own], [], [], seconds)[0])`,
  },
  {
    usedAs: /\baccept\("/,
    text: `def accept(name, accepted):
    if not is_readable(sockets[name], 5):
        return ("accept", "nothing-came", "")
    sockets[accepted] = sockets[name].accept()[0]
    return ()`,
  },
  {
    usedAs: /\breceive(?:_end)?\(/,
    text: `def receive(own, end=("receive", "end-of-stream", "")):
    if not is_readable(own, 5):
        return ("receive", "nothing-came", "")
    return () if own.recv(65536) else end`,
  },
  {
    usedAs: /\breceive_end\(/,
    text: `def receive_end(own):
    """Receives until the other side's orderly end."""
    outcome = ()
    while not outcome:
        outcome = receive(own, end=("end",))
    return () if outcome == ("end",) else outcome`,
  },
  {
    usedAs: /\bsend_many\(/,
    text: `def send_many(count, family, to):
    """One datagram or connection from each of many sockets, which stay open; multicast by loopback."""
    for index in range(count):
        own = sockets[index] = socket(family, TYPE)
        if TYPE == SOCK_DGRAM and family == AF_INET:
            own.setsockopt(IPPROTO_IP, IP_MULTICAST_IF, inet_aton("127.0.0.1"))
        own.connect(to)
        if TYPE == SOCK_DGRAM:
            own.send(bytes(1))`,
  },
  {
    usedAs: /\bcensus\(/,
    text: `def take(own):
    if TYPE == SOCK_DGRAM:
        own.recv(65536)
        return
    accepted = own.accept()[0]
    set_linger(accepted, 0)  # ends by a reset, which leaves nothing in TIME_WAIT
    accepted.close()`,
  },
  {
    usedAs: /\bcensus\(/,
    text: `def census(among, sent):
    """Counts who got how much, until everything arrived or nothing arrived for a second."""
    shares = {name: 0 for name in among}
    quiet = 0
    while quiet < (200 if sum(shares.values()) < sent else 1):
        before = sum(shares.values())
        for name in among:
            while not refused.get(name) and is_readable(sockets[name], 0):
                take(sockets[name])
                shares[name] += 1
        quiet = 0 if sum(shares.values()) > before else quiet + 1
        time.sleep(0.005)
    return shares`,
  },
];
