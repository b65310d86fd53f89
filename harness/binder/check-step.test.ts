import { expect, test } from "vitest";
import { isValueOf } from "../model/options/option-setting.ts";
import { SOCKET_OPTIONS } from "../model/options/option-table.ts";
import { findFault } from "./check-step.ts";

const LONGEST = {
  bytes: `0x${"00".repeat(256)}`,
  text: "a".repeat(63),
};

test.each(["bytes", "text"] as const)(
  "The longest %s that a case file may set is taken.",
  (type) => {
    const value = LONGEST[type];
    expect(isValueOf(type, value)).toBe(true);
    expect(isValueOf(type, `${value}${type === "bytes" ? "00" : "a"}`)).toBe(false);
    const names = [...SOCKET_OPTIONS.values()].flatMap((each) =>
      each.type === type ? each.name : [],
    );
    for (const name of names) {
      const options = [{ option: `${name}=${value}`, level: 1, number: 1, hex: "00".repeat(256) }];
      const step = { do: "socket", socket: 1, family: "ipv4", protocol: "tcp", options } as const;
      expect(findFault(step)).toBeNull();
    }
  },
);
