import type { OptionType } from "../model/options/option-table.ts";

const NUMBER = `    layout = {1: "B", 2: "H", 4: "i", 8: "q"}.get(len(given))
    return str(struct.unpack(layout, given)[0]) if layout else None`;

const TEXT = `    text = given.split(b"\\0")[0].decode("latin1")
    return re.sub(r"[^\\w.:-]", "?", text, flags=re.ASCII) or "-"`;

/** How a program in Python shows what it read as text, by the option's type; null where the bytes are not of the type. */
export const PYTHON_SHOWN: Readonly<Record<OptionType | "volatile", string>> = {
  boolean: NUMBER,
  int: NUMBER,
  linger: `    layout = {4: "HH", 8: "ii"}.get(len(given))
    return ":".join(map(str, struct.unpack(layout, given))) if layout else None`,
  timeout: `    if len(given) == 4:
        return str(struct.unpack("I", given)[0])
    if len(given) != 16:
        return None
    seconds, rest = struct.unpack("qq", given)
    return f"{seconds * 1000 + rest / 1000:g}"`,
  in_addr: "    return inet_ntoa(given) if len(given) == 4 else None",
  ifname: TEXT,
  text: TEXT,
  bytes: '    return "any" if len(given) > 32 else None',
  volatile: '    return "any"',
};

/** The functions of such a program. */
export function optionPythonHelpers(shown: string, isDual: boolean): string {
  return HELPERS.replace("SHOWN", () => shown).replace("DUAL\n", isDual ? DUAL : "");
}

const DUAL = "    own.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)\n";

const HELPERS = `def unable(*error):
    sys.__excepthook__(*error)
    os._exit(3)


sys.excepthook = unable


def linger(on, seconds):
    return struct.pack("HH", on & 0xFFFF, seconds & 0xFFFF) if os.name == "nt" else struct.pack("ii", on, seconds)


def milliseconds(number):
    return struct.pack("i", number) if os.name == "nt" else struct.pack("qq", number // 1000, 0)


def show(given):
SHOWN


def attempt(call, action):
    """() when it went well, else the call, its error's name and number."""
    try:
        action()
        return ()
    except OSError as error:
        number = getattr(error, "winerror", None) or error.errno
        return (call, errno.errorcode.get(number, "error"), str(number))


def get(own, room=512):
    """The value and its size, or the error."""
    given = []
    failed = attempt("get-option", lambda: given.append(own.getsockopt(LEVEL, OPTION, room)))
    if failed:
        return failed
    return (show(given[0]) or ("0x" + given[0].hex() if given[0] else "-"), len(given[0]))


def is_value(outcome):
    return len(outcome) == 2


def is_unknown(outcome):
    return len(outcome) == 3 and outcome[1] in ("ENOPROTOOPT", "WSAENOPROTOOPT")


def matches(outcome, relation="=", text=None, size=None):
    if not is_value(outcome) or size not in (None, outcome[1]):
        return False
    if text in (None, outcome[0]):
        return True
    try:
        found, wanted = float(outcome[0]), float(text)
    except ValueError:
        return False
    return found >= wanted if relation == ">=" else found <= wanted if relation == "<=" else False


def tell(question, outcome):
    text = "success"
    if is_value(outcome):
        text = f"value {outcome[0]} ({outcome[1]} bytes)"
    elif outcome:
        call, code, number = outcome
        text = f"{code} ({number}) at {call}" if number else f"{code} at {call}"
    print(f"{question}: {text}", flush=True)
    return outcome


def need(step, outcome):
    if outcome:
        tell(step, outcome)
        sys.exit(3)


def new_socket():
    own = socket(FAMILY, TYPE)
DUAL
    return own


def end(*all):
    """By a reset: a connection in TIME_WAIT would go on holding the port."""
    for own in all:
        if TYPE == SOCK_STREAM:
            own.setsockopt(SOL_SOCKET, SO_LINGER, linger(1, 0))
        own.close()


def set_to(own, value):
    return attempt("set-option", lambda: own.setsockopt(LEVEL, OPTION, value))


def bind_here(own):
    return attempt("bind", lambda: own.bind((ADDRESS, PORT)))


def listen(own):
    return attempt("listen", lambda: own.listen(256))


def connect_there(own):
    """Does not wait for the connection."""
    own.setblocking(False)
    failed = attempt("connect", lambda: own.connect((ADDRESS, PORT)))
    return () if failed[1:2] in (("EINPROGRESS",), ("EWOULDBLOCK",), ("WSAEWOULDBLOCK",)) else failed


def accept(own, accepted):
    if not select.select([own], [], [], 1)[0]:
        return ("accept", "nothing-came", "")
    return attempt("accept", lambda: accepted.append(own.accept()[0]))`;
