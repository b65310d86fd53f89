import type { ExpectedOutcome } from "../model/claim.ts";
import { deliveryText } from "./delivery-text.ts";
import { openingComment } from "./opening-comment.ts";
import { pickHelpers } from "./pick-helpers.ts";
import { PYTHON_HELPERS } from "./python-helpers.ts";
import type { Act, Call, Reproduction } from "./reproduction.ts";

/** A program in Python 3 for every system that Python runs on. */
export function pythonProgram(reproduction: Reproduction): string {
  const { acts, ports, expectation, experiment } = reproduction;
  const body = [
    ...acts.flatMap((act, index) => actLines(act, acts[index - 1], reproduction)),
    ...(expectation ? ["sys.exit(0 if as_expected else 1)"] : []),
  ].join("\n");
  const helpers = pickHelpers(PYTHON_HELPERS, body).join("\n\n\n");
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `# ${line}`.trimEnd()),
    ...["errno", "os", "pwd", "select", "struct", "sys", "time"]
      .filter((name) => `${helpers}\n${body}`.includes(`${name}.`))
      .map((name) => `import ${name}`),
    "from socket import *",
    "",
    `PORT = ${ports.same}`,
    ...(body.includes("OTHER_PORT") ? [`OTHER_PORT = ${ports.other}`] : []),
    `TYPE = ${experiment.protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
    "sockets = {}",
    "\n",
    helpers,
    "\n",
    `${body}\n`,
  ].join("\n");
}

const COMMANDS = { posix: "python3 reproduce.py", windows: "py reproduce.py" };

function actLines(
  act: Act,
  before: Act | undefined,
  { ports, expectation }: Reproduction,
): string[] {
  const isCensus = act.calls.some((call) => call.do === "census");
  const calls = [
    ...(isCensus ? [] : act.needs.map((name) => `("refused", lambda: refused[${quoted(name)}])`)),
    ...act.calls.map((call) => callText(call, act, ports)),
  ];
  const changesAccount = act.isOtherAccount !== (before?.isOtherAccount ?? false);
  return [
    ...(changesAccount ? [`act_as("${act.isOtherAccount ? "nobody" : "root"}")`] : []),
    `${act.observe ? "outcome = tell" : "need"}("${act.label}", [`,
    ...calls.map((call) => `    ${call},`),
    "])",
    ...(act.refusable === null ? [] : [`refused[${quoted(act.refusable)}] = outcome`]),
    ...(expectation?.of === act.label
      ? [`as_expected = ${expectation.allowed.map((one) => conditionText(one, act)).join(" or ")}`]
      : []),
    ...(act.closes ? [`${socketText(act.socket)}.close()`] : []),
  ];
}

function callText(call: Call, act: Act, ports: Reproduction["ports"]): string {
  const own = socketText(act.socket);
  const named = quoted(act.socket);
  const calling = (name: string, text: string): string => `("${name}", lambda: ${text})`;
  switch (call.do) {
    case "socket":
      return calling("socket", `make(${named}, ${familyText(call.family)})`);
    case "set-option":
      return calling("set-option", `${own}.setsockopt(${optionText(call.option)}, ${call.value})`);
    case "set-linger":
      return calling("set-option", `set_linger(${own}, ${call.seconds})`);
    case "join-group":
      return calling("set-option", `join_group(${own}, "${call.group}")`);
    case "bind":
      return calling("bind", `${own}.bind(${nameText(call, ports)})`);
    case "listen":
      return calling("listen", `${own}.listen(256)`);
    case "connect":
      return calling("connect", `${own}.connect(${nameText(call, ports)})`);
    case "accept":
      return calling("accept", `accept(${named}, ${quoted(act.accepts ?? "")})`);
    case "send":
      return calling("send", `${own}.send(bytes(${call.bytes}))`);
    case "fill":
      return calling("send", `fill(${own})`);
    case "receive":
      return calling("receive", `receive(${own})`);
    case "receive-end":
      return calling("receive", `receive_end(${own})`);
    case "shutdown-send":
      return calling("shutdown", `${own}.shutdown(SHUT_WR)`);
    case "shutdown-receive":
      return calling("shutdown", `${own}.shutdown(SHUT_RD)`);
    case "close":
      return calling("close", `${own}.close()`);
    case "wait":
      return calling("wait", `time.sleep(${call.ms / 1000})`);
    case "send-many": {
      const family = familyText(call.family);
      return calling("connect", `send_many(${call.count}, ${family}, ${nameText(call, ports)})`);
    }
    case "census": {
      const among = call.among.map(quoted).join(", ");
      return calling("receive", `census([${among}], ${call.count})`);
    }
    case "open-node":
      throw new Error("a Node server is not for Python");
  }
}

function quoted(text: string): string {
  return `"${text}"`;
}

function socketText(name: string): string {
  return `sockets[${quoted(name)}]`;
}

function familyText(family: "ipv4" | "ipv6"): string {
  return family === "ipv4" ? "AF_INET" : "AF_INET6";
}

function optionText(option: string): string {
  return `${option === "IPV6_V6ONLY" ? "IPPROTO_IPV6" : "SOL_SOCKET"}, ${option}`;
}

function nameText(
  { address, port }: { readonly address: string; readonly port: number },
  ports: Reproduction["ports"],
): string {
  const portText = port === ports.same ? "PORT" : port === ports.other ? "OTHER_PORT" : port;
  return `("${address}", ${portText})`;
}

function conditionText(expected: ExpectedOutcome, act: Act): string {
  if (expected.kind === "success") return "outcome == ()";
  if (expected.kind === "error")
    return `("${expected.step}" in outcome and "${expected.code}" in outcome)`;
  const census = act.calls.find((call) => call.do === "census");
  const count = (name: string): string => `outcome["${name}"]`;
  return `(isinstance(outcome, dict) and ${deliveryText(expected.to, census, count, "and")})`;
}
