import type { ExpectedOutcome } from "../model/claim.ts";
import type { OptionExperiment, Question } from "../model/option-experiment.ts";
import { optionNumber, type SocketOption } from "../model/options/option-table.ts";
import { fittingText, wrongText } from "../trial/option-value.ts";
import { askedQuestions, optionOf } from "./asked-questions.ts";
import { C_HEADERS } from "./c-headers.ts";
import { C_HELPERS } from "./c-helpers.ts";
import { C_SHOWN, OPTION_C_HELPERS } from "./option-c-helpers.ts";
import { openingComment, type RunCommands } from "./opening-comment.ts";
import { pickHelpers } from "./pick-helpers.ts";
import { programAddress } from "./program-addresses.ts";
import type { Reproduction } from "./reproduction.ts";

/** A program in C that asks one option what bindcheck asks it. */
export function optionCProgram(
  reproduction: Reproduction,
  experiment: OptionExperiment,
  commands: RunCommands,
): string {
  const { expectation, ports } = reproduction;
  const option = optionOf(experiment);
  const { protocol, family } = experiment;
  const body = [
    "int main(void) {",
    "  SOCKET a;",
    "  int ok;",
    ...(expectation ? ["  int as_expected = 0;"] : []),
    "  START;",
    ...askedQuestions(experiment).flatMap((question) => [
      ...LINES[question](experiment, option).map((line) => `  ${line}`),
      ...(expectation?.of === question
        ? [`  as_expected = ${expectation.allowed.map(conditionText).join(" || ")};`]
        : []),
      ...(AFTER[question]?.(experiment, option) ?? []).map((line) => `  ${line}`),
    ]),
    `  return ${expectation ? "as_expected ? 0 : 1" : "0"};`,
    "}",
  ].join("\n");
  const shown = C_SHOWN[option.isVolatile ? "volatile" : option.type];
  const helpers = pickHelpers([...C_HELPERS, ...OPTION_C_HELPERS], `${body}\n${shown}`);
  const program = `${helpers.join("\n\n").replace("SHOW;", `${shown};`)}\n\n${body}`;
  return [
    "/*",
    ...openingComment(reproduction, commands).map((line) => ` * ${line}`.trimEnd()),
    " */",
    ...pickHelpers([...C_HEADERS, ...HEADERS], program),
    `#define PORT "${ports.same}"`,
    `#define ADDRESS "${programAddress(family, "specific")}"`,
    `#define FAMILY ${family === "ipv4" ? "AF_INET" : "AF_INET6"}`,
    ...(family === "dual" ? ["#define DUAL"] : []),
    `#define TYPE ${protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
    `#define LEVEL ${option.level}`,
    `#define OPTION ${option.name}`,
    ...numberLines(option),
    ...(option.isOnlyRead ? [] : ["", ...valueLines(option)]),
    "",
    `${program}\n`,
  ].join("\n");
}

const HEADERS = [
  {
    usedAs: /./,
    text: "#ifdef _WIN32\n#include <mswsock.h>\n#else\n#include <netinet/tcp.h>\n#endif",
  },
  { usedAs: /\bisalnum\(/, text: "#include <ctype.h>" },
  {
    usedAs: /\bUNDER_WAY\b/,
    text: `#ifdef _WIN32
#define UNDER_WAY WSAEWOULDBLOCK
#else
#include <sys/ioctl.h>
#define UNDER_WAY EINPROGRESS
#endif`,
  },
];

/** Numbers for headers that are older than the option. */
function numberLines(option: SocketOption): string[] {
  const systems = { linux: "__linux__", windows: "_WIN32" };
  return Object.entries(systems).flatMap(([system, macro]) => {
    const at = optionNumber(option, system);
    return at
      ? [
          `#if defined(${macro}) && !defined(${option.name})`,
          `#define ${option.name} ${at.number}`,
          "#endif",
        ]
      : [];
  });
}

/** A value that fits the option and one that does not, as C has them. */
function valueLines(option: SocketOption): string[] {
  const [fitting, wrong] = [fittingText(option), wrongText(option)];
  switch (option.type) {
    case "linger":
      return [`static const struct linger fitting = {${inC(fitting)}}, wrong = {${inC(wrong)}};`];
    case "timeout": {
      const [seconds, wrongSeconds] = [fitting, wrong].map((ms) => Number(ms) / 1000);
      return [
        "#ifdef _WIN32",
        `static const DWORD fitting = ${fitting}, wrong = ${wrong};`,
        "#else",
        `static const struct timeval fitting = {${seconds}, 0}, wrong = {${wrongSeconds}, 0};`,
        "#endif",
      ];
    }
    case "in_addr":
      return [
        `static const unsigned char fitting[] = {${inC(fitting)}}, wrong[] = {${inC(wrong)}};`,
      ];
    case "ifname":
    case "text":
      return [`static const char fitting[] = "${fitting}", wrong[] = "${wrong}";`];
    case "boolean":
    case "int":
    case "bytes":
      return [`static const int fitting = ${fitting}, wrong = ${wrong};`];
  }
}

function inC(parts: string): string {
  return parts.replaceAll(/[.:]/g, ", ");
}

const SET = "set(a, &fitting, sizeof fitting)";

/** Sets back what is not the socket's alone, and closes its sockets. */
function close({ isProcessWide }: SocketOption, ...sockets: readonly string[]): string[] {
  return [
    ...(isProcessWide ? ["set(a, &(int){0}, sizeof(int));"] : []),
    ...sockets.map((name) => `end(${name});`),
  ];
}

type Lines = (experiment: OptionExperiment, option: SocketOption) => readonly string[];

/** What the program does for each question, up to its answer. */
const LINES: Readonly<Record<Question, Lines>> = {
  get: () => [
    "static char fresh[sizeof shown];",
    "a = new_socket();",
    "ok = get(a, 512);",
    'strcpy(fresh, ok ? shown : "");',
    "struct outcome got = last;",
    'tell("get", ok);',
  ],
  default: () => ['tell_value("default", ok);'],
  type: () => ['sprintf(shown, "%d", size);', 'tell_value("type", ok);'],
  set: () => [
    "a = new_socket();",
    `ok = ${SET};`,
    "struct outcome was_set = last;",
    'tell("set", ok);',
  ],
  "read-back": () => ["ok = ok && get(a, 512);", 'tell_value("read-back", ok);'],
  "set-bound": () => [
    "a = new_socket();",
    'need("bind", bind_here(a));',
    `ok = ${SET};`,
    'tell("set-bound", ok);',
  ],
  "read-bound": () => ["ok = ok && get(a, 512);", 'tell_value("read-bound", ok);'],
  "get-short": () => ["a = new_socket();", 'tell_value("get-short", get(a, 1));'],
  "set-short": () => ["a = new_socket();", 'tell("set-short", set(a, &fitting, 1));'],
  "set-wrong": () => ["a = new_socket();", 'tell("set-wrong", set(a, &wrong, sizeof wrong));'],
  "set-connected": ({ protocol }) => [
    "a = new_socket();",
    `need("bind", bind_here(a)${protocol === "tcp" ? ' && done("listen", listen(a, 256))' : ""});`,
    "SOCKET b = new_socket(), c = -1;",
    `need("connect", connect_there(b)${protocol === "tcp" ? " && accept_one(a, &c)" : ""});`,
    `tell("set-connected", ${SET.replace("a,", "b,")});`,
  ],
  inherited: () => [
    "static char listening[sizeof shown];",
    "a = new_socket();",
    "b = c = -1;",
    `ok = ${SET} && bind_here(a) && done("listen", listen(a, 256)) && get(a, 512);`,
    "strcpy(listening, shown);",
    "if (ok) {",
    "  b = new_socket();",
    "  ok = connect_there(b) && accept_one(a, &c) && get(c, 512);",
    "}",
    'if (ok && !strcmp(shown, listening)) strcpy(shown, "inherited");',
    'else if (ok && !strcmp(shown, fresh)) strcpy(shown, "fresh");',
    'tell_value("inherited", ok);',
  ],
  known: (_, { isOnlyRead }) => [
    `ok = !(is_unknown(got)${isOnlyRead ? "" : " && is_unknown(was_set)"});`,
    "last = ok ? (struct outcome){0} : got;",
    'tell("known", ok);',
  ],
  "read-refused": () => [
    "a = new_socket();",
    `ok = ${SET};`,
    'if (ok && done("connect", connect(a, TO(ADDRESS, PORT)))) return 3;',
    'tell_value("read-refused", ok && get(a, 512));',
  ],
};

/** What follows an answer. */
const AFTER: Readonly<Partial<Record<Question, Lines>>> = {
  type: () => ["end(a);"],
  "read-back": (_, option) => close(option, "a"),
  "read-bound": (_, option) => close(option, "a"),
  "get-short": () => ["end(a);"],
  "set-short": (_, option) => close(option, "a"),
  "set-wrong": (_, option) => close(option, "a"),
  "set-connected": (_, option) => close(option, "b", "c", "a"),
  inherited: (_, option) => close(option, "b", "c", "a"),
  "read-refused": (_, option) => close(option, "a"),
};

function conditionText(expected: ExpectedOutcome): string {
  switch (expected.kind) {
    case "success":
      return "!last.call";
    case "refused":
      return "last.call != NULL";
    case "error":
      return `is("${expected.step}", "${expected.code}")`;
    case "value": {
      const { relation, text } = expected.value ?? { relation: ">=", text: null };
      const { size = -1 } = expected;
      return text === null
        ? `(!last.call && (${size} == -1 || size == ${size}))`
        : `is_value("${relation}", "${text}", ${size})`;
    }
    case "delivered":
      throw new Error("no option delivers anything");
  }
}
