import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findPort } from "../find-port.ts";
import { bindcheck, makeFolder } from "../program/bindcheck.ts";

const free = String(await findPort());

test("An audit that comes to nothing leaves the report of an earlier one.", async () => {
  const file = path.join(await makeFolder(), "report.json");
  writeFileSync(file, "earlier");
  const { exitCode } = await bindcheck(["audit", `--port=${free}`, `--reporter=json=${file}`]);
  expect(exitCode).toBe(2);
  expect(readFileSync(file, "utf8")).toBe("earlier");
});

test.each<[string[], RegExp]>([
  [["--census"], /^--census: it sends to servers, so say to which: --port PORT, or a command/],
  [["99999"], /^--port: '99999' is not a port/],
  [
    ["--settle", "-1"],
    /^--settle: '-1' is not a time \(a whole number of milliseconds, 0 or more\)$/,
  ],
  [["--port", "http"], /^--port: 'http' is not a port \(a number from 1 to 65535\)$/],
  [["--port", "0"], /^--port: '0' is not a port/],
  [["--port", "65536"], /^--port: '65536' is not a port/],
  [["--port", "1e3"], /^--port: '1e3' is not a port/],
  [
    ["--port", free],
    /^audit: no process on this machine holds port \d+: start the server first, or/,
  ],
  [["--port", free, "--protocol", "sctp"], /^--protocol: 'sctp' is unknown \(allowed: tcp, udp\)$/],
  [["--port", free, "--address", "localhost"], /^--address: 'localhost' is not an IP address/],
  [
    ["--port", free, "--address", "198.51.100.7"],
    /^--address: 198\.51\.100\.7 is not an address of this machine \(its own are .*127\.0\.0\.1/,
  ],
  [
    ["--port", free, "--address", "0:0:0:0:0:0:0:1"],
    /no process on this machine holds port \d+ of ::1:/,
  ],
  [["--port", free, "--ready-timeout", "soon"], /^--ready-timeout: 'soon' is not a time/],
  [
    ["--port", free, "--reporter", "html"],
    /^--reporter: 'html' is unknown \(allowed: pretty, json,/,
  ],
  [
    ["--port", free, "--reporter", "json", "--reporter", "sarif"],
    /^--reporter: only one reporter can write to the terminal/,
  ],
  [["--", "no-such-program-here"], /^audit: 'no-such-program-here' cannot be started: there is no/],
  [
    ["--", import.meta.dirname],
    // Of a folder Windows says that there is no such program: ENOENT.
    process.platform === "win32"
      ? /^audit: '.*' cannot be started: there is no/
      : /^audit: '.*' cannot be started: it may not be executed/,
  ],
])("audit %j: one line, exit code 2", async (words, message) => {
  const { exitCode, stdout, stderr } = await bindcheck(["audit", ...words]);
  expect(stderr.split("\n")).toEqual([expect.stringMatching(message)]);
  expect(stdout).toBe("");
  expect(exitCode).toBe(2);
});
