import { expect, test } from "vitest";
import { ASK_SYSTEM } from "./host-system.ts";
import { scpArguments, sshArguments } from "./options.ts";

const destination = { text: "me@host:22", user: "me", host: "host", port: "22" };

test("ssh gets its options, the login and the command as one word", () => {
  const given = sshArguments(destination, ["node", "a.mjs"]);
  expect(given.slice(given.indexOf("--"))).toEqual(["--", "me@host", "node a.mjs"]);
  expect(given).toContain("BatchMode=yes");
  expect(given).toContain("Port=22");
});

test("scp gets the same settings, and its own words for being asked nothing", () => {
  const given = scpArguments(destination);
  expect(given).toEqual(expect.arrayContaining(["-B", "BatchMode=yes", "Port=22"]));
});

test.each([ASK_SYSTEM, ["node", ".bindcheck-ssh-0.mjs"], ["rm", "-f", "x"], ["del", "x"]])(
  "%s means the same to every shell",
  (...command) => {
    expect(sshArguments(destination, command).at(-1)).toBe(command.join(" "));
  },
);

test.each(["a b", "a'b", 'a"b', "$a", "%a%", "a;b", "a&b", "(a)", "a,b", "a^b", "`a`", "é", ""])(
  "%j does not, and is refused",
  (word) => {
    expect(() => sshArguments(destination, ["node", word])).toThrow("Not a plain word");
  },
);
