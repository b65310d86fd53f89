import { expect, test } from "vitest";
import { parseAudit } from "./audit-request.ts";

const GIVEN = { on: "local", readyTimeout: "10000", settle: "2000", reporter: [] };

test.each([
  [["80", "81"], {}, "audit: two ports, 80 and 81: give one"],
  [["80"], { port: "443" }, "audit: two ports, 80 and 443: give one"],
  [
    ["80", "node", "server.js"],
    {},
    "audit: a port and a command: give them as --port 80 -- node server.js",
  ],
  [[""], {}, "audit: the command is empty"],
  [[], { sarifLocation: "docs" }, "--sarif-location: docs is not a file"],
  [[], { sarifLocation: "nowhere.json" }, "--sarif-location: there is no file nowhere.json"],
  [
    [],
    { sarifLocation: process.execPath },
    `--sarif-location: ${process.execPath} is not in ${process.cwd()}, and SARIF points to files of a repository alone`,
  ],
])("audit %j with %j: %s", (words, options, message) => {
  expect(() => parseAudit(words, { ...GIVEN, ...options })).toThrow(message);
});

test("A server may be bound to a group, or to an address that is not the machine's.", () => {
  const addressOf = (address: string) => parseAudit(["80"], { ...GIVEN, address }).filter.address;
  expect(addressOf("224.0.0.251")).toBe("224.0.0.251");
  expect(addressOf("2001:DB8:0::7")).toBe("2001:db8::7");
  expect(addressOf("ff02::fb%9999")).toBe("ff02::fb%9999");
});

test("A number alone is a port, and a command is what follows.", () => {
  expect(parseAudit(["8080"], GIVEN)).toMatchObject({ filter: { port: 8080 }, command: null });
  expect(parseAudit(["node", "80"], GIVEN).command).toEqual(["node", "80"]);
});
