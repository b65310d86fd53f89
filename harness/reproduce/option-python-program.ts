import type { ExpectedOutcome } from "../model/claim.ts";
import type { OptionExperiment, Question } from "../model/option-experiment.ts";
import { optionNumber, type OptionType, type SocketOption } from "../model/options/option-table.ts";
import { fittingText, wrongText } from "../trial/option-value.ts";
import { askedQuestions, optionOf } from "./asked-questions.ts";
import { openingComment, type RunCommands } from "./opening-comment.ts";
import { PYTHON_SHOWN, optionPythonHelpers } from "./option-python-helpers.ts";
import { programAddress } from "./program-addresses.ts";
import type { Reproduction } from "./reproduction.ts";

/** A program in Python that asks one option what bindcheck asks it. */
export function optionPythonProgram(
  reproduction: Reproduction,
  experiment: OptionExperiment,
  commands: RunCommands,
): string {
  const { expectation, ports } = reproduction;
  const option = optionOf(experiment);
  const { protocol, family } = experiment;
  const body = [
    ...askedQuestions(experiment).flatMap((question) => [
      ...LINES[question](experiment, option),
      ...(expectation?.of === question
        ? [`as_expected = ${expectation.allowed.map(conditionText).join(" or ")}`]
        : []),
    ]),
    ...(expectation ? ["sys.exit(0 if as_expected else 1)"] : []),
  ];
  return [
    ...openingComment(reproduction, commands).map((line) => `# ${line}`.trimEnd()),
    "import errno, os, re, select, struct, sys",
    "from socket import *",
    "",
    `PORT = ${ports.same}`,
    `ADDRESS = "${programAddress(family, "specific")}"`,
    `FAMILY = ${family === "ipv4" ? "AF_INET" : "AF_INET6"}`,
    `TYPE = ${protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
    `LEVEL = ${option.level}`,
    `# ${option.name}: its number, by the beginning of the system's name.`,
    `NUMBERS = ${numbersText(option)}`,
    "OPTION = next(number for name, number in NUMBERS.items() if sys.platform.startswith(name))",
    "\n",
    optionPythonHelpers(
      PYTHON_SHOWN[option.isVolatile ? "volatile" : option.type],
      family === "dual",
    ),
    "\n",
    ...(option.isOnlyRead
      ? []
      : [
          `FITTING = ${valueOf(option.type, fittingText(option))}`,
          `WRONG = ${valueOf(option.type, wrongText(option))}`,
        ]),
    `${body.join("\n")}\n`,
  ].join("\n");
}

// sys.platform of Python 3 on each system.
const NAMES = {
  linux: "linux",
  windows: "win32",
  macos: "darwin",
  freebsd: "freebsd",
  openbsd: "openbsd",
} as const;

function numbersText(option: SocketOption): string {
  const numbers = Object.entries(NAMES).flatMap(([system, name]) => {
    const at = optionNumber(option, system);
    return at ? [`"${name}": ${at.number}`] : [];
  });
  return `{${numbers.join(", ")}}`;
}

function valueOf(type: OptionType, text: string): string {
  switch (type) {
    case "linger":
      return `linger(${text.replace(":", ", ")})`;
    case "timeout":
      return `milliseconds(${text})`;
    case "in_addr":
      return `inet_aton("${text}")`;
    case "ifname":
    case "text":
      return String.raw`b"${text}\0"`;
    case "boolean":
    case "int":
    case "bytes":
      return `struct.pack("i", ${text})`;
  }
}

type Lines = (experiment: OptionExperiment, option: SocketOption) => readonly string[];

/** Sets back what is not the socket's alone, and closes its sockets. */
function close({ isProcessWide }: SocketOption, ...sockets: readonly string[]): string[] {
  return [
    ...(isProcessWide ? ['set_to(a, struct.pack("i", 0))'] : []),
    `end(${sockets.join(", ")})`,
  ];
}

/** What the program does for each question. */
const LINES: Readonly<Record<Question, Lines>> = {
  get: () => [
    "a = new_socket()",
    "fresh = get(a)",
    'outcome = tell("get", () if is_value(fresh) else fresh)',
  ],
  default: () => ['outcome = tell("default", fresh)'],
  type: () => [
    'outcome = tell("type", (str(fresh[1]), fresh[1]) if is_value(fresh) else fresh)',
    "end(a)",
  ],
  set: () => ["a = new_socket()", "was_set = set_to(a, FITTING)", 'outcome = tell("set", was_set)'],
  "read-back": (_, option) => [
    'outcome = tell("read-back", was_set or get(a))',
    ...close(option, "a"),
  ],
  "set-bound": () => [
    "a = new_socket()",
    'need("bind", bind_here(a))',
    "bound = set_to(a, FITTING)",
    'outcome = tell("set-bound", bound)',
  ],
  "read-bound": (_, option) => [
    'outcome = tell("read-bound", bound or get(a))',
    ...close(option, "a"),
  ],
  "get-short": () => ["a = new_socket()", 'outcome = tell("get-short", get(a, 1))', "end(a)"],
  "set-short": (_, option) => [
    "a = new_socket()",
    'outcome = tell("set-short", set_to(a, FITTING[:1]))',
    ...close(option, "a"),
  ],
  "set-wrong": (_, option) => [
    "a = new_socket()",
    'outcome = tell("set-wrong", set_to(a, WRONG))',
    ...close(option, "a"),
  ],
  "set-connected": ({ protocol }, option) => [
    "a = new_socket()",
    'need("bind", bind_here(a))',
    ...(protocol === "tcp" ? ['need("listen", listen(a))'] : []),
    "b = new_socket()",
    'need("connect", connect_there(b))',
    ...(protocol === "tcp" ? ["c = []", 'need("accept", accept(a, c))'] : []),
    'outcome = tell("set-connected", set_to(b, FITTING))',
    ...close(option, "b", ...(protocol === "tcp" ? ["*c"] : []), "a"),
  ],
  inherited: (_, option) => [
    "a = new_socket()",
    "listening = set_to(a, FITTING) or bind_here(a) or listen(a) or get(a)",
    "b, c, accepted = new_socket(), [], listening",
    "if is_value(listening):",
    "    accepted = connect_there(b) or accept(a, c) or get(c[0])",
    "if is_value(accepted):",
    "    is_fresh = is_value(fresh) and accepted[0] == fresh[0]",
    '    word = "inherited" if accepted[0] == listening[0] else "fresh" if is_fresh else accepted[0]',
    "    accepted = (word, accepted[1])",
    'outcome = tell("inherited", accepted)',
    ...close(option, "b", "*c", "a"),
  ],
  known: (_, { isOnlyRead }) => [
    `unknown = is_unknown(fresh)${isOnlyRead ? "" : " and is_unknown(was_set)"}`,
    'outcome = tell("known", fresh if unknown else ())',
  ],
  "read-refused": (_, option) => [
    "a = new_socket()",
    "refused = set_to(a, FITTING)",
    'if not refused and not attempt("connect", lambda: a.connect((ADDRESS, PORT))):',
    "    sys.exit(3)",
    'outcome = tell("read-refused", refused or get(a))',
    ...close(option, "a"),
  ],
};

function conditionText(expected: ExpectedOutcome): string {
  switch (expected.kind) {
    case "success":
      return "outcome == ()";
    case "refused":
      return "len(outcome) == 3";
    case "error":
      return `("${expected.step}" in outcome and "${expected.code}" in outcome)`;
    case "value": {
      const { relation, text } = expected.value ?? { relation: ">=", text: null };
      const words = [
        ...(text === null ? [] : [`"${relation}", "${text}"`]),
        ...(expected.size === undefined ? [] : [`size=${expected.size}`]),
      ];
      return `matches(outcome${words.map((word) => `, ${word}`).join("")})`;
    }
    case "delivered":
      throw new Error("no option delivers anything");
  }
}
