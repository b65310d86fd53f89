import { expect, test } from "vitest";
import { parseWith } from "./parse-with.ts";

test("Options are taken in one order, so that an experiment has one id.", async () => {
  expect(await parseWith(["SO_RCVBUF=4096", "IP_FREEBIND"])).toEqual([
    "IP_FREEBIND",
    "SO_RCVBUF=4096",
  ]);
  expect(await parseWith(["SO_BINDTODEVICE=lo"])).toEqual(["SO_BINDTODEVICE=lo"]);
});

test.each([
  [
    ["IP_FREEBND"],
    /^--with: unknown option 'IP_FREEBND' \(allowed: [^)]+\) \(did you mean 'IP_FREEBIND'/,
  ],
  [["SO_RCVBUF"], /^--with: SO_RCVBUF needs a value/],
  [["SO_RCVBUF=x"], /^--with: 'x' does not fit SO_RCVBUF/],
  [["IPV6_V6ONLY=0"], /^--with: 'IPV6_V6ONLY=0' is what 'family' says/],
  [["SO_REUSEADDR"], /^--with: SO_REUSEADDR is combined already \(leave it out\)$/],
  [["reuseAddr"], /^--with: unknown option 'reuseAddr'/],
  [["IP_FREEBIND+IP_TRANSPARENT"], /^--with: 'IP_FREEBIND\+IP_TRANSPARENT' is not one option/],
  [["none"], /^--with: unknown option 'none'/],
  [["IP_ADD_MEMBERSHIP=0xef01010100000000"], /^--with: IP_ADD_MEMBERSHIP joins a group/],
  [
    ["SO_BINDTODEVICE=eth0"],
    /^--with: 'SO_BINDTODEVICE=eth0' could lead what a connected endpoint sends off this machine/,
  ],
  [["SO_RCVBUF=1", "SO_RCVBUF=2"], /^--with: SO_RCVBUF is there twice/],
  [
    ["SO_KEEPALIVE", "IP_FREEBIND", "IP_TRANSPARENT", "TCP_NODELAY"],
    /^--with: 4 options \(at most 3: each makes four times as many experiments\)$/,
  ],
])("%j is refused in one line.", async (texts, problem) => {
  await expect(parseWith(texts)).rejects.toThrow(problem);
});
