// Vice, the first argument: of a way to binders, not of one binder. The real one is at its end, and is right until then.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const [, , vice] = process.argv;
const binder = fileURLToPath(new URL("../../dist/binder.cjs", import.meta.url));
const child = spawn(process.execPath, [binder], { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(child.stdin);
process.stdin.on("end", () => process.exit(0));

const say = (line) => process.stdout.write(`${line}\n`);
let replies = 0;
const vices = {
  repeats: (line) => [line, line],
  "answers another": (line) => [line.replace(/"id":\d+/, '"id":4711')],
  "answers unasked": (line) => [line, line.replace(/^(\d+) .*/, '$1 {"id":1,"results":[]}')],
  "gives less": (line) => [line.replace(/"results":\[\[.*?\],/, '"results":[')],
  "gives more": (line) => [line.replaceAll("{}", '{"value":1}')],
  drips: () => [],
  babbles: () => ["Segmentation fault (core dumped)"],
  "is endless": () => ["x".repeat(17 * 1024 * 1024)],
};
if (vice === "drips") setInterval(() => say("4711 {}"), 20);
for await (const line of createInterface({ input: child.stdout })) {
  const isLate = line.includes('"id"') && ++replies > 12;
  for (const each of isLate ? vices[vice](line) : [line]) say(each);
}
