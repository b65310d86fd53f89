// Opens no socket: says what a system would say that refuses the second bind, after one reply was spoilt as told.
// Arguments: the role, and {"at": which line, "vice": how, ...} as JSON.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , role, told] = process.argv;
const { at, vice, path = [], value, cut = 0, text = "" } = JSON.parse(told);
let lines = 0;
let opened = 0;

const answer = (step) => {
  if (step.do !== "open") return {};
  const options = Object.fromEntries(step.options.map((option) => [option, 1]));
  const isRefused = role === "second" && opened++ === 0;
  return isRefused
    ? { errno: 98, code: "EADDRINUSE", call: "bind", options }
    : { address: step.address, port: step.port, options };
};

/** Changes the value at a path of a line; a path that leads nowhere changes what is there of it. */
function spoil(line) {
  const whole = JSON.parse(line);
  let parent = null;
  let node = whole;
  let last = "";
  for (const part of path) {
    if (typeof node !== "object" || node === null) break;
    const keys = Object.keys(node);
    if (keys.length === 0) break;
    parent = node;
    last = keys[part % keys.length];
    node = node[last];
  }
  if (parent === null) return JSON.stringify(value);
  if (vice === "changes") parent[last] = typeof node === typeof value ? [value] : value;
  else if (vice === "forgets") delete parent[last];
  else parent[`${last}-more`] = value;
  return JSON.stringify(whole);
}

function say(honest) {
  const line = `${honest}\n`;
  if (lines++ !== at || vice === "none") return writeSync(1, line);
  if (vice === "endless") for (;;) writeSync(1, "x".repeat(65_536));
  const said = {
    tears: line.slice(0, cut % line.length),
    "tears and ends": `${line.slice(0, cut % line.length)}\n`,
    repeats: line + line,
    says: text + line,
    nests: `${"[".repeat(200_000)}${"]".repeat(200_000)}\n`,
  };
  return writeSync(1, said[vice] ?? `${spoil(honest)}\n`);
}

const system = { name: "linux", version: "1", build: "1", kernel: "Linux 1" };
const hello = {
  hello: 2,
  pid: process.pid,
  platform: { name: "linux", implements: "linux", version: "1" },
  os: system,
  runtime: { node: "v0" },
  options: ["SO_REUSEADDR"],
  nodeOptions: [],
  addresses: [],
  portsToAvoid: [],
  otherAccount: { problem: "there is none" },
  unreadable: [],
  relay: false,
};
say(JSON.stringify(hello));
for await (const line of createInterface({ input: process.stdin })) {
  const { id, programs } = JSON.parse(line);
  const results = programs.map((program) => program.map(answer));
  say(JSON.stringify({ id, results }));
}
