import { BINDER_PROTOCOL_VERSION, type Hello } from "../binder/protocol.ts";

/** A binder's first line: who it is, or what is wrong with the line, as part of a sentence. */
export function parseHello(text: string): Hello | string {
  const line = parseObject(text);
  if (!line || !Object.hasOwn(line, "hello")) return `said: ${shorten(text)}`;
  const said: Partial<Hello> = line;
  const { hello } = said;
  if (hello !== BINDER_PROTOCOL_VERSION)
    return `speaks protocol ${typeof hello === "number" ? hello : "of no number"}, not ${BINDER_PROTOCOL_VERSION}`;
  return isHello(said) ? said : `did not say what it is: ${shorten(text)}`;
}

/** A line of JSON that is an object, else null. */
export function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

const MOST_SHOWN = 400;

/** As much of a line as a message can show. */
export function shorten(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** Whether everything that is read from the line later is there and of its type. */
function isHello(line: Partial<Hello>): line is Hello {
  const { pid, platform, os, runtime, addresses, portsToAvoid, otherAccount, relay } = line;
  return (
    Number.isInteger(pid) &&
    isTexts(platform, ["name", "implements", "version"]) &&
    isTexts(os, ["name", "version", "build", "kernel"]) &&
    isTexts(runtime, []) &&
    [line.options, line.nodeOptions, line.unreadable].every(isListOf(isText)) &&
    isListOf(isOwnAddress)(addresses) &&
    (portsToAvoid === null || isRanges(portsToAvoid)) &&
    (isTexts(otherAccount, ["name"]) || isTexts(otherAccount, ["problem"])) &&
    typeof relay === "boolean"
  );
}

/** Ranges of ports, as a hello and the step `ports-to-avoid` tell them. */
export const isRanges: (value: unknown) => boolean = isListOf(
  (range) => Array.isArray(range) && range.length === 2 && range.every(isPort),
);

/** A number that a port may have. */
export function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff;
}

function isListOf(isRight: (item: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isRight);
}

function isOwnAddress(value: unknown): boolean {
  const { interface: name, family, address, zone } = isRecord(value) ? value : {};
  return (
    isText(name) &&
    isText(address) &&
    Number.isInteger(zone) &&
    ["ipv4", "ipv6"].includes(String(family))
  );
}

const isText = (value: unknown): boolean => typeof value === "string";

function isTexts(value: unknown, names: readonly string[]): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(isText) &&
    names.every((name) => Object.hasOwn(value, name))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
