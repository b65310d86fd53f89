import type { ExpectedOutcome } from "../model/claim.ts";
import { C_HEADERS } from "./c-headers.ts";
import { C_HELPERS } from "./c-helpers.ts";
import { deliveryText } from "./delivery-text.ts";
import { openingComment } from "./opening-comment.ts";
import { pickHelpers } from "./pick-helpers.ts";
import type { Act, Call, Reproduction } from "./reproduction.ts";

/** A program in C for POSIX systems and, by MinGW-w64, for Windows. */
export function cProgram(reproduction: Reproduction): string {
  const { acts, sockets, ports, expectation, experiment } = reproduction;
  const body = [
    "int main(void) {",
    `  SOCKET ${sockets.map((name) => `${variable(name)} = -1`).join(", ")};`,
    ...(expectation ? ["  int as_expected = 0;"] : []),
    "  START;",
    ...acts.flatMap((act, index) => actLines(act, acts[index - 1], reproduction)),
    `  return ${expectation ? "as_expected ? 0 : 1" : "0"};`,
    "}",
  ].join("\n");
  const helpers = pickHelpers(C_HELPERS, body);
  const program = `${helpers.join("\n\n")}\n\n${body}`;
  const definitions = [
    `#define PORT "${ports.same}"`,
    ...(body.includes("OTHER_PORT") ? [`#define OTHER_PORT "${ports.other}"`] : []),
    `#define TYPE ${experiment.protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
  ];
  return [
    "/*",
    ...openingComment(reproduction, COMMANDS).map((line) => ` * ${line}`.trimEnd()),
    " */",
    ...pickHelpers(C_HEADERS, program),
    ...definitions,
    "",
    `${program}\n`,
  ].join("\n");
}

const COMMANDS = {
  posix: "cc reproduce.c -o reproduce && ./reproduce",
  windows: "gcc reproduce.c -o reproduce.exe -lws2_32 && reproduce.exe   (MinGW-w64)",
};

function actLines(
  act: Act,
  before: Act | undefined,
  { ports, expectation }: Reproduction,
): string[] {
  const isCensus = act.calls.some((call) => call.do === "census");
  const calls = [
    ...(isCensus ? [] : act.needs.map((name) => `stands(${refusal(name)})`)),
    ...act.calls.map((call) => callText(call, act, ports)),
  ];
  const changesAccount = act.isOtherAccount !== (before?.isOtherAccount ?? false);
  return [
    ...(changesAccount ? [`  act_as("${act.isOtherAccount ? "nobody" : "root"}");`] : []),
    ...act.calls.flatMap((call) => (call.do === "census" ? [sharesLine(call.among, act)] : [])),
    `  ${tellText(act)},`,
    `       ${calls.join(" &&\n       ")});`,
    ...(act.refusable === null ? [] : [`  struct outcome ${refusal(act.refusable)} = last;`]),
    ...(expectation?.of === act.label
      ? [
          `  as_expected = ${expectation.allowed.map((one) => conditionText(one, act)).join(" || ")};`,
        ]
      : []),
    ...(act.closes ? [`  closesocket(${variable(act.socket)});`] : []),
  ];
}

function tellText(act: Act): string {
  const census = act.calls.find((call) => call.do === "census");
  if (!act.observe) return `need("${act.label}"`;
  if (!census) return `tell("${act.label}"`;
  return `tell_shares("${act.label}", ${shares(act)}, ${census.among.length}`;
}

function callText(call: Call, act: Act, ports: Reproduction["ports"]): string {
  const own = variable(act.socket);
  const done = (name: string, text: string): string => `done("${name}", ${text})`;
  switch (call.do) {
    case "socket":
      return done("socket", `${own} = socket(${familyText(call.family)}, TYPE, 0)`);
    case "set-option":
      return done("set-option", optionText(own, call.option, call.value));
    case "set-linger":
      return done("set-option", `set_linger(${own}, ${call.seconds})`);
    case "join-group":
      return done("set-option", `join_group(${own}, "${call.group}")`);
    case "bind":
      return done("bind", `bind(${own}, TO(${nameText(call, ports)}))`);
    case "listen":
      return done("listen", `listen(${own}, 256)`);
    case "connect":
      return done("connect", `connect(${own}, TO(${nameText(call, ports)}))`);
    case "accept": {
      const accepted = variable(act.accepts ?? "");
      const accepting = done("accept", `${accepted} = accept(${own}, NULL, NULL)`);
      return `arrives("accept", ${own}) && ${accepting}`;
    }
    case "send":
      return done("send", `send(${own}, bytes, ${call.bytes}, 0)`);
    case "fill":
      return done("send", `fill(${own})`);
    case "receive":
      return `receive(${own})`;
    case "receive-end":
      return `receive_end(${own})`;
    case "shutdown-send":
      return done("shutdown", `shutdown(${own}, SHUT_WR)`);
    case "shutdown-receive":
      return done("shutdown", `shutdown(${own}, SHUT_RD)`);
    case "close":
      return done("close", `closesocket(${own})`);
    case "wait":
      return `wait_ms(${call.ms})`;
    case "send-many": {
      const sending = `send_many(${call.count}, ${familyText(call.family)}, ${nameText(call, ports)})`;
      return done("connect", sending);
    }
    case "census":
      return `take_all(${shares(act)}, ${call.among.length}, ${call.count})`;
    case "open-node":
      throw new Error("a Node server is not for C");
  }
}

// No word of C and no function of its libraries ends like that.
function variable(name: string): string {
  const word = name.replaceAll("-", "_");
  return /^socket_\d+$/.test(word) ? word : `${word}_socket`;
}

function refusal(name: string): string {
  return `${variable(name)}_was`;
}

function shares({ label }: Act): string {
  return `shares_${Number.parseInt(label, 10)}`;
}

function sharesLine(among: readonly string[], act: Act): string {
  const members = among.map((name) => {
    const own = act.needs.includes(name)
      ? `${refusal(name)}.call ? (SOCKET)-1 : ${variable(name)}`
      : variable(name);
    return `{"${name}", ${own}, 0}`;
  });
  return `  struct share ${shares(act)}[] = {${members.join(", ")}};`;
}

function familyText(family: "ipv4" | "ipv6"): string {
  return family === "ipv4" ? "AF_INET" : "AF_INET6";
}

function optionText(own: string, option: string, value: number): string {
  const level = option === "IPV6_V6ONLY" ? "IPPROTO_IPV6" : "SOL_SOCKET";
  return `setsockopt(${own}, ${level}, ${option}, (char *)&(int){${value}}, sizeof(int))`;
}

function nameText(
  { address, port }: { readonly address: string; readonly port: number },
  ports: Reproduction["ports"],
): string {
  const portText = port === ports.same ? "PORT" : port === ports.other ? "OTHER_PORT" : `"${port}"`;
  return `"${address}", ${portText}`;
}

function conditionText(expected: ExpectedOutcome, act: Act): string {
  if (expected.kind === "success") return "!last.call";
  if (expected.kind === "error") return `is("${expected.step}", "${expected.code}")`;
  const census = act.calls.find((call) => call.do === "census");
  const count = (name: string): string => `${shares(act)}[${census?.among.indexOf(name)}].count`;
  return `(!last.call && ${deliveryText(expected.to, census, count, "&&")})`;
}
