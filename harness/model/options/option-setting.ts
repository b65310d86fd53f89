import { SHARING_OPTIONS, type OptionText } from "../vocabulary.ts";
import { SOCKET_OPTIONS, type OptionType, type SocketOption } from "./option-table.ts";

/** An option that a socket sets, as case files and ids write it: `IP_FREEBIND`, `SO_BINDTODEVICE=lo`. */
export interface OptionSetting {
  readonly option: SocketOption;
  /** As written; a flag that is turned on has 1. */
  readonly value: string;
}

/** The options that a text means which is found right: `none`, or options joined by `+`. */
export function parseOptionSet(text: string): OptionText[] {
  return text === "none" ? [] : text.split("+");
}

/** Reads a setting; null where no system has an option of the name. */
export function parseSetting(text: string): OptionSetting | null {
  const [name = "", ...values] = text.split("=");
  const option = SOCKET_OPTIONS.get(name);
  return option ? { option, value: values.length === 0 ? "1" : values.join("=") } : null;
}

/** Whether a binder turns the option on by its name, and reads it back on every socket. */
export function isSharingOption(text: string): boolean {
  return SHARING_OPTIONS.some((name) => name === text);
}

/** Whether a value is one of a type, as case files and results write it: a time in milliseconds, linger as `ON:SECONDS`. */
export function isValueOf(type: OptionType, value: string): boolean {
  return VALUES[type](value);
}

/** What a value of each type looks like, for messages. */
export const VALUE_HELP: Readonly<Record<OptionType, string>> = {
  boolean: "0 or 1",
  int: "a number of 32 bits",
  timeout: "a time in milliseconds",
  linger: "ON:SECONDS, such as 1:5",
  in_addr: "an IPv4 address",
  ifname: "the name of an interface, at most 15 characters",
  text: "text without spaces, at most 63 characters",
  bytes: "bytes in hexadecimal digits, such as 0x7f000001",
};

const INTEGER = /^-?\d{1,10}$/;

const VALUES: Readonly<Record<OptionType, (value: string) => boolean>> = {
  boolean: (value) => value === "0" || value === "1",
  int: (value) => INTEGER.test(value) && Math.abs(Number(value)) <= 0x7fff_ffff,
  timeout: (value) => /^\d{1,9}$/.test(value),
  // struct linger has unsigned shorts on Windows (winsock2.h).
  linger: (value) => /^[01]:\d{1,5}$/.test(value) && Number(value.slice(2)) <= 0xffff,
  in_addr: (value) =>
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value) &&
    value.split(".").every((part) => Number(part) <= 255),
  // IFNAMSIZ is 16 (Linux, include/uapi/linux/if.h).
  ifname: (value) => /^[\w.:-]{1,15}$/.test(value),
  text: (value) => /^[\w.:-]{1,63}$/.test(value),
  bytes: (value) => /^0x(?:[\da-f]{2}){1,256}$/.test(value),
};
