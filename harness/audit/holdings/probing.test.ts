import { expect, test } from "vitest";
import type { Attempt } from "../attempts/attempt.ts";
import { concludeProbes } from "./probing.ts";

/** What became of a plain socket, and over TCP of one with SO_REUSEADDR, per address. */
type Answers = Readonly<Record<string, readonly string[]>>;

function attempts(answers: Answers): Attempt[] {
  return Object.entries(answers).flatMap(([address, codes]) =>
    codes.map((code, index) => ({
      account: "same",
      options: index === 0 ? [] : ["SO_REUSEADDR"],
      family: address.includes(":") ? "ipv6" : "ipv4",
      address,
      protocol: "tcp",
      port: 80,
      outcome:
        code === "free"
          ? { kind: "success" }
          : { kind: "error", step: "bind", code, errno: Number.NaN },
      shares: null,
    })),
  );
}

const IN_USE = "EADDRINUSE";
const HELD = [IN_USE, IN_USE];
const GIVES_WAY = [IN_USE, "free"];

test.each<[what: string, answers: Answers, told: string[]]>([
  ["the only address", { "::": GIVES_WAY, "::1": HELD }, ["::1"]],
  ["a wildcard that lets SO_REUSEADDR beside it", { "::": HELD, "::1": GIVES_WAY }, ["::"]],
  ["nothing but what ends", { "0.0.0.0": GIVES_WAY, "127.0.0.1": GIVES_WAY }, []],
  ["a wildcard without IPv6", { "0.0.0.0": HELD, "::": ["EAFNOSUPPORT"] }, ["0.0.0.0"]],
  [
    "an exclusive wildcard of Windows",
    { "0.0.0.0": ["WSAEACCES"], "127.0.0.1": ["WSAEADDRINUSE"] },
    ["0.0.0.0"],
  ],
  [
    "one address among others, with one that is gone",
    { "0.0.0.0": HELD, "127.0.0.1": HELD, "10.0.0.1": ["EADDRNOTAVAIL"], "10.0.0.2": ["free"] },
    ["127.0.0.1"],
  ],
])("What is held is %s.", (_what, answers, told) => {
  expect(concludeProbes(attempts(answers)).map(({ address }) => address)).toEqual(told);
});

test("What only root may bind cannot be probed by other accounts.", () => {
  expect(() => concludeProbes(attempts({ "0.0.0.0": ["EACCES"] }))).toThrow(
    "audit: tcp 0.0.0.0:80 cannot be probed (EACCES): run with sudo",
  );
});
