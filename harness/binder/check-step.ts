import type { Step } from "./protocol.ts";

/**
 * What is wrong with a step, in a few words; null when it can be carried out. Numbers go on to C as sizes, counts and
 * times: nothing that could make a call read past its buffer, wait for ever or make a million sockets gets through.
 */
export function findFault(step: Step): string | null {
  if (typeof step !== "object" || step === null) return "a step that is not an object";
  if (!Object.hasOwn(FIELDS, step.do))
    return `unknown step ${JSON.stringify(step.do) ?? ""}`.slice(0, 60);
  for (const name of FIELDS[step.do]) {
    const value = (step as { readonly [Field in typeof name]?: unknown })[name];
    if (!CHECKS[name](value)) return `${step.do}: ${name} is wrong`;
  }
  return null;
}

const INT_MAX = 0x7fff_ffff;
const MOST_AT_ONCE = 1000;
const MOST_BYTES = 16 * 1024;
const MOST_OF_AN_OPTION = 4096;
// A value in hexadecimal digits has at most 512 of them: harness/model/options/option-setting.ts.
const MOST_OF_A_LABEL = 1024;
const MOST_SECONDS = 0xffff; // struct linger has an unsigned short on Windows
const LONGEST_WAIT_MS = 60_000;

const within =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const oneOf =
  (...words: readonly unknown[]) =>
  (value: unknown): boolean =>
    words.includes(value);
const isName = (value: unknown): boolean => typeof value === "string" && /^\w{1,40}$/.test(value);
const isHex = (value: unknown): boolean =>
  typeof value === "string" &&
  /^(?:[\da-f]{2})*$/.test(value) &&
  value.length <= 2 * MOST_OF_AN_OPTION;
// The option's name with its value behind it; the result has it as a key.
const isLabel = (value: unknown): boolean =>
  typeof value === "string" && value.length <= MOST_OF_A_LABEL && /^\w+(?:=\S*)?$/.test(value);
const isOptionBytes = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (["level", "number", "hex"] as const).every((name) =>
    CHECKS[name]((value as { readonly [Field in typeof name]?: unknown })[name]),
  ) &&
  isLabel((value as { readonly option?: unknown }).option);
// Whether it is an address is for the system's own inet_pton to tell.
const isText = (value: unknown): boolean => typeof value === "string" && value.length <= 64;
const isSocket = within(1, INT_MAX);

const CHECKS = {
  socket: isSocket,
  as: isSocket,
  family: oneOf("ipv4", "ipv6", "dual"),
  protocol: oneOf("tcp", "udp"),
  address: isText,
  group: isText,
  interface: (value: unknown) => value === undefined || isText(value),
  source: (value: unknown) => value === undefined || isText(value),
  port: within(0, 0xffff),
  option: isName,
  value: within(-INT_MAX - 1, INT_MAX),
  v6Only: oneOf(0, 1, undefined),
  options: (value: unknown) =>
    value === undefined ||
    (Array.isArray(value) &&
      value.length <= 64 &&
      value.every((each) => isName(each) || isOptionBytes(each))),
  state: oneOf("bound", "listening"),
  seconds: within(0, MOST_SECONDS),
  bytes: within(1, MOST_BYTES),
  hex: isHex,
  level: within(0, 0xffff),
  number: within(-INT_MAX - 1, INT_MAX),
  size: within(0, MOST_OF_AN_OPTION),
  count: within(1, MOST_AT_ONCE),
  waitMs: within(0, LONGEST_WAIT_MS),
};

const NAME = ["family", "address", "port"] as const;

const FIELDS: Readonly<Record<Step["do"], readonly (keyof typeof CHECKS)[]>> = {
  socket: ["socket", "family", "protocol", "options"],
  "set-option": ["socket", "option", "value"],
  "get-option": ["socket", "level", "number", "size"],
  "set-bytes": ["socket", "level", "number", "hex"],
  bind: ["socket", ...NAME],
  listen: ["socket"],
  "local-address": ["socket"],
  close: ["socket"],
  probe: ["protocol", "v6Only", ...NAME],
  open: ["socket", "protocol", "v6Only", "options", "state", ...NAME],
  "open-node": ["socket", "protocol", "options", ...NAME],
  "set-linger": ["socket", "seconds"],
  "join-group": ["socket", "family", "group", "interface"],
  "set-group": ["socket", "family", "group", "interface", "source", "level", "number"],
  connect: ["socket", "interface", ...NAME],
  "begin-connect": ["socket", ...NAME],
  disconnect: ["socket", "family"],
  accept: ["socket", "as", "waitMs"],
  send: ["socket", "bytes"],
  fill: ["socket"],
  receive: ["socket", "waitMs"],
  "shutdown-send": ["socket"],
  "shutdown-receive": ["socket"],
  "send-many": ["socket", "count", "protocol", "interface", "options", ...NAME],
  "take-all": ["socket", "protocol"],
  "ports-to-avoid": [],
};
