import { expect, test } from "vitest";
import { SOCKET_OPTIONS } from "../model/options/option-table.ts";
import { valueText } from "./option-value.ts";

test.each([
  ["SO_TYPE", "01000000", "1"],
  ["SO_TYPE", "ffffffff", "-1"],
  ["SO_KEEPALIVE", "01", "1"],
  ["SO_MAX_PACING_RATE", "ffffffffffffffff", "-1"],
  ["SO_TYPE", "010000000000000000", "0x010000000000000000"],
  ["SO_TYPE", "", "-"],
  ["SO_BINDTODEVICE", "", "-"],
  ["SO_BINDTODEVICE", "6c6f00", "lo"],
  ["SO_ATTACH_FILTER", "", "-"],
  ["SO_ATTACH_FILTER", "0102", "0x0102"],
  ["SO_ATTACH_FILTER", "00".repeat(33), "any"],
  ["SO_COOKIE", "0102", "any"],
  ["IP_MULTICAST_IF", "7f000001", "127.0.0.1"],
  ["IP_MULTICAST_IF", "7f", "0x7f"],
  ["SO_LINGER", "0100000005000000", "1:5"],
  ["SO_RCVTIMEO", "0200000000000000f401000000000000", "2000.5"],
])("%s of the bytes '%s' is %s.", (name, hex, text) => {
  const option = SOCKET_OPTIONS.get(name);
  if (!option) throw new Error(name);
  expect(valueText(option, hex, "linux")).toBe(text);
});
