import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Reply } from "../../harness/binder/protocol.ts";
import { isReply } from "../../harness/binder-client/check-reply.ts";
import { BINDER_FILE } from "../../harness/binder-client/local-binders.ts";

const file = process.execPath;
const BINDER = [BINDER_FILE];

const STEPS = [
  "socket",
  "set-option",
  "bind",
  "listen",
  "local-address",
  "close",
  "probe",
  "open",
  "open-node",
  "set-linger",
  "join-group",
  "connect",
  "accept",
  "send",
  "fill",
  "receive",
  "shutdown-send",
  "shutdown-receive",
  "send-many",
  "take-all",
  "get-option",
  "set-bytes",
  "begin-connect",
  "disconnect",
];

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(-1, 0, 1.5, 2 ** 31, 2 ** 53, 1e308, "1", "__proto__", "constructor", "toString"),
);
const number = (...right: number[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, junk);
const word = (...right: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, junk);

/** Steps of which about every second is right, on ports that no other program uses. */
const step = fc.oneof(
  { weight: 1, arbitrary: junk },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        do: word(...STEPS),
        socket: number(1, 2, 3),
        as: number(4, 5),
        family: word("ipv4", "ipv6"),
        protocol: word("tcp", "udp"),
        address: word(
          "127.0.0.1",
          "::1",
          "0.0.0.0",
          "::",
          "bindcheck.invalid",
          "127.0.0.1\u0000x",
          "::1%9e9",
        ),
        port: number(61_801, 61_802, 61_803),
        option: word("SO_REUSEADDR", "SO_REUSEPORT", "IPV6_V6ONLY", "SO_RCVBUF"),
        value: number(0, 1, 4096),
        v6Only: number(0, 1),
        options: fc.oneof(
          fc.array(word("SO_REUSEADDR", "reuseAddr", "exclusive"), { maxLength: 3 }),
          junk,
        ),
        state: word("bound", "listening"),
        seconds: number(0, 1),
        group: word("224.0.0.251", "127.0.0.1"),
        waitMs: number(0, 1),
        bytes: number(1, 16),
        count: number(1, 3),
        level: number(1, 6),
        number: number(2, 8, 13),
        size: number(0, 1, 4, 256),
        hex: word("", "01", "01000000"),
      },
      { requiredKeys: ["do"] },
    ),
  },
);
const programs = fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 6 });

describe.skipIf(process.platform !== "linux")("The binder that comes with the package,", () => {
  let child: ChildProcessWithoutNullStreams;
  let lines: AsyncIterator<string>;
  beforeAll(async () => {
    child = spawn(file, BINDER);
    lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next(); // hello
  });
  afterAll(() => child.kill("SIGKILL"));

  async function ask(id: number, asked: unknown): Promise<Reply> {
    child.stdin.write(`${JSON.stringify({ id, programs: asked })}\n`);
    return JSON.parse(String((await lines.next()).value)) as Reply;
  }

  test("whatever steps it is asked for, answers each program with results or a problem, and lives on", async () => {
    let id = 0;
    await fc.assert(
      fc.asyncProperty(programs, async (asked) => {
        const reply = await ask(++id, asked);
        expect(reply.id).toBe(id);
        expect(isReply(reply, asked as never)).toBe(true);
        for (const [index, own] of reply.results.entries()) {
          const isWhole = own.length === asked[index]?.length;
          const { errno, problem } = own.at(-1) ?? {};
          expect(isWhole || errno !== undefined || problem !== undefined).toBe(true);
        }
        const cleared = [1, 2, 3, 4, 5].map((socket) => [{ do: "close", socket }]);
        await ask(++id, cleared);
      }),
      { numRuns: 300 },
    );
    expect(peersOf(child.pid ?? 0)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });

  test("refuses by name what it cannot do", async () => {
    const asked = [
      [{ do: "toString" }],
      [{ do: "get-option", socket: 1, level: 1, number: 2, size: -1 }],
      [{ do: "get-option", socket: 1, level: 1, number: 2, size: 1e9 }],
      [{ do: "set-bytes", socket: 1, level: 1, number: 2, hex: "abc" }],
      [{ do: "send", socket: 1, bytes: -1 }],
      [{ do: "accept", socket: 1, as: 2, waitMs: 1e12 }],
      [
        {
          do: "send-many",
          socket: 1,
          count: 1e9,
          family: "ipv4",
          protocol: "udp",
          address: "127.0.0.1",
          port: 9,
        },
      ],
      [
        {
          do: "open-node",
          socket: 1,
          protocol: "tcp",
          family: "ipv4",
          address: "localhost",
          port: 61_801,
          options: [],
        },
      ],
      [
        {
          do: "open-node",
          socket: 1,
          protocol: "tcp",
          family: "ipv4",
          address: "::1",
          port: 61_801,
          options: ["fd"],
        },
      ],
      [
        { do: "socket", socket: 9, family: "ipv4", protocol: "tcp" },
        { do: "set-option", socket: 9, option: "constructor", value: 1 },
      ],
    ];
    const { results } = await ask(1_000_000, asked);
    expect(results.map((own) => own.at(-1)?.problem)).toEqual([
      'unknown step "toString"',
      "get-option: size is wrong",
      "get-option: size is wrong",
      "set-bytes: hex is wrong",
      "send: bytes is wrong",
      "accept: waitMs is wrong",
      "send-many: count is wrong",
      "open-node: 'localhost' is not an address",
      "open-node: fd is not an option of Node",
      "set-option: constructor is not an option of this system",
    ]);
  });
});

test.each([
  ["prose", "once upon a time\n", /^this is not a request: "once upon a time"$/],
  ["null", "null\n", /^this is not a request: "null"$/],
  ["a list", "[1]\n", /^this is not a request/],
  ["an id that is not a number", '{"id":"1","programs":[]}\n', /^this is not a request/],
  ["a program that is not a list", '{"id":1,"programs":[{}]}\n', /^this is not a request/],
  [
    "half a line of bytes that are no text",
    "\u0000\u001b[2J\ufffd\n",
    /^this is not a request: "\\u0000\\u001b\[2J/,
  ],
  ["deep nesting", `${"[".repeat(100_000)}\n`, /^this is not a request/],
  [
    "a line without an end",
    "x".repeat(17 * 1024 * 1024),
    /^a request is longer than 16777216 characters$/,
  ],
])("A binder that is sent %s ends with one line that says why.", async (_name, text, words) => {
  const child = spawn(file, BINDER);
  child.stdin.on("error", () => undefined);
  child.stdout.resume();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  child.stdin.write(text);
  const [code] = (await once(child, "close")) as [number];
  expect(said.trimEnd()).toMatch(words);
  expect(said.trimEnd()).not.toContain("\n");
  expect(code).toBe(1);
});

test("A binder whose harness hangs up in the middle of a line ends well.", async () => {
  const child = spawn(file, BINDER);
  child.stdout.resume();
  child.stdin.end('{"id":1,"progr');
  expect((await once(child, "close"))[0]).toBe(0);
});

/** The addresses beyond this machine's loopback that a process's sockets are connected to: proc_pid_net(5). */
function peersOf(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).map(
      (fd) => /socket:\[(\d+)\]/.exec(readLink(`/proc/${pid}/fd/${fd}`))?.[1],
    ),
  );
  return ["tcp", "udp", "tcp6", "udp6"]
    .flatMap((table) =>
      readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1),
    )
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[9]))
    .map((fields) => fields[2] ?? "")
    .filter((peer) => !/^(0+|0100007F|0{24}01000000|0{16}FFFF00000100007F):/.test(peer));
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // closed meanwhile
  }
}
